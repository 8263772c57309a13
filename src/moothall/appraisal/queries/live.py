"""Figures of one's own service as the platform knows them: cost, requests, promises kept; and an offer's price."""

import datetime as dt
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.ports import case_volumes, promises_kept
from moothall.core.refusal import Refusal
from moothall.settlement import queries as settlement
from moothall.sharing import queries as sharing

WHAT = {
    "cost": "What the service cost, by the ledger",
    "requests": "How many requests there were",
    "kept": "How often the promise was kept",
    "price": "What an offer of another body costs",
}
UNITS = {"per-case": "£ a request", "fixed": "£ a year", "by-head": "£ a head"}


class NothingToRead(Refusal):
    """There is nothing to read there. Choose other days, another service, or write the figure yourself."""

    status = 422


@dataclass(frozen=True)
class Reading:
    """A figure that was read: its value and unit, what it is, and where and when it was read."""

    value: float
    unit: str
    what: str
    source: str


def read(what: str, body_id: int, service_id: str, first: dt.date, last: dt.date, on: dt.date) -> Reading:
    """Return a figure of a body's service between two days, both inclusive. Refuses NothingToRead."""
    known, name = catalogue.titles([service_id]).get(service_id), bodies.body(body_id).name
    title = known.in_("en") if known else service_id
    span = f"{first:%-d %B %Y} to {last:%-d %B %Y}"
    if what == "price":
        return _price(body_id, service_id, title, name, on)
    value, unit, told, source = {"cost": _cost, "requests": _requests, "kept": _kept}[what](
        body_id, service_id, first, last
    )
    return Reading(value, unit, f"{told}: {title}", f"{source} of {name}, {title}, {span}, read on {on:%-d %B %Y}")


def _cost(body_id: int, service_id: str, first: dt.date, last: dt.date):
    pence = settlement.cost(body_id, service_id, "actual", first, last)
    if not pence:
        raise NothingToRead("No ledger line of those days is mapped to that service. Bring the ledger in first.")
    return pence / 100, "£", "Cost by the ledger", "Ledger lines"


def _requests(body_id: int, service_id: str, first: dt.date, last: dt.date):
    after = last + dt.timedelta(days=1)
    count = sum(answer.give(service_id, body_id, first, after) for answer in case_volumes)
    if not count:
        raise NothingToRead("Nobody asked for that service on those days. Choose other days.")
    return float(count), "requests", "Requests", "Requests"


def _kept(body_id: int, service_id: str, first: dt.date, last: dt.date):
    after = last + dt.timedelta(days=1)
    ask = (body_id, service_id, first, after)
    found = next(filter(None, (answer.give([ask]).get(ask) for answer in promises_kept)), None)
    if not found:
        raise NothingToRead("Too few promises fell due on those days to tell. Choose more days.")
    return round(found[0] / found[1], 4), "share", "Promises kept", "Promises kept"


def _price(body_id: int, service_id: str, title: str, name: str, on: dt.date) -> Reading:
    offer = next(iter(sharing.offers(on, body_id=body_id, service_id=service_id)), None)
    if offer is None:
        raise NothingToRead("That body offers no such service today. Choose another.")
    rule = sharing.PriceRule.model_validate(offer.price)
    unit = UNITS.get(rule.method) or (f"£ a {rule.unit}" if rule.method == "per-unit" else "")
    if not unit or not rule.pence:
        raise NothingToRead("The price of that offer is not one figure. Work it out from the offer, and write it down.")
    source = f"Offer of {name}, {title}, as it stood on {on:%-d %B %Y}"
    return Reading(rule.pence / 100, unit, f"Price of {name}: {title}", source)
