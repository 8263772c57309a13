"""Effects on people and places, what was said in consultation, and the word to stop, as they are written down."""

import datetime as dt

from pydantic import Field, model_validator

from moothall.appraisal.rules.basis import Strict


class Impact(Strict):
    """An effect of some options on one subject. An adverse one has a `mitigation` or an `alternative`, and an owner."""

    subject: str
    options: tuple[str, ...] = Field(min_length=1)
    what: str
    adverse: bool
    mitigation: str | None = None
    alternative: str | None = None
    owner: str | None = None
    source: str


class Voice(Strict):
    """What users, staff, a union or anybody else said about the case, and the reasoned reply."""

    who: str
    on: dt.date
    says: str
    reply: str | None = Field(default=None, min_length=20)
    replied_on: dt.date | None = None

    @model_validator(mode="after")
    def _replied_with_its_day(self):
        if bool(self.reply) != bool(self.replied_on):
            raise ValueError("a reply has its day, `replied_on`")
        if self.replied_on and self.replied_on < self.on:
            raise ValueError("the reply lies before what it answers")
        return self


class Stop(Strict):
    """One partner's word to stop, at any stage; it holds until that partner withdraws it.

    `body` is a platform's own number of the partner, where it is a body there; nobody writes it by hand.
    """

    partner: str
    body: int | None = None
    stage: str
    on: dt.date
    why: str
    withdrawn_on: dt.date | None = None
