"""Row security of waste: the rounds, their days and incidents are for everybody to read; the rest is the body's own."""

from django.db import migrations

from moothall.core.rows import BODY, BodyRows, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("waste", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("waste_round", BODY, read="true"),
        PolicyRows("waste_stop", BODY, read="true"),
        PolicyRows("waste_shift", BODY, read="true"),
        PolicyRows("waste_incident", BODY, read="true"),
        BodyRows("waste_roundday"),
        BodyRows("waste_crewnote"),
        BodyRows("waste_missedreport"),
        BodyRows("waste_visit"),
        BodyRows("waste_subscription"),
    ]
