"""Decide to leave, say who does what afterwards, and decide to stay after all."""

import datetime as dt
from dataclasses import asdict

from moothall.bodies import queries as bodies
from moothall.core import audit, commitments
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import publish
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.leaving import queries
from moothall.leaving.events import DepartureDecided
from moothall.leaving.models import Afterwards, Costing, Departure
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared


class LeavingAlready(Refusal):
    """Your body has decided to leave already. Look at what it decided."""


class NotHere(Refusal):
    """Your body does not work on this platform, so it cannot leave it."""


class DayPast(Refusal):
    """That day is past. Choose a day to come."""

    status = 422


class DecidedLater(Refusal):
    """A decision cannot be recorded before it is made. Give the day of the meeting."""

    status = 422


class StillBound(Refusal):
    """Notice was given for a later day already. Choose that day or a later one."""

    status = 422


class NobodyNamed(Refusal):
    """Write who does it afterwards."""

    status = 422


class TooLate(Refusal):
    """It is being carried out, or has been. What is done cannot be taken back here."""


def decide_to_leave(
    *, body_id: int, leaves: dt.date, reason: str, decided_by: str, minute: str, decided_on: dt.date, address: str,
    phone: str = "", at: dt.datetime, by: Actor,
) -> Departure:  # fmt: skip
    """Record a body's own decision to leave from a day on, and give every partnership notice for that day.

    Refuses LeavingAlready, NotHere, DayPast, DecidedLater, StillBound, and what a partnership refuses: the terms ask
    for longer notice, say; and what a body that is to end may not commit without consent. All or nothing.
    """
    today, body = local(at).date(), bodies.body(body_id)
    if not body.partner:
        raise NotHere()
    if leaves <= today:
        raise DayPast(field="leaves")
    if decided_on > today:
        raise DecidedLater(field="decided_on")
    meant = queries.meaning(body_id, None, leaves, today)
    _may_cost(body_id, meant, leaves, today)
    with refusing({"leaving_departure_one_at_a_time": LeavingAlready}, hidden=NotHere):
        row = Departure.objects.create(
            body_id=body_id, leaves=leaves, reason=reason.strip(), decided_by=decided_by.strip(),
            minute=minute.strip(), decided_on=decided_on, address=address, phone=phone.strip(), recorded_at=at,
            recorded_by=str(by),
        )  # fmt: skip
    give_notice(row=row, at=at, by=by)
    keep_cost(row=row, meant=meant, at=at, by=by)
    told = {"leaves": leaves, "pence": meant.cost[0], "unknown": meant.cost[1]}
    audit.record(action="departure.decided", object=f"departure:{row.pk}", body_id=body_id, at=at, by=by, data=told)
    publish(DepartureDecided(body_id, row.pk, leaves), at=at, by=by)
    return row


def _may_cost(body_id: int, meant: queries.Meaning, leaves: dt.date, today: dt.date) -> None:
    """Refuse what leaving costs where the body ends by a plan and may not commit so much without consent."""
    pence, unknown = meant.cost
    commitments.check(commitments.Commitment(
        body_id=body_id, kind="contract", reference="Leaving the platform", what="What leaving the platform costs",
        pence=None if unknown else pence, signed=today, until=leaves,
    ))  # fmt: skip


def keep_cost(*, row: Departure, meant: queries.Meaning, at: dt.datetime, by: Actor) -> None:
    """Keep what leaving costs as it was worked out now: at the decision, and on the day."""
    Costing.objects.create(
        departure=row, body_id=row.body_id, at=at, pence=meant.cost[0], unknown=meant.cost[1],
        sums=[asdict(one) for one in meant.sums],
    )  # fmt: skip


def give_notice(*, row: Departure, at: dt.datetime, by: Actor) -> None:
    """Leave every partnership on the day, unless notice was given for that day or an earlier one."""
    today = local(at).date()
    for one in shared.partnerships(today, row.body_id):
        if one.state != "running" or row.body_id not in one.member_ids:
            continue
        until = one.members[row.body_id][1]
        if until and until > row.leaves:
            raise StillBound(f"Notice was given to {one.name} for {until:%-d %B %Y}. Choose that day or a later one.",
                             field="leaves")  # fmt: skip
        if until is None:
            sharing.leave(
                body_id=row.body_id, partnership_id=one.id, leaves=row.leaves, reason=row.reason,
                decided_by=row.decided_by, minute=row.minute, decided_on=row.decided_on, at=at, by=by,
            )  # fmt: skip


def say_afterwards(
    *, body_id: int, service_id: str, who: str, name: str = "", at: dt.datetime, by: Actor
) -> Afterwards:
    """Say who does a service once the body is gone: "own", "other" by name, or "nobody" yet. The last word counts.

    Refuses NotLeaving, TooLate, NobodyNamed.
    """
    departure = _planned(body_id)
    name = name.strip() if who == "other" else ""
    if who == "other" and not name:
        raise NobodyNamed(field=f"name_{service_id}")
    known = queries.afterwards(departure.pk).get(service_id)
    if known and (known.who, known.name) == (who, name):
        return known
    row, _ = Afterwards.objects.update_or_create(
        departure=departure, service_id=service_id,
        defaults={"body_id": body_id, "who": who, "name": name, "said_at": at, "said_by": str(by)},
    )  # fmt: skip
    audit.record(action="departure.afterwards", object=f"departure:{departure.pk}", body_id=body_id, at=at, by=by,
                 data={"service": service_id, "who": who, "name": name})  # fmt: skip
    return row


def stay_after_all(*, body_id: int, reason: str, at: dt.datetime, by: Actor) -> None:
    """Take the decision to leave back while nothing is carried out yet. Notice given to partnerships stands: each is
    joined again by terms that all its members agree. Refuses NotLeaving, TooLate."""
    row = _planned(body_id)
    Departure.objects.filter(pk=row.pk).update(state="withdrawn", withdrawn_at=at, why_withdrawn=reason.strip())
    audit.record(action="departure.withdrawn", object=f"departure:{row.pk}", body_id=body_id, at=at, by=by)


def _planned(body_id: int) -> Departure:
    queries.the_departure(body_id)
    row = Departure.objects.select_for_update().filter(body_id=body_id, state__in=("planned", "going", "gone"))
    found = row.order_by("-recorded_at").first()
    if found is None or found.state != "planned":
        raise TooLate()
    return found
