"""A body that took another's place stands for it in partnerships: it proposes and decides as a member."""

from django.db import migrations

SCOPE = "(select app_bodies())::smallint[]"
TERMS = f"""proposer_id = any({SCOPE}) and proposer_id = any(member_ids) and (number = 1 or exists (
  select 1 from sharing_terms before where before.partnership_id = sharing_terms.partnership_id
  and {{member}}))"""
ASKED = f"""body_id = any({SCOPE}) and exists (
  select 1 from sharing_terms t where t.id = terms_id and {{member}})"""
NOW = f"{{0}}.member_ids && {SCOPE}"
BEFORE = "{1} = any({0}.member_ids)"


def rule(member):
    """Return the statements by which those may insert for whom `member` holds."""
    terms = TERMS.format(member=member.format("before", "sharing_terms.proposer_id"))
    asked = ASKED.format(member=member.format("t", "body_id"))
    return [
        f"alter policy scope_insert on sharing_terms with check ({terms})",
        f"alter policy scope_insert on sharing_decision with check ({asked})",
    ]


class Migration(migrations.Migration):
    dependencies = [("sharing", "0008_recharge_proposal")]

    operations = [migrations.RunSQL(rule(NOW), rule(BEFORE))]
