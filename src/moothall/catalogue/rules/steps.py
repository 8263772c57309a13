"""The work behind a service: steps, their conditions and their clocks."""

from typing import Annotated, Literal

from pydantic import Field, PrivateAttr, field_validator, model_validator

from moothall.catalogue.rules.questions import Code, Condition, Name
from moothall.catalogue.rules.texts import Part, Text

Amount = Annotated[int, Field(ge=0, le=3650)] | Annotated[str, Field(min_length=1)]
UNITS = ("working_days", "days", "hours", "months", "by")
DECIDES = "casework.decide"
ENDED = ("done", "skipped", "refused", "failed", "cancelled")


class Within(Part):
    """A length of time: a whole number, or an expression that gives one; or `by` a day that an expression gives.

    `working_days` leave out weekends, bank holidays and the body's closures; the others do not.
    """

    working_days: Amount | None = None
    days: Amount | None = None
    hours: Amount | None = None
    months: Amount | None = None
    by: Condition | None = None

    @model_validator(mode="after")
    def _one_unit(self):
        if sum(getattr(self, u) is not None for u in UNITS) != 1:
            raise ValueError(
                "one length of time, in one unit|{working_days: 5}, {days: 28}, {hours: 2} or {months: 12}"
            )
        return self

    @property
    def unit(self):
        """One of working_days, days, hours, months, by."""
        return next(u for u in UNITS if getattr(self, u) is not None)

    @property
    def amount(self):
        """A whole number, or the text of the expression that gives one."""
        return getattr(self, self.unit)


class Wait(Part):
    """A pause: for a length of time, or until a day that an expression gives, or so long `before` that day."""

    for_: Within | None = Field(default=None, alias="for")
    until: Condition | None = None
    before: Annotated[int, Field(ge=1, le=366, description="Days")] | None = None

    @model_validator(mode="after")
    def _one_way(self):
        if (self.for_ is None) == (self.until is None):
            raise ValueError("either `for` or `until`|wait: {for: {days: 14}} or wait: {until: subscribe.ends}")
        return self


class Step(Part):
    """One piece of work: who performs it, after what, when, and how soon."""

    by: str | None = Field(default=None, pattern=r"^[a-z]+\.[a-z_]+$", description="The performer: function.step")
    wait: Wait | None = None
    title: Text = Field(description="What the resident reads on the tracking page")
    work: str | None = Field(
        default=None,
        description="A part that may be another body's duty: the kind of work, as in done_by; whoever the law makes "
        "responsible for it at the place does this step",
    )
    after: tuple[str, ...] = ()
    when: Condition | None = None
    within: Within | None = None
    aside: bool = Field(default=False, description="Goes on without keeping the case open")
    using: dict[str, str | int | bool | Text | dict[Code, Text] | tuple[str, ...]] = Field(
        default_factory=dict, alias="with", description="What this performer is told"
    )

    _id: str = PrivateAttr(default="")

    @field_validator("after", mode="before")
    @classmethod
    def _one_or_several(cls, value):
        return (value,) if isinstance(value, str) else value

    @field_validator("using", mode="before")
    @classmethod
    def _lists(cls, told):
        several = ("grants", "not_by")
        if not isinstance(told, dict):
            return told
        return {key: (value,) if key in several and isinstance(value, str) else value for key, value in told.items()}

    @model_validator(mode="after")
    def _somebody_or_time(self):
        if (self.by is None) == (self.wait is None):
            raise ValueError("either a performer or a wait|by: highways.inspect or wait: {for: {days: 14}}")
        return self

    @property
    def id(self):
        """The step's name in conditions and letters."""
        return self._id

    @property
    def performs(self):
        """The performer's name; a wait is performed by casework itself."""
        return self.by or "casework.wait"

    @property
    def human(self):
        """Whether the performer is a person's task rather than a system's work."""
        return self.performs in ("casework.task", DECIDES, "casework.reply")


class Onward(Part):
    """Where one can go who still disagrees after we have looked again, and how long one has.

    Somewhere else, by a `link`; or a panel of ours that hears it within `done_within`, as a second stage of the case.
    """

    name: Text
    link: Annotated[str, Field(pattern=r"^https://")] | None = None
    within: Within
    done_within: Within | None = None

    @model_validator(mode="after")
    def _somewhere(self):
        if (self.link is None) == (self.done_within is None):
            raise ValueError("either `link` or `done_within`|link: https://..., or done_within: {working_days: 40}")
        return self


class Review(Part):
    """Who disagrees with a decision may have it looked at again by somebody else.

    `within` is how long one may ask (without it there is no limit), `done_within` how soon we answer; `by` names who
    hears it, where that is more than a colleague of whoever decided.
    """

    by: Text | None = None

    within: Within | None = None
    done_within: Within
    law: Annotated[str, Field(pattern=r"^https://", description="Where the right stands, or the policy that gives it")]
    then: Onward | None = None


class Again(Part):
    """A request that ended may be begun again with what is known: a licence renewed, a permit for another year.

    Files, declarations and what stands under `afresh` are asked for again. `answers` are given another answer, `from`
    takes what a step put out.
    """

    title: Text = Field(description="What the button says")
    when: Condition | None = None
    answers: dict[Name, str | bool | int] = Field(default_factory=dict)
    from_: dict[Name, str] = Field(default_factory=dict, alias="from")
    afresh: tuple[Name, ...] = Field(default=(), description="Questions that are asked anew each time")


class Promise(Part):
    """What the resident is told will happen, and by when."""

    acknowledge: Literal["at once"] | Within = "at once"
    done_within: Within
    counts: Text | None = Field(default=None, description="How the time is counted, where that needs saying")


class Message(Part):
    """Which letter goes out at which moment; the first whose condition holds."""

    at: str = Field(
        pattern=r"^(acknowledged|late|closed|cancelled|reopened|reminded|offered|[a-z][a-z0-9_]*\.(ready|done|waiting|refused))$"
    )
    letter: Code
    when: Condition | None = None


class Outcome(Part):
    """How a case may end."""

    title: Text
    when: Condition | None = None
