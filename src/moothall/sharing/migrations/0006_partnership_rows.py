"""Partnerships are public; a member writes its own part, and what is withheld opens to all on its day."""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, BodyRows, PolicyRows

SCOPE = "(select app_bodies())::smallint[]"
PROPOSER = f"proposer_id = any({SCOPE})"
#: One proposes terms to be a member of; and of a partnership that exists, only as one of its members so far.
TERMS = (
    f"{PROPOSER} and proposer_id = any(member_ids) and (number = 1 or exists (select 1 from sharing_terms before "
    "where before.partnership_id = sharing_terms.partnership_id "
    "and sharing_terms.proposer_id = any(before.member_ids)))"
)
MEMBERS = f"exists (select 1 from sharing_terms t where t.id = terms_id and t.member_ids && {SCOPE})"
PUBLIC = "expires <= (now() at time zone 'Europe/London')::date"
OWN = f"exists (select 1 from sharing_terms t where t.id = terms_id and t.{PROPOSER})"
ASKED = f"{BODY} and exists (select 1 from sharing_terms t where t.id = terms_id and body_id = any(t.member_ids))"


class Migration(migrations.Migration):
    dependencies = [("sharing", "0005_partnerships"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("sharing_partnership", PROPOSER, read="true"),
        PolicyRows("sharing_terms", TERMS, read="true"),
        PolicyRows("sharing_withheld", OWN, read=f"{PUBLIC} or {MEMBERS}"),
        PolicyRows("sharing_decision", ASKED, read="true"),
        BodyRows("sharing_termsdraft"),
        AppendOnly("sharing_partnership"),
        AppendOnly("sharing_terms"),
        AppendOnly("sharing_withheld"),
        AppendOnly("sharing_decision"),
    ]
