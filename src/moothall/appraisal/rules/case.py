"""One case as it is written down: named inputs with their sources, and options made of lines of money."""

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from moothall.appraisal.rules.basis import Basis, Strict
from moothall.appraisal.rules.closing_case import Impact, Stop, Voice
from moothall.appraisal.rules.criteria_case import Criteria
from moothall.appraisal.rules.kinds import KINDS, MODELS
from moothall.appraisal.rules.principles_case import Answer, OwnPrinciples

Shape = Literal["uniform", "triangular", "pert", "normal", "lognormal", "steps"]
Bearer = Literal["bodies", "users", "staff", "community", "provider", "nobody"]


class Spread(Strict):
    """How uncertain an input is: `low` and `high` bound it; `sd` is in its unit (for lognormal of the logarithm)."""

    shape: Shape
    low: float | None = None
    high: float | None = None
    sd: float | None = Field(default=None, gt=0)
    values: tuple[float, ...] = ()
    chances: tuple[float, ...] = ()
    source: str

    @model_validator(mode="after")
    def _whole(self):
        if self.shape in {"uniform", "triangular", "pert"} and (
            self.low is None or self.high is None or not self.low < self.high
        ):
            raise ValueError("needs `low` and `high`, low below high")
        if self.shape in {"normal", "lognormal"} and self.sd is None:
            raise ValueError("needs `sd`")
        if self.shape == "steps":
            whole = self.values and len(self.values) == len(self.chances) and abs(sum(self.chances) - 1) < 1e-9
            if not whole or min(self.chances) < 0:
                raise ValueError("needs `values` and as many `chances`, which add up to 1")
        return self


class ReadFrom(Strict):
    """Where a platform read an input: what of which body's service, between two days, both inclusive."""

    what: Literal["cost", "requests", "kept", "price"]
    body: str
    service: str
    first: dt.date
    last: dt.date


class Input(Strict):
    """One figure that enters the sums: its value, where it comes from, who entered it and how uncertain it is."""

    what: str
    value: float
    unit: str
    source: str
    author: str
    on: dt.date
    spread: Spread | None = None
    reference_class: str | None = None
    evidence: tuple[str, ...] = ()
    read: ReadFrom | None = None

    @model_validator(mode="after")
    def _inside_its_spread(self):
        spread = self.spread
        if spread and spread.shape in {"triangular", "pert"} and not spread.low <= self.value <= spread.high:
            raise ValueError("its value lies outside its own low and high")
        if spread and spread.shape == "lognormal" and self.value <= 0:
            raise ValueError("a lognormal input is above nothing")
        return self


class Correlation(Strict):
    """Two inputs that rise and fall together: `rho` between -1 and 1, of their normal scores."""

    between: tuple[str, str]
    rho: float = Field(gt=-1, lt=1)
    source: str


class Managed(Strict):
    """A factor that makes estimates hopeful: its contribution and the share of it that is managed, with the reason."""

    contribution: float = Field(ge=0, le=1)
    managed: float = Field(ge=0, le=1)
    why: str


class Bias(Strict):
    """Which optimism bias a line carries, and what was done to lower it."""

    type: str
    measure: Literal["capital", "operating"]
    factors: dict[str, Managed] = {}


class Line(Strict):
    """One line of money: the product of named inputs, year by year.

    `profile` says what share of the product falls in each year ("every" means 1 in all of them); `growth` names an
    input, the yearly growth above prices; `prices` is "real" or, for sums fixed in money of the day, "nominal".
    """

    what: str
    kind: str
    times: tuple[str, ...] = Field(min_length=1)
    profile: Literal["every"] | tuple[float, ...] = "every"
    growth: str | None = None
    prices: Literal["real", "nominal"] = "real"
    bias: Bias | None = None
    covers: str | None = None
    why_nothing: str | None = None
    paid_by: dict[str, float] = {}
    paid_in_the_end_by: dict[str, float] = {}
    falls_on: str | None = None
    life: int | None = Field(default=None, ge=1, le=100)
    asset: str | None = None

    @model_validator(mode="after")
    def _whole(self):
        if self.kind not in KINDS:
            raise ValueError(f"`kind` is one of {', '.join(sorted(KINDS))}")
        if len(set(self.times)) != len(self.times) or self.growth in self.times:
            raise ValueError("an input may stand once in a line")
        for name in ("paid_by", "paid_in_the_end_by"):
            shares = getattr(self, name)
            if shares and (abs(sum(shares.values()) - 1) > 1e-9 or min(shares.values()) < 0):
                raise ValueError(f"the shares of `{name}` add up to 1")
        if self.kind == "investment" and (not self.paid_by or self.life is None):
            raise ValueError("an investment says who pays (`paid_by`) and how many years it lasts (`life`)")
        if self.kind == "investment" and self.growth:
            raise ValueError("an investment has no `growth`: state its price in the year it is bought")
        return self


