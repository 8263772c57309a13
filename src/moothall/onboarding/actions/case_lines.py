"""Read lines of cases some hundred at a time, by the rules by which one request is taken; nothing is written."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import end_of, local
from moothall.onboarding.models import Import
from moothall.onboarding.rules import cases as case_rules
from moothall.onboarding.rules.lines import BadLine, Line, Report
from moothall.people import queries as people
from moothall.sharing import queries as sharing

HERE = "here already"
SOME = 250
"""Lines that are checked together, and taken in by one transaction."""


@dataclass
class Judged:
    """What a line is: a case to be taken in, one that is here already, or `wrong`, which says why it is neither."""

    number: int
    case: casework.Brought | None = None
    file: object = None
    what: str = ""
    wrong: str = ""

    def tell(self, report: Report) -> None:
        """Count the line in a report."""
        report.lines += 1
        if self.wrong:
            report.problems.append((self.number, self.wrong))
        else:
            report.count(self.what)


class CaseLines:
    """The lines of one import of cases, in its body's scope and in the order in which they stand in the file."""

    def __init__(self, row: Import, at: dt.datetime, by: Actor):
        self.row, self.at, self.by = row, at, by
        adopted = sharing.adoptions(local(at).date(), body_id=row.body_id)
        self.definitions = {one.service_id: catalogue.definition(one.version_id) for one in adopted}
        self.seen: set[str] = set()

    def pass_by(self, line: Line) -> None:
        """Remember the number of a line that was gone through before."""
        self.seen.add(str(line.given.get("number") or "").strip())

    def judge(self, lines: Iterable[Line]) -> list[Judged]:
        """Judge some lines, in order."""
        lines = list(lines)
        asked = [str(line.given.get("customer") or "").strip() for line in lines]
        customers = people.of_system(self.row.body_id, self.row.system, asked) if any(asked) else {}
        judged = [self._read(line, customers) for line in lines]
        brought = [one for one in judged if one.case]
        checked = casework.check_many(
            body_id=self.row.body_id, cases=[one.case for one in brought], at=self.at, by=self.by
        )
        for one, found in zip(brought, checked, strict=True):
            if found.refusal:
                one.case, one.wrong = None, _words(found.refusal)
            elif found.file is None:
                one.case, one.what = None, HERE
            one.file = found.file
        return judged

    def _read(self, line: Line, customers: dict) -> Judged:
        try:
            said = case_rules.case(line.columns(), self.definitions.get)
            if said.number in self.seen:
                raise BadLine("The same number stands on an earlier line.")
            self.seen.add(said.number)
            if said.customer and said.customer not in customers:
                raise BadLine("That customer is not here. Take in the customers first.")
            definition = self.definitions[said.service]
            case = _brought(self.row.system, said, definition, customers.get(said.customer))
        except BadLine as wrong:
            return Judged(line.number, wrong=str(wrong))
        title = definition.title.en
        return Judged(line.number, case, what=f"{title}, ended" if said.closed else title)


def _words(refusal) -> str:
    if isinstance(refusal, casework.AnswersWrong):
        return "; ".join(f"{name}: {words}" for name, words in refusal.details["problems"].items())
    return refusal.message


def _brought(system: str, said, definition, person_id) -> casework.Brought:
    """Return a case as casework takes it, its place looked up here."""
    place = _looked_up(said.place)
    answers = dict(said.answers)
    for question in definition.questions:
        if question.type in ("place", "address") and place and not isinstance(answers.get(question.id), dict):
            answers[question.id] = place
    return casework.Brought(
        system=system, number=said.number, service_id=said.service, opened_at=said.opened, answers=answers,
        place=place, contact=said.contact, channel=said.channel, language=said.language,
        promise_due=end_of(said.promised) if said.promised else None, done=said.done, person_id=person_id,
        closed_at=said.closed, outcome=said.outcome,
    )  # fmt: skip


def _looked_up(place: dict) -> dict | None:
    if not place:
        return None
    try:
        return bodies.complete(place)
    except bodies.UnknownPlace:
        raise BadLine("That place is not known here. Take in its street or home first, or give lat and lon.") from None
