"""Open the counters at which people are received, and let some people wait at one."""

import datetime as dt
from collections.abc import Iterator

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.desk import actions as desk
from moothall.sharing import queries as sharing
from moothall.simulation.rules.county import SEED, marchshire
from moothall.simulation.rules.points import CLOSED, COUNTERS


def receive_people(*, seed: int = SEED, at: dt.datetime, by: Actor) -> int:
    """Open a counter of each council, with all services that it offers; return how many.

    Where people draw a number, four have: two were called.
    """
    homes = _homes(seed)
    for body_id, name, name_cy, begins, hours, languages, access, tickets in COUNTERS:
        offered = sorted(row.service_id for row in sharing.adoptions(local(at).date()) if row.body_id == body_id)
        place = bodies.place_of_dwelling(next(homes[begins]))
        told = {"body_id": body_id, "at": at, "by": by}
        with scoped(Scope(bodies=(body_id,), purpose="simulation", actor=by)):
            point = desk.keep_point(
                name=name, name_cy=name_cy, address=place["label"].removesuffix(f", {place['postcode']}"),
                postcode=place["postcode"], phone="", hours=hours, services=offered,
                languages=list(languages), access=list(access), tickets=tickets, **told,
            )  # fmt: skip
            day = local(at).date() + dt.timedelta(days=30)
            day += dt.timedelta(days=(2 - day.weekday()) % 7)  # a Wednesday
            why, why_cy = CLOSED
            desk.open_otherwise(point_id=point.pk, day=day, hours="We 13:00-16:00", why=why, why_cy=why_cy, **told)
            for _ in range(4 if tickets else 0):
                desk.take_ticket(point_id=point.pk, **told)
            for counter in ("1", "2") if tickets else ():
                desk.call_next(point_id=point.pk, counter=counter, **told)
    return len(COUNTERS)


def _homes(seed: int) -> dict[str, Iterator[str]]:
    """Return the county's addresses that are laid out, by how their postcodes begin: any of them makes a counter."""
    county = marchshire(seed).dwellings
    known = {home.uprn for home in bodies.dwellings([home["uprn"] for home in county])}
    found: dict[str, list[str]] = {}
    for home in county:
        if home["uprn"] in known:
            found.setdefault(home["postcode"][:3], []).append(home["uprn"])
    return {begins: iter(uprns) for begins, uprns in found.items()}
