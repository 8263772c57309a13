"""Row security of licensing: the register is for everybody to read; the rest for who gave a licence or looks after it."""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, PolicyRows

OURS = f"{BODY} or doer_id = any((select app_bodies())::smallint[])"
OF_LICENCE = "exists (select 1 from licensing_licence l where l.id = licence_id)"


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("licensing_licence", OURS),
        PolicyRows("licensing_evidence", OURS),
        PolicyRows("licensing_measure", OF_LICENCE),
        PolicyRows("licensing_licenceevent", OF_LICENCE),
        AppendOnly("licensing_licenceevent"),
        PolicyRows("licensing_entry", OURS, read="true"),
    ]
