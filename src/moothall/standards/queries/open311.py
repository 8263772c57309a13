"""Who may send us requests, and what Open311 shows: services, published requests and what became of them."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.sharing import queries as sharing
from moothall.standards.models import ApiKey
from moothall.standards.rules import attributes, parameters

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
#: When what we offer by Open311 last changed its shape.
CHANGESET = "2026-11-22T00:00:00Z"
LANGUAGES = ("en", "cy")


class JurisdictionMissing(Refusal):
    """The jurisdiction_id was not provided. Send the short name of a council, such as marchshire."""

    status = 400


class JurisdictionUnknown(Refusal):
    """The jurisdiction_id was not found. Send the short name of a council that discovery lists."""

    status = 404


class NoSuchService(Refusal):
    """The service_code was not found. GET services lists those that can be reported here."""

    status = 404


class KeyWrong(Refusal):
    """The api_key is missing, or is none that works with this council. Ask the council for a key."""

    status = 403


def digest(secret: str) -> bytes:
    """Return what is kept of a key: it is long and random, so a plain hash cannot be turned back (SHA-256)."""
    return hashlib.sha256(secret.encode()).digest()


def keys() -> list[ApiKey]:
    """Return the keys that the bodies in scope gave out, those that work first, newest first."""
    rows = ApiKey.objects.order_by("-made_at", "-pk")
    return sorted(rows, key=lambda row: row.revoked_at is not None)


def key(key_id: int) -> ApiKey:
    """Return one key; refuses what is not there or not yours to see."""
    found = ApiKey.objects.filter(pk=key_id).first()
    if found is None:
        raise NotYours("We cannot find that key. Choose it from the list.")
    return found


def key_for(*, body_id: int, secret: str) -> ApiKey:
    """Return the key of a body that this secret is, if it still works; refuses KeyWrong."""
    found = ApiKey.objects.filter(body_id=body_id, digest=digest(secret), revoked_at=None).first() if secret else None
    if found is None:
        raise KeyWrong()
    return found


@dataclass(frozen=True)
class Listed:
    """A service that a body takes by Open311, as that body offers it."""

    service_id: str
    version_id: UUID

    @cached_property
    def definition(self):
        """What it asks."""
        return catalogue.definition(self.version_id)


def jurisdiction(said: str, at: dt.datetime):
    """Return the body that a jurisdiction_id names, or the one in its place.

    Refuses JurisdictionMissing and JurisdictionUnknown.
    """
    if not said:
        raise JurisdictionMissing()
    known = {body.slug: body for body in (bodies.body(one) for one in bodies.names())}
    if said not in known:
        raise JurisdictionUnknown()
    body = bodies.body(bodies.stands_for(known[said].id, on=local(at).date()))
    if not body.partner:
        raise JurisdictionUnknown()
    return body


def listed(body_id: int, at: dt.datetime) -> list[Listed]:
    """Return the services that a body takes by Open311, by title: those that can be asked for whole."""
    offered = sharing.adoptions(local(at).date(), body_id=body_id)
    found = [Listed(one.service_id, one.version_id) for one in offered]
    can = [one for one in found if catalogue.is_published(one.service_id) and attributes.can_be_asked(one.definition)]
    return sorted(can, key=lambda one: one.definition.title.en)


def service(body_id: int, code: str, at: dt.datetime) -> Listed:
    """Return one service that a body takes by Open311; refuses NoSuchService."""
    found = next((one for one in listed(body_id, at) if one.service_id == code), None)
    if found is None:
        raise NoSuchService()
    return found


def services(body_id: int, *, lang: str, at: dt.datetime) -> list[dict]:
    """Return a body's services as GET Service List gives them."""
    topics = catalogue.topics()
    return [_service(one, topics, lang) for one in listed(body_id, at)]


