from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0004_register_rows")]

    operations = [
        migrations.AddField("decision", "ended_on", models.DateField(null=True)),
        *[
            migrations.AddField("figure", name, models.PositiveIntegerField(default=0))
            for name in ("ended", "days_promised", "days_taken")
        ],
    ]
