"""The sums of a case made ready once, to be done with many readings of its inputs at a time.

A cost is the sum of (product of inputs) x (a factor a year): so all draws of an option are one matrix product, and
lines made of the same inputs are one row of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules.case import Case
from moothall.appraisal.rules.completeness import named_values
from moothall.appraisal.rules.facts import discount_factors
from moothall.appraisal.rules.flows import Strand, strands
from moothall.appraisal.rules.kept import mark

PART = 4096  # draws at a time: what is worked on stays in the processor's own memory
Rows = dict[str | None, tuple[list[tuple[str, ...]], np.ndarray]]


@dataclass(frozen=True)
class Outcomes:
    """What each option comes to in each draw: present costs (options, draws), cash by (options, years, draws)."""

    options: tuple[str, ...]
    social: np.ndarray
    cash: np.ndarray
    cumulative: np.ndarray


@dataclass(frozen=True)
class Term:
    """One row of an option: the product of its inputs, times what a pound of it in each year is worth today."""

    inputs: tuple[str, ...]
    growth: str | None
    worths: np.ndarray

    @property
    def names(self) -> set[str]:
        """Return every input it hangs on."""
        return {*self.inputs, self.growth} if self.growth else set(self.inputs)

    def worth(self, values: Mapping[str, float | np.ndarray], since: np.ndarray) -> float | np.ndarray:
        """Return its present worth in each draw of `values`; `since` are the years since the year of the prices."""
        amount: float | np.ndarray = 1.0
        for name in self.inputs:
            amount = amount * np.asarray(values[name], float)
        if self.growth is None:
            return amount * self.worths.sum()
        return amount * (self.worths @ grown(np.atleast_1d(np.asarray(values[self.growth], float)), since))


def grown(rate: np.ndarray, since: np.ndarray) -> np.ndarray:
    """Return what a pound has grown to in each year at each rate, shape (years, rates), each from the year before.

    >>> grown(np.array([0.1, 0.0]), np.array([1, 2])).round(2).tolist()
    [[1.1, 1.0], [1.21, 1.0]]
    """
    steps = np.empty((len(since), len(rate)))
    steps[0] = (1 + rate) ** float(since[0])
    for year in range(1, len(since)):  # numpy's accumulate takes several times as long down a column
        np.multiply(steps[year - 1], 1 + rate, out=steps[year])
    return steps


class Plan:
    """A case's options as rows of factors: {growth: (the inputs of each row, factors of society then of cash)}."""

    def __init__(self, case: Case):
        self.case = case
        self.factors = np.array(discount_factors(case.basis.discount, case.years))
        self.since = case.basis.horizon.first_year + np.arange(case.years) - case.basis.prices.year
        self.growths = {line.growth for option in case.options.values() for line in option.lines.values()} - {None}
        self.rows = {option: self._rows(option) for option in case.options}

    def _rows(self, option: str) -> Rows:
        plain = dict.fromkeys(named_values(self.case), 1.0) | dict.fromkeys(self.growths, 0.0)
        found: dict[str | None, dict[tuple[str, ...], np.ndarray]] = {}
        for strand in strands(self.case, option, plain):
            rows = found.setdefault(strand.growth, {})
            inputs = tuple(sorted(strand.inputs))
            rows[inputs] = rows.get(inputs, 0.0) + _both(strand)
        return {growth: (list(rows), np.stack(list(rows.values()), axis=1)) for growth, rows in found.items()}

    def names(self, option: str) -> set[str]:
        """Return every figure that an option's sums hang on."""
        rows = self.rows[option]
        return {name for inputs, _factors in rows.values() for row in inputs for name in row} | set(rows) - {None}

    def mark(self, option: str, marks: Mapping[str, str]) -> str:
        """Return what an option beside continuing as now depends on; `marks` tells it of every figure."""
        both = [
            [(growth, inputs, row.tobytes()) for growth, (inputs, row) in self.rows[name].items()]
            for name in (option, self.case.now)
        ]
        names = sorted(self.names(option) | self.names(self.case.now))
        figures = [(name, marks[name]) for name in names]
        return mark(option == self.case.now, self.factors.tobytes(), int(self.since[0]), both, figures)

    def terms(self, option: str) -> list[Term]:
        """Return the rows of an option as society counts them, each with its present worth a pound, year by year."""
        years = len(self.factors)
        return [
            Term(inputs, growth, self.factors * factors[:years, row])
            for growth, (rows, factors) in self.rows[option].items()
            for row, inputs in enumerate(rows)
        ]

    def outcomes(self, values: Mapping[str, float | np.ndarray], options: tuple[str, ...] | None = None) -> Outcomes:
        """Return what each option (all of them unless named) comes to in each draw of `values`."""
        options = options or tuple(self.case.options)
        draws = max((np.size(value) for value in values.values()), default=1)
        social, cash = np.empty((len(options), draws)), np.empty((len(options), draws))
        cumulative = np.empty((len(options), self.case.years, draws))
        for start in range(0, draws, PART):
            part = slice(start, start + PART)
            sums = _Sums(self, {name: value[part] if np.size(value) > 1 else value for name, value in values.items()})
            as_now = sums.of(self.rows[self.case.now])
            now = as_now[1]
            for index, option in enumerate(options):
                social[index, part], paid = as_now if option == self.case.now else sums.of(self.rows[option])
                cash[index, part] = self.factors @ paid
                saved = np.subtract(now, paid, out=cumulative[index, :, part])
                for year in range(1, len(saved)):
                    saved[year] += saved[year - 1]
        return Outcomes(options=options, social=social, cash=cash, cumulative=cumulative)


class _Sums:
    """One reading: products of inputs and powers of growth, each made once for all options."""

    def __init__(self, plan: Plan, values: Mapping[str, float | np.ndarray]):
        self.values = values
        self.factors = plan.factors
        self.draws = max((np.size(value) for value in values.values()), default=1)
        self.products: dict[tuple[str, ...], np.ndarray] = {}
        self.since = plan.since
        self.powers: dict[str, np.ndarray] = {}

    def power(self, growth: str) -> np.ndarray:
        if growth not in self.powers:
            rate = np.broadcast_to(np.asarray(self.values[growth], float), (self.draws,))
            self.powers[growth] = grown(rate, self.since)
        return self.powers[growth]

    def product(self, inputs: tuple[str, ...]) -> np.ndarray:
        if inputs not in self.products:
            amount: float | np.ndarray = 1.0
            for name in inputs:
                amount = amount * np.asarray(self.values[name], float)
            self.products[inputs] = np.broadcast_to(amount, (self.draws,))
        return self.products[inputs]

    def of(self, rows: Rows) -> tuple[np.ndarray, np.ndarray]:
        """Return (present social cost (draws,), cash (years, draws)) of an option."""
        years = len(self.factors)
        social, cash = np.zeros(self.draws), np.zeros((years, self.draws))
        for growth, (inputs, factors) in rows.items():
            products = np.stack([self.product(names) for names in inputs])
            if growth is None:
                social += (self.factors @ factors[:years]) @ products
                cash += factors[years:] @ products
            else:
                power = self.power(growth)
                social += ((self.factors[:, None] * factors[:years]) @ products * power).sum(axis=0)
                cash += (factors[years:] @ products) * power
        return social, cash


def _both(strand: Strand) -> np.ndarray:
    return np.concatenate([strand.factor * strand.social, strand.factor * strand.cash])
