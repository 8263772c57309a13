"""Principles as a case answers for them: each is a criterion or is left out with a reason; a list of one's own."""

import datetime as dt

from pydantic import Field, model_validator

from moothall.appraisal.rules.basis import Strict


class Answer(Strict):
    """How a case answers for one principle: the criterion that stands for it, or why it is left out, by whom, when."""

    criterion: str | None = None
    left_out: str | None = Field(default=None, min_length=20)
    who: str | None = None
    on: dt.date | None = None

    @model_validator(mode="after")
    def _one_of_two(self):
        if bool(self.criterion) == bool(self.left_out):
            raise ValueError("name the `criterion` that stands for it, or say why it is `left_out`")
        if self.left_out and not (self.who and self.on):
            raise ValueError("what is left out says `who` left it out and on which day, `on`")
        return self


class OwnPrinciple(Strict):
    """One principle of a body's own list: its name, what it means, and the law, code or decision it rests on."""

    name: str
    meaning: str
    source: str


class OwnPrinciples(Strict):
    """A list that takes the place of the twelve; equity and sustainability are asked beside it all the same."""

    title: str
    source: str
    principles: dict[str, OwnPrinciple] = Field(min_length=1)
