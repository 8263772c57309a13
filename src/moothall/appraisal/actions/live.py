"""Take a figure from what the platform itself knows, and read it again later."""

import datetime as dt
from uuid import UUID

from moothall.appraisal.actions.cases import change_read
from moothall.appraisal.models import Case
from moothall.appraisal.queries import cases as kept
from moothall.appraisal.queries import live
from moothall.appraisal.rules import draft
from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal


class NotYourFigure(Refusal):
    """That figure was read from another body's data. Ask its staff to read it again."""

    status = 403


def read_figure(
    *, case_id: UUID, name: str, what: str, service_id: str, first: dt.date, last: dt.date,
    provider_id: int | None = None, at: dt.datetime, by: Actor,
) -> Case:  # fmt: skip
    """Put a figure of one's own body's data, or an offer's price, into a case; its source says where it was read.

    `what` is one of `live.WHAT`. A figure of that name keeps what it is called and how uncertain it is. Refuses
    live.NothingToRead, and what `change` refuses.
    """
    row = kept.locked(case_id)
    body_id = provider_id if what == "price" else by.body_id or row.body_id
    found = live.read(what, body_id, service_id, first, last, local(at).date())
    before = draft.get(row.document, ("inputs", name)) or {"what": found.what}
    of = {"what": what, "body": bodies.body(body_id).name, "service": service_id, "first": first, "last": last}
    spread = before.get("spread") or {}
    if not spread.get("low", found.value) <= found.value <= spread.get("high", found.value):
        before = {key: value for key, value in before.items() if key != "spread"}
    given = before | {
        "value": found.value, "unit": found.unit, "source": found.source, "author": "Read by the platform",
        "on": local(at).date(), "evidence": [*before.get("evidence", [])] or [found.source], "read": of,
    }  # fmt: skip
    why = f"Read: {found.source}"[:500]
    return change_read(case_id=row.pk, name=name, given=given, why=why, seen=row.version, at=at, by=by)


def refresh_figure(*, case_id: UUID, name: str, at: dt.datetime, by: Actor) -> Case:
    """Read a figure again from where it was read. Refuses NotYourFigure, UnknownFigure."""
    row = kept.locked(case_id)
    of = draft.get(row.document, ("inputs", name, "read"))
    if of is None:
        raise kept.UnknownFigure()
    ids = {name_: body_id for body_id, name_ in bodies.names().items()}
    body_id = ids.get(of["body"])
    if of["what"] != "price" and body_id != (by.body_id or row.body_id):
        raise NotYourFigure()
    days = {part: dt.date.fromisoformat(of[part]) for part in ("first", "last")}
    return read_figure(
        case_id=case_id, name=name, what=of["what"], service_id=of["service"], provider_id=body_id, at=at, by=by, **days
    )
