"""A saving from promise to proof: what each state needs, what a year comes to, how it is divided, what it adds up to.

All sums are pence, or whole units of a benefit that is not money; a net cost is negative and stays so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from moothall.core.money import share
from moothall.core.years import to_date, year_of

STATES = ("promised", "proposed", "approved", "implemented")
FOLLOWS = {
    "promised": ("proposed", "given-up"),
    "proposed": ("approved", "given-up"),
    "approved": ("implemented", "given-up"),
    "implemented": ("given-up",),
    "given-up": (),
}
"""What may follow what. Realised and verified are states of a year's money: see `Year.stage`."""

KINDS = ("cash", "avoided", "non-cash")
"""Cash comes out of a budget; a cost that is avoided never was in one; the rest is better but frees no money."""


@dataclass(frozen=True)
class Amount:
    """What a saving comes to in a year: before the cost of making it, and that cost, in its own year."""

    gross: int
    cost: int

    @property
    def net(self) -> int:
        """Return what is left after the cost; negative where it costs more than it saves."""
        return self.gross - self.cost


@dataclass(frozen=True)
class Year:
    """A financial year of a saving, named by its first day; None where nothing was said at that stage.

    `realised_until` and `verified_until` are the last days that the outcome and the proof cover.
    """

    first: date
    promised: Amount | None = None
    approved: Amount | None = None
    realised: Amount | None = None
    realised_until: date | None = None
    verified: int | None = None
    verified_until: date | None = None

    @property
    def expected(self) -> Amount | None:
        """Return what was approved, or else promised."""
        return self.approved or self.promised

    @property
    def unverified(self) -> int | None:
        """Return the pence that its owner reports and no ledger entry shows; None where nothing is reported.

        >>> Year(date(2026, 4, 1), realised=Amount(900_00, 100_00), verified=650_00).unverified
        15000
        """
        return None if self.realised is None else self.realised.net - (self.verified or 0)

    @property
    def stage(self) -> str:
        """Return how far the year's money has come: verified, realised, approved, promised, or "" for nothing."""
        stages = ("verified", "realised", "approved", "promised")
        return next((stage for stage in stages if getattr(self, stage) is not None), "")


@dataclass(frozen=True)
class Base:
    """A baseline that somebody states: pence of a whole year, in the prices of a financial year (its first day)."""

    stated_by: str
    pence: int
    prices: date
    source: str
    chosen: bool = False


@dataclass(frozen=True)
class Part:
    """Who gets which part of a saving; `body_id` is None for whoever is no public body here: the money leaves."""

    name: str
    weight: int
    body_id: int | None = None


@dataclass(frozen=True)
class Written:
    """What is on record of a saving when it is to be moved on."""

    state: str
    blocked: bool
    has_owner: bool
    cause: str
    quality: str
    councillor: str
    figures: bool
    baselines: int
    chosen: bool
    is_money: bool


NEEDS = {
    "proposed": ("owner", "cause", "quality", "baseline", "figures"),
    "approved": ("owner", "councillor", "chosen"),
    "implemented": ("owner",),
    "realised": ("owner",),
}
"""What must be on record before a saving is said to be in a state. Verification needs ledger entries besides."""


def missing(written: Written, state: str) -> tuple[str, ...]:
    """Return what is still missing before a saving can be in a state, as the keys of NEEDS.

    >>> missing(Written("promised", False, True, "One lorry less", "", "", True, 0, False, True), "proposed")
    ('quality', 'baseline')
    """
    there = {
        "owner": written.has_owner, "cause": bool(written.cause), "quality": bool(written.quality),
        "baseline": written.baselines > 0 or not written.is_money, "figures": written.figures,
        "councillor": bool(written.councillor), "chosen": written.chosen or not written.is_money,
    }  # fmt: skip
    return tuple(need for need in NEEDS.get(state, ()) if not there[need])


def may_follow(state: str, blocked: bool, then: str) -> bool:
    """Return whether a saving in a state may be moved to another; while it is blocked it can only be given up."""
    return then in FOLLOWS[state] and (not blocked or then == "given-up")


def divided(pence: int, parts: Sequence[Part]) -> list[tuple[Part, int]]:
    """Return each part's pence; they add up exactly (largest remainder), also of a net cost.

    >>> two = (Part("Ashby", 70, 2), Part("A firm", 30))
    >>> [amount for _, amount in divided(-1001, two)]
    [-701, -300]
    """
    return list(zip(parts, share(pence, [one.weight for one in parts]), strict=True))


def leaves(pence: int, parts: Sequence[Part]) -> int:
    """Return how much of a saving goes to whoever is no public body here."""
    return sum(amount for part, amount in divided(pence, parts) if part.body_id is None)


def for_days(pence: int, first: date, last: date) -> int:
    """Return how much of a yearly baseline falls on days of one financial year, both inclusive, day by day.

    A fraction of a penny is dropped from the running total, so that the parts of a year add up to the year.

    >>> for_days(365_00, date(2026, 4, 1), date(2026, 4, 30)), for_days(365_00, date(2026, 5, 1), date(2027, 3, 31))
    (3000, 33500)
    """
    start = year_of(first)[0]
    before = to_date(pence, start, date.fromordinal(first.toordinal() - 1)) if first > start else 0
    return to_date(pence, start, last) - before


def found(baseline: int, lines: Iterable[int]) -> int:
    """Return the saving that ledger entries show: what it would have cost, less every entry, to the penny.

    Entries of the cost of making it are among them. Without a baseline (nothing) the entries themselves are what was
    taken out of a budget, and negative.

    >>> found(100_00, [30_00, 45_50]), found(0, [-12_00]), found(10_00, [12_50])
    (2450, 1200, -250)
    """
    return baseline - sum(lines)


def by_other(baseline: int, chosen: Base, other: Base, net: int) -> int:
    """Return what a verified saving would be by another baseline, taken in the same proportion, half a penny up.

    >>> a, b = Base("Finance", 1000_00, date(2026, 4, 1), ""), Base("Union", 900_00, date(2026, 4, 1), "")
    >>> by_other(500_00, a, b, 120_00)
    7000
    """
    scaled = (2 * baseline * other.pence + chosen.pence) // (2 * chosen.pence) if chosen.pence else other.pence
    return net - baseline + scaled


@dataclass(frozen=True)
class Total:
    """What savings of money add up to in a year; `counted` is how many have a figure in it."""

    first: date
    promised: int = 0
    approved: int = 0
    realised: int = 0
    verified: int = 0
    counted: int = 0

    @property
    def unverified(self) -> int:
        """Return what is reported and no ledger entry shows."""
        return self.realised - self.verified


def totals(years: Iterable[Year]) -> list[Total]:
    """Return the totals of many savings' years, oldest first.

    What is verified and was never reported by its owner counts as realised too.
    """
    sums: dict[date, list[int]] = {}
    for year in years:
        said = year.realised.net if year.realised else year.verified or 0
        nets = [one.net if one else 0 for one in (year.promised, year.approved)]
        row = sums.setdefault(year.first, [0] * 5)
        sums[year.first] = [a + b for a, b in zip(row, [*nets, said, year.verified or 0, 1], strict=True)]
    return [Total(first, *row) for first, row in sorted(sums.items())]
