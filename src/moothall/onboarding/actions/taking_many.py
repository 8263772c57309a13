"""Take in cases or customers: some hundred lines are checked, then written with the note of what came of each."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from moothall.casework import actions as casework
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, rescope
from moothall.onboarding.actions.case_lines import CaseLines
from moothall.onboarding.actions.customer_lines import CustomerLines
from moothall.onboarding.actions.judged import Judged
from moothall.onboarding.models import Import
from moothall.onboarding.rules.lines import SHOWN, Line, Report
from moothall.people import actions as people

LINES = {"cases": CaseLines, "customers": CustomerLines}
"""{kind of file that is checked and taken in many lines at once: how its lines are read}"""


def check_lines(*, reader: CaseLines | CustomerLines, lines: list[Line], at: dt.datetime, by: Actor) -> list[Judged]:
    """Check some lines that are to be taken in, and give new cases among them their numbers here."""
    judged = reader.judge(lines)
    if reader.row.kind == "cases":
        files = [one.checked for one in judged if one.checked]
        casework.give_numbers(body_id=reader.row.body_id, files=files, at=at, by=by)
    return judged


def take_many(*, import_id: UUID, judged: list[Judged], at: dt.datetime, by: Actor) -> None:
    """Take checked lines in, in the caller's transaction, together with the note of what came of each.

    Every line is counted once: as taken in, as here already, or as wrong, with why.
    """
    row = Import.objects.select_for_update().get(pk=import_id)
    judged = [one for one in judged if one.number > row.done]
    if not judged:
        return
    _take(row, [one for one in judged if one.item], at, by)
    came = Report(counts=dict(row.counts))
    for one in judged:
        one.tell(came)
    came.counts["wrong"] = came.counts.get("wrong", 0) + len(came.problems)
    row.done, row.counts = judged[-1].number, came.counts
    row.taken += sum(one.item is not None for one in judged)
    row.problems = [*row.problems, *came.problems][:SHOWN]
    row.save(update_fields=["done", "taken", "counts", "problems"])


def _take(row: Import, new: list[Judged], at: dt.datetime, by: Actor) -> None:
    """Take all in together; where that cannot be, one by one, and say of each that is refused why."""
    before, told = current_scope(), {"body_id": row.body_id, "at": at, "by": by}
    checked = [one.checked for one in new]
    try:
        with transaction.atomic():
            if row.kind == "cases":
                casework.take_over_many(files=checked, **told)
            else:
                people.take_in_many(checked=checked, **told)
    except (Refusal, IntegrityError):
        rescope(before)
        for one in new:
            _take_one(row, one, told)


def _take_one(row: Import, one: Judged, told: dict) -> None:
    before = current_scope()
    try:
        with transaction.atomic():
            if row.kind == "cases":
                _, is_new = casework.take_over(case=one.item, **told)
            else:
                _, is_new = people.take_in(brought=one.item, **told)
    except Refusal as refusal:
        one.refuse(refusal.message)
    else:
        if not is_new:
            one.pass_over()
    finally:
        rescope(before)
