"""The fifteen kinds of question a service may ask.

Each has words in English and Welsh, may depend on earlier answers (`when`), and may lead somewhere else (`stop`).
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, PositiveInt, PrivateAttr

from moothall.catalogue.rules.kinds import Kind
from moothall.catalogue.rules.texts import Part, Text

Condition = Annotated[str, Field(min_length=1, description="A condition in CEL over earlier answers")]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
Day = date | Annotated[str, Field(pattern=r"^today([+-]\d{1,4})?$")]


class Stop(Part):
    """Why an answer means that this service is not the one: said beside the question, with where to go instead."""

    when: Condition
    say: Text
    service: Code | None = None
    link: Annotated[str, Field(pattern=r"^https://")] | None = None


class Asked(Part):
    """What every question has."""

    label: Text = Field(description="The question, as a resident reads it")
    help: Text | None = Field(default=None, description="One sentence below the question")
    why: Text | None = Field(default=None, description="Why we ask, when that is not obvious")
    missing: Text | None = Field(default=None, description="What to say when it is left empty")
    optional: bool = False
    when: Condition | None = None
    stop: tuple[Stop, ...] = ()
    personal: bool = Field(default=False, description="The answer says something about a person: kept erasable")

    _id: str = PrivateAttr(default="")

    @property
    def id(self):
        """The question's name in answers and conditions."""
        return self._id

    @property
    def kind(self):
        """What a guard sees of the answer."""
        return Kind(self.type, tuple(getattr(self, "options", ())), may_be_empty=self.optional or self.when is not None)


class Place(Asked):
    """A point outdoors: picked on a map, or a street and a note."""

    type: Literal["place"]
    published: bool = Field(default=False, description="Shown to others nearby, so that they can follow it")


class Address(Asked):
    """A dwelling, by its address."""

    type: Literal["address"]
    personal: bool = True


class Option(Text):
    """One thing to choose."""

    hint: Text | None = None


class Choice(Asked):
    """Choose one."""

    type: Literal["choice"]
    options: dict[Code, Option] = Field(min_length=2, max_length=30)


class Many(Asked):
    """Choose any number."""

    type: Literal["many"]
    options: dict[Code, Option] = Field(min_length=2, max_length=60)
    least: int = Field(default=1, ge=0)
    most: PositiveInt | None = None


class Pattern(Part):
    """What a short text must look like."""

    matches: str
    say: Text


class ShortText(Asked):
    """A line of words."""

    type: Literal["text"]
    most: PositiveInt = Field(default=200, le=500, description="Characters")
    pattern: Pattern | None = None


class LongText(Asked):
    """A few sentences."""

    type: Literal["long-text"]
    most: PositiveInt = Field(default=2000, le=20000, description="Characters")
    personal: bool = True


class Number(Asked):
    """A number."""

    type: Literal["number"]
    least: int | None = None
    most: int | None = None
    unit: Text | None = None
    decimals: int = Field(default=0, ge=0, le=3)


class Money(Asked):
    """An amount, kept in pence."""

    type: Literal["money"]
    least: int | None = Field(default=0, description="Pence")
    most: int | None = Field(default=None, description="Pence")


class Date(Asked):
    """A day: `2026-03-31`, `today`, or `today-14`."""

    type: Literal["date"]
    earliest: Day | None = None
    latest: Day | None = None


class YesNo(Asked):
    """Yes or no."""

    type: Literal["yes-no"]


class File(Asked):
    """Photos or documents."""

    type: Literal["file"]
    accept: Literal["image", "document", "any"] = "any"
    most: PositiveInt = Field(default=1, le=10)
    largest_mb: PositiveInt = Field(default=10, le=50)
    personal: bool = True


class Person(Asked):
    """Somebody: a name, and what else is asked for."""

    type: Literal["person"]
    parts: tuple[Literal["email", "phone", "born"], ...] = ()
    personal: bool = True


class Organisation(Asked):
    """A company, charity or public body."""

    type: Literal["organisation"]


class Vehicle(Asked):
    """A vehicle: its registration number if known, make and colour."""

    type: Literal["vehicle"]
    personal: bool = True


class Declaration(Asked):
    """Words that somebody must agree to before going on."""

    type: Literal["declaration"]
    words: Text


Question = Annotated[
    Place
    | Address
    | Choice
    | Many
    | ShortText
    | LongText
    | Number
    | Money
    | Date
    | YesNo
    | File
    | Person
    | Organisation
    | Vehicle
    | Declaration,
    Field(discriminator="type"),
]
