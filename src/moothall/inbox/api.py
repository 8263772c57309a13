"""What GOV.UK Notify calls: a text message came in, or what we sent did not arrive.

Source: docs.notifications.service.gov.uk/rest-api.html, "Callbacks": JSON by POST, the token that we gave as a bearer.
"""

import hmac
import json
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from moothall.bodies import queries as bodies
from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.guard import anyone
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.inbox import actions

LONGEST = 20_000
FAILED = ("permanent-failure", "technical-failure")
"""Statuses after which Notify does not try again; after a temporary failure it says so once more."""


@csrf_exempt
@require_POST
@anyone("a token decides, and until it is checked nothing is read")
def received(request: HttpRequest, slug: str) -> JsonResponse:
    """Take a text message that somebody sent to the body's number; again and again the same is one."""
    return _called(request, slug, _take_text)


@csrf_exempt
@require_POST
@anyone("a token decides, and until it is checked nothing is read")
def delivered(request: HttpRequest, slug: str) -> JsonResponse:
    """Hear what became of a message that we sent: one that did not arrive sends somebody to reach them otherwise."""
    return _called(request, slug, _hear)


def _called(request: HttpRequest, slug: str, take) -> JsonResponse:
    token = settings.MOOTHALL_MAIL["notify"].get(slug, "")
    given = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return _problem(request, 401, "That is not the token of this body.")
    try:
        if len(request.body) > LONGEST:
            return _problem(request, 413, "That message is too long.")
        said = json.loads(request.body)
    except ValueError:
        return _problem(request, 422, "Send JSON.")
    if not isinstance(said, dict):
        return _problem(request, 422, "Send a JSON object.")
    try:
        body_id = bodies.body(slug).id
        by = Actor("external", "notify", body_id)
        with scoped(Scope(bodies=(body_id,), purpose="inbox.notify", actor=by)):
            return take(request, said, body_id, by)
    except Refusal as refusal:
        return _problem(request, refusal.status, refusal.message)


def _take_text(request: HttpRequest, said: dict, body_id: int, by: Actor) -> JsonResponse:
    wanted = ("id", "source_number", "message")
    if not all(isinstance(said.get(name), str) and said[name].strip() for name in wanted):
        return _problem(request, 422, "Send id, source_number and message.")
    kept = {name: said[name][:2000] for name in wanted}
    _, new = actions.take_in(
        body_id=body_id, channel="sms", raw=json.dumps(kept, sort_keys=True).encode(), name="text-message.json",
        kind=actions.TEXT_MESSAGE, at=request.at, by=by,
    )  # fmt: skip
    return JsonResponse({"state": "taken" if new else "known"})


def _hear(request: HttpRequest, said: dict, body_id: int, by: Actor) -> JsonResponse:
    status = said.get("status")
    try:
        ours = UUID(str(said.get("reference")))
    except ValueError:
        return JsonResponse({"state": "not ours"})  # sent from Notify's own pages
    if status not in FAILED:
        return JsonResponse({"state": "known"})
    new = messages.not_delivered(outgoing_id=ours, code=f"notify-{status}", at=request.at, by=by)
    return JsonResponse({"state": "taken" if new else "known"})


def _problem(request: HttpRequest, status: int, detail: str) -> JsonResponse:
    """Answer in the shape of RFC 9457."""
    request.refused = True
    said = {"type": "about:blank", "title": detail, "status": status}
    return JsonResponse(said, status=status, content_type="application/problem+json")
