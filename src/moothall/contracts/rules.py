"""What a clause says about one repair: plain rules over clause data, money in whole pence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Guarantee:
    """A contractor's promise that certain stretches of road stay free of defects.

    `covers` maps a segment's key to the day its surfacing was certified complete; `years` run from there.
    `excludes` are causes that are not the contractor's doing. `fixed_pence` is deducted for each return,
    raised by `repeat_percent` for every earlier return on the same segment, never above `cap_pence`.
    """

    clause: str
    covers: Mapping[str, date]
    years: int
    excludes: Sequence[str]
    kinds: Sequence[str]
    recover_repair: bool
    fixed_pence: int
    repeat_percent: int
    cap_pence: int


@dataclass(frozen=True)
class Finding:
    """What a clause says about a defect: whether the contractor pays, until when it would, and why (not)."""

    applies: bool
    until: date | None
    reason: str


def anniversary(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 1 March in a common year.

    >>> anniversary(date(2024, 2, 29), 5)
    datetime.date(2029, 3, 1)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def judge(guarantee: Guarantee, *, segment: str | None, found: date, kind: str, cause: str) -> Finding:
    """Say whether a defect found on a day is repaired at the contractor's cost.

    The guarantee runs from the certificate up to, and not including, the anniversary. The day that counts is the
    day the defect was first reported, so a slow inspection cannot let a guarantee lapse.
    """
    certified = guarantee.covers.get(segment) if segment else None
    if certified is None:
        return Finding(False, None, "This stretch of road is not guaranteed.")
    until = anniversary(certified, guarantee.years)
    if found < certified:
        return Finding(False, until, "The defect was there before the work was certified.")
    if found >= until:
        return Finding(False, until, "The guarantee had ended.")
    if kind not in guarantee.kinds:
        return Finding(False, until, "The clause does not cover this kind of defect.")
    if cause in guarantee.excludes:
        return Finding(False, until, "The clause leaves out defects with this cause.")
    return Finding(True, until, "The defect came back on a guaranteed stretch of road.")


@dataclass(frozen=True)
class Deduction:
    """Pence taken from the contractor's next payment, and how they were worked out, line by line."""

    repair_pence: int
    penalty_pence: int
    lines: tuple[tuple[str, int], ...]

    @property
    def pence(self) -> int:
        """Return the whole deduction in pence."""
        return self.repair_pence + self.penalty_pence


def deduct(guarantee: Guarantee, *, repair_pence: int, earlier: int) -> Deduction:
    """Work out the deduction for one return, in pence.

    `repair_pence` is what the repair cost; `earlier` how many returns the same segment has already had under the
    clause. Rounding: a fraction of a penny is dropped, in the contractor's favour (the clause's own words).

    A repair of £84.20; a fixed £250.00; second return, so half as much again, £375.00; together £459.20:

    >>> clause = Guarantee("12.4", {}, 5, [], ["pothole"], True, 25000, 50, 100000)
    >>> deduct(clause, repair_pence=8420, earlier=1).pence
    45920
    """
    if repair_pence < 0 or earlier < 0:
        raise ValueError("a cost and a count are never below nothing")
    recovered = repair_pence if guarantee.recover_repair else 0
    full = guarantee.fixed_pence * (100 + guarantee.repeat_percent * earlier) // 100
    penalty = min(full, guarantee.cap_pence)
    lines = [("Cost of the repair", recovered)] if recovered else []
    words = "Deduction for a defect that came back"
    if earlier:
        words += f", return number {earlier + 1} on this stretch"
    if penalty < full:
        words += ", at the clause's limit"
    lines.append((words, penalty))
    return Deduction(recovered, penalty, tuple(lines))


def guarantee_from(clause: str, data: Mapping, covers: Mapping[str, date]) -> Guarantee:
    """Read a clause as stored; raises ValueError naming what is missing or of the wrong kind."""
    rule = data.get("deduction", {})
    try:
        return Guarantee(
            clause=clause,
            covers=dict(covers),
            years=_whole(data["years"], "years", least=1),
            excludes=tuple(data.get("excludes", ())),
            kinds=tuple(data["kinds"]),
            recover_repair=bool(rule["recover_repair"]),
            fixed_pence=_whole(rule["fixed_pence"], "fixed_pence"),
            repeat_percent=_whole(rule.get("repeat_percent", 0), "repeat_percent"),
            cap_pence=_whole(rule["cap_pence"], "cap_pence"),
        )
    except KeyError as missing:
        raise ValueError(f"the clause does not say {missing.args[0]!r}: add it to the clause's data") from missing


def _whole(value, name, least=0):
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}")
    return value


def unsound(
    *, signed: date, starts: date, ends: date, extends_to: date | None, pence: int
) -> dict[str, str]:  # fmt: skip
    """Return {name: what is wrong} of a contract's days and its worth; empty where it can be let.

    >>> day = date(2027, 1, 1)
    >>> unsound(signed=day, starts=day, ends=day, extends_to=None, pence=1)
    {'ends': 'Give a day after it begins.'}
    >>> unsound(signed=day, starts=day, ends=date(2028, 1, 1), extends_to=date(2029, 1, 1), pence=0)
    {}
    """
    problems = {}
    if starts < signed:
        problems["signed"] = "It is signed before it begins, or on that day."
    if ends <= starts:
        problems["ends"] = "Give a day after it begins."
    if extends_to and extends_to <= ends:
        problems["extends_to"] = "Give a day after it ends, or leave it empty."
    if pence < 0:
        problems["pence"] = "Give what is paid, as a sum of nothing or more."
    return problems
