"""The day itself, stage by stage; each can be done again after a kill and then does only what is left."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from moothall.bodies import actions as public
from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import operations
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.leaving import queries
from moothall.leaving.actions.deciding import give_notice, keep_cost
from moothall.leaving.models import Departure, Handed
from moothall.leaving.queries import letters
from moothall.settlement import actions as settling
from moothall.settlement import queries as settlement
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared

KIND = "leaving.carry_out"
STAY_ON = ("finance", "section-151-officer", "monitoring-officer", "information-governance")
"""Roles that keep their access for a while, to approve the last statements and to take the archive."""
STAY_DAYS = 90
DAY = dt.timedelta(days=1)


class NotYet(Refusal):
    """The day has not come. It is carried out by itself once it has."""


class Unready(Refusal):
    """Something must be said before. Look at what is still missing."""


def carry_out(*, body_id: int, at: dt.datetime, by: Actor) -> UUID:
    """Ask for a body's leaving to be carried out, on its day or later; asked twice, it is the same work.

    Refuses NotLeaving, NotYet, Unready.
    """
    queries.the_departure(body_id)
    row = Departure.objects.select_for_update().filter(body_id=body_id, state__in=("planned", "going", "gone"))
    found, today = row.latest("recorded_at"), local(at).date()
    known = operations.of(body_id, KIND)
    if found.state != "planned":
        return known[0].id
    if today < found.leaves:
        raise NotYet(f"The day is {found.leaves:%-d %B %Y}. It is carried out by itself once it has come.")
    meant = queries.meaning(body_id, found, found.leaves, today)
    if meant.unsaid:
        names = ", ".join(one.title for one in meant.unsaid)
        raise Unready(f"Say first who does this afterwards: {names}.")
    keep_cost(row=found, meant=meant, at=at, by=by)
    Departure.objects.filter(pk=found.pk).update(state="going")
    return operations.ask(KIND, body_id=body_id, subject={"departure": str(found.pk)}, at=at, by=by)


def settle_recharges(*, departure: Departure, advance: Callable, at: dt.datetime, by: Actor) -> None:
    """Draw up and send a statement for every span of days up to the day that is on none, for both directions."""
    own, until = departure.body_id, local(at).date() - DAY
    with _as(own, by):
        spans = settlement.uncharged(own, min(until, departure.leaves - DAY))
    for one in spans:
        drawer = Actor.system("leaving.recharges", one.provider_id)
        with _as(one.provider_id, drawer):
            try:
                statement = settling.draw_up(
                    provider_id=one.provider_id, payer_id=one.payer_id, first=one.first, last=one.last, at=at,
                    by=drawer,
                )  # fmt: skip
                settling.send(statement_id=statement.pk, at=at, by=drawer)
            except (settling.NothingOwed, settling.NoTerms, settling.NoBudget, settling.DaysCharged):
                pass  # nothing to charge, or the provider's own draft has those days; the page lists what is open
        advance()
    _send_drafts(own, at)


def _send_drafts(own: int, at: dt.datetime) -> None:
    by = Actor.system("leaving.recharges", own)
    with _as(own, by):
        for row in settlement.statements(own):
            if row.state == "draft" and row.provider_id == own:
                settling.send(statement_id=row.pk, at=at, by=by)


def return_services(*, departure: Departure, advance: Callable, at: dt.datetime, by: Actor) -> None:
    """Give every service back to the body whose it is, and end offers, desks and terms; what is over is left."""
    own, day = departure.body_id, local(at).date()
    with _as(own, by):
        give_notice(row=departure, at=at, by=by)
        rows = [row for row in shared.adoptions(day) if own in (row.body_id, row.provider_id)]
    for row in rows:
        if row.body_id != row.provider_id:
            _take_back(departure, row, day, at, by)
        advance()
    with _as(own, by):
        for offer in shared.offers(day, body_id=own):
            sharing.withdraw_offer(offer_id=offer.pk, body_id=own, at=at, by=by)
        for draft in shared.draw_downs(own):
            if draft.state == "draft":
                sharing.give_up(draw_id=draft.pk, at=at, by=by)
        for terms in shared.terms_of(own, day):
            sharing.end_terms(terms_id=terms.pk, ends=day, at=at, by=by)
        desks = shared.desks(own, day)
    both = {one for row in desks for one in (row.desk_id, row.body_id)} | {own}
    with _as(own, by, *both):
        sharing.end_desks(body_id=own, ends=day, at=at, by=by)


def _take_back(departure: Departure, row, day: dt.date, at: dt.datetime, by: Actor) -> None:
    """Let a body do a service itself again: the one that leaves, or one for which it did it."""
    doer = by if row.body_id == departure.body_id else Actor.system("leaving.services", row.body_id)
    with _as(row.body_id, doer, row.body_id, row.provider_id):
        if row.ends is None:
            sharing.take_back(
                body_id=row.body_id, service_id=row.service_id, starts=day, decision=departure.minute, at=at, by=doer
            )
        else:  # it goes to somebody else from a later day: until then the body does it
            sharing.step_in(body_id=row.body_id, service_id=row.service_id, starts=day, at=at, by=doer)


def to_hand_over(*, departure: Departure, at: dt.datetime, by: Actor) -> int:
    """Return how many requests are open that the body answers for or does for others."""
    with _as(departure.body_id, by):
        return sum(one.requests for one in cases.standing(departure.body_id))


def hand_over_cases(*, departure: Departure, advance: Callable, at: dt.datetime, by: Actor) -> None:
    """Hand every open case over and write to its resident, one case a transaction, none twice."""
    own, after = departure.body_id, None
    while True:
        with _as(own, by):
            found = cases.open_cases(own, after=after)
        if not found:
            return
        for case in found:
            _hand_over(departure, case.pk, at, by)
            advance()
        after = found[-1].pk


def _hand_over(departure: Departure, case_id: UUID, at: dt.datetime, by: Actor) -> None:
    own, day = departure.body_id, local(at).date()
    with _as(own, by):
        case = cases.case_file(case_id).case
        if Handed.objects.filter(departure=departure, case_id=case_id).exists():
            return
    since = _doer(case, own, day)
    with _as(own, by, own, case.body_id, case.provider_id, since, *case.seen_by):
        if since != case.provider_id:
            casework.hand_over(
                case_id=case_id, body_id=since, reason=f"{bodies.body(own).name} leaves this platform", at=at, by=by
            )
        casework.take_parts_back(case_id=case_id, of_body=None if case.body_id == own else own, at=at, by=by)
        subject, text = letters.letter_of(departure, case, since)
        message_id = casework.send_message(case_id=case_id, subject=subject, text=text, at=at, by=by)
        Handed.objects.create(
            departure=departure, body_id=own, case_id=case_id, provider_before=case.provider_id, provider_since=since,
            message_id=message_id, at=at,
        )  # fmt: skip


def _doer(case, leaver: int, day: dt.date) -> int:
    """Return who does a case once a body is gone: its own are its own; others' are done by whoever does them now."""
    if case.body_id == leaver:
        return leaver
    if case.provider_id != leaver:
        return case.provider_id
    adopted = shared.adoption(case.body_id, case.service_id, day)
    return adopted.provider_id if adopted else case.body_id


