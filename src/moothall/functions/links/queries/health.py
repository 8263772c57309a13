"""How the links do: what is late, what failed, what waits for somebody."""

import datetime as dt
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.core import queue
from moothall.functions.links.models import Call, System
from moothall.functions.links.queries.systems import systems


def to_chase(*, body_id: int, at: dt.datetime) -> list[Call]:
    """Return a body's accepted calls of which we have heard nothing for a while, longest silent first."""
    rows = Call.objects.filter(body_id=body_id, state="accepted", next_at__lte=at).select_related("system")
    return list(rows.order_by("next_at")[:50])


def open_calls(found: System) -> set[str]:
    """Return the ids of what a system was asked and has not answered."""
    ids = Call.objects.filter(system=found, state__in=("waiting", "accepted", "failed")).values_list("pk", flat=True)
    return {str(one) for one in ids}


def health(*, body_ids: tuple[int, ...], at: dt.datetime) -> list[dict]:
    """Return one row per body and function: waiting, late, failed and retried steps, and who does them.

    Rows: {"body", "function", "waiting", "late", "failed", "retried", "oldest", "system"}; troubled ones first.
    """
    elsewhere = {(one.body_id, one.function): one for one in systems() if not one.steps}
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
    """Return what waits for somebody: {"calls", "steps", "jobs", "aside"}, each oldest first, at most fifty."""
    calls = list(Call.objects.filter(state="failed").select_related("system").order_by("opened_at")[:50])
    theirs = {one.step_id for one in calls}
    steps = [one for one in casework.troubled_steps(bodies=body_ids, at=at) if one.pk not in theirs]
    return {"calls": calls, "steps": [one for one in steps if one.state == "failed"],
            "jobs": queue.failed_jobs(bodies=body_ids), "aside": [one for one in systems() if one.aside]}  # fmt: skip


def trying() -> list[Call]:
    """Return calls that another system has not taken yet although we asked, longest first."""
    rows = Call.objects.filter(state="waiting", attempts__gt=0).select_related("system")
    return list(rows.order_by("opened_at")[:25])


def headline(rows: list[dict], problems: dict) -> str:
    """Return the sentence at the top of the page: what matters, in words."""
    failed = sum(map(len, problems.values()))
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
