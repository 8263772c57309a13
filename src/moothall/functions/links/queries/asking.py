"""The words we say to another system, and asking it over HTTP: by our own signed messages."""

import datetime as dt
from uuid import UUID

import httpx
from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core.refusal import NotYours
from moothall.core.steps import StepContext
from moothall.functions.links import rules
from moothall.functions.links.models import Call
from moothall.functions.links.queries import open311
from moothall.functions.links.queries.systems import key

TIMEOUT = httpx.Timeout(5, connect=2)


def request_of(ctx: StepContext) -> dict:
    """Return what another system is told of a step: what the work needs, and nothing of who asked for it."""
    return {
        "service": ctx.service_id,
        "reference": ctx.reference,
        "place": ctx.place,
        "answers": ctx.answers,
        "outputs": ctx.outputs,
        "due_at": ctx.due_at.isoformat() if ctx.due_at else None,
    }


def message(call: Call) -> dict:
    """Return the whole message of a call, as it is signed and sent."""
    body = bodies.body(call.body_id)
    back = reverse("links:callback", args=[body.slug, call.system.function])
    return {"id": str(call.pk), "step": call.performs, "callback": settings.MOOTHALL_ADDRESS + back} | call.request


def call(call_id: UUID) -> Call:
    """Return one call with its system; refuses what is not there or not yours to see."""
    found = Call.objects.select_related("system").filter(pk=call_id).first()
    if found is None:
        raise NotYours("We cannot find that request. Choose it from the list.")
    return found


def ask(found: Call, *, first: bool, at: dt.datetime) -> rules.Answer:
    """Ask the other system for a step, over HTTP; called outside any transaction.

    Unless it is the first time, ask by our id whether it has it already, and send only what it does not know.
    """
    if found.system.protocol == "open311":
        return open311.ask(found, message(found), first=first, at=at)
    if not first:
        known = _http("GET", found, f"/requests/{found.pk}", b"", at)
        if known.state != "unknown":
            return known
    return _http("POST", found, "/requests", rules.canonical(message(found)), at)


def how_goes(found: Call, *, at: dt.datetime) -> rules.Answer:
    """Ask the other system how a step goes that it has accepted, over HTTP; called outside any transaction."""
    if found.system.protocol == "open311":
        return open311.how_goes(found, at=at)
    return _http("GET", found, f"/requests/{found.pk}", b"", at)


def _http(method, found, path, body, at):
    number = f"{found.pk}" if method == "POST" else f"{found.pk}:ask:{at.timestamp()}"
    headers = rules.headers(key(found.system), message_id=number, sent_at=int(at.timestamp()), body=body)
    try:
        said = httpx.request(method, found.system.address + path, content=body, headers=headers, timeout=TIMEOUT)
    except httpx.HTTPError as error:
        return rules.Answer("again", {}, f"The other system did not answer ({type(error).__name__}).")
    return rules.read_answer(said.status_code, said.content)
