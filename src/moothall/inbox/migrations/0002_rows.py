"""Row security of the inbox: each body what was written to it."""

from django.db import migrations

from moothall.core.rows import BodyRows, NoDelete


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_initial"), ("core", "0002_row_security")]

    operations = [BodyRows("inbox_arrival"), NoDelete("inbox_arrival")]
