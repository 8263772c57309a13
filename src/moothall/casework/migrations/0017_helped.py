"""A helper sees the cases of the person they help, one by one and by name of the mandate; nothing else does."""

from django.db import migrations

from moothall.core.rows import Definer

HELPED = """
create function casework_helped(p_acts_for uuid, p_reference text, p_on date)
returns table (id uuid, acts_for uuid, reference text, service_id text, version_id uuid, state text, outcome text,
  place_label text, opened_at timestamptz, closed_at timestamptz, promise_due timestamptz, paused_at timestamptz,
  uprn text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with recursive mine as (
    select a.id, a.person_id, a.may, a.services from people_actsfor a
    where app_person() is not null and a.agent_id = any(people_identity()) and a.ended_at is null
      and a.starts <= p_on and (a.ends is null or a.ends > p_on) and (p_acts_for is null or a.id = p_acts_for)
  ), helped(acts_for, person) as (
    select m.id, m.person_id from mine m
    union
    select h.acts_for, case when l.one_id = h.person then l.other_id else l.one_id end
    from helped h join people_link l on h.person in (l.one_id, l.other_id)
    where l.kind = 'link' and not exists (
      select 1 from people_link later where later.body_id = l.body_id and later.one_id = l.one_id
        and later.other_id = l.other_id and later.id > l.id)
  )
  select c.id, m.id, c.reference, c.service_id, c.version_id, c.state, c.outcome, c.place_label, c.opened_at,
    c.closed_at, c.promise_due, c.paused_at, c.uprn
  from mine m join helped h on h.acts_for = m.id join casework_case c on c.person_id = h.person
  where c.only_team = '' and (p_reference = '' or c.reference = p_reference) and (cardinality(m.services) = 0 or c.service_id = any(m.services))
    and ('follow' = any(m.may) or ('ask' = any(m.may) and c.acts_for_id = m.id))
  order by c.opened_at desc, c.id limit 200
$$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0016_helping"), ("people", "0007_helping_rows")]

    operations = [
        Definer(
            HELPED,
            "casework_helped(uuid, text, date)",
            "tells a helper, while a mandate of theirs holds, of the cases it covers; never an urgent referral",
        ),
    ]
