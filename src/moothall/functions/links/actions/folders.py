"""Answers that come as rows of a file: each taken once, and what cannot be taken set aside with why."""

import datetime as dt
from uuid import UUID

from pydantic import ValidationError

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.steps import registry
from moothall.functions.links import queries, rules
from moothall.functions.links.actions.calls import hear
from moothall.functions.links.models import Call, System

SHOWN = 50
"""Rows set aside that the page shows; the folder has all of them."""


def hear_row(*, system: System, row: rules.folder.Row, at: dt.datetime, by: Actor) -> str:
    """Take one row of a file of answers, as a signed call-back is taken; return why it cannot be, or "".

    The same row again changes nothing, nor does another answer to what is answered.
    """
    try:
        said = rules.folder.said(row.given)
        if said["state"] == "done":
            said["outputs"] = _outputs(system, said)
        hear(system=system, message_id=row.number, said=said, at=at, by=by)
    except (rules.folder.BadRow, Refusal) as wrong:
        return str(wrong)
    return ""


def _outputs(system: System, said: dict) -> dict:
    """Return text as the step's own kinds of values: yes as true, 2026-11-20 as a day."""
    try:
        call_id = UUID(said["id"])
    except ValueError:
        raise rules.folder.BadRow("The column id holds no request’s id. Copy it from the request.") from None
    performs = Call.objects.filter(pk=call_id, system=system).values_list("performs", flat=True).first()
    performer = registry.get(performs or "")
    if performer is None or performer.outputs is None:
        return {}
    try:
        return performer.outputs.model_validate(said["outputs"]).model_dump(mode="json")
    except ValidationError as error:
        wrong = (f"output_{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        raise rules.folder.BadRow("; ".join(wrong)) from None


def set_aside(*, system: System, file: str, found: list[tuple[int, str]], at: dt.datetime, by: Actor) -> None:
    """Note for the page which rows of a file could not be taken, and why; the newest come first."""
    system = System.objects.select_for_update().get(pk=system.pk)
    noted = [{"file": file[:120], "line": line, "why": why[:300], "at": at.isoformat()} for line, why in found]
    known = [one for one in system.aside if one["file"] != file[:120]]
    System.objects.filter(pk=system.pk).update(aside=[*noted, *known][:SHOWN])
    audit.record(action="link.set_aside", object=f"system:{system.pk}", body_id=system.body_id, at=at, by=by,
                 data={"rows": len(found)})  # fmt: skip


def settle_aside(*, system: System, at: dt.datetime, by: Actor) -> None:
    """Clear the list of what was set aside: somebody has seen to it. The files stay in the folder."""
    queries.changed()
    System.objects.filter(pk=system.pk).update(aside=[])
    audit.record(action="link.aside_settled", object=f"system:{system.pk}", body_id=system.body_id, at=at, by=by)
