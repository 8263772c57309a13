"""What other systems call: the protocol's document, and the address for their answers."""

import hmac
import json

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from moothall.bodies import queries as bodies
from moothall.core import spark
from moothall.core.actor import Actor
from moothall.core.guard import anyone
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.functions.links import actions, queries, rules

LONGEST = 100_000
UPDATE = ("api_key", "service_request_id", "status", "description", "update_id", "updated_datetime")


@require_GET
@anyone("the protocol is public, so that anybody can build the other end")
def document(request):
    """The external functions protocol as an OpenAPI 3.1 document."""
    text = render_to_string("links/openapi.json", {"address": settings.MOOTHALL_ADDRESS})
    return JsonResponse(json.loads(text), headers={"Access-Control-Allow-Origin": "*"})


@csrf_exempt
@require_POST
@anyone("a signature decides, and until it is checked nothing is read")
def callback(request, slug: str, function: str):
    """Take a signed answer; answered 200 however often it comes, so that the sender can stop."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return _problem(413, "That message is too long.")
    try:
        body_id = bodies.body(slug).id
        with scoped(Scope(bodies=(body_id,), purpose="links.callback", actor=Actor("external", function, body_id))):
            return _take(request, body_id, function)
    except Refusal as refusal:
        request.refused = True
        return _problem(refusal.status, refusal.message)


def _take(request, body_id, function):
    system = queries.system(body_id=body_id, function=function)
    now = int(request.at.timestamp())
    checked = rules.check(queries.keys(system, request.at), request.headers, request.body, now=now)
    if not checked.good:
        return _problem(401, checked.why)
    try:
        said = json.loads(request.body)
    except ValueError:
        return _problem(422, "Send JSON.")
    if not isinstance(said, dict):
        return _problem(422, "Send a JSON object.")
    state = actions.hear(
        system=system, message_id=request.headers["Moothall-Message-Id"], said=said, at=request.at,
        by=Actor("external", function, body_id),
    )  # fmt: skip
    return JsonResponse({"state": state})


@csrf_exempt
@require_POST
@anyone("a key decides, and until it is checked nothing is read")
def update(request, slug: str, function: str, form: str):
    """Take what a system linked by Open311 says of a request of ours, as FixMyStreet's servicerequestupdates."""
    said = {name: request.POST.get(name, "").replace("\x00", "")[:4000] for name in UPDATE}
    try:
        body_id = bodies.body(slug).id
        by = Actor("external", function, body_id)
        with scoped(Scope(bodies=(body_id,), purpose="links.update", actor=by)):
            system = queries.system(body_id=body_id, function=function)
            known = [key.encode() for key in queries.keys(system, request.at)]
            if not any(hmac.compare_digest(key, said["api_key"].encode()) for key in known):
                return _error(request, form, 403, "That api_key is not the one of this link.")
            number = said["update_id"] or f"{said['service_request_id']}:{said['status']}:{said['updated_datetime']}"
            actions.hear_status(
                system=system, message_id=number, reference=said["service_request_id"], told=said, at=request.at, by=by
            )
    except Refusal as refusal:
        return _error(request, form, refusal.status, refusal.message)
    return _spoken(form, "service_request_updates", [{"update_id": number}])


def _error(request, form, status, description):
    request.refused = True
    return _spoken(form, "errors", [{"code": status, "description": description}], status)


def _spoken(form, root, content, status=200):
    return HttpResponse(spark.write(form, root, content), status=status, content_type=spark.TYPES[form])


def _problem(status, detail):
    """Answer in the shape of RFC 9457."""
    said = {"type": "about:blank", "title": detail, "status": status}
    return JsonResponse(said, status=status, content_type="application/problem+json")
