"""Plans are public; those who take part write them. The journal is the owner's alone."""

from django.db import migrations

from moothall.core.rows import BODY, NoDelete, PolicyRows

TAKES_PART = """exists (select 1 from reorganisation_succession l
  where l.reorganisation_id = {}.reorganisation_id and l.body_id = any((select app_bodies())::smallint[]))"""
LEADS = """exists (select 1 from reorganisation_plan p
  where p.id = {}.reorganisation_id and p.body_id = any((select app_bodies())::smallint[]))"""


def written_by(table, rule, read="true"):
    """Return the policy of a table that some write and others read."""
    return PolicyRows(table, using=rule.format(table), read=read.format(table))


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0001_initial"), ("core", "0008_operation")]

    operations = [
        PolicyRows("reorganisation_plan", using=BODY, read="true"),
        written_by("reorganisation_succession", LEADS),
        written_by("reorganisation_setting", TAKES_PART),
        written_by("reorganisation_consent", TAKES_PART, read=TAKES_PART),
        PolicyRows("reorganisation_staffmove", using=BODY),
        *(PolicyRows(f"reorganisation_{name}", using="false") for name in ("heir", "moved", "stage")),
        NoDelete("reorganisation_plan"),
        NoDelete("reorganisation_consent"),
    ]
