"""When a saving needs somebody to act: a report that is due, a promise that slips, a benefit that nobody owns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from moothall.core.years import named, year_of
from moothall.promises.rules.health import Alarm
from moothall.promises.rules.nao import shares
from moothall.promises.rules.savings import Year
from moothall.promises.rules.thresholds import Threshold

WATCHED = ("promised", "proposed", "approved", "implemented")
REPORTS = ("approved", "implemented")


@dataclass(frozen=True)
class Standing:
    """What is watched of a saving. `reported` is the day it was last approved, implemented or reported on.

    `kept_before` and `kept_after` are (kept, of how many) promises of its service before it was to show, and since.
    """

    state: str
    has_owner: bool
    starts: date
    reported: date | None
    years: Sequence[Year]
    is_money: bool
    kept_before: tuple[int, int] | None = None
    kept_after: tuple[int, int] | None = None


def alarms(saving: Standing, on: date, limits: dict[str, Threshold]) -> list[Alarm]:
    """Return what warns of a saving on a day; each key comes back only when something new has gone wrong."""
    if saving.state not in WATCHED:
        return []
    found = [] if saving.has_owner else [Alarm("owner", "owner", {})]
    if saving.starts < on and saving.state != "implemented":
        found.append(Alarm("late", "late", {"starts": saving.starts, "state": saving.state}))
    if saving.state in REPORTS and saving.reported:
        due = saving.reported + timedelta(days=limits["report"].value)
        if due < on:
            found.append(Alarm(f"report:{due}", "report", {"due": due}))
    found += _worse(saving, on, limits["degraded"].value)
    return found + [alarm for year in saving.years for alarm in _fallen(year, on, limits, saving.is_money)]


def _worse(saving: Standing, on: date, limit: int) -> list[Alarm]:
    """Return an alarm, once a financial year, where the service of a saving that was carried out keeps less."""
    if saving.state != "implemented" or not saving.kept_before or not saving.kept_after:
        return []
    before, after = shares(saving.kept_before, saving.kept_after)
    if before - after <= limit:
        return []
    return [Alarm(f"worse:{named(year_of(on)[0])}", "worse", {"before": before, "after": after})]


def _fallen(year: Year, on: date, limits: dict[str, Threshold], is_money: bool) -> list[Alarm]:
    """Return an alarm where a year that is over brought less than was said, by more than the threshold."""
    end = year_of(year.first)[1]
    if year.expected is None or end >= on:
        return []
    name = named(year.first)
    if year.realised is None and year.verified is None:
        late = end + timedelta(days=limits["report"].value) < on
        return [Alarm(f"silent:{name}", "silent", {"year": name})] if late else []
    outcome = year.verified if year.verified is not None else year.realised.net
    expected = year.expected.net
    if (expected - outcome) * 100 <= abs(expected) * limits["slip"].value:
        return []
    return [Alarm(f"short:{name}", "short", {"year": name, "expected": expected, "outcome": outcome,
                                            "is_money": is_money})]  # fmt: skip
