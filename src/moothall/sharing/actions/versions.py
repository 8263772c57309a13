"""Offer a newer version of a service to those who drew it down; take it, with one's own settings carried over."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.events import publish
from moothall.core.refusal import NotYours, Refusal
from moothall.sharing.actions.adoptions import ParametersWrong, adopt, end_adoption
from moothall.sharing.actions.drawing import InThePast
from moothall.sharing.events import VersionOffered
from moothall.sharing.models import Adoption, DrawDown, Offer
from moothall.sharing.queries import offering, versions
from moothall.sharing.queries.drawing import check_settings


class NothingNewer(Refusal):
    """There is no newer version to offer or to take. What you have is the newest that its provider does."""


class StillUnbound(Refusal):
    """Some settings must be decided before the new version is taken. Decide those marked."""

    status = 422


def offer_version(*, offer_id: UUID, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Offer the version that the provider runs itself now; who drew the older one keeps it until they take this one."""
    row, today = offering.offer(offer_id), local(at).date()
    if row.body_id != body_id:
        raise NotYours()
    mine = versions.newer_own(row, today)
    if mine is None or not row.runs(today):
        raise NothingNewer()
    offering.changed()
    Offer.objects.filter(pk=row.pk).update(version_id=mine.id)
    told = {"service": row.service_id, "version": mine.number}
    audit.record(action="offer.version", object=f"offer:{row.pk}", body_id=body_id, at=at, by=by, data=told)
    publish(VersionOffered(body_id, row.pk, row.service_id, mine.id), at=at, by=by)


def take_version(
    *, body_id: int, service_id: str, decided: dict, starts: dt.date, at: dt.datetime, by: Actor
) -> Adoption:
    """Take the newer version from a day on, with the body's settings carried over and those in `decided` as decided.

    Refuses NothingNewer, StillUnbound (details: `problems` by setting), ParametersWrong, InThePast. Cases that run
    keep the version and the settings they began with.
    """
    today = local(at).date()
    if starts < today:
        raise InThePast(field="starts")
    found = versions.newer(body_id, service_id, today)
    if found is None:
        raise NothingNewer()
    missing = {row.name: row.unbound for row in found.unbound if row.name not in decided}
    if missing:
        raise StillUnbound(problems=missing, field=next(iter(missing)))
    parameters = {row.name: row.value for row in found.settings} | decided
    problems = check_settings(found.new.definition, parameters, found.offer.clock)
    if problems:
        raise ParametersWrong(problems=problems, field=next(iter(problems)))
    end_adoption(body_id=body_id, service_id=service_id, ends=starts, at=at, by=by)
    row = adopt(
        body_id=body_id,
        service_id=service_id,
        version_id=found.new.id,
        provider_id=found.adoption.provider_id,
        parameters=parameters,
        offer_id=found.offer.pk,
        starts=starts,
        at=at,
        by=by,
    )
    DrawDown.objects.filter(adoption_id=found.adoption.pk).update(adoption=row)
    data = {"service": service_id, "version": found.new.number, "parameters": parameters, "starts": starts.isoformat()}
    audit.record(action="version.taken", object=f"adoption:{row.pk}", body_id=body_id, at=at, by=by, data=data)
    return row
