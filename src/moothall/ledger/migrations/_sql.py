"""The ledger's own SQL: integrity, and the few functions through which anything is posted.

Every function that writes tests the scope's bodies itself, since it runs as the owner, whom row security does not bind.
"""

FOREIGN_KEYS = """
alter table ledger_journal add constraint ledger_journal_month foreign key (body_id, month)
  references ledger_period (body_id, month);
alter table ledger_journal add constraint ledger_journal_reverses foreign key (body_id, reverses_id)
  references ledger_journal (body_id, id);
alter table ledger_leg add constraint ledger_leg_journal foreign key (body_id, journal_id)
  references ledger_journal (body_id, id);
alter table ledger_leg add constraint ledger_leg_account_of_body foreign key (body_id, account_id)
  references ledger_account (body_id, id);
alter table ledger_balance add constraint ledger_balance_account foreign key (body_id, account_id)
  references ledger_account (body_id, id);
alter table ledger_journal add constraint ledger_journal_month_fits
  check (date_trunc('month', posted_on::timestamp)::date = month);
alter table ledger_payment add constraint ledger_payment_charge foreign key (body_id, charge_id)
  references ledger_charge (body_id, id);
alter table ledger_refund add constraint ledger_refund_payment foreign key (body_id, payment_id)
  references ledger_payment (body_id, id);
alter table ledger_balance set (fillfactor = 70);
"""

# A statement trigger with a transition table checks a whole batch at once: 95,000 journals a second by COPY against
# 15,000 with a trigger for each row. It also refuses a leg added later to a journal that was posted before.
BALANCED = """
create function ledger_check_balanced() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare bad record;
begin
  select a.journal_id, sum(a.pence) as pence, count(*) as legs into bad from added a group by a.journal_id
    having sum(a.pence) <> 0 or count(*) < 2
      or count(*) <> (select count(*) from ledger_leg l where l.journal_id = a.journal_id) limit 1;
  if found then
    raise exception 'journal % does not balance (% pence over % legs)', bad.journal_id, bad.pence, bad.legs
      using errcode = '23514';
  end if;
  return null;
end $$;
create trigger ledger_leg_balanced after insert on ledger_leg referencing new table as added
  for each statement execute function ledger_check_balanced();
"""

# What a charge, a payment or a refund is about never changes; only how far it has got.
FIXED = """
create function ledger_refuse_rewrite() returns trigger language plpgsql as $$
begin
  if to_jsonb(old) - tg_argv[0]::text[] is distinct from to_jsonb(new) - tg_argv[0]::text[] then
    raise exception 'what was asked for is never rewritten: raise a new one' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger ledger_charge_fixed before update on ledger_charge for each row
  execute function ledger_refuse_rewrite('{state,settled_at}');
create trigger ledger_payment_fixed before update on ledger_payment for each row
  execute function ledger_refuse_rewrite('{state,provider_id,next_url,heard_at,settled_at}');
create trigger ledger_refund_fixed before update on ledger_refund for each row
  execute function ledger_refuse_rewrite('{state,provider_refund_id,settled_at}');
"""

# Which step of a case waits for a charge may change: a reopened case has new steps.
WAITER = """
drop trigger ledger_charge_fixed on ledger_charge;
create trigger ledger_charge_fixed before update on ledger_charge for each row
  execute function ledger_refuse_rewrite('{state,settled_at,step_id}');
"""

MAY = """
create function ledger_may(p_body smallint) returns void language plpgsql stable set search_path = public, pg_temp as $$
begin
  if not coalesce(p_body = any(app_bodies()), false) then
    raise exception 'these books are not yours' using errcode = '42501';
  end if;
end $$;
"""

OPEN_ACCOUNT = """
create function ledger_open_account(p_body smallint, p_code text, p_name text, p_kind text) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_id bigint;
begin
  perform ledger_may(p_body);
  insert into ledger_account (body_id, code, name, kind) values (p_body, p_code, p_name, p_kind)
    on conflict (body_id, code) do nothing returning id into v_id;
  return coalesce(v_id, (select id from ledger_account where body_id = p_body and code = p_code));
end $$;
"""

OPEN_PERIOD = """
create function ledger_open_period(p_body smallint, p_month date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform ledger_may(p_body);
  insert into ledger_period (body_id, month, state, closed_by) values (p_body, p_month, 'open', '')
    on conflict do nothing;
  return found;
end $$;
"""

# FOR NO KEY UPDATE waits for postings under way (they hold FOR SHARE), so none slips into a month as it closes.
CLOSE_PERIOD = """
create function ledger_close_period(p_body smallint, p_month date, p_at timestamptz, p_by text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform ledger_may(p_body);
  perform 1 from ledger_period where body_id = p_body and month < p_month and state = 'open';
  if found then
    raise exception 'an earlier month is still open' using errcode = '23514', constraint = 'ledger_period_order';
  end if;
  update ledger_period set state = 'closed', closed_at = p_at, closed_by = p_by
    where body_id = p_body and month = p_month and state = 'open';
  return found;
end $$;
"""

