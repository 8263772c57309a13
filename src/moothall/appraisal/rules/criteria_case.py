"""Criteria as they are written down: scales with fixed anchors, swing weights, scores and who asked for what."""

import datetime as dt

from pydantic import Field, model_validator

from moothall.appraisal.rules.basis import Strict


class Scale(Strict):
    """One criterion: what it is about, what 0 and 100 mean in words, and for a measured one the points between."""

    what: str
    nought: str
    hundred: str
    unit: str | None = None
    anchors: tuple[tuple[float, float], ...] = ()

    @model_validator(mode="after")
    def _anchored(self):
        if bool(self.unit) != bool(self.anchors):
            raise ValueError("a measured criterion has a `unit` and `anchors`, one in words has neither")
        if self.anchors:
            measures = [measure for measure, _value in self.anchors]
            values = [value for _measure, value in self.anchors]
            if sorted(set(measures)) != measures or {min(values), max(values)} != {0, 100}:
                raise ValueError("`anchors` rise in the measure and reach from 0 to 100")
            if values not in (sorted(values), sorted(values, reverse=True)):
                raise ValueError("the values of `anchors` only rise or only fall")
        return self


class Weights(Strict):
    """One group's swing weights: points from 0 to 100 for moving a criterion from its 0 to its 100."""

    who: str
    on: dt.date
    swings: dict[str, float]


class Score(Strict):
    """How one option does on one criterion: a measure in the scale's unit, or a value from 0 to 100 in words' terms."""

    figure: float
    why: str
    source: str
    author: str
    on: dt.date


class Proposal(Strict):
    """What users, unions or scrutiny asked of scales and weights, and the reasoned reply."""

    who: str
    on: dt.date
    asks: str
    reply: str = Field(min_length=20)


class Amendment(Strict):
    """A change of scales or weights after the seal: the result is shown under both."""

    on: dt.date
    who: str
    why: str = Field(min_length=20)
    scales: dict[str, Scale] = {}
    weights: dict[str, Weights] = {}


class Seal(Strict):
    """The fingerprint of scales and weights, published before any score was entered."""

    on: dt.date
    who: str
    hash: str


class Criteria(Strict):
    """Scales, weight sets, seal, proposals, amendments and scores ({option: {criterion: score}})."""

    scales: dict[str, Scale] = Field(min_length=2)
    weights: dict[str, Weights] = Field(min_length=1)
    seal: Seal
    proposals: tuple[Proposal, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    scores: dict[str, dict[str, Score]]
