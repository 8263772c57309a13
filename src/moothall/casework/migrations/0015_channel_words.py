"""Say every channel in the words of `core.channels`; nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0014_one_team")]

    operations = [
        migrations.AlterField(
            "case",
            "channel",
            models.CharField(
                choices=[
                    ("web", "Web"), ("api", "Another system"), ("open311", "Reporting app"), ("phone", "Phone"),
                    ("visit", "Visit"), ("email", "E-mail"), ("post", "Letter"),
                ],
                max_length=10,
            ),
        ),
    ]  # fmt: skip
