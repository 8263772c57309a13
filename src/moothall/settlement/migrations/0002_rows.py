"""Row security of settlement: a statement is its two bodies' alone, a draft its provider's; costs are a body's own.

What was drawn up is never edited: the app may change states and approvals, and those only forwards.
"""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, BodyRows, NoDelete, PolicyRows, UpdateOnly

PAYER, PROVIDER = BODY, "provider_id = any((select app_bodies())::smallint[])"
STATEMENT = f"{PROVIDER} or ({PAYER} and sent_at is not null)"
OF_STATEMENT = f"{PROVIDER} or ({PAYER} and statement_id in (select s.id from settlement_statement s))"
OF_LINE = f"{PROVIDER} or {PAYER}"

FORWARDS = """
create function settlement_forwards() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and (old.state, new.state) not in (('draft', 'sent'), ('draft', 'withdrawn'),
      ('sent', 'approved'), ('sent', 'withdrawn'), ('approved', 'posted')) then
    raise exception 'a statement that is % cannot become %', old.state, new.state using errcode = '23514';
  end if;
  return new;
end $$;
create trigger settlement_statement_forwards before update on settlement_statement
  for each row execute function settlement_forwards();
create function settlement_while_draft() returns trigger language plpgsql as $$
begin
  if exists (select 1 from settlement_statement s where s.state <> 'draft'
      and s.id in (select added.statement_id from added)) then
    raise exception 'a statement that was sent takes no more lines' using errcode = '23514';
  end if;
  return null;
end $$;
create trigger settlement_line_while_draft after insert on settlement_line
  referencing new table as added for each statement execute function settlement_while_draft();
create trigger settlement_section_while_draft after insert on settlement_section
  referencing new table as added for each statement execute function settlement_while_draft();
"""
BACK = """
drop trigger settlement_line_while_draft on settlement_line;
drop trigger settlement_section_while_draft on settlement_section;
drop trigger settlement_statement_forwards on settlement_statement;
drop function settlement_while_draft(); drop function settlement_forwards();
"""
MOVES = (
    "state", "sent_at", "provider_approved_at", "provider_approved_by", "payer_approved_at", "payer_approved_by",
    "posted_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("settlement_statement", STATEMENT),
        PolicyRows("settlement_section", OF_STATEMENT),
        PolicyRows("settlement_line", OF_STATEMENT),
        PolicyRows("settlement_dispute", OF_LINE),
        migrations.RunSQL(FORWARDS, BACK),
        AppendOnly("settlement_section"),
        UpdateOnly("settlement_statement", MOVES),
        UpdateOnly("settlement_line", ("state",)),
        UpdateOnly("settlement_dispute", ("outcome", "answer", "settled_at", "settled_by")),
        *[NoDelete(f"settlement_{name}") for name in ("statement", "line", "dispute")],
        *[BodyRows(f"settlement_{name}") for name in ("costcentre", "costmap", "costfile", "costline")],
        *[AppendOnly(f"settlement_{name}") for name in ("costfile", "costline")],
        PolicyRows("settlement_headcount", BODY, read="true"),
    ]
