"""Take many cases over at once: checked one by one by the rules of one, then written together."""

import datetime as dt
import json
from dataclasses import dataclass

from django.db import connection

from moothall.casework.actions.taking_over import MOST_STEPS, Brought, _kept_here, _perform_next, check_brought
from moothall.casework.actions.work import Work
from moothall.casework.queries.callers import former_numbers
from moothall.casework.queries.file import CaseFile
from moothall.core.actor import Actor
from moothall.core.pouring import Pouring
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope

NUMBERS = """select (casework_begin(%s::smallint, %s, '', '', null::uuid, %s)).number from generate_series(1, %s)"""


class OneByOne(Refusal):
    """Some of these cases are another team's or another body's to see. Take them over one by one."""


@dataclass(frozen=True)
class Checked:
    """What came of checking a brought case: its file, why it is refused, or neither when it is here already."""

    file: CaseFile | None = None
    refusal: Refusal | None = None


def check_many(*, body_id: int, cases: list[Brought], at: dt.datetime, by: Actor) -> list[Checked]:
    """Check brought cases of one system, each as `check_brought` does; nothing is written."""
    known = former_numbers(body_id, cases[0].system, [case.number for case in cases]) if cases else {}
    return [Checked() if case.number in known else _checked(body_id, case, at, by) for case in cases]


def _checked(body_id: int, case: Brought, at: dt.datetime, by: Actor) -> Checked:
    try:
        return Checked(file=check_brought(body_id=body_id, case=case, at=at, by=by))
    except Refusal as refusal:
        return Checked(refusal=refusal)


def give_numbers(*, body_id: int, files: list[CaseFile], at: dt.datetime, by: Actor) -> None:
    """Give each case its number here. In a transaction of its own, nobody who asks meanwhile waits for the rest."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, [body_id, str(by), at, len(files)])
        for file, (number,) in zip(files, cursor.fetchall(), strict=True):
            file.case.number = number


def take_over_many(*, body_id: int, files: list[CaseFile], at: dt.datetime, by: Actor) -> None:
    """Keep checked and numbered cases here, as `take_over` keeps one, in the caller's transaction.

    Raises what `take_over` does for any of them, OneByOne, and IntegrityError where one came here meanwhile; then none
    of them is kept.
    """
    seen = set(current_scope().bodies)
    if any(file.case.only_team or not set(file.case.seen_by) <= seen for file in files):
        raise OneByOne
    pouring, going = Pouring(), []
    for file in files:
        _kept_here(file, at, by).changes.give(pouring)
        if not file.case.closed_at:
            going.append(file)
    pouring.write()
    for file in going:
        file.case._state.adding = False
        file.answers = json.loads(json.dumps(file.answers, default=str))  # as it is read again in any later step
    for _ in range(MOST_STEPS):
        going = [file for file in going if _went_on(file, pouring, at, by)]
        pouring.write()
        if not going:
            return


def _went_on(file: CaseFile, pouring: Pouring, at: dt.datetime, by: Actor) -> bool:
    work = Work(file, at=at, by=by, quiet=True)
    went = _perform_next(work)
    work.changes.give(pouring)
    return went
