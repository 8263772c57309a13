"""Row security of standards: each body sees the keys that it gave out."""

from django.db import migrations

from moothall.core.rows import BodyRows


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial"), ("core", "0002_row_security")]

    operations = [BodyRows("standards_apikey")]
