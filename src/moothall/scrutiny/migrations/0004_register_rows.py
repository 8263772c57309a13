from django.db import migrations

from moothall.core.rows import BODY, NoDelete, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0003_register"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("scrutiny_arrangement", using=BODY, check=BODY, read="true"),
        NoDelete("scrutiny_arrangement"),
    ]
