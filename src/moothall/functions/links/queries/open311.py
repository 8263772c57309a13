"""Asking another system by Open311, over HTTP; called outside any transaction.

Open311 has no number of the asker's, so a request whose answer was lost is looked for by our reference before it is
sent again, and several steps of one case go out as one request where the other system knows one code for them.
"""

import datetime as dt
from uuid import UUID

import httpx

from moothall.core import spark
from moothall.core.clock import local
from moothall.functions.links.models import Call, System
from moothall.functions.links.queries.systems import their_key
from moothall.functions.links.rules import Answer
from moothall.functions.links.rules import open311 as rule

TIMEOUT = httpx.Timeout(10, connect=3)
PROMISED = "token:"


def ask(found: Call, message: dict, *, first: bool, at: dt.datetime) -> Answer:
    """Send a step as a request, unless the other system has it already."""
    if found.their_reference:
        return how_goes(found, at=at)
    form = rule.request(found.system.terms, message)
    if not first and (known := _known(found, form, at)):
        return known
    status, items, lost = _exchange("POST", found.system, "/requests", data=form | _key(found.system),
                                    headers={"Idempotency-Key": str(found.pk)})  # fmt: skip
    if lost:
        return lost
    if not 200 <= status < 300:
        answer = rule.refusal(status, items)
        return Answer("broken", {}, answer.reason) if answer.state == "unknown" else answer
    taken = items[0] if items else {}
    reference = taken.get("service_request_id") or (taken.get("token") and PROMISED + taken["token"])
    if not reference:
        return Answer("broken", {}, "The other system took the request and gave it no number.")
    return Answer("accepted", {}, reference=reference)


def how_goes(found: Call, *, at: dt.datetime) -> Answer:
    """Ask how a request goes that the other system has taken; a token is exchanged for the request's number."""
    reference = found.their_reference
    if reference.startswith(PROMISED):
        status, items, lost = _exchange("GET", found.system, f"/tokens/{reference.removeprefix(PROMISED)}")
        if lost or status != 200 or not items:
            return lost or Answer("accepted", {}, reference=reference)
        reference = items[0].get("service_request_id") or reference
        if reference.startswith(PROMISED):
            return Answer("accepted", {}, reference=reference)
    status, items, lost = _exchange("GET", found.system, f"/requests/{reference}")
    if lost:
        return lost
    if status != 200:
        return rule.refusal(status, items)
    if not items:
        return Answer("unknown", {}, "The other system does not know this request.")
    return rule.meaning(found.system.terms, found.performs, items[0], reference=reference, today=local(at).date())


def lists_codes(system: System) -> list[str] | None:
    """Return the service codes that another system lists, or None where it does not answer as Open311 does."""
    status, items, lost = _exchange("GET", system, "/services")
    return None if lost or status != 200 else [item.get("service_code", "") for item in items]


def waiting_for(system: System, reference: str) -> list[UUID]:
    """Return the calls of a system that stand under one of its requests, those under way first."""
    rows = Call.objects.filter(system=system, their_reference=reference)
    return [row.pk for row in sorted(rows, key=lambda row: row.state != "accepted")]


def earlier_reference(system: System, *, case_id: UUID, performs: str) -> str:
    """Return their number of a case's request that a further step goes on with; "" where it needs one of its own.

    A step that was asked under that number before, as when a case is opened again, needs a new request.
    """
    steps, code = system.terms["steps"], system.terms["steps"][performs]["code"]
    rows = list(Call.objects.filter(system=system, case_id=case_id).exclude(their_reference="").order_by("-opened_at"))
    if not rows or steps.get(rows[0].performs, {}).get("code") != code:
        return ""
    asked = {row.performs for row in rows if row.their_reference == rows[0].their_reference}
    return "" if performs in asked else rows[0].their_reference


def _known(found: Call, form: dict, at: dt.datetime) -> Answer | None:
    """Look for a request whose answer we never got, by our reference in its description."""
    since = (found.opened_at - dt.timedelta(minutes=5)).astimezone(dt.UTC)
    asked = {"service_code": form["service_code"], "start_date": since.strftime("%Y-%m-%dT%H:%M:%SZ")}
    status, items, lost = _exchange("GET", found.system, "/requests", params=asked)
    if lost:
        return lost
    named = f"Our reference: {found.reference}."
    mine = next((one for one in items if status == 200 and named in one.get("description", "")), None)
    if mine is None or not mine.get("service_request_id"):
        return None
    number = mine["service_request_id"]
    return rule.meaning(found.system.terms, found.performs, mine, reference=number, today=local(at).date())


def _key(system: System) -> dict:
    theirs = their_key(system)
    return {"api_key": theirs} if theirs else {}


def _exchange(method: str, system: System, path: str, **more) -> tuple[int, list[dict], Answer | None]:
    """Return (status, items, None), or (0, [], an answer to ask again) where nothing readable came."""
    address = f"{system.address}{path}.{system.terms.get('format', 'json')}"
    if method == "GET" and system.terms.get("jurisdiction_id"):
        more["params"] = more.get("params", {}) | {"jurisdiction_id": system.terms["jurisdiction_id"]}
    try:
        said = httpx.request(method, address, timeout=TIMEOUT, **more)
    except httpx.HTTPError as error:
        return 0, [], Answer("again", {}, f"The other system did not answer ({type(error).__name__}).")
    try:
        return said.status_code, spark.read(said.content), None
    except ValueError:
        if said.is_success:
            return 0, [], Answer("again", {}, "The other system's answer could not be read.")
        return said.status_code, [], None
