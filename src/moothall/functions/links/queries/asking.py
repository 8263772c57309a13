"""The words we say to another system, and asking it over HTTP: by our own signed messages."""

import datetime as dt
import json
from uuid import UUID

import httpx
from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core.ids import new_id
from moothall.core.refusal import NotYours
from moothall.core.steps import StepContext
from moothall.functions.links import rules
from moothall.functions.links.models import Call, System
from moothall.functions.links.queries import folder, open311
from moothall.functions.links.queries.systems import keys

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
        "name": ctx.name,
        "asks": json.loads(json.dumps(ctx.parameters, default=str)),
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
    if found.system.protocol == "folder":
        return folder.ask(found, message(found))
    if not first:
        known = _http("GET", found, f"/requests/{found.pk}", b"", at)
        if known.state != "unknown":
            return known
    return _http("POST", found, "/requests", rules.canonical(message(found)), at)


def how_goes(found: Call, *, at: dt.datetime) -> rules.Answer:
    """Ask the other system how a step goes that it has accepted, over HTTP; called outside any transaction."""
    if found.system.protocol == "open311":
        return open311.how_goes(found, at=at)
    if found.system.protocol == "folder":
        return rules.Answer("accepted", {})  # nobody can be asked: its answer comes as a file, or the step is late
    return _http("GET", found, f"/requests/{found.pk}", b"", at)


def knock(found: System, *, at: dt.datetime) -> rules.Answer:
    """Ask a system for a request that never was, to see whether it answers and believes our signature: unknown is well.

    Nothing of any case is told; called outside any transaction.
    """
    return _signed("GET", found, f"/requests/{new_id()}", b"", f"knock:{new_id()}", at)


def _http(method, found, path, body, at):
    number = f"{found.pk}" if method == "POST" else f"{found.pk}:ask:{at.timestamp()}"
    return _signed(method, found.system, path, body, number, at)


def _signed(method, system, path, body, number, at):
    """Ask by the key of the day; where a key is being changed and it is not believed, by the other."""
    for known in keys(system, at):
        headers = rules.headers(known, message_id=number, sent_at=int(at.timestamp()), body=body)
        try:
            said = httpx.request(method, system.address + path, content=body, headers=headers, timeout=TIMEOUT)
        except httpx.HTTPError as error:
            return rules.Answer("again", {}, f"The other system did not answer ({type(error).__name__}).")
        if said.status_code not in (401, 403):
            break
    return rules.read_answer(said.status_code, said.content)
