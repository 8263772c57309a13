"""Can a council service the debt? Prudential borrowing: interest, money set aside, ratios, limits and the figure that
decides.

Amounts are pounds of the day. Spending falls at a year's end: interest and provision begin in the year after
(facts/provision.yaml). Debt is taken to equal the capital financing requirement.
"""

from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules.case import Borrowing, Case
from moothall.appraisal.rules.flows import Values, price_index, strands, yearly
from moothall.appraisal.rules.switching import nearest_root

RATES = np.linspace(0, 1, 201)


@dataclass(frozen=True)
class Servicing:
    """What borrowing for one option means for one body, year by year, and whether it can be serviced."""

    option: str
    method: str
    rate: float
    spending: np.ndarray
    provision: np.ndarray
    interest: np.ndarray
    requirement: np.ndarray
    saving: np.ndarray
    ratio: np.ndarray
    headroom: np.ndarray
    band_d: np.ndarray
    break_even_rate: float | None
    can: bool
    decides: str
    figure: float

    @property
    def financing(self) -> np.ndarray:
        """Return interest and provision of each year."""
        return self.interest + self.provision

    @property
    def debt_left(self) -> float:
        """Return what is still owed after the last year."""
        return float(self.requirement[-1])


def provision(spent: float, life: int, rate: float | np.ndarray, method: str) -> np.ndarray:
    """Return the money set aside in each year of an asset's life, for each rate; it adds up to what was spent.

    >>> provision(1000, 4, 0.05, "equal-instalments").tolist()
    [250.0, 250.0, 250.0, 250.0]
    >>> provision(1000, 4, 0.05, "annuity").round(2).tolist()
    [232.01, 243.61, 255.79, 268.58]
    """
    rates = np.asarray(rate, float)[..., None]
    level = np.full((*rates.shape[:-1], life), spent / life)
    if method == "equal-instalments":
        return level
    some = np.where(np.abs(rates) < 1e-12, 1.0, rates)
    rising = spent * some / ((1 + some) ** life - 1) * (1 + some) ** np.arange(life)
    return np.where(np.abs(rates) < 1e-12, level, rising)


def servicing(case: Case, option: str, values: Values, method: str | None = None) -> Servicing:
    """Return what an option's borrowing means for the body in `case.borrowing`, by its own method or the one given."""
    account = case.borrowing
    method = method or account.method
    vintages = _spending(case, option, values)
    saving = _saving(case, option, values)
    rate = float(values[account.interest_rate])
    charged = _charges(case, vintages, rate, method)

    def surplus(rates: np.ndarray) -> np.ndarray:
        set_aside, interest, _owed = _charges(case, vintages, rates, method)
        return (saving - set_aside - interest).sum(axis=-1)

    set_aside, interest, requirement = charged
    cost = set_aside + interest
    ratio = (np.array(account.financing_cost) + cost) / np.array(account.net_revenue_stream)
    headroom = np.array(account.authorised_limit) - np.array(account.capital_financing_requirement) - requirement
    can, decides, figure = verdict(case, account, headroom, ratio, saving - cost, vintages)
    return Servicing(
        option=option,
        method=method,
        rate=rate,
        spending=sum((spent for spent, _life in vintages), np.zeros(case.years)),
        provision=set_aside,
        interest=interest,
        requirement=requirement,
        saving=saving,
        ratio=ratio,
        headroom=headroom,
        band_d=(cost - saving) / account.band_d_dwellings,
        break_even_rate=nearest_root(surplus, RATES, rate) if vintages else None,
        can=can,
        decides=decides,
        figure=figure,
    )


def _spending(case: Case, option: str, values: Values) -> list[tuple[np.ndarray, int]]:
    """Return (the body's capital spending of each year, life of the asset) of each investment; bias included."""
    lines = case.options[option].lines
    found = []
    for strand in strands(case, option, values):
        if strand.kind == "investment":
            line = lines[strand.name]
            share = line.paid_by.get(case.borrowing.body, 0.0)
            if share:
                found.append((strand.amount * strand.factor * share * price_index(case), line.life))
    return found


def _saving(case: Case, option: str, values: Values) -> np.ndarray:
    """Return the body's share of cash saved against now, after moving and agreeing, before investment."""

    def without_investment(name):
        return yearly(strands(case, name, values), "cash", only=lambda strand: strand.kind != "investment")

    saved = without_investment(case.now) - without_investment(option)
    return saved * price_index(case) * case.borrowing.saving_share


def _charges(
    case: Case, vintages: list, rate: float | np.ndarray, method: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (provision, interest, what is owed at the end) of each year, the years last, for each rate."""
    rates = np.asarray(rate, float)
    set_aside, spent = np.zeros((*rates.shape, case.years)), np.zeros(case.years)
    for spending, life in vintages:
        spent = spent + spending
        for year in np.flatnonzero(spending):
            amounts = provision(float(spending[year]), life, rates, method)[..., : case.years - year - 1]
            set_aside[..., year + 1 : year + 1 + amounts.shape[-1]] += amounts
    owed = np.cumsum(spent - set_aside, axis=-1)
    interest = np.zeros_like(owed)
    interest[..., 1:] = rates[..., None] * owed[..., :-1]
    return set_aside, interest, owed


def verdict(
    case: Case, account: Borrowing, headroom: np.ndarray, ratio: np.ndarray, left: np.ndarray, vintages: list
) -> tuple[bool, str, float]:
    """Return (can it be serviced, the sentence of what decides, the figure) by three tests in this order.

    Debt stays within the authorised limit every year; financing cost stays within the ratio the council set; savings
    of these years pay the interest and provision of these years.
    """
    labels = case.labels()
    worst, highest, total = int(headroom.argmin()), int(ratio.argmax()), float(left.sum())
    if not vintages:
        return True, f"{account.body} borrows nothing for it", 0.0
    if headroom[worst] < 0:
        over = float(-headroom[worst])
        return False, f"debt passes {account.body}'s authorised limit in {labels[worst]} by this much", over
    if ratio[highest] > account.highest_ratio:
        share = float(ratio[highest])
        return False, f"in {labels[highest]} financing takes this share of the net revenue stream", share
    if total < 0:
        return False, "over these years savings fall short of interest and provision by this much", -total
    return True, "over these years savings exceed interest and provision by this much", total
