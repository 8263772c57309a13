"""Row security of returns: who owes one is known to the body it is owed to, and to the person whose request it was."""

from django.db import migrations

from moothall.core.rows import BODY, PolicyRows

THEIRS = "app_person() is not null and exists (select 1 from casework_case c where c.id = case_id)"
OF_ENTRY = "exists (select 1 from returns_entry e where e.id = entry_id)"


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_initial"), ("core", "0002_row_security"), ("casework", "0002_rows")]

    operations = [
        PolicyRows("returns_entry", BODY, read=f"({BODY}) or ({THEIRS})"),
        PolicyRows("returns_due", BODY, read=OF_ENTRY),
    ]
