"""What was decided on a case, by whom and on which evidence; and until when it can be disputed."""

import datetime as dt
from dataclasses import dataclass

from moothall.casework.models import Step
from moothall.casework.queries.file import CaseFile
from moothall.casework.rules import deciding
from moothall.catalogue import queries as catalogue


@dataclass(frozen=True)
class Decided:
    """One decision: `who` is an actor ("staff:12"), `seen` [(evidence, what was said of it)], `amount` in pence."""

    title: str
    who: str
    at: dt.datetime
    decision: str
    reason: str
    seen: list[tuple[str, str]]
    amount: int | None
    until: dt.date | None


def decided(file: CaseFile, names: tuple[str, ...], history: list) -> list[Decided]:
    """Return what was decided in these steps of a case, in this round and those before, oldest first. One statement.

    `history` is the case's timeline (`queries.timeline`), which says who decided.
    """
    if not names:
        return []
    who = {line.data["step_id"]: line.by for line in history if line.kind == "step-done"}
    rows = Step.objects.filter(case_id=file.case.pk, name__in=names, state="done").order_by("ended_at", "id")
    return [_decided(file, row, who.get(str(row.pk), "")) for row in rows]


def _decided(file: CaseFile, row: Step, who: str) -> Decided:
    defined = file.definition.steps[row.name]
    options, check = defined.using.get("options") or {}, defined.using.get("check") or {}
    given = row.outputs
    decision, until = given.get("decision", ""), given.get("until")
    checked = (given.get("checked") or {}).items()
    return Decided(
        title=defined.title.en,
        who=who,
        at=row.ended_at,
        decision=options[decision].en if decision in options else decision,
        reason=given.get("reason") or given.get("note", ""),
        seen=[(check[code].en, deciding.CHECKED[said]) for code, said in checked if code in check],
        amount=given.get("amount"),
        until=dt.date.fromisoformat(until) if until else None,
    )


def disputable(file: CaseFile) -> dict:
    """Return until when an ended case's decision can be disputed (`catalogue.review_days`); empty while it is open."""
    case = file.case
    if case.state != "closed":
        return {}
    return catalogue.review_days(file.definition, case.closed_at, file.guarded(), file.calendar)


def may_be_reviewed(file: CaseFile, at: dt.datetime) -> bool:
    """Say whether an ended case may still be opened again by whom it is about.

    One whose service has no review, or that was cancelled, always may; an appeal that is heard here is a further time.
    """
    review = file.definition.review
    if review is None or file.case.state != "closed":
        return True
    days = disputable(file)
    if catalogue.heard_here(review) and "appeal_by" in days:
        return at <= days["appeal_by"]
    return "review_by" in days and (days["review_by"] is None or at <= days["review_by"])
