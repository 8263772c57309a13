"""Let every partner offer what its kind of body does, and agree whose desk takes whose requests."""

import datetime as dt

from django.conf import settings

from moothall.bodies import queries as bodies
from moothall.catalogue import actions as publishing
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions as sharing
from moothall.simulation.rules.papers import own_papers

MARCHSHIRE = 1
DISTRICTS = (2, 3, 4, 5)
COUNTY_SERVICES = ["report-pothole", "street-light"]
GATEWAY = "Local Government Act 1972 s.101"


def share_services(
    *, starts: dt.date | None = None, desks: tuple[int, ...] = DISTRICTS, at: dt.datetime, by: Actor
) -> int:
    """Publish the services as shipped, let every body draw its own down from a day on (today), agree on desks.

    Advisers at the desks of these districts may take the county's road reports. Returns how many were drawn down.
    """
    with scoped(Scope(purpose="publishing", actor=by)):
        publishing.publish_folder(path=settings.SERVICES, at=at, by=by)
    adopted, day = 0, starts or local(at).date()
    for body in bodies.bodies(partner=True, on=at.date()):
        with scoped(Scope(bodies=(body.id,), purpose="adopting", actor=by)):
            for published in catalogue.services():
                if body.kind in published.definition.done_by.bodies:
                    sharing.draw_down_own(
                        body_id=body.id, service_id=published.service_id, papers=own_papers(body, day), starts=day,
                        parameters=_numbers(published.definition, body), at=at, by=by,
                    )  # fmt: skip
                    adopted += 1
    with scoped(Scope(bodies=(MARCHSHIRE,), purpose="agreeing", actor=by)):
        for desk in desks:
            sharing.agree_desk(desk_id=desk, body_id=MARCHSHIRE, services=COUNTY_SERVICES, basis=GATEWAY, at=at, by=by)
    return adopted


def _numbers(definition, body) -> dict:
    """Return the telephone numbers that a body sets for an urgent referral: its own, with other last figures."""
    if definition.urgent is None:
        return {}
    begins = body.signpost_phone[:-2]
    return {"phone": f"{begins}41", "night_phone": f"{begins}49"}
