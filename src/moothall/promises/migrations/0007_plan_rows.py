"""A plan is its body's until it is adopted, then everybody's; ideas and funds are public. What was adopted stays.

What the database keeps itself: an adopted plan says what was adopted, only what becomes of its actions goes on; no fund
pays out more than it holds.
"""

from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, NoDelete, PolicyRows, UpdateOnly

OF_PLAN = f"{BODY} or plan_id in (select p.id from promises_plan p)"
RULES = """
create function promises_plan_stays() returns trigger language plpgsql as $$
begin
  if old.state = 'adopted' and (to_jsonb(new) - 'body_id') <> (to_jsonb(old) - 'body_id') then
    raise exception 'what was adopted stays' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger promises_plan_stays before update on promises_plan
  for each row execute function promises_plan_stays();

create function promises_of_plan_stays() returns trigger language plpgsql as $$
declare
  before jsonb := case when tg_op = 'INSERT' then '{}'::jsonb else to_jsonb(old) end;
  after jsonb := case when tg_op = 'DELETE' then '{}'::jsonb else to_jsonb(new) end;
  goes_on text[] := array['body_id', 'state', 'outcome', 'owner_id', 'owner_post', 'changed_at'];
begin
  if (before - goes_on) <> (after - goes_on) and exists (select 1 from promises_plan p where p.state = 'adopted'
      and p.id = coalesce((before ->> 'plan_id')::uuid, (after ->> 'plan_id')::uuid)) then
    raise exception 'what was adopted stays' using errcode = '23514';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger promises_planaction_stays before insert or update or delete on promises_planaction
  for each row execute function promises_of_plan_stays();
create trigger promises_voice_stays before insert or update or delete on promises_voice
  for each row execute function promises_of_plan_stays();

create function promises_fund_holds() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.fund_id::text, 0));
  if new.fund_id is not null and (select sum(coalesce(i.spent, i."grant")) from promises_idea i
      where i.fund_id = new.fund_id) > (select f.pence from promises_fund f where f.id = new.fund_id) then
    raise exception 'a fund pays out no more than it holds' using errcode = '23514', constraint = 'promises_fund_holds';
  end if;
  return null;
end $$;
create trigger promises_fund_holds after insert or update on promises_idea
  for each row execute function promises_fund_holds();
"""
BACK = """
drop trigger promises_fund_holds on promises_idea; drop trigger promises_voice_stays on promises_voice;
drop trigger promises_planaction_stays on promises_planaction; drop trigger promises_plan_stays on promises_plan;
drop function promises_fund_holds(); drop function promises_of_plan_stays(); drop function promises_plan_stays();
"""
DECIDED = (
    "state", "fund_id", '"grant"', "decided_by", "decided_on", "reason", "shows", "ends", "result", "learnt", "spent",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("promises", "0006_plans")]

    operations = [
        PolicyRows("promises_plan", using=BODY, check=BODY, read=f"{BODY} or state = 'adopted'"),
        *[PolicyRows(f"promises_{name}", using=BODY, check=BODY, read=OF_PLAN) for name in ("planaction", "voice")],
        *[
            PolicyRows(f"promises_{name}", using=BODY, check=BODY, read="true")
            for name in ("lesson", "idea", "fund")
        ],
        *[AppendOnly(f"promises_{name}") for name in ("lesson", "fund")],
        UpdateOnly("promises_idea", DECIDED),
        *[NoDelete(f"promises_{name}") for name in ("plan", "idea", "voice")],
        migrations.RunSQL(RULES, BACK),
    ]
