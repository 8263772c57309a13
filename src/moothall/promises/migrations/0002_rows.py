"""What is found of a partnership is public; a member writes its own runs and measurements, and nobody changes them."""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, BodyRows, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("promises", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("promises_fitrun", using=BODY, check=BODY, read="true"),
        PolicyRows("promises_measurement", using=BODY, check=BODY, read="true"),
        BodyRows("promises_warning"),
        AppendOnly("promises_fitrun"),
        AppendOnly("promises_measurement"),
        AppendOnly("promises_warning"),
    ]
