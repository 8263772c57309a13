"""Row security of casework, and the few functions that see past it, each testing for itself what it may give."""

from django.db import migrations

from moothall.core.rows import AppendOnly, Definer, PolicyRows

MINE = "body_id = any((select app_bodies())::smallint[])"
#: The case is one of the scope's: its bodies', its person's, or the one case itself. Reached by key, never listed.
CASE = (
    "id = (select app_case()) or person_id = (select app_person()) "
    "or seen_by && (select app_bodies())::smallint[]"
)
OF_CASE = "case_id = (select app_case()) or exists (select 1 from casework_case c where c.id = case_id)"
#: Staff of a body that may see the case: residents and trackers do not.
OF_STAFF = (
    "exists (select 1 from casework_case c where c.id = case_id and c.seen_by && (select app_bodies())::smallint[])"
)

BEGIN = """
create function casework_begin(p_body smallint, p_caller text, p_key text, p_digest bytea, p_case uuid,
  p_at timestamptz, out number int, out earlier uuid, out same boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if p_key <> '' then
    insert into casework_submission (body_id, caller, key, digest, case_id, at)
      values (p_body, p_caller, p_key, p_digest, p_case, p_at) on conflict do nothing;
    if not found then
      select s.case_id, s.digest = p_digest into earlier, same from casework_submission s
        where s.body_id = p_body and s.caller = p_caller and s.key = p_key;
      return;
    end if;
  end if;
  insert into casework_counter as c (body_id, number) values (p_body, 1)
    on conflict (body_id) do update set number = c.number + 1 returning c.number into number;
end $$
"""

TRACK = """
create function casework_track(p_body smallint, p_number int, p_digest bytea) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select id from casework_case c where c.body_id = p_body and c.number = p_number
    and (p_digest = any(c.contact_digests)
      or exists (select 1 from casework_follower f where f.body_id = c.body_id and f.case_id = c.id
                 and f.contact_digest = p_digest and f.stopped_at is null))
$$
"""

SEARCH = """
create function casework_search(p_words text, p_reference text, p_limit int) returns table (id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare v_body smallint; v_query tsquery := websearch_to_tsquery('simple', p_words);
begin
  foreach v_body in array app_bodies()::smallint[] loop
    return query select t.id from casework_task t
      where t.body_id = v_body and t.state = 'open'
        and (t.search @@ v_query or t.reference = p_reference)
      order by t.due_at, t.id limit p_limit;
  end loop;
end $$
"""

FOLLOW = """
create function casework_follow(p_place uuid, p_id uuid, p_contact jsonb, p_digest bytea, p_person uuid,
  p_at timestamptz) returns table (case_id uuid, body_id smallint, service_id varchar)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare v_case casework_case;
begin
  select * into v_case from casework_case c where c.published_id = p_place and c.state in ('open', 'paused');
  if not found then return; end if;
  insert into casework_follower (id, case_id, body_id, contact, contact_digest, person_id, at)
    values (p_id, v_case.id, v_case.body_id, p_contact, p_digest, p_person, p_at) on conflict do nothing;
  update casework_publicplace set reports = reports + 1 where id = p_place and found;
  return query select v_case.id, v_case.body_id, v_case.service_id;
end $$
"""

DRAFT = """
create function casework_draft(p_digest bytea, p_code bytea, p_at timestamptz) returns uuid
language sql security definer set search_path = public, pg_temp as $$
  with tried as (update casework_draft set code_tries = code_tries + 1
    where contact_digest = p_digest and sent_at is null and code_expires_at > p_at and code_tries < 5
    returning id, code_digest, saved_at)
  select id from tried where code_digest = p_code order by saved_at desc limit 1
$$
"""

DRAFT_CODE = """
create function casework_draft_code(p_digest bytea, p_code bytea, p_until timestamptz) returns varchar
language sql security definer set search_path = public, pg_temp as $$
  update casework_draft set code_digest = p_code, code_expires_at = p_until, code_tries = 0
    where id = (select id from casework_draft where contact_digest = p_digest and sent_at is null
                order by saved_at desc limit 1) returning language
$$
"""

FORGET = """
create function casework_forget(p_before timestamptz) returns int
language sql security definer set search_path = public, pg_temp as $$
  with keys as (delete from casework_submission where at < p_before
      and body_id = any(app_bodies()::smallint[]) returning 1),
    drafts as (delete from casework_draft where saved_at < p_before returning 1)
  select (select count(*) from keys)::int + (select count(*) from drafts)::int
$$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("core", "0002_row_security")]

    operations = [
        PolicyRows("casework_case", CASE),
        PolicyRows("casework_event", OF_CASE),
        AppendOnly("casework_event"),
        PolicyRows("casework_payload", OF_CASE),
        PolicyRows("casework_note", OF_STAFF),
        PolicyRows("casework_step", OF_CASE),
        PolicyRows("casework_task", f"{MINE} or case_id = (select app_case())"),
        PolicyRows("casework_message", OF_CASE),
        PolicyRows("casework_attachment", OF_CASE),
        PolicyRows("casework_relation", OF_CASE + " or other_id = (select app_case())"),
        PolicyRows("casework_follower", OF_STAFF + " or person_id = (select app_person())"),
        PolicyRows("casework_draft", "id = (select app_case()) or person_id = (select app_person())"),
        PolicyRows(
            "casework_publicplace",
            f"{MINE} or id = md5((select app_case())::text)::uuid",
            read="true",
        ),
        PolicyRows("casework_submission", "false"),
        PolicyRows("casework_counter", "false"),
        Definer(
            BEGIN,
            "casework_begin(smallint, text, text, bytea, uuid, timestamptz)",
            "Gives a case its number and remembers the key it was sent with; whoever submits may, and learns only "
            "about a submission of their own key.",
        ),
        Definer(
            TRACK,
            "casework_track(smallint, int, bytea)",
            "Finds one case for who knows its reference and the contact it was opened with; callers limit the rate.",
        ),
        Definer(SEARCH, "casework_search(text, text, int)", "Searches open work of the scope's own bodies alone."),
        Definer(
            FOLLOW,
            "casework_follow(uuid, uuid, jsonb, bytea, uuid, timestamptz)",
            "Adds a follower to an open case by its published place, without showing the case.",
        ),
        Definer(
            DRAFT,
            "casework_draft(bytea, bytea, timestamptz)",
            "Finds one draft for who knows its e-mail address and the code sent to it; five tries.",
        ),
        Definer(
            DRAFT_CODE,
            "casework_draft_code(bytea, bytea, timestamptz)",
            "Gives the newest draft kept under an e-mail address a new code; tells only the draft's language.",
        ),
        Definer(
            FORGET,
            "casework_forget(timestamptz)",
            "Forgets submission keys of the scope's bodies, and drafts, that are past their time; shows nothing.",
        ),
    ]
