"""A case is its authors'; an edition is everybody's but for what it withholds until its day; a fork is nobody's."""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, NoDelete, Open, PolicyRows

SCOPE = "(select app_bodies())::smallint[]"
AUTHORS = f"author_ids && {SCOPE}"
CASE = "exists (select 1 from appraisal_case c where c.id = case_id)"
OWN = "exists (select 1 from appraisal_case c where c.id = case_id and c.body_id = {table}.body_id)"
MINE = (
    "exists (select 1 from appraisal_edition e join appraisal_case c on c.id = e.case_id where e.id = edition_id)"
)
PUBLIC = "expires <= (now() at time zone 'Europe/London')::date"


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("appraisal_case", AUTHORS, read=AUTHORS, add=f"{BODY} and body_id = any(author_ids)"),
        PolicyRows("appraisal_change", f"body_id = any({SCOPE}) and {CASE}", read=CASE),
        PolicyRows("appraisal_evidence", f"{BODY} and {CASE}", read=CASE),
        PolicyRows("appraisal_edition", f"{BODY} and {OWN.format(table='appraisal_edition')}", read="true"),
        PolicyRows("appraisal_withheld", f"{BODY} and {MINE}", read=f"{PUBLIC} or {MINE}"),
        Open("appraisal_fork", "figures and weights for a published case, with no words of anybody's; the address is secret"),
        NoDelete("appraisal_case"),
        AppendOnly("appraisal_change"),
        AppendOnly("appraisal_evidence"),
        AppendOnly("appraisal_edition"),
        AppendOnly("appraisal_withheld"),
    ]
