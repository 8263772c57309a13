"""What each option costs and saves: present costs, payback, the five-year test, who pays, what leaving costs."""

from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.facts import discount_factors, fact
from moothall.appraisal.rules.flows import Strand, Values, group_weights, price_index, strands, upfront, yearly

TEST_YEARS = 5


@dataclass(frozen=True)
class Money:
    """The money of one option, in pounds of the basis's prices unless it says "nominal"; costs are positive.

    `present_cost` is society's cost, discounted; `gain` is continue as now's less this one's. `saving` is each year's
    cash saved on running costs against now, before `upfront` spending; `cumulative` is saving less upfront, added up.
    """

    option: str
    strands: list[Strand]
    social: np.ndarray
    cash: np.ndarray
    nominal_cash: np.ndarray
    saving: np.ndarray
    upfront: np.ndarray
    cumulative: np.ndarray
    present_cost: float
    present_cash: float
    weighted: dict[float, float]
    gain: float
    payback_year: int | None
    five_year_saving: float
    five_year_upfront: float

    @property
    def passes_five_years(self) -> bool:
        """Say whether savings of the first five years exceed what was spent to get them."""
        return self.five_year_saving > self.five_year_upfront


def present(flow: np.ndarray, case: Case) -> float | np.ndarray:
    """Return the present value of yearly figures on the case's discount schedule; year 0 counts in full."""
    return flow @ np.array(discount_factors(case.basis.discount, case.years))


def payback(cumulative: np.ndarray) -> int | None:
    """Return in which year (1 is the first) an option has paid back for good; None if never in these years.

    >>> payback(np.array([-10.0, -2.0, 3.0])), payback(np.array([-10.0, 1.0, -3.0]))
    (3, None)
    """
    below = np.flatnonzero(cumulative < 0)
    first = 0 if len(below) == 0 else int(below[-1]) + 1
    return first + 1 if first < len(cumulative) else None


def money(case: Case, values: Values) -> dict[str, Money]:
    """Return the money of every option with these values, in the order of the case."""
    now = strands(case, case.now, values)
    now_running = yearly(now, "cash") - upfront(now)
    now_cost = float(present(yearly(now), case))
    found = {}
    for option in case.options:
        flows = strands(case, option, values)
        social, cash, spent = yearly(flows), yearly(flows, "cash"), upfront(flows)
        saving = now_running - (cash - spent)
        extra = spent - upfront(now)
        cumulative = np.cumsum(saving - extra)
        cost = float(present(social, case))
        found[option] = Money(
            option=option,
            strands=flows,
            social=social,
            cash=cash,
            nominal_cash=cash * price_index(case),
            saving=saving,
            upfront=extra,
            cumulative=cumulative,
            present_cost=cost,
            present_cash=float(present(cash, case)),
            weighted=_weighted(case, flows),
            gain=now_cost - cost,
            payback_year=payback(cumulative) if option != case.now else None,
            five_year_saving=float(saving[:TEST_YEARS].sum()),
            five_year_upfront=float(extra[:TEST_YEARS].sum()),
        )
    return found


def _weighted(case: Case, flows: list[Strand]) -> dict[float, float]:
    """Return the present cost under each elasticity; nothing where no line falls on a group of households."""
    if not any(strand.group for strand in flows):
        return {}
    rule = fact("distribution")
    return {
        elasticity: float(present(yearly(flows, "social", group_weights(case, elasticity)), case))
        for elasticity in (rule["elasticity"], *rule["sensitivities"])
    }


def ranking(found: dict[str, Money]) -> list[str]:
    """Return the options by present cost, cheapest for society first; ties in the order of the case."""
    return sorted(found, key=lambda option: found[option].present_cost)


def by_kind(case: Case, money_of: Money) -> dict[str, float]:
    """Return the present cost of each kind of flow of an option."""
    totals: dict[str, float] = {}
    for strand in money_of.strands:
        flow = np.asarray(strand.amount)[..., None] * (strand.factor * strand.social)
        totals[strand.kind] = totals.get(strand.kind, 0.0) + float(present(flow, case))
    return totals


def who_pays(case: Case, option: str, values: Values) -> dict[str, dict[str, float]]:
    """Return {"on paper": {payer: pounds}, "in the end": {...}} of upfront spending with a stated payer, undiscounted.

    A contractor's "investment" that comes back through the price is paid in the end by the bodies that pay the price.
    """
    lines = case.options[option].lines
    found: dict[str, dict[str, float]] = {"on paper": {}, "in the end": {}}
    for strand in strands(case, option, values):
        line = lines.get(strand.name)
        if line is None or not line.paid_by or not strand.upfront:
            continue
        total = float(strand.amount * strand.factor.sum())
        for heading, shares in (("on paper", line.paid_by), ("in the end", line.paid_in_the_end_by or line.paid_by)):
            for payer, share in shares.items():
                found[heading][payer] = found[heading].get(payer, 0.0) + share * total
    return found


def leaving(case: Case, option: str, values: Values) -> np.ndarray:
    """Return what it would cost to leave an option at the end of each year, real and undiscounted."""
    total = np.zeros(case.years)
    for given in case.options[option].exit.values():
        total = total + np.prod([values[name] for name in given.times]) * np.array(given.by_year)
    return total


def profit(case: Case, found: Money, values: Values) -> float:
    """Return the present value of the provider's profit in an option: part of its price, never added to it."""
    stated = case.options[found.option].profit
    if stated is None:
        return 0.0
    flows = [strand for strand in found.strands if strand.name in stated.on]
    return float(values[stated.rate] * present(yearly(flows, "cash"), case))


def assets(case: Case, option: str, values: Values) -> dict[str, float]:
    """Return the worth of what an option hands over, by class of asset, undiscounted."""
    lines = case.options[option].lines
    found: dict[str, float] = {}
    for strand in strands(case, option, values):
        if strand.kind == "asset":
            worth = float(strand.amount * strand.factor.sum())
            found[lines[strand.name].asset] = found.get(lines[strand.name].asset, 0.0) + worth
    return found


def risks(case: Case, option: str, values: Values) -> list[dict]:
    """Return each of the twelve risks: who bears it on paper and in fact, its price a year, its present cost."""
    names = fact("risks")["risks"]
    years = present(np.ones(case.years), case)
    rows = []
    for name in case.basis.risk.priced:
        risk = case.options[option].risks[name]
        yearly_price = float(values[risk.chance] * values[risk.cost]) if risk.chance else 0.0
        rows.append(
            {
                "risk": names[name],
                "on_paper": risk.on_paper,
                "in_fact": risk.in_fact,
                "yearly": yearly_price,
                "present": float(yearly_price * years),
                "why_nothing": risk.why_nothing or "",
            }
        )
    return rows
