"""
Open311 GeoReport v2: services, their attributes, requests and what became of them; with FixMyStreet's updates.

Source: https://wiki.open311.org/GeoReport_v2 and
https://github.com/mysociety/fixmystreet/wiki/Open311-FMS---Proposed-differences-to-Open311
"""

import hashlib
import json

from django.http import HttpRequest

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import rate
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.core.queue import defer
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, rescope, scoped
from moothall.standards import actions, queries
from moothall.standards.api.asking import jurisdiction, language, methods, said
from moothall.standards.rules import attributes, parameters
from moothall.standards.rules.parameters import Unclear

LONGEST_DESCRIPTION = 4000
PHOTOS = 3


class Elsewhere(Refusal):
    """That place is not this council's. Send it to the one that is responsible there."""

    status = 400


def services(request: HttpRequest):
    """List what can be reported to a council."""
    return "services", queries.services(jurisdiction(request).id, lang=language(), at=request.at)


def definition(request: HttpRequest, code: str):
    """Show the attributes of one service."""
    found = queries.service(jurisdiction(request).id, code, request.at)
    asked = attributes.attributes(found.definition, language())
    return "service_definition", {"service_code": code, "attributes": asked}


def listed(request: HttpRequest):
    """List published requests: by id, or of a span of at most 90 days, by service and status; at most 1,000."""
    body = jurisdiction(request)
    wanted = {"ids": parameters.ids(said(request, "service_request_id"))}
    if wanted["ids"] is None:
        since, until = parameters.span(said(request, "start_date"), said(request, "end_date"), request.at)
        wanted = {"since": since, "until": until, "services": parameters.several(said(request, "service_code")),
                  "open": parameters.opened(said(request, "status"))}  # fmt: skip
    return "service_requests", queries.requests(body.id, lang=language(), **wanted)


def shown(request: HttpRequest, number: str):
    """Show one published request."""
    found = parameters.number(number)
    rows = queries.requests(jurisdiction(request).id, lang=language(), ids=[found]) if found else []
    if not rows:
        raise actions.NoSuchRequest()
    return "service_requests", rows


def of_token(request: HttpRequest, token: str):
    """Answer with the request of a token: as our requests have their id at once, that id is its own token."""
    _, (row,) = shown(request, token)
    return "service_requests", [{"service_request_id": row["service_request_id"], "token": token}]


def updated(request: HttpRequest):
    """List what became of published requests in a span of at most 90 days, oldest first; at most 1,000."""
    body = jurisdiction(request)
    since, until = parameters.span(said(request, "start_date"), said(request, "end_date"), request.at)
    return "service_request_updates", queries.updates(body.id, since=since, until=until, lang=language())


def discovered(request: HttpRequest):
    """Show where our Open311 is and in which formats it speaks."""
    return "discovery", queries.discovery()


def sent(request: HttpRequest):
    """Take a request from another system; sent again on the same day, or with its number, it is the same request."""
    body = jurisdiction(request)
    key, by = _key(request, body)
    code = said(request, "service_code")
    if not code:
        raise Unclear("service_code was not provided. GET services lists those that can be reported here.")
    found = queries.service(body.id, code, request.at)
    given = parameters.attributes(dict(request.POST.lists()))
    answers, unknown = attributes.answers(found.definition, given)
    if unknown:
        raise Unclear(f"{code} has no attribute {', '.join(unknown)}. GET services/{code} lists those it has.")
    place = _place(request)
    answers, note = attributes.described(found.definition, answers, _description(request))
    place |= {"note": note}
    answers |= {attributes.place_of(found.definition).id: place}
    opened = casework.open_case(
        service_id=code, answers=answers, place=place, contact=_contact(request), channel="open311",
        idempotency=_number(request), language=language(), at=request.at, by=by,
    )  # fmt: skip
    if opened.body_id != body.id:
        raise Elsewhere(f"{bodies.body(opened.body_id).name} is responsible at that place, not {body.name}: send it "
                        f"with jurisdiction_id={bodies.body(opened.body_id).slug}.")  # fmt: skip
    _bring_photos(request, opened)
    with scoped(Scope(bodies=(key.body_id,), purpose="open311", actor=by)):
        actions.note_use(key=key, at=request.at, by=by)
    notice = f"Our reference is {opened.reference}. How it goes: {cases.tracking_address(opened.reference)}"
    number = str(cases.published_as(opened.case_id))
    return "service_requests", [{"service_request_id": number, "service_notice": notice, "account_id": ""}]


