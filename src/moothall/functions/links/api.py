"""What other systems call: the protocol's document, and the address for their answers."""

import json

from django.conf import settings
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.guard import anyone
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.functions.links import actions, queries, rules

LONGEST = 100_000


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


def _problem(status, detail):
    """Answer in the shape of RFC 9457."""
    said = {"type": "about:blank", "title": detail, "status": status}
    return JsonResponse(said, status=status, content_type="application/problem+json")
