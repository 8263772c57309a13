"""What an option costs, year by year: every line, risk, remainder and the cost of leaving as a strand of money.

A strand is an amount (a figure, or one for each draw) times a factor for each year; so the same sums serve one
reading of the inputs and 65,536 of them. Amounts are pounds, real, in the prices of the basis; costs are positive.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules.case import Case, Exit, Line, Option, Risk
from moothall.appraisal.rules.facts import distributional_weight, fact, optimism
from moothall.appraisal.rules.kinds import KINDS

Values = Mapping[str, float | np.ndarray]


@dataclass(frozen=True)
class Strand:
    """One flow: `amount` times `factor` (one for each year); `cash` and `social` say what share of it counts as each.

    `nominal` factors (the same in money of the day) serve borrowing. `inputs` names what the amount is made of.
    """

    name: str
    kind: str
    what: str
    amount: float | np.ndarray
    factor: np.ndarray
    cash: float
    social: float
    inputs: tuple[str, ...]
    growth: str | None = None
    group: str | None = None
    upfront: bool = False
    bias: float = 0.0


def price_index(case: Case) -> np.ndarray:
    """Return for each year how far prices have risen since the year of the prices."""
    prices, years = case.basis.prices, np.arange(case.years)
    return (1 + prices.inflation) ** (case.basis.horizon.first_year + years - prices.year)


def bias_of(line: Line) -> float:
    """Return the optimism bias a line carries, as a share of it; nothing where none is named."""
    if not line.bias:
        return 0.0
    factors = {name: (factor.contribution, factor.managed) for name, factor in line.bias.factors.items()}
    return optimism(line.bias.type, line.bias.measure, factors)


def strands(case: Case, option_id: str, values: Values) -> list[Strand]:
    """Return all flows of an option with these values of the inputs: lines, remainders, risks, leaving at the end."""
    option = case.options[option_id]
    found = []
    for name, line in option.lines.items():
        strand = _line(case, option, name, line, values)
        found.append(strand)
        if line.life:
            found.append(_remainder(case, name, line, strand))
    found += [_risk(case, name, risk, values) for name, risk in option.risks.items() if risk.chance]
    found += [_leaving(case, name, leaving, values) for name, leaving in option.exit.items()]
    return found


def _product(names: tuple[str, ...], values: Values) -> float | np.ndarray:
    amount = values[names[0]]
    for name in names[1:]:
        amount = amount * values[name]
    return amount


def _line(case: Case, option: Option, name: str, line: Line, values: Values) -> Strand:
    kind = KINDS[line.kind]
    bias = bias_of(line)
    factor = np.ones(case.years) if line.profile == "every" else np.array(line.profile, float)
    if line.prices == "nominal":
        factor = factor / price_index(case)
    if line.growth:
        since = case.basis.horizon.first_year + np.arange(case.years) - case.basis.prices.year
        growth = np.asarray(values[line.growth])
        factor = factor * (1 + growth[..., None]) ** since
    paid = line.paid_by or {case.bodies[0]: 1.0}
    by_bodies = sum(share for payer, share in paid.items() if payer in case.bodies)
    by_provider = paid.get(option.provider or "", 0.0)
    return Strand(
        name=name,
        kind=line.kind,
        what=line.what,
        amount=_product(line.times, values),
        factor=factor * (kind.sign * (1 + bias)),
        cash=by_bodies if kind.cash else 0.0,
        social=1 - by_provider if kind.social else 0.0,
        inputs=line.times,
        growth=line.growth,
        group=line.falls_on,
        upfront=kind.upfront,
        bias=bias,
    )


def _remainder(case: Case, name: str, line: Line, spent: Strand) -> Strand:
    """Return what an asset is still worth in the last year: straight line over its life, without optimism bias."""
    years = np.arange(case.years)
    left = np.maximum(0, 1 - (case.years - years) / line.life)
    factor = np.zeros_like(spent.factor)
    factor[..., -1] = -np.sum(spent.factor / (1 + spent.bias) * left, axis=-1)
    return Strand(
        name=f"{name}: what is left",
        kind="remainder",
        what=f"Worth of what is left of: {line.what}",
        amount=spent.amount,
        factor=factor,
        cash=0.0,
        social=spent.social,
        inputs=line.times,
        growth=line.growth,
    )


def _risk(case: Case, name: str, risk: Risk, values: Values) -> Strand:
    return Strand(
        name=f"risk: {name}",
        kind="risk",
        what=fact("risks")["risks"][name],
        amount=_product((risk.chance, risk.cost), values),
        factor=np.ones(case.years),
        cash=1.0 if risk.in_fact == "bodies" else 0.0,
        social=0.0 if risk.in_fact in {"provider", "nobody"} else 1.0,
        inputs=(risk.chance, risk.cost),
    )


def _leaving(case: Case, name: str, leaving: Exit, values: Values) -> Strand:
    factor = np.zeros(case.years)
    factor[-1] = leaving.by_year[-1]
    return Strand(
        name=f"leaving: {name}",
        kind="exit",
        what=f"Leaving at the end of the last year: {name}",
        amount=_product(leaving.times, values),
        factor=factor,
        cash=1.0,
        social=1.0,
        inputs=leaving.times,
    )


def yearly(
    found: list[Strand],
    by_share: str = "social",
    weights: Mapping[str | None, float] | None = None,
    only: Callable[[Strand], bool] = bool,
) -> np.ndarray:
    """Return the cost of each year, shape (years,) or (draws, years); `by_share` is "social" or "cash".

    `weights` multiplies what falls on a group of households (distributional weights); `only` chooses strands.
    """
    total = np.zeros(found[0].factor.shape[-1])
    for strand in found:
        share = getattr(strand, by_share) * (weights or {}).get(strand.group, 1.0)
        if share and only(strand):
            total = total + np.asarray(strand.amount)[..., None] * (strand.factor * share)
    return total


def upfront(found: list[Strand]) -> np.ndarray:
    """Return each year's cash spent on investment, transition and transaction alone."""
    return yearly(found, "cash", only=lambda strand: strand.upfront)


def group_weights(case: Case, elasticity: float) -> dict[str | None, float]:
    """Return what a pound counts for each group of households."""
    return {name: distributional_weight(group.median, group.income, elasticity) for name, group in case.groups.items()}
