"""That a body leaves, and who does what then, is public; what it costs and its archives are its own."""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, BodyRows, NoDelete, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("leaving", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("leaving_departure", using=BODY, read="true"),
        NoDelete("leaving_departure"),
        PolicyRows("leaving_afterwards", using=BODY, read="true"),
        NoDelete("leaving_afterwards"),
        BodyRows("leaving_costing"),
        AppendOnly("leaving_costing"),
        BodyRows("leaving_archive"),
        AppendOnly("leaving_archive"),
    ]
