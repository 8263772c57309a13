from django.db import migrations

from moothall.core.rows import BODY, AppendOnly, BodyRows, Definer, PolicyRows, ReadOnly

SAFE = "security definer set search_path = pg_catalog, public, pg_temp"

RECORD = f"""
create function audit_record(_body smallint, _at timestamptz, _actor text, _action text, _object text, _data text)
returns bigint language plpgsql {SAFE} as $$
declare
  _salt bytea := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
  _id bigint;
begin
  insert into core_auditentry (body_id, at, recorded_at, actor, purpose, action, object, commitment)
  values (_body, _at, clock_timestamp(), _actor, app_purpose(), _action, _object,
          sha256(_salt || convert_to(_data, 'UTF8')))
  returning id into _id;
  insert into core_auditpayload (entry_id, body_id, salt, data) values (_id, _body, _salt, _data);
  insert into core_auditunsealed (entry_id, body_id) values (_id, _body);
  return _id;
end $$
"""
ERASE = f"""
create function audit_erase(_body smallint, _entries bigint[], _because text, _at timestamptz, _actor text)
returns bigint language plpgsql {SAFE} as $$
declare
  _mine bigint[];
  _id bigint;
begin
  if not _body = any(app_bodies()) then
    raise exception 'this body''s trail is not in scope' using errcode = '42501';
  end if;
  select array_agg(p.entry_id order by p.entry_id) into _mine
  from core_auditpayload p join core_auditentry e on e.id = p.entry_id
  where p.entry_id = any(_entries) and e.body_id = _body and p.data is not null and e.action <> 'payload.erased';
  _id := audit_record(_body, _at, _actor, 'payload.erased', 'body:' || _body, json_build_object(
    'because', _because, 'entries', coalesce(_mine, '{{}}'))::text);
  update core_auditpayload set data = null, salt = null, erasure_id = _id where entry_id = any(_mine);
  return _id;
end $$
"""
SEAL = f"""
create function audit_seal(_body smallint, _number int, _first bigint, _size bigint, _root bytea, _previous bytea,
  _hash bytea, _peaks bytea, _at timestamptz, _key text, _signature bytea, _entries bigint[], _hashes bytea[])
returns void language plpgsql {SAFE} as $$
declare
  _last core_auditseal;
  _waiting bigint;
begin
  if not _body = any(app_bodies()) then
    raise exception 'this body''s trail is not in scope' using errcode = '42501';
  end if;
  select * into _last from core_auditseal where body_id = _body order by number desc limit 1;
  if _number <> coalesce(_last.number, 0) + 1 or _first <> coalesce(_last.size, 0)
     or _size <> _first + cardinality(_entries) or cardinality(_hashes) <> cardinality(_entries)
     or _previous <> coalesce(_last.hash, decode(repeat('00', 32), 'hex')) then
    raise exception 'this seal does not follow the last one' using errcode = '40001';
  end if;
  delete from core_auditunsealed where body_id = _body and entry_id = any(_entries);
  get diagnostics _waiting = row_count;
  if _waiting <> cardinality(_entries) then
    raise exception 'an entry was not waiting to be sealed' using errcode = '40001';
  end if;
  insert into core_auditleaf (entry_id, body_id, number, hash)
  select t.entry, _body, _first + t.place - 1, t.hash
  from unnest(_entries, _hashes) with ordinality as t(entry, hash, place);
  insert into core_auditseal (body_id, number, size, root, previous, hash, peaks, at, key, signature)
  values (_body, _number, _size, _root, _previous, _hash, _peaks, _at, _key, _signature);
end $$
"""
READS = f"""
create function audit_reads_of_me() returns table (body_id smallint, at timestamptz, actor text, purpose text)
language sql stable {SAFE} as $$
  select e.body_id, e.at, e.actor, e.purpose from core_auditentry e
  where e.action = 'read' and app_person() is not null and e.object = 'person:' || app_person()
  order by e.id desc limit 200
$$
"""
MINE = "case_id = (select app_case()) or person_id = (select app_person())"
SEEN = f"seen_by && (select app_bodies())::smallint[] or {MINE}"
FROM_PLATFORM = "body_id = 0 and (select app_purpose()) in ('demo outbox', 'message', 'sign-in message')"
MESSAGE = "exists (select from core_outgoing o where o.id = outgoing_id)"


class Migration(migrations.Migration):
    dependencies = [("core", "0003_trust")]

    operations = [
        *(BodyRows(f"core_audit{name}") for name in ("entry", "payload", "unsealed", "leaf", "seal")),
        *(ReadOnly(f"core_audit{name}") for name in ("entry", "payload", "unsealed", "leaf", "seal")),
        *(AppendOnly(f"core_audit{name}") for name in ("entry", "leaf", "seal")),
        Definer(
            RECORD,
            "audit_record(smallint, timestamptz, text, text, text, text)",
            "adds one entry to a body's trail and tells nothing but its number; any visitor's act is written down",
        ),
        Definer(
            ERASE,
            "audit_erase(smallint, bigint[], text, timestamptz, text)",
            "erases payloads of a body in scope, and records that it did",
        ),
        Definer(
            SEAL,
            "audit_seal(smallint, int, bigint, bigint, bytea, bytea, bytea, bytea, timestamptz, text, bytea, bigint[], "
            "bytea[])",
            "adds leaves and a head that follow the last ones of a body in scope",
        ),
        Definer(READS, "audit_reads_of_me()", "tells the scope's person, and nobody else, who read their data"),
        PolicyRows("core_file", SEEN, f"{BODY} or {MINE}"),
        PolicyRows("core_outgoing", f"{BODY} or {MINE} or ({FROM_PLATFORM})"),
        PolicyRows("core_outgoingwords", MESSAGE),
    ]
