"""Who does what elsewhere, how it goes, and the words we say to another system."""

import datetime as dt
import hashlib
import hmac
from uuid import UUID

import httpx
from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.core import queue
from moothall.core.kept import Kept
from moothall.core.refusal import NotYours
from moothall.core.scope import current_scope
from moothall.core.steps import StepContext
from moothall.functions.links import rules
from moothall.functions.links.models import Call, System

TIMEOUT = httpx.Timeout(5, connect=2)
#: Seconds for which another process's change may go unseen here.
FRESH = 1.0


def system_for(*, body_id: int, performs: str, at: dt.datetime) -> System | None:
    """Return the system that performs a step for a body at a moment, or None when the function here does.

    Asked before every step, so kept in the process; only for the bodies in scope, whose systems are all seen.
    """
    known = (_systems if body_id in current_scope().bodies else _read_systems)(body_id)
    function = performs.split(".")[0]
    return next((one for one in known if one.function == function and one.on and one.since <= at), None)


def _read_systems(body_id: int) -> list[System]:
    return list(System.objects.filter(body_id=body_id))


_systems = Kept(_read_systems, fresh=FRESH)


def changed() -> None:
    """Say that this transaction changes a system: what is kept is forgotten when it commits."""
    _systems.changed()


def system(*, body_id: int, function: str) -> System:
    """Return a body's system for a function; refuses what is not there or not yours to see."""
    found = System.objects.filter(body_id=body_id, function=function).first()
    if found is None:
        raise NotYours("There is no such system. Check its address.")
    return found


def systems() -> list[System]:
    """Return the systems of the bodies in scope, by body and function."""
    return list(System.objects.select_related("body").order_by("body_id", "function"))


def key(found: System, version: int | None = None) -> str:
    """Return the key shared with a system: derived from this installation's secret, never stored."""
    said = f"link:{found.body_id}:{found.function}:{version or found.key_version}"
    return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()


def keys(found: System, at: dt.datetime) -> list[str]:
    """Return the keys a system may sign with now: the present one, and the one before while that is believed."""
    believed = [key(found)]
    if found.old_key_until and at < found.old_key_until:
        believed.append(key(found, found.key_version - 1))
    return believed


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
    if not first:
        known = _http("GET", found, f"/requests/{found.pk}", b"", at)
        if known.state != "unknown":
            return known
    return _http("POST", found, "/requests", rules.canonical(message(found)), at)


def how_goes(found: Call, *, at: dt.datetime) -> rules.Answer:
    """Ask the other system how a step goes that it has accepted, over HTTP; called outside any transaction."""
    return _http("GET", found, f"/requests/{found.pk}", b"", at)


def _http(method, found, path, body, at):
    number = f"{found.pk}" if method == "POST" else f"{found.pk}:ask:{at.timestamp()}"
    headers = rules.headers(key(found.system), message_id=number, sent_at=int(at.timestamp()), body=body)
    try:
        said = httpx.request(method, found.system.address + path, content=body, headers=headers, timeout=TIMEOUT)
    except httpx.HTTPError as error:
        return rules.Answer("again", {}, f"The other system did not answer ({type(error).__name__}).")
    return rules.read_answer(said.status_code, said.content)


def to_chase(*, body_id: int, at: dt.datetime) -> list[Call]:
    """Return a body's accepted calls of which we have heard nothing for a while, longest silent first."""
    rows = Call.objects.filter(body_id=body_id, state="accepted", next_at__lte=at).select_related("system")
    return list(rows.order_by("next_at")[:50])


def health(*, body_ids: tuple[int, ...], at: dt.datetime) -> list[dict]:
    """Return one row per body and function: waiting, late, failed and retried steps, and who does them.

    Rows: {"body", "function", "waiting", "late", "failed", "retried", "oldest", "system"}; troubled ones first.
    """
    elsewhere = {(one.body_id, one.function): one for one in systems()}
    rows = {}
    for found in casework.link_health(bodies=body_ids, at=at):
        where = (found.body_id, found.performs.split(".")[0])
        row = rows.setdefault(where, _row(*where, elsewhere.get(where)))
        row["waiting"] += found.ready + found.waiting
        for name in ("late", "failed", "retried"):
            row[name] += getattr(found, name)
        row["oldest"] = min(row["oldest"] or found.oldest, found.oldest)
    for where in elsewhere.keys() - rows.keys():
        rows[where] = _row(*where, elsewhere[where])
    return sorted(rows.values(), key=lambda r: (-r["failed"], -r["late"], r["body"].name, r["function"]))


def _row(body_id, function, found):
    counts = {"waiting": 0, "late": 0, "failed": 0, "retried": 0, "oldest": None}
    return {"body": bodies.body(body_id), "function": function, "system": found} | counts


def troubles(*, body_ids: tuple[int, ...], at: dt.datetime) -> dict:
    """Return what waits for somebody: {"calls", "steps", "jobs"}, each oldest first, at most fifty."""
    calls = list(Call.objects.filter(state="failed").select_related("system").order_by("opened_at")[:50])
    theirs = {one.step_id for one in calls}
    steps = [one for one in casework.troubled_steps(bodies=body_ids, at=at) if one.pk not in theirs]
    return {"calls": calls, "steps": [one for one in steps if one.state == "failed"],
            "jobs": queue.failed_jobs(bodies=body_ids)}  # fmt: skip


def trying() -> list[Call]:
    """Return calls that another system has not taken yet although we asked, longest first."""
    rows = Call.objects.filter(state="waiting", attempts__gt=0).select_related("system")
    return list(rows.order_by("opened_at")[:25])


def headline(rows: list[dict], problems: dict) -> str:
    """Return the sentence at the top of the page: what matters, in words."""
    failed = len(problems["calls"]) + len(problems["steps"]) + len(problems["jobs"])
    late = sum(row["late"] for row in rows)
    waiting = sum(row["waiting"] for row in rows)
    if failed:
        things = "thing needs" if failed == 1 else "things need"
        return f"{failed} {things} somebody: nothing is lost, but it stands still."
    if late:
        return f"{late} {'step is' if late == 1 else 'steps are'} late; nothing has failed."
    if waiting:
        return f"All is well: {waiting} {'step is' if waiting == 1 else 'steps are'} under way and none is late."
    return "All is well: nothing waits."


def held_about(case_ids: list[UUID]) -> list[dict]:
    """Return plain rows of what was sent for these cases and is not answered yet."""
    rows = Call.objects.filter(case_id__in=case_ids).exclude(request={}).select_related("system")
    return [{"reference": row.reference, "to": row.system.name, "sent": row.request} for row in rows]
