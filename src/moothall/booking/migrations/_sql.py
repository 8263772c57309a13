"""Booking's own SQL: the count of places taken, and taking a place."""

KEYS = """
alter table booking_booking add constraint booking_slot_of_body foreign key (body_id, slot_id)
  references booking_slot (body_id, id);
"""

# Whoever writes a booking, the slot's count follows, and its check refuses one place too many.
COUNT = """
create function booking_count() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare v_old int := 0; v_new int := 0;
begin
  if tg_op <> 'INSERT' and old.state in ('held', 'booked') then v_old := old.units; end if;
  if tg_op <> 'DELETE' and new.state in ('held', 'booked') then v_new := new.units; end if;
  if tg_op = 'UPDATE' and (old.slot_id, old.body_id, old.case_id, old.kind) is distinct from
      (new.slot_id, new.body_id, new.case_id, new.kind) then
    raise exception 'a booking stays with its slot and case: release it and take another' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' and old.state = 'released' and new.state <> 'released' then
    raise exception 'a released booking stays released' using errcode = '23514';
  end if;
  if v_old <> v_new then
    update booking_slot set taken = taken + v_new - v_old where id = coalesce(new.slot_id, old.slot_id);
  end if;
  return null;
end $$;
"""
TRIGGER = """
create trigger booking_counted after insert or update or delete on booking_booking
  for each row execute function booking_count();
"""

# Takes places for a case that the scope may act for. Holds that ran out give way; a case keeps one place of a kind, and
# lets its old one go only once it has the new one. Slots are locked in order, so that two who swap never wait in a ring.
TAKE = """
create function booking_take(p_slot bigint, p_case uuid, p_units int, p_state text, p_held_until timestamptz,
  p_at timestamptz, p_by text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_slot booking_slot; v_old booking_booking; v_id uuid;
begin
  select * into v_slot from booking_slot where id = p_slot;
  if not found or not (v_slot.body_id = any(app_bodies()) or coalesce(p_case = app_case(), false)) then
    raise exception 'there is no such slot' using errcode = '42501';
  end if;
  select * into v_old from booking_booking
    where case_id = p_case and kind = v_slot.kind and state in ('held', 'booked');
  perform 1 from booking_slot where id in (p_slot, v_old.slot_id) order by id for update;
  select * into v_slot from booking_slot where id = p_slot;
  select * into v_old from booking_booking
    where case_id = p_case and kind = v_slot.kind and state in ('held', 'booked') for update;
  if v_slot.closed or v_slot.starts <= p_at then
    raise exception 'the slot is closed' using errcode = '23514', constraint = 'booking_slot_closed';
  end if;
  update booking_booking set state = 'released', ended_at = p_at
    where slot_id = p_slot and state = 'held' and held_until <= least(p_at, clock_timestamp()) and case_id <> p_case;
  if v_old.slot_id = p_slot and v_old.units = p_units then
    update booking_booking set state = case when v_old.state = 'booked' then 'booked' else p_state end,
      held_until = p_held_until where id = v_old.id;
    return v_old.id;
  end if;
  if v_old.slot_id = p_slot then
    update booking_booking set units = p_units, held_until = p_held_until where id = v_old.id;
    return v_old.id;
  end if;
  update booking_booking set state = 'released', ended_at = p_at where id = v_old.id;
  insert into booking_booking (id, body_id, slot_id, kind, case_id, units, state, held_until, at, by)
    values (gen_random_uuid(), v_slot.body_id, p_slot, v_slot.kind, p_case, p_units,
      case when v_old.state = 'booked' then 'booked' else p_state end, p_held_until, p_at, p_by)
    returning id into v_id;
  return v_id;
end $$;
"""

# How many places are left, without showing who has the others. A hold that ran out counts as free.
FREE = """
create function booking_free(p_body smallint, p_kind text, p_since timestamptz, p_until timestamptz, p_at timestamptz)
returns table (id bigint, starts timestamptz, ends timestamptz, capacity int, free int)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.starts, s.ends, s.capacity, s.capacity - coalesce((select sum(b.units) from booking_booking b
      where b.slot_id = s.id and (b.state = 'booked' or b.state = 'held' and b.held_until > p_at)), 0)::int
  from booking_slot s
  where s.body_id = p_body and s.kind = p_kind and not s.closed and s.starts >= p_since and s.starts < p_until
  order by s.starts
$$;
"""

DIARY = """
create function booking_diary_of(p_body smallint, p_kind text)
returns table (name text, hold_hours smallint, notice_hours smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select name, hold_hours, notice_hours from booking_diary where body_id = p_body and kind = p_kind
$$;
"""
HOLD = """
create function booking_hold_of(p_slot bigint) returns smallint
language sql stable security definer set search_path = public, pg_temp as $$
  select d.hold_hours from booking_slot s join booking_diary d using (body_id, kind) where s.id = p_slot
$$;
"""

TIMES = """
create function booking_times(p_booking uuid) returns table (starts timestamptz, ends timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.starts, s.ends from booking_booking b join booking_slot s on s.id = b.slot_id
  where b.id = p_booking and (b.case_id = app_case() or b.body_id = any(app_bodies()))
$$;
"""

SEEN = "body_id = any((select app_bodies())::smallint[]) or case_id = (select app_case())"

