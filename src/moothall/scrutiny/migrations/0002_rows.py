from django.db import migrations

from moothall.core.rows import BODY, BodyRows, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        BodyRows("scrutiny_decision"),
        PolicyRows("scrutiny_figure", using=BODY, check=BODY, read="true"),
    ]
