"""When a bin is emptied, and what is true when somebody says it was not: plain rules, no database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)

#: What a bin holds, in the resident's words.
STREAMS = {
    "refuse": "rubbish",
    "recycling": "recycling",
    "garden": "garden waste",
    "food": "food waste",
}

#: Working days after the collection within which a missed bin can be reported (issue 1.6).
REPORT_WITHIN_WORKING_DAYS = 2

#: Working days within which the crew comes back.
RETURN_WITHIN_WORKING_DAYS = 2


@dataclass(frozen=True)
class Pattern:
    """How often a round calls: on `weekday` (0 is Monday), every `weeks` weeks counted from the week of `starts`."""

    weekday: int
    weeks: int
    starts: date
    ends: date | None = None


@dataclass(frozen=True)
class Holidays:
    """How a district moves collections around bank holidays.

    `closed` are the bank holidays on which no crew works (a district may work Good Friday: leave it out). In a week
    with a closed day, that day's collection and every later one in the week move a day later. `moved` names days
    that the district sets by hand (Christmas) and wins over the rule. `source` says who decided.
    """

    closed: Collection[date] = frozenset()
    moved: Mapping[date, date] = field(default_factory=dict)
    source: str = ""


def shifted(day: date, holidays: Holidays) -> date:
    """Return the day on which a collection due on `day` really happens.

    Monday 25 May 2026 is the spring bank holiday, so that week's Wednesday bins are emptied on Thursday:

    >>> shifted(date(2026, 5, 27), Holidays(closed={date(2026, 5, 25)}))
    datetime.date(2026, 5, 28)
    >>> shifted(date(2026, 5, 22), Holidays(closed={date(2026, 5, 25)}))
    datetime.date(2026, 5, 22)
    """
    if day in holidays.moved:
        return holidays.moved[day]
    monday = day - timedelta(days=day.weekday())
    lost = sum(1 for closed in holidays.closed if monday <= closed <= day)
    actual = day + timedelta(days=lost)
    while actual in holidays.closed:
        actual += timedelta(days=1)
    return actual


def nominal_days(pattern: Pattern, first: date, last: date) -> list[date]:
    """Return the days a round is planned for between two days, both included, before any bank holiday moves them."""
    anchor = pattern.starts - timedelta(days=pattern.starts.weekday()) + timedelta(days=pattern.weekday)
    step = timedelta(weeks=pattern.weeks)
    skipped = max(0, -(-(first - anchor).days // step.days))
    day, days = anchor + skipped * step, []
    while day <= last:
        if day >= pattern.starts and (pattern.ends is None or day < pattern.ends):
            days.append(day)
        day += step
    return days


def collection_days(pattern: Pattern, holidays: Holidays, first: date, last: date) -> list[date]:
    """Return the days a round really calls between two days, both included.

    >>> monday_fortnightly = Pattern(0, 2, date(2026, 5, 4))
    >>> closed = Holidays(closed={date(2026, 5, 4), date(2026, 5, 25)})
    >>> [d.day for d in collection_days(monday_fortnightly, closed, date(2026, 5, 1), date(2026, 5, 31))]
    [5, 18]
    """
    around = timedelta(days=14)
    days = (shifted(day, holidays) for day in nominal_days(pattern, first - around, last + around))
    return sorted(day for day in days if first <= day <= last)


def last_due(pattern: Pattern, holidays: Holidays, on: date) -> date | None:
    """Return the latest day up to and including `on` that the round was to call, or None if it never was."""
    days = collection_days(pattern, holidays, on - timedelta(days=7 * pattern.weeks + 14), on)
    return days[-1] if days else None


def next_due(pattern: Pattern, holidays: Holidays, after: date) -> date | None:
    """Return the first day after `after` that the round calls, or None when the round has ended."""
    days = collection_days(
        pattern,
        holidays,
        after + timedelta(days=1),
        after + timedelta(days=7 * pattern.weeks + 14),
    )
    return days[0] if days else None


#: What a crew may note at an address, and the sentence the resident reads.
NOTES = {
    "not_out": "The crew noted that the bin was not out when they came.",
    "contaminated": "The crew noted that the bin held something that cannot go in it.",
    "too_heavy": "The crew noted that the bin was too heavy to lift.",
    "blocked": "The crew noted that they could not get to the bin.",
}

#: Notes after which the crew does not come back before the next collection. A blocked road is nobody's fault.
NO_RETURN = ("not_out", "contaminated", "too_heavy")


@dataclass(frozen=True)
class Facts:
    """What the data say about one address, one bin and one report.

    `due` is the day the bin was last to be emptied, `log` what became of the round that day (None: the crew has
    said nothing yet; else collected, or incomplete), `note` what the crew wrote at this address, `incident` the
    number of an open incident in the street, `closes` when the round's day ends, `report_by` and `return_by` the last
    moments to report and to return.
    """

    reported_at: datetime
    due: date | None
    log: str | None
    note: str | None
    incident: str | None
    closes: datetime | None
    report_by: datetime | None
    return_by: datetime | None
    next_due: date | None


@dataclass(frozen=True)
class Verdict:
    """What follows: `result` is return, incident, refuse, wait or person; `reason` is a sentence for the resident."""

    result: str
    code: str
    reason: str


MISSED = Verdict("return", "missed", "We are sorry we missed your bin. Leave it out: we will come back for it.")


def judge_missed(facts: Facts) -> Verdict:
    """Decide what happens to a missed-bin report; the first rule that fits decides.

    1. no collection is known here: a person looks;  2. the round is an open incident: join it;
    3. the crew is still out: wait until the day closes;  4. reported too late: told when the next collection is;
    5. a note that the bin was not out (or not fit): told so;  6. otherwise the crew comes back.
    """
    rules = (_no_round, _incident, _still_out, _too_late, _noted)
    return next((verdict for rule in rules if (verdict := rule(facts))), None) or Verdict(
        "return",
        "missed",
        "We are sorry we missed your bin. Leave it out: we will come back for it.",
    )


def _no_round(facts):
    if facts.due is None:
        return Verdict(
            "person",
            "no_round",
            "We do not know of a collection at this address, so a person will look.",
        )
    return None


def _incident(facts):
    if facts.incident and facts.log != "collected":
        return Verdict(
            "incident",
            "known",
            "We know: the crew could not finish your street. You need do nothing more.",
        )
    return None


def _still_out(facts):
    if facts.log is None and facts.closes and facts.reported_at < facts.closes:
        return Verdict(
            "wait",
            "still_out",
            "The crew is still out today. If your bin is still full tonight, "
            "we will come back for it: you need do nothing more.",
        )
    return None


def _too_late(facts):
    if facts.report_by and facts.reported_at > facts.report_by:
        return Verdict(
            "refuse",
            "too_late",
            f"We can come back only for bins reported within {REPORT_WITHIN_WORKING_DAYS} working days." + _next(facts),
        )
    return None


def _noted(facts):
    if facts.note in NO_RETURN:
        return Verdict("refuse", facts.note, NOTES[facts.note] + _next(facts))
    return None


def _next(facts):
    return f" Your next collection is on {day_words(facts.next_due)}." if facts.next_due else ""


def day_words(day: date) -> str:
    """Return a day as people say it.

    >>> day_words(date(2026, 11, 24))
    'Tuesday 24 November'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%B}"


