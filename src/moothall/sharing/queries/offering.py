"""What bodies are ready to do for others, and how their offers compare for the one who asks."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.kept import Kept
from moothall.core.ports import case_volumes, provider_load, service_figure
from moothall.core.refusal import Refusal
from moothall.sharing.models import Adoption, Offer
from moothall.sharing.queries.adoptions import FRESH, adoption, adoptions
from moothall.sharing.rules import capacity
from moothall.sharing.rules.costing import on_volumes

YEAR = dt.timedelta(days=365)
LATELY = 4
"""Weeks over which it is counted how much others send a provider."""
_offers = Kept(lambda: list(Offer.objects.order_by("service_id", "starts", "id")), fresh=FRESH)


class UnknownOffer(Refusal):
    """There is no such offer. Look for it in the list of offers."""

    status = 404


@dataclass(frozen=True)
class Room:
    """How full a provider is with what it does for others: requests open, room a week, and the day if it is full."""

    waiting: int
    left: int
    weeks_ahead: int
    done_by: dt.date | None


@dataclass(frozen=True)
class Provider:
    """One way to have a service done, as the comparison shows it; `offer` is empty for doing it oneself."""

    body: object
    offer: Offer | None
    clock: str
    kept: tuple[str, str] | None
    kilometres: int | None
    neighbours: bool
    room: Room | None
    pence: int | None
    cost: str


def changed() -> None:
    """Say that this transaction changes offers: what is kept is forgotten when it commits."""
    _offers.changed()


def offers(on: dt.date, *, body_id: int | None = None, service_id: str | None = None) -> list[Offer]:
    """Return the offers that can be drawn on, on a day; of one body or one service if given."""
    return [
        row
        for row in _offers()
        if row.runs(on) and body_id in (None, row.body_id) and service_id in (None, row.service_id)
    ]


def offer(offer_id: UUID) -> Offer:
    """Return an offer, whether it still runs or not; raises UnknownOffer."""
    found = next((row for row in _offers() if row.pk == offer_id), None)
    if found is None:
        raise UnknownOffer()
    return found


def provided(body_id: int, on: dt.date) -> list:
    """Return the adoptions of services that a body does itself on a day: those it may offer to others."""
    return [row for row in adoptions(on, body_id=body_id) if row.provider_id == body_id]


def drawn_on(offer_id: UUID) -> list[Adoption]:
    """Return the adoptions that rest on an offer, oldest first."""
    return list(Adoption.objects.filter(offer_id=offer_id).order_by("starts", "body_id"))


def volume(body_id: int, service_id: str, on: dt.date) -> int | None:
    """Return how many requests a body had for a service in the year before a day; None where nobody counts them."""
    return next((n for a in case_volumes if (n := a.give(service_id, body_id, on - YEAR, on)) is not None), None)


def room(of: Offer, on: dt.date, clock: int | None = None) -> Room:
    """Return how full the provider of an offer is; for a longer clock than its own if given, in the service's unit."""
    clock = of.clock if clock is None else clock
    since = on - dt.timedelta(weeks=LATELY)
    load = next((a.give(of.service_id, of.body_id, since) for a in provider_load), (0, 0))
    waiting, opened = load
    done_by = None
    if clock is not None:
        unit = catalogue.definition(of.version_id).promise.done_within.unit
        days = capacity.clock_days(clock, unit)
        done_by = capacity.done_by(on, waiting=waiting, a_week=of.capacity, clock=days)
    left = capacity.left(opened, LATELY, of.capacity)
    return Room(waiting, left, capacity.weeks_ahead(waiting, of.capacity), done_by)


def held_up(of: Adoption, on: dt.date) -> dt.date | None:
    """Return the day by which a request made on a day is done, where the provider is too full to keep the clock.

    None where it has room, or where the body does the work itself. Two statements at most, and none for own work.
    """
    if of.offer_id is None:
        return None
    soonest = catalogue.soonest(catalogue.definition(of.version_id), of.parameters)
    return room(offer(of.offer_id), on, soonest).done_by


def compare(service_id: str, body_id: int, on: dt.date, *, own_pence: int | None = None) -> list[Provider]:
    """Return the ways a body can have a service done: doing it itself first, then each offer, the nearest first.

    `own_pence` is what a year of it costs the body now, where that is known.
    """
    requests = volume(body_id, service_id, on)
    found = [
        _offered(row, body_id, on, requests) for row in offers(on, service_id=service_id) if row.body_id != body_id
    ]
    found.sort(key=lambda way: (way.kilometres is None, way.kilometres, way.body.name))
    return [_alone(service_id, body_id, on, own_pence), *found]


def _offered(row: Offer, body_id: int, on: dt.date, requests: int | None) -> Provider:
    far, touch = bodies.between(row.body_id, body_id) or (None, False)
    pence, cost = on_volumes(row.rule, requests)
    kept = _figure(row.service_id, row.body_id)
    return Provider(bodies.body(row.body_id), row, clock_words(row), kept, far, touch, room(row, on), pence, cost)


def _alone(service_id: str, body_id: int, on: dt.date, own_pence: int | None) -> Provider:
    mine = adoption(body_id, service_id, on)
    own = mine if mine and mine.provider_id == body_id else None
    published = catalogue.definition(own.version_id) if own else catalogue.current(service_id).definition
    clock = catalogue.promise_words(published, own.parameters if own else None)
    cost = "not known: nobody has written it down" if own_pence is None else "as you wrote it down"
    kept = _figure(service_id, body_id) if own else None
    return Provider(bodies.body(body_id), None, clock, kept, 0, False, None, own_pence, cost)


def _figure(service_id: str, body_id: int) -> tuple[str, str] | None:
    return next((told for answer in service_figure if (told := answer.give(service_id, body_id))), None)


def clock_words(of: Offer) -> str:
    """Return the soonest that a provider promises, as a sentence."""
    within = catalogue.definition(of.version_id).promise.done_within
    if of.clock is None:
        return "As the service says"
    unit = {"working_days": "working day", "days": "day", "hours": "hour", "months": "month"}[within.unit]
    return f"Within {of.clock} {unit}{'' if of.clock == 1 else 's'}"
