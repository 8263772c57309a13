"""Savings are public; a body writes its own, moves them only forwards, and proves them by entries that are there.

What the database keeps itself: an entry stands behind at most one saving and is what the ledger says it is; a verified
saving is its baseline less its entries, to the penny; nobody verifies what they own or reported.
"""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, NoDelete, PolicyRows, UpdateOnly

TABLES = ("saving", "savingfigure", "savingevent", "baseline", "verification", "savingline")
CHANGES = (
    "cause", "quality", "differs", "owner_id", "owner_post", "councillor", "parts", "state", "blocked_by",
    "blocked_why", "baseline_id",
)  # fmt: skip
RULES = """
create function promises_saving_forwards() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and (old.state, new.state) not in (('promised', 'proposed'), ('proposed', 'approved'),
      ('approved', 'implemented')) and (new.state <> 'given-up' or old.state = 'given-up') then
    raise exception 'a saving that is % cannot become %', old.state, new.state using errcode = '23514';
  end if;
  return new;
end $$;
create trigger promises_saving_forwards before update on promises_saving
  for each row execute function promises_saving_forwards();

create function promises_verified_by_another() returns trigger language plpgsql as $$
begin
  if new.verified_by = (select s.owner_id from promises_saving s where s.id = new.saving_id)
    or new.verified_by = (select f.said_by from promises_savingfigure f where f.saving_id = new.saving_id
      and f.stage = 'realised' and f.year <= new.first and f.year + interval '1 year' > new.last
      order by f.id desc limit 1) then
    raise exception 'somebody else verifies' using errcode = '23514', constraint = 'promises_verified_by_another';
  end if;
  return new;
end $$;
create trigger promises_verified_by_another before insert on promises_verification
  for each row execute function promises_verified_by_another();

create function promises_line_is_there() returns trigger language plpgsql as $$
begin
  if not (case when new.books = 'ours' then exists (
      select 1 from ledger_leg l join ledger_journal j on j.id = l.journal_id and j.body_id = l.body_id
      join ledger_account a on a.id = l.account_id
      where l.body_id = new.body_id and l.journal_id || '/' || l.line = new.entry
        and (l.pence, j.posted_on, l.cost_centre, a.code, j.kind)
          = (new.pence, new.day, new.centre, new.account, new.posting))
    else exists (
      select 1 from settlement_costline c where c.body_id = new.body_id and c.kind = new.books
        and c.entry = new.entry and (c.pence, c.day, c.centre, c.account) = (new.pence, new.day, new.centre, new.account)
        and new.posting = '') end) then
    raise exception 'the ledger has no such entry' using errcode = '23514', constraint = 'promises_line_is_there';
  end if;
  return new;
end $$;
create trigger promises_line_is_there before insert on promises_savingline
  for each row execute function promises_line_is_there();

create function promises_adds_up() returns trigger language plpgsql as $$
declare which uuid := case when tg_table_name = 'promises_verification' then (to_jsonb(new)->>'id')::uuid
  else (to_jsonb(new)->>'verification_id')::uuid end;
begin
  if exists (select 1 from promises_verification v where v.id = which and v.pence <> v.baseline_pence
      - coalesce((select sum(l.pence) from promises_savingline l where l.verification_id = v.id), 0)) then
    raise exception 'a verified saving is its baseline less its entries' using errcode = '23514';
  end if;
  if not exists (select 1 from promises_savingline l where l.verification_id = which) then
    raise exception 'a verified saving has entries' using errcode = '23514';
  end if;
  return null;
end $$;
create constraint trigger promises_verification_adds_up after insert on promises_verification
  deferrable initially deferred for each row execute function promises_adds_up();
create constraint trigger promises_savingline_adds_up after insert on promises_savingline
  deferrable initially deferred for each row execute function promises_adds_up();
"""
BACK = """
drop trigger promises_savingline_adds_up on promises_savingline;
drop trigger promises_verification_adds_up on promises_verification;
drop trigger promises_line_is_there on promises_savingline;
drop trigger promises_verified_by_another on promises_verification;
drop trigger promises_saving_forwards on promises_saving;
drop function promises_adds_up(); drop function promises_line_is_there();
drop function promises_verified_by_another(); drop function promises_saving_forwards();
"""


class Migration(migrations.Migration):
    dependencies = [("promises", "0004_savings"), ("settlement", "0002_rows"), ("ledger", "0002_posting")]

    operations = [
        *[PolicyRows(f"promises_{name}", using=BODY, check=BODY, read="true") for name in TABLES],
        *[AppendOnly(f"promises_{name}") for name in ("savingfigure", "savingevent", "baseline")],
        UpdateOnly("promises_saving", CHANGES),
        UpdateOnly("promises_verification", ("withdrawn_at", "withdrawn_why")),
        UpdateOnly("promises_savingline", ("released",)),
        *[NoDelete(f"promises_{name}") for name in ("saving", "verification", "savingline")],
        migrations.RunSQL(RULES, BACK),
    ]
