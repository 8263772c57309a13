"""Who sees that somebody helps a person, and the few functions by which a helper confirms and a mandate ends."""

from django.db import migrations

from moothall.core.rows import BODY, Definer, PolicyRows

SAFE = "security definer set search_path = pg_catalog, public, pg_temp"
ME = "any((select people_identity())::uuid[])"
#: A body that holds a record of the person may know who helps them, wherever that was said.
KNOWN = "exists (select 1 from people_sourcerecord r where r.person_id = people_actsfor.person_id)"
READ = f"{BODY} or person_id = {ME} or agent_id = {ME} or {KNOWN}"
WAITS = """a.code_digest = p_digest and a.agent_id is null and a.ended_at is null and a.code_until > p_at
    and app_person() is not null and not (a.person_id = any(people_identity()))"""

OFFERED = f"""
create function people_help_offered(p_digest bytea, p_at timestamptz)
returns table (id uuid, person_name text, kind text, may text[], services text[], written text, starts date, ends date)
language sql stable {SAFE} as $$
  select a.id, a.person_name, a.kind, a.may::text[], a.services::text[], a.written, a.starts, a.ends
  from people_actsfor a where {WAITS}
$$
"""
TAKE = f"""
create function people_help_take(p_digest bytea, p_name text, p_language text, p_at timestamptz) returns uuid
language plpgsql {SAFE} as $$
declare v_id uuid;
begin
  update people_actsfor a set agent_id = app_person(), agent_name = p_name, agent_language = p_language,
    confirmed_at = p_at, code_digest = null, code_until = null
  where {WAITS} returning a.id into v_id;
  return v_id;
end $$
"""
END = f"""
create function people_help_end(p_id uuid, p_at timestamptz) returns smallint
language plpgsql {SAFE} as $$
declare v_body smallint;
begin
  update people_actsfor a set ended_at = p_at, code_digest = null, code_until = null,
    ended_by = case when a.person_id = any(people_identity()) then 'person' else 'helper' end
  where a.id = p_id and a.ended_at is null
    and (a.agent_id = any(people_identity()) or (a.said and a.person_id = any(people_identity())))
  returning a.body_id into v_body;
  return v_body;
end $$
"""
REACH = """(select c.value from people_contactpoint c where c.person_id = {who} and c.kind = '{kind}' and c.ends is null
      and (c.body_id is null or c.body_id = any(app_bodies())) order by c.verified_at nulls last, c.id limit 1)"""
ADDRESSES = f"""
create function people_help_addresses(p_id uuid)
returns table (person_email text, person_phone text, agent_email text, agent_phone text)
language sql stable {SAFE} as $$
  select {REACH.format(who="a.person_id", kind="email")}, {REACH.format(who="a.person_id", kind="phone")},
    {REACH.format(who="a.agent_id", kind="email")}, {REACH.format(who="a.agent_id", kind="phone")}
  from people_actsfor a where a.id = p_id and a.body_id = any(app_bodies())
$$
"""
WRITTEN = f"""
create function people_written_to(p_people uuid[], p_service text, p_on date)
returns table (acts_for uuid, agent uuid, written text, email text, phone text)
language sql stable {SAFE} as $$
  select a.id, a.agent_id, a.written,
    {REACH.format(who="a.agent_id", kind="email")}, {REACH.format(who="a.agent_id", kind="phone")}
  from people_actsfor a
  where a.person_id = any(p_people) and a.agent_id is not null and a.written <> 'alone' and a.ended_at is null
    and a.starts <= p_on and (a.ends is null or a.ends > p_on)
    and (cardinality(a.services) = 0 or p_service = any(a.services))
    and exists (select 1 from people_sourcerecord r where r.person_id = a.person_id
      and r.body_id = any(app_bodies()))
  order by a.confirmed_at, a.id
$$
"""
POLICIES = ("scope", "scope_insert", "scope_update", "scope_delete", "everyone")
DROP = "; ".join(f"drop policy if exists {name} on people_actsfor" for name in POLICIES)
ADD = f"{BODY} or (said and agent_id is null and person_id = {ME})"


class Migration(migrations.Migration):
    dependencies = [("people", "0006_helping")]

    operations = [
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
        PolicyRows("people_actsfor", using=BODY, check=BODY, read=READ, add=ADD),
        Definer(
            OFFERED,
            "people_help_offered(bytea, timestamptz)",
            "tells somebody signed in who holds a code what they are asked to do, and for whom; callers limit the rate",
        ),
        Definer(
            TAKE,
            "people_help_take(bytea, text, text, timestamptz)",
            "lets the scope's person confirm, by its code, that they help somebody; once, and never themself",
        ),
        Definer(
            END,
            "people_help_end(uuid, timestamptz)",
            "lets the person who named a helper, or the helper, end it; tells only at whose door it was said",
        ),
        Definer(
            ADDRESSES,
            "people_help_addresses(uuid)",
            "tells the jobs of the body that keeps a mandate where the two are written to",
        ),
        Definer(
            WRITTEN,
            "people_written_to(uuid[], text, date)",
            "tells a body that has a record of somebody where those are reached whom they let us write to",
        ),
    ]
