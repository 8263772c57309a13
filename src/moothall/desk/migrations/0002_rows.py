"""Row security of the desk: each body its contacts; what a contact costs is for all to read."""

from django.db import migrations

from moothall.core.rows import BODY, BodyRows, PolicyRows


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial"), ("core", "0002_row_security")]

    operations = [BodyRows("desk_contact"), PolicyRows("desk_unitcost", BODY, read="true")]
