"""Begins diaries where they are needed, and answers the house's questions: bookings hold ids and times only."""

import datetime as dt

from moothall.booking import actions, queries
from moothall.catalogue import queries as catalogue
from moothall.core import personal
from moothall.core.actor import Actor
from moothall.core.events import on
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