class Risk(Strict):
    """One of the twelve risks: who bears it on paper and in fact, and its price (chance a year times cost)."""

    on_paper: Bearer
    in_fact: Bearer
    chance: str | None = None
    cost: str | None = None
    why_nothing: str | None = None

    @model_validator(mode="after")
    def _priced_or_explained(self):
        if bool(self.chance and self.cost) == bool(self.why_nothing):
            raise ValueError("name `chance` and `cost`, or say `why_nothing`")
        return self


class Exit(Strict):
    """What leaving costs: for each item the product of inputs, and the share of it due at the end of each year."""

    times: tuple[str, ...] = Field(min_length=1)
    by_year: tuple[float, ...]
    why_nothing: str | None = None


class Profit(Strict):
    """What the provider earns: a rate (an input) on the lines named; it is part of them, never added again."""

    rate: str
    on: tuple[str, ...] = Field(min_length=1)


class Plan(Strict):
    """What makes an in-house option complete: nobody may set up a straw man."""

    management: str = Field(min_length=30)
    organisation: str = Field(min_length=30)
    operations: str = Field(min_length=30)
    scale_within: str = Field(min_length=30)
    scale_between: str = Field(min_length=30)


class Preparation(Strict):
    """The work that went into an option before this appraisal: spent already, so shown and not counted."""

    days: float = Field(ge=0)
    by: str
    source: str


class Workforce(Strict):
    """What becomes of the people who do the work; posts are full-time equivalents, a figure for each year in lists.

    `posts`, `leavers` (share who leave in a year), `temporary` (share held by temporaries), `leaves_region` (share of
    posts) and `found_elsewhere` (share of lost jobs made good in the region) name inputs.
    """

    posts: str
    leavers: str
    unreplaced_years: float = Field(ge=0, le=10)
    moves: Literal["stay", "transfer", "secondment"]
    temporary: str | None = None
    redundant: tuple[float, ...]
    redeployed: tuple[float, ...]
    retrained: tuple[float, ...]
    recruited: tuple[float, ...]
    lesser_terms: bool
    pension: str
    leaves_region: str | None = None
    found_elsewhere: str
    source: str


class Option(Strict):
    """One way to provide the service."""

    title: str
    model: str
    basis: Basis
    lines: dict[str, Line] = Field(min_length=1)
    risks: dict[str, Risk]
    exit: dict[str, Exit]
    preparation: Preparation
    provider: str | None = None
    plan: Plan | None = None
    profit: Profit | None = None
    workforce: Workforce | None = None

    @model_validator(mode="after")
    def _known_model(self):
        if self.model not in MODELS:
            raise ValueError(f"`model` is one of {', '.join(MODELS)}")
        return self


class Group(Strict):
    """Households on whom costs or benefits fall: their income beside the median, in pounds a year."""

    what: str
    income: float = Field(gt=0)
    median: float = Field(gt=0)
    source: str


class Borrowing(Strict):
    """One body's accounts, as far as borrowing for this needs them; amounts in pounds of the day, a figure a year."""

    body: str
    interest_rate: str
    method: Literal["equal-instalments", "annuity"]
    net_revenue_stream: tuple[float, ...]
    financing_cost: tuple[float, ...]
    capital_financing_requirement: tuple[float, ...]
    authorised_limit: tuple[float, ...]
    highest_ratio: float = Field(gt=0, le=1)
    band_d_dwellings: float = Field(gt=0)
    saving_share: float = Field(ge=0, le=1)
    source: str


class Case(Strict):
    """A whole case: options for one service, their inputs and their sources."""

    title: str
    edition: int = Field(ge=1)
    on: dt.date
    author: str
    bodies: tuple[str, ...] = Field(min_length=1)
    seed: int = Field(ge=0)
    points: int = Field(default=65_536, ge=64, le=1_048_576)
    inputs: dict[str, Input] = Field(min_length=1)
    correlations: tuple[Correlation, ...] = ()
    groups: dict[str, Group] = {}
    borrowing: Borrowing | None = None
    criteria: Criteria | None = None
    principles: dict[str, Answer] = {}
    own_principles: OwnPrinciples | None = None
    state: Literal["open", "closed"] = "open"
    impacts: tuple[Impact, ...] = ()
    voices: tuple[Voice, ...] = ()
    stops: tuple[Stop, ...] = ()
    options: dict[str, Option] = Field(min_length=2)

    @model_validator(mode="after")
    def _even_points(self):
        if self.points & (self.points - 1):
            raise ValueError("`points` is a power of two, such as 65536")
        return self

    @property
    def years(self) -> int:
        """Return how many years count; the same for every option, or the case was refused."""
        return self.basis.horizon.years

    @property
    def basis(self) -> Basis:
        """Return the basis all options share."""
        return next(iter(self.options.values())).basis

    @property
    def now(self) -> str:
        """Return the id of "continue as now", which every option is compared with."""
        return next(name for name, option in self.options.items() if option.model == "now")

    def labels(self) -> list[str]:
        """Return the financial years by name: "2027-28" and on."""
        first = self.basis.horizon.first_year
        return [f"{year}-{(year + 1) % 100:02d}" for year in range(first, first + self.years)]
