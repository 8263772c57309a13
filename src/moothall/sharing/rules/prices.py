"""What one body pays another for work: seven ways as data, and work for work, said in words, worked out to the penny.

Every amount is whole pence. Where a sum is divided it is divided by largest remainder (`core.money.share`): the odd
pennies go to the largest remainders, ties to the body whose code is first in the alphabet, and the parts add up to
the whole exactly. No other rounding happens here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from pydantic import BaseModel, Field, model_validator

from moothall.core.money import pounds, share

Method = Literal["per-case", "per-unit", "by-head", "by-band", "fixed", "full-cost", "step-down", "in-return"]
METHODS: tuple[str, ...] = ("per-case", "per-unit", "by-head", "by-band", "fixed", "full-cost", "step-down")
IN_RETURN = "in-return"


class Band(BaseModel, frozen=True, extra="forbid"):
    """The cases of a year up to a number, and the pence that each of them costs; None: all that follow."""

    up_to: int | None = Field(default=None, gt=0)
    pence: int = Field(ge=0)


class Step(BaseModel, frozen=True, extra="forbid"):
    """A cost centre's pence a year, passed on by weights to centres that come later and to bodies (by code)."""

    centre: str = Field(min_length=1)
    pence: int = Field(default=0, ge=0)
    to: dict[str, int] = Field(min_length=1)


class PriceRule(BaseModel, frozen=True, extra="forbid"):
    """How a body pays for what another does for it; `problem` says what a rule lacks.

    per-case   `pence` for each case.
    per-unit   `pence` for each `unit`, say "lift" or "hour".
    by-head    `pence` a year for each head of the receiver; with no pence, the provider's cost by heads (`shares`
               when the heads are agreed beforehand).
    by-band    each case of the year at the price of its band, so that one more case never lowers the bill.
    fixed      `pence` a year.
    full-cost  the provider's whole cost by the weights in `shares`; with none, the receiver bears all of it.
    step-down  each centre's cost in turn (`steps`), on to later centres and to bodies, until bodies bear all.
    in-return  nothing: the receiver works for the provider in return, and no money is owed.
    """

    method: Method
    pence: int = Field(default=0, ge=0)
    unit: str = ""
    bands: tuple[Band, ...] = ()
    shares: dict[str, int] = Field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self):
        if said := problem(self):
            raise ValueError(said)
        return self


@dataclass(frozen=True, kw_only=True)
class Work:
    """A year's work for one receiver: what it was, and what it cost the provider.

    `heads` are of every body that shares the cost, by code; `cost_pence` is the provider's cost for them all;
    `centre_pence` is what each centre of a step-down cost, where it is known better than the rule says.
    """

    receiver: str = ""
    cases: int = 0
    units: int = 0
    heads: Mapping[str, int] = field(default_factory=dict)
    cost_pence: int = 0
    centre_pence: Mapping[str, int] = field(default_factory=dict)


def problem(rule: PriceRule) -> str:
    """Return what keeps a rule from being applied, as a sentence, or "" when it is whole."""
    takes = _TAKES[rule.method]
    for name, given in _given(rule).items():
        if given and name not in takes:
            return f"A price {SAID[rule.method]} has no use for “{name}”. Leave it out."
    if rule.method in ("per-case", "per-unit", "fixed") and not rule.pence:
        return "Say how many pence: a price of nothing is no price."
    if rule.method == "per-unit" and not rule.unit.strip():
        return "Say what is counted, say a lift or an hour."
    if rule.method == "by-head" and rule.pence and rule.shares:
        return "Give pence for each head, or shares of the cost, but not both."
    if any(weight < 0 for weight in rule.shares.values()) or (rule.shares and not any(rule.shares.values())):
        return "Shares are whole numbers, none below nothing and at least one above it."
    if rule.method == "by-band":
        return _bands_problem(rule.bands)
    return _steps_problem(rule.steps) if rule.method == "step-down" else ""