def renews_on(starts: date) -> date:
    """Return the day a yearly subscription must be renewed: the same day next year (29 February: 1 March).

    >>> renews_on(date(2028, 2, 29))
    datetime.date(2029, 3, 1)
    """
    try:
        return starts.replace(year=starts.year + 1)
    except ValueError:
        return date(starts.year + 1, 3, 1)


#: Days before its end that a subscriber is reminded, once each.
REMIND_DAYS = (28, 7)


def reminder_due(ends: date, today: date, sent: Collection[int]) -> int | None:
    """Return which reminder (days before the end) should go today, or None; a missed day is caught up, once.

    >>> reminder_due(date(2026, 6, 29), date(2026, 6, 1), [])
    28
    >>> reminder_due(date(2026, 6, 29), date(2026, 6, 24), [28])
    7
    >>> reminder_due(date(2026, 6, 29), date(2026, 6, 24), [28, 7]) is None
    True
    """
    left = (ends - today).days
    if left < 0:
        return None
    reached = [days for days in REMIND_DAYS if left <= days]
    return min(reached) if reached and min(reached) not in sent else None


#: What may follow what for a round's day; anything else is refused.
FOLLOWS = {
    "planned": {"collected", "incomplete"},
    "incomplete": {"collected"},
    "collected": {"incomplete"},
}


def may_follow(state: str, new: str) -> bool:
    """Say whether a round's day may pass from one state to another."""
    return new in FOLLOWS.get(state, ())


def streets_left(all_streets: Sequence[str], done: Collection[str]) -> list[str]:
    """Return the streets of a round that were not reached, in the round's order."""
    return [street for street in all_streets if street not in done]