def part_ways(*, departure: Departure, advance: Callable, at: dt.datetime, by: Actor) -> None:
    """Let what was seen by two bodies be seen by the one whose it is."""
    own = departure.body_id
    with _as(own, by):
        others = cases.seen_with(own)
    with _as(own, by, own, *others):
        casework.part_ways(body_id=own, at=at, by=by)
    advance()


def close_the_door(*, departure: Departure, advance: Callable, at: dt.datetime, by: Actor) -> None:
    """Send people to the body's own address, end its staff's access, and call it gone."""
    own, day = departure.body_id, local(at).date()
    with _as(own, by):
        if Departure.objects.select_for_update().get(pk=departure.pk).state == "gone":
            return
        public.leave_platform(
            body_id=own, signpost_url=departure.address, signpost_phone=departure.phone, ends=day, stay_on=STAY_ON,
            stay_until=day + dt.timedelta(days=STAY_DAYS), at=at, by=by,
        )  # fmt: skip
        Departure.objects.filter(pk=departure.pk).update(state="gone", gone_at=at)
    advance()


STAGES = (
    ("recharges", "Draw up the last statements", settle_recharges),
    ("services", "Give services back to whose they are", return_services),
    ("cases", "Hand open requests over and write to residents", hand_over_cases),
    ("parting", "Part what two bodies saw", part_ways),
    ("door", "Show the way to its own pages", close_the_door),
)


def _as(body_id: int, by: Actor, *all_bodies: int):
    """Return the scope of one stage: the body's own rows, or those of the bodies that it concerns."""
    return scoped(Scope(bodies=tuple(sorted({*(all_bodies or (body_id,))})), purpose="leaving", actor=by))