_TAKES = {
    "per-case": ("pence",), "per-unit": ("pence", "unit"), "by-head": ("pence", "shares"), "by-band": ("bands",),
    "fixed": ("pence",), "full-cost": ("shares",), "step-down": ("steps",), IN_RETURN: (),
}  # fmt: skip
SAID = {
    "per-case": "a case", "per-unit": "a unit", "by-head": "by head", "by-band": "by band",
    "fixed": "fixed by the year", "full-cost": "at full cost", "step-down": "by step-down",
    IN_RETURN: "in return",
}  # fmt: skip


def _given(rule):
    return {"pence": rule.pence, "unit": rule.unit, "bands": rule.bands, "shares": rule.shares, "steps": rule.steps}


def _bands_problem(bands):
    if not bands:
        return "Give at least one band."
    if bands[-1].up_to is not None:
        return "The last band has no end, so that every case has a price."
    ends = [band.up_to for band in bands[:-1]]
    if None in ends or any(later <= earlier for earlier, later in pairwise(ends)):
        return "Each band ends above the one before it, and only the last has no end."
    return ""


def _steps_problem(steps):
    if not steps:
        return "Give at least one cost centre to pass on."
    names = [step.centre for step in steps]
    if len(set(names)) < len(names):
        return "Name each cost centre once."
    for number, step in enumerate(steps):
        if set(step.to) & set(names[: number + 1]):
            return f"“{step.centre}” passes its cost back. Pass it on to later centres and to bodies only."
        if min(step.to.values()) < 0 or not any(step.to.values()):
            return f"The weights of “{step.centre}” are whole numbers, none below nothing and at least one above it."
    return ""


def yearly(rule: PriceRule, work: Work) -> int:
    """Return the pence that `work.receiver` pays for a year's work.

    Rounding: none but the largest remainder where a cost is shared (see above).

    120 cases at £4.20: 120 x 420 = 50,400 pence.

    >>> yearly(PriceRule(method="per-case", pence=420), Work(cases=120))
    50400

    The first 100 at £5.00 and 20 more at £4.00: 50,000 + 8,000 pence.

    >>> bands = ({"up_to": 100, "pence": 500}, {"pence": 400})
    >>> yearly(PriceRule(method="by-band", bands=bands), Work(cases=120))
    58000

    £1,000.00 by heads, 50,000 to 70,000 to 30,000: Borley's 70,000 of 150,000 is £466.666..., and the one odd penny
    goes to the largest remainder, Borley's .67 before Ashby's .33 and Coveham's .00: £466.67.

    >>> heads = {"ASH": 50_000, "BOR": 70_000, "COV": 30_000}
    >>> yearly(PriceRule(method="by-head"), Work(receiver="BOR", heads=heads, cost_pence=100_000))
    46667
    """
    match rule.method:
        case "per-case":
            return rule.pence * work.cases
        case "per-unit":
            return rule.pence * work.units
        case "fixed":
            return rule.pence
        case "by-band":
            return banded(rule.bands, work.cases)
        case "by-head" if rule.pence:
            return rule.pence * work.heads.get(work.receiver, 0)
        case "by-head":
            return shared(work.cost_pence, rule.shares or work.heads).get(work.receiver, 0)
        case "full-cost":
            return shared(work.cost_pence, rule.shares).get(work.receiver, 0) if rule.shares else work.cost_pence
        case "step-down":
            return stepped(rule.steps, work.centre_pence).get(work.receiver, 0)
        case "in-return":
            return 0


def banded(bands: tuple[Band, ...], cases: int) -> int:
    """Return the pence of a year's cases, each at the price of the band it falls in; exact, nothing is rounded.

    >>> banded((Band(up_to=10, pence=300), Band(up_to=20, pence=200), Band(pence=100)), 25)
    5500
    """
    total = start = 0
    for band in bands:
        end = cases if band.up_to is None else min(cases, band.up_to)
        total += max(end - start, 0) * band.pence
        start = max(start, end)
    return total


