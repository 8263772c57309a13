"""What is owed under terms, worked out from cases, costs and days: figures that can be kept and worked out again."""

import datetime as dt
from dataclasses import asdict, dataclass, field

from moothall.bodies import queries as bodies
from moothall.casework import queries as cases
from moothall.core.years import to_date, year_of
from moothall.settlement.models import Line
from moothall.settlement.queries import costs
from moothall.settlement.rules.states import DROPPED, WITHDRAWN
from moothall.sharing import queries as sharing


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a sum is worked out from: work, costs and people of a financial year up to a day."""

    since: str
    until: str
    cases: int = 0
    units: int = 0
    cost_pence: int = 0
    cost_kind: str = ""
    centre_pence: dict[str, int] = field(default_factory=dict)
    heads: dict[str, int] = field(default_factory=dict)

    def data(self) -> dict:
        """Return the figures as they are kept."""
        return asdict(self)


def due(rule, receiver: str, found: Figures) -> int:
    """Return the pence owed for a year up to a day, by a price rule and figures; `receiver` is the payer's code."""
    work = sharing.Work(
        receiver=receiver, cases=found.cases, units=found.units, heads=found.heads, cost_pence=found.cost_pence,
        centre_pence=found.centre_pence,
    )  # fmt: skip
    owed = sharing.price_of_year(rule, work)
    by_the_day = rule.method == "fixed" or (rule.method == "by-head" and rule.pence)
    return to_date(owed, _day(found.since), _day(found.until)) if by_the_day else owed


def _day(text):
    return dt.date.fromisoformat(text)


@dataclass(frozen=True)
class Worked:
    """A section worked out: the figures before and to date, the pence between them, and the cases it charges."""

    terms: object
    before: Figures
    to_date: Figures
    due_before: int
    due: int
    done: tuple

    @property
    def pence(self) -> int:
        return self.due - self.due_before

    def working(self) -> dict:
        """Return what the section keeps, so that it can be worked out again."""
        return {
            "before": self.before.data(), "to_date": self.to_date.data(), "due_before": self.due_before,
            "due": self.due,
        }  # fmt: skip


def work_out(terms, first: dt.date, last: dt.date) -> Worked:
    """Work out what terms owe for the days from `first` to `last`, of one financial year.

    What a case costs is asked of the cases that were finished in those days and never charged; what a year costs falls
    on the days of the terms, by the budget where it is a cost: the year's end puts that right by what was spent.
    """
    rule, payer = terms.price, bodies.body(terms.body_id).code
    since, until = _held(terms, first, last)
    charged = _charged(terms, first)
    done = tuple(one for one in _done(terms, rule, max(first, since), until) if one.case_id not in charged)
    shared = {"heads": costs.heads(year_of(first)[0]) if rule.method == "by-head" else {}, "since": since.isoformat()}
    before_units = sum(charged.values())
    before, after = (
        Figures(**shared, **_cost(terms, rule, since, day), until=day.isoformat(), cases=count, units=units)
        for day, count, units in (
            (min(first - dt.timedelta(days=1), until), len(charged), before_units),
            (until, len(charged) + len(done), before_units + sum(one.units for one in done)),
        )
    )
    return Worked(terms, before, after, due(rule, payer, before), due(rule, payer, after), done)


def true_up(terms, day: dt.date) -> Worked:
    """Work out what terms owe for the whole financial year that a day is in, beside what statements have charged.

    Costs are what was spent, cases are counted anew; a case that a dispute took off stays off.
    """
    rule, payer = terms.price, bodies.body(terms.body_id).code
    since, until = _held(terms, *year_of(day))
    lines = _lines(terms, since)
    off = set(lines.filter(state=DROPPED).values_list("case_id", flat=True))
    done = tuple(one for one in _done(terms, rule, since, until) if one.case_id not in off)
    charged = sum(lines.exclude(state=DROPPED).values_list("pence", flat=True))
    found = Figures(
        since=since.isoformat(), until=until.isoformat(), cases=len(done), units=sum(one.units for one in done),
        heads=costs.heads(year_of(day)[0]) if rule.method == "by-head" else {},
        **_cost(terms, rule, since, until, "actual"),
    )  # fmt: skip
    nothing = Figures(since=since.isoformat(), until=since.isoformat())
    return Worked(terms, nothing, found, charged, due(rule, payer, found), ())


def _held(terms, first, last):
    """Return the first and last day of the financial year's part, up to `last`, on which the terms hold."""
    ends = terms.ends - dt.timedelta(days=1) if terms.ends else last
    return max(year_of(first)[0], terms.starts), min(last, ends)


def _done(terms, rule, first, until):
    if until < first:
        return []
    unit = rule.unit if rule.method == "per-unit" else ""
    return cases.done_for(terms.provider_id, terms.body_id, terms.service_id, first, until, unit=unit)


def _lines(terms, since):
    """Return the lines of these terms in the financial year, of statements that were not withdrawn."""
    return Line.objects.filter(section__terms_id=terms.pk, day__gte=year_of(since)[0], day__lte=year_of(since)[1]
                               ).exclude(statement__state=WITHDRAWN)  # fmt: skip


def _charged(terms, day) -> dict:
    """Return {case: units} of the cases that were charged in the financial year, those taken off by a dispute too."""
    return dict(_lines(terms, day).exclude(case_id=None).values_list("case_id", "units"))


def needs_cost(rule) -> bool:
    """Return whether a price rule shares what the work costs, so that costs must be known."""
    return rule.method in ("full-cost", "step-down") or (rule.method == "by-head" and not rule.pence)


def _cost(terms, rule, since, until, kind="budget") -> dict:
    """Return the cost figures of a rule up to a day: the year's budget by days, or what was spent."""
    if not needs_cost(rule):
        return {}
    whole_year = year_of(since)
    span = whole_year if kind == "budget" else (since, until)
    if rule.method == "step-down":
        codes = [step.centre for step in rule.steps]
        planned = {step.centre: step.pence for step in rule.steps} if kind == "budget" else dict.fromkeys(codes, 0)
        known = planned | costs.centre_costs(terms.provider_id, codes, kind, *span)
        if kind == "budget":
            known = {code: to_date(pence, since, until) for code, pence in known.items()}
        return {"centre_pence": known, "cost_kind": kind}
    pence = costs.cost(terms.provider_id, terms.service_id, kind, *span)
    return {"cost_pence": to_date(pence, since, until) if kind == "budget" else pence, "cost_kind": kind}
