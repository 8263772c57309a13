import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """A body that is divided has more than one heir."""

    dependencies = [("bodies", "0002_row_security")]

    operations = [
        migrations.AddField(
            "body", "heir_ids",
            django.contrib.postgres.fields.ArrayField(models.SmallIntegerField(), default=list, size=None),
        ),
    ]  # fmt: skip
