"""Casework hears of payments and places, and answers questions that every chapter is asked."""

import datetime as dt
from uuid import UUID

from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.booking.events import SlotBooked, SlotComing, SlotHeld, SlotOffered, SlotReleased
from moothall.casework import actions, queries
from moothall.casework.events import CaseCancelled, CaseClosed, CaseHandedOver
from moothall.casework.rules.money_back import in_time
from moothall.core import personal, ports, succession
from moothall.core.actor import Actor
from moothall.core.belongings import OWN, Share, part_of, stays
from moothall.core.clock import local
from moothall.core.events import on
from moothall.core.messages import MessageFailed
from moothall.core.scope import current_scope, scoped
from moothall.core.workdays import england
from moothall.ledger import actions as ledger
from moothall.ledger import queries as money
from moothall.ledger.events import ChargeCancelled, PaymentSettled

PERSONAL = (
    "casework_case",
    "casework_payload",
    "casework_note",
    "casework_task",
    "casework_message",
    "casework_attachment",
    "casework_draft",
    "casework_follower",
)


@ports.subject_access.answer(*PERSONAL)
def subject_access(person_ids: list[UUID], *, at: dt.datetime) -> dict[str, list[dict]]:
    """Return a person's cases with all that is kept about them there."""
    return queries.held_about(person_ids)


