"""Take in the cases of a file: some hundred lines are checked, then written with the note of what they were."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from moothall.casework import actions as casework
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, rescope
from moothall.onboarding.actions.case_lines import HERE, CaseLines, Judged
from moothall.onboarding.models import Import
from moothall.onboarding.rules.lines import SHOWN, Line, Report


def check_cases(*, reader: CaseLines, lines: list[Line], at: dt.datetime, by: Actor) -> list[Judged]:
    """Check some lines that are to be taken in, and give what is new among them its numbers here."""
    judged = reader.judge(lines)
    files = [one.file for one in judged if one.file]
    casework.give_numbers(body_id=reader.row.body_id, files=files, at=at, by=by)
    return judged


def take_cases(*, import_id: UUID, judged: list[Judged], at: dt.datetime, by: Actor) -> None:
    """Take checked lines in, in the caller's transaction, together with the note of what came of each.

    Every line is counted once: as taken in, as here already, or as wrong, with why.
    """
    row = Import.objects.select_for_update().get(pk=import_id)
    judged = [one for one in judged if one.number > row.done]
    if not judged:
        return
    _take(row, [one for one in judged if one.case], at, by)
    came = Report(counts=dict(row.counts))
    for one in judged:
        one.tell(came)
    came.counts["wrong"] = came.counts.get("wrong", 0) + len(came.problems)
    row.done, row.counts = judged[-1].number, came.counts
    row.taken += sum(one.case is not None for one in judged)
    row.problems = [*row.problems, *came.problems][:SHOWN]
    row.save(update_fields=["done", "taken", "counts", "problems"])


def _take(row: Import, new: list[Judged], at: dt.datetime, by: Actor) -> None:
    """Take all over together; where that cannot be, one by one, and say of each that is refused why."""
    before = current_scope()
    try:
        with transaction.atomic():
            casework.take_over_many(body_id=row.body_id, files=[one.file for one in new], at=at, by=by)
    except (Refusal, IntegrityError):
        rescope(before)
        for one in new:
            _take_one(row, one, at, by)


def _take_one(row: Import, one: Judged, at: dt.datetime, by: Actor) -> None:
    before = current_scope()
    try:
        with transaction.atomic():
            _, is_new = casework.take_over(body_id=row.body_id, case=one.case, at=at, by=by)
    except Refusal as refusal:
        one.case, one.wrong = None, refusal.message
    else:
        if not is_new:
            one.case, one.what = None, HERE
    finally:
        rescope(before)