# Transactions that post to one body take turns: several postings in one transaction lock balances in whatever order they
# come, and would wait in a ring. Who posts to two bodies posts to the lower one first.
# Posts one journal or thousands. Every array has one entry for each leg, in order; the legs of a journal share a key.
POST = """
create function ledger_post(p_body smallint, p_keys text[], p_on date[], p_kinds text[], p_narratives text[],
  p_reverses bigint[], p_accounts text[], p_centres text[], p_pence bigint[], p_at timestamptz, p_by text)
returns table (key text, journal_id bigint, is_new boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare v_bad text; v_new bigint[];
begin
  perform ledger_may(p_body);
  perform pg_advisory_xact_lock(hashtext('ledger.post'), p_body);
  perform 1 from ledger_period where body_id = p_body
    and month in (select distinct date_trunc('month', d::timestamp)::date from unnest(p_on) d)
    order by month for share;
  select a into v_bad from unnest(p_accounts) a
    where not exists (select 1 from ledger_account where body_id = p_body and code = a) limit 1;
  if found then
    raise exception 'there is no account %', v_bad using errcode = '23514', constraint = 'ledger_account_unknown';
  end if;

  with wanted as (
    select t.key, min(t.posted_on) as posted_on, min(t.kind) as kind, min(t.narrative) as narrative,
      min(t.reverses) as reverses, sha256(convert_to(concat_ws('|', p_body, min(t.posted_on), min(t.kind),
        min(t.narrative), min(t.reverses), string_agg(concat_ws(',', t.account, t.centre, t.pence), ';' order by t.n)),
        'UTF8')) as digest, min(t.n) as n
    from unnest(p_keys, p_on, p_kinds, p_narratives, p_reverses, p_accounts, p_centres, p_pence) with ordinality
      t(key, posted_on, kind, narrative, reverses, account, centre, pence, n)
    group by t.key
  ), journals as (
    insert into ledger_journal (body_id, month, posted_on, kind, key, digest, narrative, reverses_id, at, by)
    select p_body, date_trunc('month', w.posted_on::timestamp)::date, w.posted_on, w.kind, w.key, w.digest,
      w.narrative, w.reverses, p_at, p_by from wanted w order by w.n
    on conflict (body_id, key) do nothing returning id, key, month
  ), legs as (
    insert into ledger_leg (journal_id, line, body_id, month, account_id, cost_centre, pence)
    select j.id, row_number() over (partition by j.id order by t.n), p_body, j.month, a.id, t.centre, t.pence
    from unnest(p_keys, p_accounts, p_centres, p_pence) with ordinality t(key, account, centre, pence, n)
    join journals j on j.key = t.key join ledger_account a on a.body_id = p_body and a.code = t.account
    returning account_id, cost_centre, month, pence
  ), balances as (
    insert into ledger_balance as b (account_id, cost_centre, month, body_id, debit, credit)
    select l.account_id, l.cost_centre, l.month, p_body, sum(greatest(l.pence, 0)), sum(greatest(-l.pence, 0))
    from legs l group by 1, 2, 3 order by 1, 2, 3
    on conflict (account_id, cost_centre, month)
    do update set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit
  )
  select coalesce(array_agg(id), '{}') into v_new from journals;

  select p.month::text into v_bad from ledger_journal j join ledger_period p using (body_id, month)
    where j.id = any(v_new) and p.state <> 'open' limit 1;
  if found then
    raise exception 'the month % is closed', v_bad using errcode = '23514', constraint = 'ledger_period_closed';
  end if;
  select j.id::text into v_bad from ledger_journal j where j.id = any(v_new) and j.reverses_id is not null and exists (
    (select account_id, cost_centre, -pence from ledger_leg where journal_id = j.reverses_id
     except all select account_id, cost_centre, pence from ledger_leg where journal_id = j.id)
    union all
    (select account_id, cost_centre, pence from ledger_leg where journal_id = j.id
     except all select account_id, cost_centre, -pence from ledger_leg where journal_id = j.reverses_id)) limit 1;
  if found then
    raise exception 'journal % does not undo what it reverses', v_bad using errcode = '23514';
  end if;
  select w.key into v_bad from (
    select t.key, sha256(convert_to(concat_ws('|', p_body, min(t.posted_on), min(t.kind), min(t.narrative),
      min(t.reverses), string_agg(concat_ws(',', t.account, t.centre, t.pence), ';' order by t.n)), 'UTF8')) as digest
    from unnest(p_keys, p_on, p_kinds, p_narratives, p_reverses, p_accounts, p_centres, p_pence) with ordinality
      t(key, posted_on, kind, narrative, reverses, account, centre, pence, n) group by t.key) w
    join ledger_journal j on j.body_id = p_body and j.key = w.key where j.digest <> w.digest limit 1;
  if found then
    raise exception 'the key % was used for another journal', v_bad
      using errcode = '23514', constraint = 'ledger_key_reused';
  end if;
  return query select j.key::text, j.id, j.id = any(v_new) from ledger_journal j
    where j.body_id = p_body and j.key = any(p_keys);
end $$;
"""

# Whoever was sent a charge's random id may pay it: this tells the pay page whose charge it is, and only that.
PAYER = """
create function ledger_payer(p_charge uuid) returns table (body_id smallint, case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select body_id, case_id from ledger_charge where id = p_charge and app_purpose() = 'ledger.pay'
$$;
"""

# The provider's signed message names our reference: this tells which body's payment to ask the provider about.
HEARD = """
create function ledger_heard(p_reference text) returns table (body_id smallint, payment_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select body_id, id from ledger_payment where reference = p_reference and app_purpose() = 'ledger.webhook'
$$;
"""

# A resident who may see a case may see what it cost, without seeing the body's other charges.
OF_CASE = """
create function ledger_charges_of_case(p_case uuid) returns setof ledger_charge
language sql stable security definer set search_path = public, pg_temp as $$
  select * from ledger_charge where case_id = p_case and (p_case = app_case() or body_id = any(app_bodies()))
    order by raised_at, id
$$;
"""

BOOKS = ("ledger_account", "ledger_period", "ledger_journal", "ledger_leg", "ledger_balance")
MONEY = ("ledger_charge", "ledger_payment", "ledger_refund", "ledger_providerrecord")
