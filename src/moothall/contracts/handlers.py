"""Contracts hears what was found and mended, and applies the clauses."""

import datetime as dt

from moothall.casework.events import StepDone
from moothall.contracts import actions
from moothall.core import personal
from moothall.core.events import on

#: The steps whose typed results a guarantee looks at.
FOUND, MENDED = "highways.inspect", "highways.repair"


@on(StepDone)
def apply_guarantees(event: StepDone, *, at, by) -> None:
    """Open a claim when an inspection finds a defect on a guaranteed stretch; settle it when the repair is done."""
    if event.performs not in (FOUND, MENDED) or not event.outputs.get("segment"):
        return
    said = event.outputs
    actions.claim(
        body_id=event.body_id, case_id=event.case_id, defect=said["defect"], segment=said["segment"],
        found_on=dt.date.fromisoformat(said["found_on"]), kind=said["kind"], cause=said["cause"], at=at, by=by,
    )  # fmt: skip
    if event.performs == MENDED:
        actions.settle_claim(
            body_id=event.body_id,
            defect=said["defect"],
            repair_pence=said["cost_pence"],
            place=said.get("street", ""),
            at=at,
            by=by,
        )


personal.free("contracts_clause", "words", "data", why="the words of a contract between organisations, and figures")
personal.free("contracts_deduction", "place", why="a street, published")
