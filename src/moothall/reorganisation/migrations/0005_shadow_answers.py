"""The shadow authority reads what is asked of it, and answers."""

from django.db import migrations

TAKES_PART = """exists (select 1 from reorganisation_succession l
  where l.reorganisation_id = reorganisation_consent.reorganisation_id
  and l.body_id = any((select app_bodies())::smallint[]))"""
OR_BEGINS = """exists (select 1 from reorganisation_succession l
  where l.reorganisation_id = reorganisation_consent.reorganisation_id
  and array[l.body_id, l.successor_id] && (select app_bodies())::smallint[])"""


def rules(who):
    """Return the statements by which those read and answer what was asked."""
    return [
        f"alter policy scope on reorganisation_consent using ({who})",
        f"alter policy scope_update on reorganisation_consent using ({who}) with check ({who})",
    ]


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0004_limits")]

    operations = [migrations.RunSQL(rules(OR_BEGINS), rules(TAKES_PART))]