# Since there is a waiting list: what is offered takes a place as what is held does, and whoever takes a place of a kind
# lets the offer that they had go.
COUNT_OFFERS = """
create or replace function booking_count() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare v_old int := 0; v_new int := 0;
begin
  if tg_op <> 'INSERT' and old.state in ('held', 'booked', 'offered') then v_old := old.units; end if;
  if tg_op <> 'DELETE' and new.state in ('held', 'booked', 'offered') then v_new := new.units; end if;
  if tg_op = 'UPDATE' and (old.slot_id, old.body_id, old.case_id, old.kind) is distinct from
      (new.slot_id, new.body_id, new.case_id, new.kind) then
    raise exception 'a booking stays with its slot and case: release it and take another' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' and old.state in ('released', 'lapsed') and new.state <> old.state then
    raise exception 'what was given up stays given up' using errcode = '23514';
  end if;
  if v_old <> v_new then
    update booking_slot set taken = taken + v_new - v_old where id = coalesce(new.slot_id, old.slot_id);
  end if;
  return null;
end $$;
"""

TAKE_OFFERS = """
create or replace function booking_take(p_slot bigint, p_case uuid, p_units int, p_state text, p_held_until timestamptz,
  p_at timestamptz, p_by text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_slot booking_slot; v_old booking_booking; v_offer booking_booking; v_id uuid;
begin
  select * into v_slot from booking_slot where id = p_slot;
  if not found or not (v_slot.body_id = any(app_bodies()) or coalesce(p_case = app_case(), false)) then
    raise exception 'there is no such slot' using errcode = '42501';
  end if;
  select * into v_old from booking_booking
    where case_id = p_case and kind = v_slot.kind and state in ('held', 'booked');
  select * into v_offer from booking_booking where case_id = p_case and kind = v_slot.kind and state = 'offered';
  perform 1 from booking_slot where id in (p_slot, v_old.slot_id, v_offer.slot_id) order by id for update;
  select * into v_slot from booking_slot where id = p_slot;
  select * into v_old from booking_booking
    where case_id = p_case and kind = v_slot.kind and state in ('held', 'booked') for update;
  if v_slot.closed or v_slot.starts <= p_at then
    raise exception 'the slot is closed' using errcode = '23514', constraint = 'booking_slot_closed';
  end if;
  update booking_booking set state = case state when 'held' then 'released' else 'lapsed' end, ended_at = p_at
    where slot_id = p_slot and state in ('held', 'offered') and held_until <= least(p_at, clock_timestamp())
    and case_id <> p_case;
  update booking_booking set state = 'lapsed', ended_at = p_at where id = v_offer.id and state = 'offered';
  if v_old.slot_id = p_slot and v_old.units = p_units then
    update booking_booking set state = case when v_old.state = 'booked' then 'booked' else p_state end,
      held_until = p_held_until where id = v_old.id;
    return v_old.id;
  end if;
  if v_old.slot_id = p_slot then
    update booking_booking set units = p_units, held_until = p_held_until where id = v_old.id;
    return v_old.id;
  end if;
  update booking_booking set state = 'released', ended_at = p_at where id = v_old.id;
  insert into booking_booking (id, body_id, slot_id, kind, case_id, units, state, held_until, at, by)
    values (gen_random_uuid(), v_slot.body_id, p_slot, v_slot.kind, p_case, p_units,
      case when v_old.state = 'booked' then 'booked' else p_state end, p_held_until, p_at, p_by)
    returning id into v_id;
  return v_id;
end $$;
"""

# What is free for whoever is not in the line: while somebody waits who could have a place, it goes to them first.
FREE_FOR_NEW = """
create or replace function booking_free(
  p_body smallint, p_kind text, p_since timestamptz, p_until timestamptz, p_at timestamptz)
returns table (id bigint, starts timestamptz, ends timestamptz, capacity int, free int)
language sql stable security definer set search_path = public, pg_temp as $$
  with line as (
    select w.units, w.before, w.ahead from booking_wish w
    where w.body_id = p_body and w.kind = p_kind and w.state = 'waiting' and not exists (
      select 1 from booking_booking o where o.case_id = w.case_id and o.kind = w.kind and o.state = 'offered'))
  select s.id, s.starts, s.ends, s.capacity, greatest(0, s.capacity
    - coalesce((select sum(b.units) from booking_booking b where b.slot_id = s.id
        and (b.state = 'booked' or b.state in ('held', 'offered') and b.held_until > p_at)), 0)
    - coalesce((select sum(l.units) from line l where (l.before is null or s.starts < l.before)
        and s.starts < p_at + make_interval(days => l.ahead)), 0))::int
  from booking_slot s
  where s.body_id = p_body and s.kind = p_kind and not s.closed and s.starts >= p_since and s.starts < p_until
  order by s.starts
$$;
"""

DIARY_WITH_LIST = """
create function booking_diary_of(p_body smallint, p_kind text)
returns table (name text, hold_hours smallint, notice_hours smallint, offer_hours smallint)
language sql stable security definer set search_path = public, pg_temp as $$
  select name, hold_hours, notice_hours, offer_hours from booking_diary where body_id = p_body and kind = p_kind
$$;
"""
