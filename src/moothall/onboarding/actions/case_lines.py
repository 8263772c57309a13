"""Read lines of cases some hundred at a time, by the rules by which one request is taken; nothing is written."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import end_of, local
from moothall.onboarding.actions.judged import Judged, Numbers
from moothall.onboarding.models import Import
from moothall.onboarding.rules import cases as case_rules
from moothall.onboarding.rules.lines import TWICE, BadLine, Line
from moothall.people import queries as people
from moothall.sharing import queries as sharing


class CaseLines:
    """The lines of one import of cases, in its body's scope and in the order in which they stand in the file."""

    def __init__(self, row: Import, at: dt.datetime, by: Actor):
        self.row, self.at, self.by = row, at, by
        adopted = sharing.adoptions(local(at).date(), body_id=row.body_id)
        self.definitions = {one.service_id: catalogue.definition(one.version_id) for one in adopted}
        self.numbers = Numbers()

    def judge(self, lines: list[Line]) -> list[Judged]:
        """Judge some lines, in order."""
        asked = [str(line.given.get("customer") or "").strip() for line in lines]
        customers = people.of_system(self.row.body_id, self.row.system, asked) if any(asked) else {}
        homes = bodies.places_of_dwellings(list(filter(None, map(_uprn, lines))))
        judged = [self._read(line, customers, homes) for line in lines]
        brought = [one for one in judged if one.item]
        checked = casework.check_many(
            body_id=self.row.body_id, cases=[one.item for one in brought], at=self.at, by=self.by
        )
        for one, found in zip(brought, checked, strict=True):
            one.checked = found.file
            if found.refusal:
                one.refuse(_words(found.refusal))
            elif found.file is None:
                one.pass_over()
        return judged

    def _read(self, line: Line, customers: dict, homes: dict[str, dict]) -> Judged:
        try:
            said = case_rules.case(line.columns(), self.definitions.get)
            if not self.numbers.is_first(said.number):
                raise BadLine(TWICE)
            if said.customer and said.customer not in customers:
                raise BadLine("That customer is not here. Take in the customers first.")
            definition = self.definitions[said.service]
            place = _looked_up(said.place, homes)
            case = _brought(self.row.system, said, definition, place, customers.get(said.customer))
        except BadLine as wrong:
            return Judged(line.number, wrong=str(wrong))
        title = definition.title.en
        return Judged(line.number, case, what=f"{title}, ended" if said.closed else title)


def _words(refusal) -> str:
    if isinstance(refusal, casework.AnswersWrong):
        return "; ".join(f"{name}: {words}" for name, words in refusal.details["problems"].items())
    return refusal.message


def _brought(system: str, said, definition, place: dict | None, person_id) -> casework.Brought:
    """Return a case as casework takes it, at its place here."""
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


def _uprn(line: Line) -> str:
    """Return the home that a line names, or nothing."""
    place = line.given.get("place")
    return str((place if isinstance(place, dict) else line.given).get("uprn") or "").strip()


def _looked_up(place: dict, homes: dict[str, dict]) -> dict | None:
    if not place:
        return None
    home = homes.get(str(place.get("uprn", "")))
    if home:
        return home | {"note": place.get("note") or ""}
    try:
        return bodies.complete(place)
    except bodies.UnknownPlace:
        raise BadLine("That place is not known here. Take in its street or home first, or give lat and lon.") from None