def _service(one: Listed, topics: dict, lang: str) -> dict:
    definition = one.definition
    warned = [definition.danger.in_(lang)] if definition.danger else []
    words = definition.synonyms.cy if lang == "cy" else definition.synonyms.en
    group = topics.get(definition.topics[0])
    return {
        "service_code": one.service_id,
        "service_name": definition.title.in_(lang),
        "description": " ".join([*warned, definition.summary.in_(lang)]),
        "metadata": bool(attributes.attributes(definition)),
        "type": "realtime",
        "keywords": ", ".join(words),
        "group": group.in_(lang) if group else definition.topics[0],
    }


def requests(body_id: int, *, lang: str, **wanted) -> list[dict]:
    """Return published requests of a body as GET Service Requests gives them; `wanted` as `casework.published` takes.

    They hold no word that anybody wrote: what is described is the service and the street.
    """
    rows = casework.published(bodies=bodies.lineage(body_id), limit=parameters.MOST, **wanted)
    return [_request(place, last, lang) for place, last in rows]


def _request(place, last, lang: str) -> dict:
    title = _titled(place).in_(lang)
    return {
        "service_request_id": str(place.pk),
        "status": "open" if place.open else "closed",
        "status_notes": _words(place, last, lang) if last else "",
        "service_name": title,
        "service_code": place.service_id,
        "description": ", ".join(filter(None, [title, place.street])),
        "agency_responsible": bodies.names(lang)[place.body_id],
        "service_notice": "",
        "requested_datetime": moment(place.reported_at),
        "updated_datetime": moment(last.at if last else place.reported_at),
        "expected_datetime": moment(place.due_at) if place.open else "",
        "address": place.street,
        "address_id": "",
        "zipcode": "",
        "lat": place.lat,
        "long": place.lon,
        "media_url": "",
    }


def updates(body_id: int, *, since: dt.datetime, until: dt.datetime, lang: str) -> list[dict]:
    """Return what became of a body's published requests, oldest first, as FixMyStreet reads it.

    Source: https://github.com/mysociety/fixmystreet/wiki/Open311-FMS---Proposed-differences-to-Open311
    """
    rows = casework.published_updates(bodies=bodies.lineage(body_id), since=since, until=until, limit=parameters.MOST)
    return [
        {
            "update_id": str(row.pk),
            "service_request_id": str(row.place_id),
            "status": "closed" if row.kind in ("closed", "cancelled") else "open",
            "updated_datetime": moment(row.at),
            "description": _words(row.place, row, lang),
            "media_url": "",
        }
        for row in rows
    ]


def _titled(place):
    return _definition(place).title


def _definition(place):
    return (
        catalogue.definition(place.version_id) if place.version_id else catalogue.current(place.service_id).definition
    )


#: What is told of a report that no step and no outcome says.
TOLD = {"cancelled": ("Withdrawn", "Tynnwyd yn ôl"), "reopened": ("Opened again", "Agorwyd eto")}
DONE = ("Done: {title}", "Wedi'i wneud: {title}")


def _words(place, update, lang: str) -> str:
    """Return an update in the words of the service's definition."""
    definition = _definition(place)
    if update.kind in TOLD:
        return TOLD[update.kind][lang == "cy"]
    if update.kind == "step":
        step = definition.steps.get(update.name)
        return DONE[lang == "cy"].format(title=step.title.in_(lang) if step else update.name)
    outcome = definition.outcomes.get(update.name)
    return outcome.title.in_(lang) if outcome else update.name


def moment(at: dt.datetime | None) -> str:
    """Return a moment as Open311 writes it: 2026-03-31T09:00:00Z; "" for none."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def address() -> str:
    """Return where our Open311 is, as other systems write it down."""
    return settings.MOOTHALL_ADDRESS + reverse("standards:open311_root")


def discovery() -> dict:
    """Return what a client needs to begin (https://wiki.open311.org/Service_Discovery)."""
    about = settings.MOOTHALL_ADDRESS + reverse("standards:open311")
    councils = ", ".join(body.slug for body in bodies.bodies(partner=True))
    return {
        "changeset": CHANGESET,
        "contact": f"See {about}. jurisdiction_id is one of: {councils}.",
        "key_service": f"Ask the council whose requests you send for a key: {about}",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": address().rstrip("/"),
                "changeset": CHANGESET,
                "type": "test" if settings.DEMO else "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
