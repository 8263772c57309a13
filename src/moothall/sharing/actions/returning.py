"""Let a body do its services itself where whoever did them goes: no gate may stop that, residents need the service.

A body that decides so of its own accord draws the service down by itself (`actions.own`).
"""

import datetime as dt

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import publish
from moothall.core.refusal import Refusal
from moothall.sharing.actions.adoptions import adopt, end_adoption
from moothall.sharing.actions.drawing import InThePast
from moothall.sharing.actions.terms import end_payment
from moothall.sharing.events import ServiceAdopted
from moothall.sharing.models import Adoption
from moothall.sharing.queries import adoption
from moothall.sharing.queries.adoptions import changed


class NotShared(Refusal):
    """Nobody else does this service for you on that day, so there is nothing to take back."""


def take_back(*, body_id: int, service_id: str, starts: dt.date, decision: str, at: dt.datetime, by: Actor) -> Adoption:
    """Do a service oneself again from a day on, in the version and with the settings that the body has; return that.

    `decision` is the reference of the decision by which the provider goes. What it pays the provider by ends on that
    day; the provider finishes what it has, and sees nothing of what comes then. Refuses InThePast, NotShared.
    """
    if starts < local(at).date():
        raise InThePast(field="starts")
    before = adoption(body_id, service_id, starts)
    if before is None or before.provider_id == body_id or before.ends is not None:
        raise NotShared()
    end_adoption(body_id=body_id, service_id=service_id, ends=starts, at=at, by=by)
    row = adopt(
        body_id=body_id,
        service_id=service_id,
        version_id=before.version_id,
        parameters=before.parameters,
        starts=starts,
        at=at,
        by=by,
    )
    end_payment(body_id=body_id, provider_id=before.provider_id, service_id=service_id, ends=starts, at=at, by=by)
    data = {"service": service_id, "provider": before.provider_id, "starts": starts.isoformat(), "decision": decision}
    audit.record(action="service.taken-back", object=f"adoption:{row.pk}", body_id=body_id, at=at, by=by, data=data)
    return row


def step_in(*, body_id: int, service_id: str, starts: dt.date, at: dt.datetime, by: Actor) -> Adoption:
    """Do a service oneself from a day until the day on which somebody else takes it over; return that adoption.

    For a provider who goes before. Refuses NotShared where nobody else is to do it later: take it back instead.
    """
    before = adoption(body_id, service_id, starts)
    if before is None or before.provider_id == body_id or before.ends is None:
        raise NotShared()
    changed()
    Adoption.objects.filter(pk=before.pk).update(ends=starts)
    row = Adoption.objects.create(
        body_id=body_id, service_id=service_id, version_id=before.version_id, provider_id=body_id,
        parameters=before.parameters, starts=starts, ends=before.ends,
    )  # fmt: skip
    publish(ServiceAdopted(body_id, service_id, row.version_id, body_id), at=at, by=by)
    data = {"service": service_id, "provider": before.provider_id, "starts": starts.isoformat()}
    audit.record(action="service.stepped-in", object=f"adoption:{row.pk}", body_id=body_id, at=at, by=by, data=data)
    return row
