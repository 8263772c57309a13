"""Begins diaries where they are needed, and answers the house's questions: bookings hold ids and times only."""

import datetime as dt

from moothall.booking import actions, queries
from moothall.booking.events import SlotReleased
from moothall.catalogue import queries as catalogue
from moothall.core import personal, ports, succession
from moothall.core.actor import Actor
from moothall.core.events import on
from moothall.core.money import share
from moothall.sharing.events import ServiceAdopted

personal.free("booking_diary", "name", why="the name of a diary")


@on(ServiceAdopted)
def begin_diary(event: ServiceAdopted, *, at: dt.datetime, by: Actor) -> None:
    """A body that offers a service in which a day is chosen gets its diary; its officers open the days."""
    definition = catalogue.definition(event.version_id)
    for step in definition.steps.values():
        kind = step.using.get("slots") or event.service_id
        if step.performs == "booking.choose" and queries.diary(event.body_id, kind) is None:
            actions.keep_diary(body_id=event.body_id, kind=kind, name=definition.title.en, at=at, by=by)


@on(SlotReleased)
def offer_to_the_next(event: SlotReleased, *, at: dt.datetime, by: Actor) -> None:
    """A place that came free is offered to the first in the waiting list."""
    actions.offer(body_id=event.body_id, kind=event.kind, at=at, by=by)


DIARIES = """
insert into booking_diary (body_id, kind, name, hold_hours, notice_hours, remind_days, offer_hours)
select distinct on (x.successor, d.kind) x.successor, d.kind, d.name, d.hold_hours, d.notice_hours, d.remind_days,
  d.offer_hours
from unnest(%(before)s::smallint[], %(after)s::smallint[]) as x(predecessor, successor)
join booking_diary d on d.body_id = x.predecessor
where not exists (select 1 from booking_diary o where o.body_id = x.successor and o.kind = d.kind)
order by x.successor, d.kind, x.predecessor returning id"""
TO_COME = (
    "select id, body_id, kind, starts, ends, capacity, closed from booking_slot "
    "where body_id = any(%(before)s) and starts > %(at)s order by body_id, id"
)
TAKEN = f"""
select t.slot_id, {succession.heir_of("casework_case", "t.case_id")}, sum(t.units)::int
from booking_booking t join booking_slot s on s.id = t.slot_id
where t.body_id = any(%(before)s) and t.state in ('held', 'booked', 'offered') and s.starts > %(at)s group by 1, 2"""
SLOTS = """
insert into booking_slot (body_id, kind, starts, ends, capacity, taken, closed)
select * from unnest(%(bodies)s::smallint[], %(kinds)s::text[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
  %(capacities)s::int[], %(takens)s::int[], %(closed)s::bool[]) returning id"""
BOOKINGS = f"""
cross join lateral (select coalesce({succession.heir_of("casework_case", "t.case_id")}, %(heir)s::smallint) as body) h
join booking_slot n on n.body_id = h.body
where t.body_id = %(body)s and t.state in ('held', 'booked', 'offered') and n.kind = t.kind and exists (
  select 1 from booking_slot o where o.id = t.slot_id and o.starts = n.starts and o.starts > %(at)s)"""


def _carry_days_over(moving: succession.Moving) -> None:
    """Give the successors the days to come with their places, and let each booking stand in its successor's day."""
    before = [line.predecessor for line in moving.lines]
    moving.add("booking_diary", DIARIES, before=before, after=[line.successor for line in moving.lines])
    taken: dict[int, dict[int, int]] = {}
    for slot, heir, units in moving.sql(TAKEN, before=before).fetchall():
        taken.setdefault(slot, {})[heir] = units
    rows: dict[tuple, list] = {}
    for slot, body, kind, starts, ends, capacity, closed in moving.sql(TO_COME, before=before).fetchall():
        for line, places, used in _places(moving.heirs(body), capacity, taken.get(slot, {})):
            row = rows.setdefault((line.successor, kind, starts), [ends, 0, 0, True])
            row[:] = [max(row[0], ends), row[1] + places, row[2] + used, row[3] and closed]
    if rows:
        bodies, kinds, starts = (list(column) for column in zip(*rows, strict=True))
        ends, capacities, takens, closed = (list(column) for column in zip(*rows.values(), strict=True))
        moving.add("booking_slot", SLOTS, bodies=bodies, kinds=kinds, starts=starts, ends=ends,
                   capacities=capacities, takens=takens, closed=closed)  # fmt: skip
    for body in moving.predecessors:
        heir = moving.heirs(body)[0].successor
        moving.change("booking_booking", {"body_id": "h.body", "slot_id": "n.id"}, BOOKINGS, body=body, heir=heir)
    moving.change("booking_slot", {"closed": "true"}, "where t.body_id = any(%(before)s) and t.starts > %(at)s "
                  "and not t.closed", before=before)  # fmt: skip


def _places(lines: list[succession.Line], capacity: int, taken: dict) -> list[tuple[succession.Line, int, int]]:
    """Return each successor with its places of a day and how many of them are taken; free ones go by its share."""
    used = [taken.get(line.successor, 0) for line in lines]
    used[0] += taken.get(None, 0)
    free = share(max(0, capacity - sum(used)), [line.share for line in lines])
    return [(line, mine + own, own) for line, own, mine in zip(lines, used, free, strict=True)]


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """Days to come and who holds a place in them pass on; days gone by stay."""
    gone = "days gone by stay; those to come are the successor's, with their places added up"
    return succession.Chapter(
        fates={
            "booking_diary": succession.stays("the successor has a diary of its own for each kind"),
            "booking_slot": succession.stays(gone),
            "booking_booking": succession.stays(gone),
            "booking_wish": (
                succession.moves(
                    "who waits for a day waits at the successor",
                    "t.state = 'waiting'",
                    heir=succession.heir_of("casework_case", "t.case_id"),
                ),
            ),
        },
        hooks=(succession.Hook("Carry over the days that can be booked", _carry_days_over),),
        figures=(
            succession.Figure(
                "Places booked from now on",
                "select 'booked', coalesce(sum(b.units), 0) from booking_booking b "
                "join booking_slot s on s.id = b.slot_id where b.body_id = any(%(bodies)s) "
                "and b.state in ('held', 'booked') and s.starts > %(at)s",
            ),
            succession.Figure(
                "Places free from now on",
                "select 'free', coalesce(sum(capacity - taken), 0) from booking_slot "
                "where body_id = any(%(bodies)s) and starts > %(at)s and not closed",
            ),
        ),
        relaxed=("booking_booking",),
    )
