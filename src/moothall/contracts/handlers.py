"""Contracts hears what was found and mended, and applies the clauses."""

import datetime as dt

from moothall.casework.events import StepDone
from moothall.contracts import actions
from moothall.core import personal, ports, succession
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


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """Contracts bind the successor as they bound its predecessors; two of one number keep their body's code beside."""
    same = """exists (select 1 from contracts_contract o join succ so on so.predecessor = o.body_id
      where so.successor = s.successor and o.number = t.number and o.id <> t.id)"""
    code = "(select left(t.number, 24) || ' (' || b.code || ')' from bodies_body b where b.id = t.body_id)"
    with_it = "what hangs on a contract passes with it, to the successor that takes what has no place"
    return succession.Chapter(
        fates={
            "contracts_contract": succession.moves(
                "a contract binds the successor", number=f"case when {same} then {code} else t.number end"
            ),
            **{f"contracts_{part}": succession.moves(with_it) for part in ("clause", "cover", "claim")},
            "contracts_deduction": succession.stays("published as it was decided; everybody may read it"),
        },
        figures=(
            succession.Figure(
                "Contracts", "select 'contracts', count(*) from contracts_contract where body_id = any(%(bodies)s)"
            ),
            succession.Figure(
                "Kept back from contractors",
                "select 'deductions', coalesce(sum(pence), 0) from contracts_deduction where body_id = any(%(bodies)s)",
                unit="pence",
            ),
        ),
    )