def told(request: HttpRequest):
    """Take an update on a request from another system; the same update_id again is the same update."""
    body = jurisdiction(request)
    key, by = _key(request, body)
    request_id, text = parameters.number(said(request, "service_request_id")), _description(request)
    if request_id is None:
        raise actions.NoSuchRequest()
    number = said(request, "update_id") or _digest([text, said(request, "updated_datetime")])
    rescope(Scope(bodies=bodies.lineage(body.id), purpose="open311", actor=by))
    told_as = actions.add_update(request_id=request_id, number=number, text=text, at=request.at, by=by)
    actions.note_use(key=key, at=request.at, by=by)
    return "service_request_updates", [{"update_id": str(told_as)}]


def _key(request: HttpRequest, body):
    """Return (the key that a request came with, who sends it); refuses one that does not work or sends too much.

    A key in the address is not looked at: addresses are written into logs.
    """
    with scoped(Scope(bodies=(body.id,), purpose="open311", actor=Actor("api"))):
        key = queries.key_for(body_id=body.id, secret=parameters.clean(request.POST.get("api_key")))
    rate.limit(rate.Limit("open311-key", key.per_hour, 3600), str(key.pk), at=request.at)
    return key, Actor("api", f"key-{key.pk}", body.id)


def _place(request: HttpRequest) -> dict:
    """Return where it is, read from our own map: by lat and long, address_id or address_string; raises Unclear."""
    point = parameters.point(said(request, "lat"), said(request, "long"))
    number, words = said(request, "address_id"), said(request, "address_string")
    if point:
        return bodies.place(*point)
    if number:
        return bodies.place_of_street(number) if len(number) == 8 else bodies.place_of_dwelling(number)
    if not words:
        raise Unclear("Say where it is: send lat and long, or address_string, or address_id (a USRN or UPRN).")
    found = bodies.find_places(words[:200], limit=1)
    if not found:
        raise Unclear("address_string was not found on our map. Send lat and long instead.")
    return {key: value for key, value in found[0].items() if key != "kind"}


def _description(request: HttpRequest) -> str:
    text = said(request, "description")
    if len(text) > LONGEST_DESCRIPTION:
        raise Unclear(f"description may have at most {LONGEST_DESCRIPTION:,} characters.")
    return text


def _contact(request: HttpRequest) -> dict:
    name = f"{said(request, 'first_name')} {said(request, 'last_name')}".strip()
    return {"name": name[:200], "email": said(request, "email")[:200], "phone": said(request, "phone")[:40]}


def _number(request: HttpRequest) -> str:
    """Return the sender's own number of a report, by which a double send is known.

    It is the header Idempotency-Key, or FixMyStreet's number; else everything that was sent, on that day: a lamp that
    fails again next week is another report.
    """
    own = request.headers.get("Idempotency-Key") or said(request, "attribute[fixmystreet_id]")
    if own:
        return f"own:{_digest([own])}"
    sent_all = sorted((name, values) for name, values in request.POST.lists() if name != "api_key")
    return f"{local(request.at).date()}:{_digest(sent_all)}"


def _digest(content: list) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:40]


def _bring_photos(request: HttpRequest, opened) -> None:
    """Have the photos brought in whose addresses were sent; a job asks for them once the report is safe."""
    addresses = [parameters.clean(one)[:1000] for one in request.POST.getlist("media_url")]
    for number, address in enumerate(filter(None, addresses[:PHOTOS])):
        defer("standards.photo", body=opened.body_id, key=f"open311-photo:{opened.case_id}:{number}",
              case_id=str(opened.case_id), address=address)  # fmt: skip


WHY = "what is shown is published, and what is sent comes with a council's key"
service_list = anyone(WHY)(methods(GET=services))
service_definition = anyone(WHY)(methods(GET=definition))
service_requests = anyone(WHY)(methods(GET=listed, POST=sent))
service_request = anyone(WHY)(methods(GET=shown))
token = anyone(WHY)(methods(GET=of_token))
request_updates = anyone(WHY)(methods(GET=updated, POST=told))
discovery = anyone(WHY)(methods(GET=discovered))