@ports.erase.answer(*PERSONAL)
def erase(person_ids: list[UUID], body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase a person's values from their ended cases at one body; what proves them stays."""
    return actions.erase_person(person_ids=person_ids, body_id=body_id, at=at, by=by)


@ports.retention.answer(*PERSONAL)
def retention(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase what is past the time its service's definition keeps it."""
    return actions.keep_no_longer(body_id=body_id, at=at, by=by)


@ports.forget_body.answer(*(table for table in PERSONAL if table != "casework_draft"))
def forget_body(body_id: int, *, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase the values of the cases of a body that has left, some hundreds at a time."""
    return actions.forget_body(body_id=body_id, at=at, by=by)


@ports.case_volumes.answer()
def case_volumes(service_id: str, body_id: int, first: dt.date, last: dt.date) -> int:
    """Return how many requests a body had for a service from one day up to, and without, another."""
    return queries.volume(service_id, body_id, first, last)


@ports.provider_load.answer()
def provider_load(service_id: str, provider_id: int, since: dt.date) -> tuple[int, int]:
    """Return how many requests a body has open for others, and how many came since a day."""
    return queries.load(service_id, provider_id, since)


KEEP = "as long as the service's definition says, counted from the end of the case"

personal.declare(
    "casework_case",
    *("lat", "lon", "street", "uprn", "postcode", "place_label"),
    purpose="know where the work is",
    basis="public task",
    keep=KEEP,
)
personal.declare(
    "casework_payload",
    "data",
    purpose="do what was asked, as those who asked can use it (Equality Act 2010 s.20)",
    basis="public task",
    keep=KEEP,
)
personal.declare("casework_note", "text", purpose="do what was asked", basis="public task", keep=KEEP)
personal.declare("casework_message", "subject", "text", purpose="talk about a case", basis="public task", keep=KEEP)
personal.declare("casework_attachment", "name", purpose="show what was sent", basis="public task", keep=KEEP)
personal.declare("casework_follower", "contact", purpose="tell who follows a report", basis="consent", keep=KEEP)
personal.declare(
    *("casework_task", "title", "place_label", "detail"),
    purpose="tell those who do the work, and that an interpreter is needed",
    basis="public task",
    keep=KEEP,
)
personal.declare(
    "casework_draft",
    *("answers", "place", "contact"),
    purpose="let people come back to a form",
    basis="public task",
    keep="30 days after it was last saved",
)
personal.free("casework_event", "data", why="events hold ids and codes only")
personal.free(
    "casework_step", "name", "outputs", "reason", why="codes and figures of the work; a reason is a refusal's"
)
personal.free("casework_submission", "caller", why="an account's number or a hash")
personal.free("casework_publicupdate", "name", why="the code of a step or of an outcome")
personal.free("casework_publicplace", "lat", "lon", "street", why="a thing outdoors, published without who told us")


@on(SlotHeld)
def day_chosen(event: SlotHeld, *, at: dt.datetime, by: Actor) -> None:
    """The step in which a day is chosen is done; so is the one that waited for another after the first was lost."""
    chosen = places.when(event.booking_id)
    for step_id in queries.waiting_steps(event.case_id, "booking.choose"):
        actions.finish_step(step_id=step_id, outputs=chosen, at=at, by=by)
    for step_id in queries.waiting_steps(event.case_id, "booking.confirm"):
        booking.book(case_id=event.case_id, kind=event.kind, at=at, by=by)
        actions.finish_step(step_id=step_id, outputs=chosen, at=at, by=by)


@on(SlotComing)
def remind_of_the_day(event: SlotComing, *, at: dt.datetime, by: Actor) -> None:
    """Whoever booked the day is reminded of it."""
    with scoped(current_scope().narrowed(case=event.case_id)):
        actions.remind_of_day(case_id=event.case_id, booking_id=event.booking_id, at=at, by=by)


@on(SlotBooked)
def find_an_interpreter(event: SlotBooked, *, at: dt.datetime, by: Actor) -> None:
    """Whoever meets somebody who needs an interpreter has to book one."""
    with scoped(current_scope().narrowed(case=event.case_id)):
        actions.book_interpreter(case_id=event.case_id, booking_id=event.booking_id, at=at, by=by)


@on(SlotReleased)
def let_the_interpreter_go(event: SlotReleased, *, at: dt.datetime, by: Actor) -> None:
    """No interpreter comes to a day that was given up."""
    with scoped(current_scope().narrowed(case=event.case_id)):
        actions.cancel_interpreter(case_id=event.case_id, body_id=event.body_id, at=at, by=by)


@ports.needs_of_cases.answer()
def needs_of_cases(case_ids: list[UUID]) -> dict[UUID, list[str]]:
    """Return what those need to know who meet the residents of some cases."""
    return queries.needs_when_met(case_ids)


@on(SlotOffered)
def tell_of_the_free_day(event: SlotOffered, *, at: dt.datetime, by: Actor) -> None:
    """Whoever is first in line hears that a day came free."""
    with scoped(current_scope().narrowed(case=event.case_id)):
        told = {"case_id": event.case_id, "booking_id": event.booking_id, "until": event.until}
        actions.tell_of_offer(**told, at=at, by=by)


@on(PaymentSettled)
def paid(event: PaymentSettled, *, at: dt.datetime, by: Actor) -> None:
    """The step that waited for the money is done, and the work may begin."""
    _take_up(event, {"paid": True}, at=at, by=by)


@on(ChargeCancelled)
def not_paid(event: ChargeCancelled, *, at: dt.datetime, by: Actor) -> None:
    """The step that waited for the money ends without it: nothing is delivered."""
    _take_up(event, {"paid": False}, at=at, by=by)


def _take_up(event, outputs: dict, *, at: dt.datetime, by: Actor) -> None:
    if event.case_id and event.step_id in queries.waiting_steps(event.case_id, "payments.take"):
        actions.finish_step(step_id=event.step_id, outputs=outputs, at=at, by=by)


@on(CaseClosed)
def let_holds_go(event: CaseClosed, *, at: dt.datetime, by: Actor) -> None:
    """What an ended case only held is free for others; what it booked was used."""
    with scoped(current_scope().narrowed(case=event.case_id)):
        held = places.of_case(event.case_id)
        if held and held.state == "held":
            booking.release(case_id=event.case_id, at=at, by=by)
        booking.stop_waiting(case_id=event.case_id, at=at, by=by)


@on(CaseCancelled)
def give_up_and_give_back(event: CaseCancelled, *, at: dt.datetime, by: Actor) -> None:
    """A withdrawn case gives up its day, asks for no more money, and gives back what was paid if it is in time."""
    with scoped(current_scope().narrowed(case=event.case_id)) as own:
        mine = places.of_case(event.case_id)
        booked = local(places.times(mine.id)[0]).date() if mine else None
        booking.release(case_id=event.case_id, at=at, by=by)
        for owed in money.charges_for(event.case_id):
            with scoped(own.narrowed(bodies=(owed.body_id,))):  # the books of whoever charged, if another body does it
                if owed.state == "due":
                    ledger.give_up(charge_id=owed.id, reason="The request was cancelled", at=at, by=by)
                elif owed.state == "paid" and in_time(at, paid=owed.settled_at, booked=booked, calendar=england()):
                    ledger.refund(charge_id=owed.id, reason="Cancelled in time", at=at, by=by)


@on(CaseHandedOver)
def give_the_place_back(event: CaseHandedOver, *, at: dt.datetime, by: Actor) -> None:
    """Whoever does it no longer keeps no place for it; the day that the resident was told stands."""
    with scoped(current_scope().narrowed(bodies=(event.from_body_id,))):
        booking.release(case_id=event.case_id, at=at, by=by)


@on(MessageFailed)
def reach_another_way(event: MessageFailed, *, at: dt.datetime, by: Actor) -> None:
    """A message about a case did not arrive: somebody reaches the resident in another way."""
    if event.case_id:
        actions.reach_another_way(case_id=event.case_id, channel=event.channel, at=at, by=by)


@ports.belongings.answer("casework_case", "casework_publicupdate", *PERSONAL)
def goes_along() -> dict[str, Share]:
    """A case goes with the body that answers for it, whole: also what other bodies did in it."""
    case = Share("body_id = %(body)s", "cases that the body answers for")
    parts = ("attachment", "event", "follower", "message", "note", "payload", "step")
    of_case = part_of("casework_case", case, "case_id", "what belongs to those cases, whoever did it")
    both = f"{of_case.where} and {part_of('casework_case', case, 'other_id').where}"
    return {
        "casework_case": case,
        **{f"casework_{part}": of_case for part in parts},
        "casework_task": Share(f"body_id = %(body)s and {of_case.where}", "its own teams' work on those cases"),
        "casework_relation": Share(both, "how those cases hang together"),
        "casework_draft": stays("answers that nobody has sent yet are the resident's"),
        "casework_publicupdate": part_of("casework_publicplace", OWN, "place_id", "what became of reports outdoors"),
    }


OPEN = "t.state in ('open', 'paused')"
OF_OPEN_CASE = "exists (select 1 from casework_case c where c.id = t.case_id and c.state in ('open', 'paused'))"
SEEN = """array(select distinct coalesce(case when x = t.body_id then h.heir end,
  (select s2.successor from succ s2 where s2.predecessor = x and not s2.divided), x)
  from unnest(t.seen_by) x order by 1)"""
TEAM = """(select n.id from bodies_team o join bodies_team n on n.code = o.code and n.body_id = h.heir
  where o.id = t.team_id)"""


def _tell_timelines(moving: succession.Moving) -> None:
    """Say in each open case who took it over: its reference, clock and promise are as they were."""
    moving.sql(
        """insert into casework_event (case_id, body_id, at, kind, by, data)
        select c.id, c.body_id, %(at)s, 'succeeded', %(by)s,
          jsonb_build_object('from_body', (m.before->>'body_id')::int, 'to_body', c.body_id)
        from reorganisation_moved m join casework_case c on c.id = (m.key->>'id')::uuid
        where m.reorganisation_id = %(id)s and m.place_of = 'casework_case' and m.before ? 'body_id'"""
    )


def _tell_timelines_again(moving: succession.Moving) -> None:
    """Say in each case that was taken over and given back that it was."""
    moving.sql(
        """insert into casework_event (case_id, body_id, at, kind, by, data)
        select c.id, c.body_id, %(at)s, 'given-back', %(by)s,
          jsonb_build_object('from_body', e.body_id, 'to_body', c.body_id)
        from casework_event e join casework_case c on c.id = e.case_id
        where e.kind = 'succeeded' and e.body_id = any(%(bodies)s) and c.body_id <> e.body_id
          and not exists (select 1 from casework_event g where g.case_id = e.case_id and g.kind = 'given-back'
            and g.id > e.id)""",
        bodies=moving.successors,
    )


#: Two bodies may have brought the same number from a system of the same name.
FORMER = """case when t.former_number = '' then '' else left(t.former_system, 36) || ' ' ||
  (select b.code from bodies_body b where b.id = t.body_id) end"""
FIGURES = (
    succession.Figure(
        "Cases", "select state, count(*) from casework_case where body_id = any(%(bodies)s) group by state"
    ),
    succession.Figure(
        "Promises",
        "select case when promise_due is null then 'none' when promise_kept then 'kept' "
        "when promise_kept is false or promise_missed_at is not null then 'missed' else 'running' end, "
        "count(*) from casework_case where body_id = any(%(bodies)s) group by 1",
    ),
    succession.Figure(
        "Open work",
        "select state, count(*) from casework_task where body_id = any(%(bodies)s) group by state",
    ),
    succession.Figure(
        "References",
        "select 'different', count(distinct reference) from casework_case where body_id = any(%(bodies)s)",
    ),
)


@ports.succession.answer("casework_case", *PERSONAL)
def passes_on() -> succession.Chapter:
    """Open cases pass on whole, with their reference, clock and promise; ended ones stay, and are read.

    Where land is divided, an ended case is seen by whoever has its place, or by the successor that takes what has none.
    """
    case = succession.heir_of("casework_case", "t.id")
    of_case = succession.heir_of("casework_case", "t.case_id")
    with_case = "what belongs to open cases passes with them"
    provider = f"case when t.provider_id = t.body_id then h.heir else {succession.stands_for('t.provider_id')} end"
    moves, first = (
        succession.moves,
        """not exists (select 1 from casework_submission o
      join succ so on so.predecessor = o.body_id where so.successor = s.successor and o.caller = t.caller
      and o.key = t.key and o.id < t.id)""",
    )
    return succession.Chapter(
        fates={
            "casework_case": (
                moves("open cases keep reference, clock and promise", OPEN, heir=case, provider_id=provider,
                      desk_id=succession.stands_for("t.desk_id"), seen_by=SEEN, former_system=FORMER),
                succession.changes("open cases of others that the body works on", OPEN, by="provider_id",
                                   provider_id="h.heir",
                                   seen_by="array_append(array_remove(t.seen_by, h.heir), h.heir)"),
                succession.changes("ended cases are seen by whoever has their place", f"not ({OPEN})", heir=case,
                                   divided=True, seen_by="array_replace(t.seen_by, t.body_id, h.heir)"),
            ),
            "casework_task": (
                moves(with_case, OF_OPEN_CASE, heir=of_case, team_id=TEAM),
                moves("work done stays readable to whoever has its place", "true", heir=of_case, divided=True),
            ),
            **{
                f"casework_{part}": moves(with_case, OF_OPEN_CASE, heir=of_case)
                for part in ("step", "payload", "attachment", "follower", "relation")
            },
            **dict.fromkeys(
                ("casework_note", "casework_message"), succession.stays("what was said, by the body of then")
            ),
            "casework_event": succession.stays("a case's history says who did what when"),
            "casework_draft": moves("answers not sent yet go on with the successor", "t.sent_at is null"),
            "casework_submission": moves("a request sent twice is still one request", first),
            "casework_publicplace": moves("what is reported outdoors and open", "t.open",
                                          heir=succession.heir_of("casework_publicplace", "t.id")),
            "casework_publicupdate": succession.stays("what became of a report, as it was told then"),
            "casework_counter": succession.stays("the successor counts its own; references given out stay"),
        },
        places={
            "casework_case": succession.Place("t.easting", "t.northing"),
            "casework_publicplace": succession.Place("t.easting", "t.northing", where="t.open"),
        },
        hooks=(succession.Hook("Tell the timelines", _tell_timelines, _tell_timelines_again, last=True),),
        figures=FIGURES,
        grows=("casework_event",),
    )  # fmt: skip