def shared(pence: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Return pence by code, adding up to the whole: largest remainder, ties to the code first in the alphabet.

    >>> shared(100, {"COV": 1, "ASH": 1, "BOR": 1})
    {'ASH': 34, 'BOR': 33, 'COV': 33}
    """
    codes = sorted(weights)
    if not any(weights.values()):
        return dict.fromkeys(codes, 0)
    return dict(zip(codes, share(pence, [weights[code] for code in codes]), strict=True))


def stepped(steps: tuple[Step, ...], centre_pence: Mapping[str, int]) -> dict[str, int]:
    """Return what each body bears once every centre, in order, has passed on its own cost and what came to it.

    ICT's £90.00 goes 2 to 1 to the depot and to Ashby; the depot's £40.00 and those £60.00 go half and half:

    >>> steps = (Step(centre="ICT", to={"depot": 2, "ASH": 1}), Step(centre="depot", to={"ASH": 1, "BOR": 1}))
    >>> stepped(steps, {"ICT": 9_000, "depot": 4_000})
    {'ASH': 8000, 'BOR': 5000}
    """
    borne: dict[str, int] = {step.centre: centre_pence.get(step.centre, step.pence) for step in steps}
    for step in steps:
        for code, pence in shared(borne.pop(step.centre), step.to).items():
            borne[code] = borne.get(code, 0) + pence
    return dict(sorted(borne.items()))


def words(rule: PriceRule, language: str = "en") -> str:
    """Return a rule as a sentence that an officer understands, in English or Welsh ("cy").

    >>> words(PriceRule(method="per-case", pence=420))
    '£4.20 a case'
    >>> words(PriceRule(method="by-band", bands=({"up_to": 100, "pence": 500}, {"pence": 400})))
    '£5.00 a case up to 100 cases a year, then £4.00 a case'
    """
    said = _CY if language == "cy" else _EN
    sum_of, shares = pounds(rule.pence), _weights(rule.shares)
    match rule.method:
        case "by-band":
            return said["then"].join(_band_words(band, said) for band in rule.bands)
        case "by-head" if rule.pence:
            return said["a-head"].format(sum=sum_of)
        case "by-head" | "full-cost" if shares:
            return said[f"{rule.method}-agreed"].format(shares=shares)
        case "step-down":
            return said["step-down"].format(steps="; ".join(f"{one.centre}: {_weights(one.to)}" for one in rule.steps))
        case _:
            return said[rule.method].format(sum=sum_of, unit=rule.unit)


def _weights(weights):
    return ", ".join(f"{code} {weight}" for code, weight in sorted(weights.items()))


def _band_words(band, said):
    return said["rest" if band.up_to is None else "up-to"].format(sum=pounds(band.pence), end=f"{band.up_to or 0:,}")


_EN = {
    "per-case": "{sum} a case",
    "per-unit": "{sum} for each {unit}",
    "a-head": "{sum} a year for each resident",
    "by-head": "the provider's cost, shared by number of residents",
    "by-head-agreed": "the provider's cost, shared by agreed numbers of residents ({shares})",
    "up-to": "{sum} a case up to {end} cases a year",
    "rest": "{sum} a case",
    "then": ", then ",
    "fixed": "{sum} a year, however much is done",
    "full-cost": "all that the work costs the provider",
    "full-cost-agreed": "the provider's full cost, shared {shares}",
    "step-down": "the cost of each team passed on in turn ({steps})",
    IN_RETURN: "nothing is paid: work is done in return",
}
_CY = {
    "per-case": "{sum} yr achos",
    "per-unit": "{sum} am bob {unit}",
    "a-head": "{sum} y flwyddyn am bob preswylydd",
    "by-head": "cost y darparwr, wedi'i rannu yn ôl nifer y preswylwyr",
    "by-head-agreed": "cost y darparwr, wedi'i rannu yn ôl niferoedd y cytunwyd arnynt o breswylwyr ({shares})",
    "up-to": "{sum} yr achos hyd at {end} achos y flwyddyn",
    "rest": "{sum} yr achos",
    "then": ", yna ",
    "fixed": "{sum} y flwyddyn, faint bynnag a wneir",
    "full-cost": "popeth y mae'r gwaith yn ei gostio i'r darparwr",
    "full-cost-agreed": "cost lawn y darparwr, wedi'i rhannu {shares}",
    "step-down": "cost pob tîm wedi'i throsglwyddo yn ei thro ({steps})",
    IN_RETURN: "ni thelir dim: gwneir gwaith yn gyfnewid",
}
