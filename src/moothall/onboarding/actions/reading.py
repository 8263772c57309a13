"""Read a file that a body brings, line by line, by the rules by which its lines are taken in; nothing is written."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.casework import queries as cases
from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.sniff import sniff
from moothall.onboarding.actions.judged import HERE, SOME
from moothall.onboarding.actions.taking_many import LINES
from moothall.onboarding.models import Import
from moothall.onboarding.rules import cases as case_rules
from moothall.onboarding.rules import customers, land, lines, papers
from moothall.onboarding.rules.lines import TWICE, BadLine, Line, Report
from moothall.onboarding.rules.papers import Paper

COLUMNS = {
    "streets": land.STREETS,
    "addresses": land.ADDRESSES,
    "customers": customers.COLUMNS,
    "cases": case_rules.COLUMNS,
}
Tell = Callable[[], None]


@dataclass(frozen=True)
class CasePaper:
    """A file of a case that is here."""

    case_id: UUID
    paper: Paper


def report(*, row: Import, content: bytes, tell: Tell = lambda: None, at: dt.datetime, by: Actor) -> Report:
    """Return what a file holds, in its body's scope: `good` has what is not here yet; `tell` is called per line."""
    try:
        if row.kind == "papers":
            found = papers.papers(content, files.LARGEST)
        else:
            found = lines.read(content.decode(), COLUMNS[row.kind])
    except BadLine as wrong:
        return Report(problems=[(1, str(wrong))])
    if row.kind in LINES:
        return _many(LINES[row.kind](row, at, by), found, tell)
    judge = {"streets": _street, "addresses": _address, "papers": _paper}[row.kind]
    reading = judge(row, at, by)

    def one(given: dict):
        tell()
        return reading(given)

    came = lines.judge(found, one)
    if row.kind in ("streets", "addresses"):
        _outside(row.body_id, came)
    came.good = [(number, item) for number, item in came.good if item is not None]
    return came


def _many(reader, found: Iterator[Line], tell: Tell) -> Report:
    """Return what a file of cases or customers holds: of each good one its line's number alone."""
    came = Report()

    def some(lines_: list[Line]) -> None:
        for one in reader.judge(lines_):
            tell()
            one.tell(came)
            if one.item:
                came.good.append((one.number, True))

    return lines.judge_some(found, some, SOME, came)


def _street(row: Import, at: dt.datetime, by: Actor):
    seen = set()

    def one(given: dict):
        street = land.street(given)
        _once(seen, street.usrn, "usrn")
        known = bodies.street(street.usrn)
        if known and (known.name, known.locality) != (street.name, street.locality):
            raise BadLine(f"Street {street.usrn} is here already by another name. Correct one of the two.")
        return (None, HERE) if known else (street, "streets")

    return one


def _address(row: Import, at: dt.datetime, by: Actor):
    seen = set()

    def one(given: dict):
        home = land.address(given)
        _once(seen, home.uprn, "uprn")
        if bodies.street(home.usrn) is None:
            raise BadLine(f"Street {home.usrn} is not here. Take in the streets first.")
        return (None, HERE) if bodies.dwelling(home.uprn) else (home, "addresses")

    return one


def _outside(body_id: int, came: Report) -> None:
    """Refuse what lies outside the body's area, and homes for which no council here answers."""
    new = [(number, item) for number, item in came.good if item is not None]
    points = [_middle(item) for _, item in new]
    if not points:
        return
    inside = bodies.within(body_id, points)
    answered = bodies.lower_councils(points) if isinstance(new[0][1], land.AddressRow) else inside
    for (number, _), is_inside, is_answered in zip(new, inside, answered, strict=True):
        if not is_inside:
            came.problems.append((number, "It lies outside your area. Leave it to the body whose it is."))
        elif not is_answered:
            came.problems.append((number, "No council here collects from that place, so nobody would answer for it."))
    wrong = {number for number, _ in came.problems}
    came.good = [(number, item) for number, item in came.good if number not in wrong]


def _middle(item) -> tuple[float, float]:
    """Return a point of a street or a home on our grid, as easting and northing."""
    point = item.point if isinstance(item, land.AddressRow) else item.points[len(item.points) // 2]
    return bodies.on_grid([point])[0] if item.degrees else point


def _paper(row: Import, at: dt.datetime, by: Actor):
    """Judge a file: the case of its number is here, and it is of a kind that we take."""
    there: dict[UUID, set[str]] = {}

    def one(given: dict):
        found = papers.paper(given["entry"])
        case_id = cases.former_numbers(row.body_id, row.system, [found.number]).get(found.number)
        if case_id is None:
            raise BadLine(
                f"No case has the number {found.number} here. Take in the cases first, or leave this folder out."
            )
        try:
            kept = sniff(given["read"]()).content
        except (BadLine, Refusal) as wrong:
            raise BadLine(f"In the folder {found.number}: {wrong}") from None
        known = there.setdefault(case_id, cases.attached(case_id))
        digest = sha256(kept).hexdigest()
        if digest in known:
            return None, HERE
        known.add(digest)
        return CasePaper(case_id, found), "files"

    return one


def _once(seen: set, key: str, column: str) -> None:
    if key in seen:
        raise BadLine(TWICE.replace("number", column))
    seen.add(key)
