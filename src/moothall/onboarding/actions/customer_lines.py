"""Read lines of customers some hundred at a time, by the rules by which one is collected; nothing is written."""

import datetime as dt
from dataclasses import asdict

from moothall.core.actor import Actor
from moothall.onboarding.actions.judged import Judged, Numbers
from moothall.onboarding.models import Import
from moothall.onboarding.rules import customers
from moothall.onboarding.rules.lines import TWICE, BadLine, Line
from moothall.people import actions as people
from moothall.people import queries as known

WHAT = "customers"


class CustomerLines:
    """The lines of one import of customers, in its body's scope and in the order in which they stand in the file."""

    def __init__(self, row: Import, at: dt.datetime, by: Actor):
        self.row, self.at, self.by = row, at, by
        self.numbers = Numbers()

    def judge(self, lines: list[Line]) -> list[Judged]:
        """Judge some lines, in order; while the file is read first, say as well who looks like somebody here."""
        judged = [self._read(line) for line in lines]
        brought = [one for one in judged if one.item]
        checked = people.check_many(
            body_id=self.row.body_id, brought=[one.item for one in brought], at=self.at, by=self.by
        )
        for one, found in zip(brought, checked, strict=True):
            one.checked = found
            if found.refusal:
                one.refuse(_words(found.refusal))
            elif found.here:
                one.pass_over()
        if self.row.state == "reading":
            self._look_alike(judged)
        return judged

    def _read(self, line: Line) -> Judged:
        try:
            said = customers.customer(line.columns())
            if not self.numbers.is_first(said.number):
                raise BadLine(TWICE)
        except BadLine as wrong:
            return Judged(line.number, wrong=str(wrong))
        return Judged(line.number, people.Brought(system=self.row.system, **asdict(said)), what=WHAT)

    def _look_alike(self, judged: list[Judged]) -> None:
        new = {one.number: asdict(one.item) for one in judged if one.item}
        alike = known.alike(self.row.body_id, new) if new else set()
        for one in judged:
            one.is_alike = one.number in alike


def _words(refusal) -> str:
    """Return why a line is refused, as it is said of a column and not to somebody at a form."""
    if isinstance(refusal, people.NotAContact) and refusal.field in ("email", "phone"):
        return f"The column {refusal.field} holds none that anybody could be reached by. Correct it or leave it empty."
    return refusal.message
