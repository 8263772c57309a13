"""Who does what once a body is gone: its own services, and those that it does for others."""

import datetime as dt
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.leaving.models import Afterwards, Departure
from moothall.leaving.queries.departures import afterwards
from moothall.sharing import queries as sharing


@dataclass(frozen=True)
class Ours:
    """A service of the body that leaves: requests still open, who does them now, who will (None: not said)."""

    service_id: str
    title: str
    requests: int
    now: tuple[str, ...]
    then: Afterwards | None

    @property
    def said(self) -> bool:
        """Return whether somebody is named to do it."""
        return self.then is not None and self.then.who != "nobody"


@dataclass(frozen=True)
class ForOther:
    """A service that the body does for another: requests still open, and who does it for them from the day on."""

    body_id: int
    name: str
    service_id: str
    title: str
    requests: int
    then: str
    decided: bool


def ours(body_id: int, departure: Departure | None, today: dt.date) -> list[Ours]:
    """Return the services that a body offers or has open requests of, by title."""
    counted: dict[str, dict[int, int]] = {}
    for one in casework.standing(body_id):
        if one.body_id == body_id:
            counted.setdefault(one.service_id, {})[one.provider_id] = one.requests
    for row in sharing.adoptions(today, body_id=body_id):
        counted.setdefault(row.service_id, {}).setdefault(row.provider_id, 0)
    said, titles = afterwards(departure.pk) if departure else {}, catalogue.titles(counted)
    names = {**bodies.names(), body_id: "Our own teams"}
    found = [
        Ours(service, titles[service].en, sum(doers.values()), tuple(names[one] for one in sorted(doers)),
             said.get(service))
        for service, doers in counted.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.title)


def for_others(body_id: int, leaves: dt.date, today: dt.date) -> list[ForOther]:
    """Return what a body does for others: each of them decides who does it from the day on.

    Whoever decides nothing does it themselves again: the work returns to the body that answers for it.
    """
    open_now = {(one.body_id, one.service_id): one.requests for one in casework.standing(body_id)}
    drawn = {(row.body_id, row.service_id) for row in sharing.adoptions(today) if row.provider_id == body_id}
    mine = drawn | {key for key in open_now if key[0] != body_id}
    names, titles = bodies.names(), catalogue.titles({service for _, service in mine})
    found = []
    for other, service in mine - {key for key in mine if key[0] == body_id}:
        then = sharing.adoption(other, service, leaves)
        decided = then is not None and then.provider_id != body_id
        doer = then.provider_id if decided else other
        found.append(
            ForOther(other, names[other], service, titles[service].en, open_now.get((other, service), 0),
                     "Their own teams" if doer == other else names[doer], decided)
        )  # fmt: skip
    return sorted(found, key=lambda one: (one.name, one.title))


def done_by(body_id: int, doer_id: int, leaves: dt.date, today: dt.date) -> list[tuple[str, str, bool]]:
    """Return (service, title, whether it is decided) of what one body has another, which leaves, do for it."""
    found = []
    for row in sharing.adoptions(today, body_id=body_id):
        if row.provider_id == doer_id:
            then = sharing.adoption(body_id, row.service_id, leaves)
            title = catalogue.titles([row.service_id])[row.service_id].en
            found.append((row.service_id, title, then is not None and then.provider_id != doer_id))
    return found


def publicly_afterwards(departure: Departure, lang: str) -> list[tuple[str, Afterwards]]:
    """Return (title, who does it afterwards) of each service of which that was said, by title."""
    said = afterwards(departure.pk)
    titles = catalogue.titles(said)
    return sorted(((titles[service].in_(lang), row) for service, row in said.items()), key=lambda one: one[0])


def concerned(body_id: int, today: dt.date) -> list[int]:
    """Return the partners whose services a body does, or who do some of its, or whose desk takes its requests."""
    pairs = [(row.body_id, row.provider_id) for row in sharing.adoptions(today)]
    pairs += [(row.body_id, row.desk_id) for row in sharing.desks(body_id, today)]
    found = {one for pair in pairs if body_id in pair for one in pair} - {body_id}
    return sorted(one for one in found if bodies.body(one).partner)
