"""A service as data: everything the front door, the desk, the API and the work need to know of it."""

import hashlib
import json
import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from moothall.catalogue.rules import hours
from moothall.catalogue.rules.days import Yearly
from moothall.catalogue.rules.kinds import Kind
from moothall.catalogue.rules.questions import Code, Condition, Name, Question
from moothall.catalogue.rules.steps import Again, Message, Outcome, Promise, Review, Step
from moothall.catalogue.rules.texts import Part, Text

CASE_KINDS = {
    "case.channel": Kind("choice", ("web", "phone", "visit", "email", "post", "api", "open311")),
    "case.opened": Kind("date", may_be_empty=True),
    "case.reopened": Kind("yes-no"),
    "case.appealed": Kind("yes-no"),
}


class Law(Part):
    """The rule that the service stands on, with where to read it."""

    name: str
    source: Annotated[str, Field(pattern=r"^https://")]


class Keep(Part):
    """How long the case is kept after it is closed, and why so long."""

    years: Annotated[int, Field(ge=0, le=100)] = 0
    months: Annotated[int, Field(ge=0, le=11)] = 0
    why: str

    @model_validator(mode="after")
    def _some_time(self):
        if not (self.years or self.months):
            raise ValueError("how long|{years: 6, why: Limitation Act 1980 s.5}")
        return self


LawfulBasis = Literal["public task", "legal obligation", "contract", "consent", "vital interests"]


class Basis(Part):
    """Why we may do this and hold these data (UK GDPR article 6)."""

    law: tuple[Law, ...] = Field(min_length=1)
    lawful_basis: LawfulBasis
    keep: Keep


class DoneBy(Part):
    """Who is responsible: the kind of work, which decides the body at a place; and which kinds of body those are."""

    work: Code
    bodies: tuple[str, ...] = Field(min_length=1)


DEFAULTS = {
    "money": "default: 4000 for money in pence",
    "phone": 'default: "" (each body gives its own number)',
    "hours": "default: Mo-Fr 09:00-17:00",
}
PHONE = re.compile(r"\+?\d[\d ]{2,19}")


def wrong_line(kind: str, value: str) -> str:
    """Return what is wrong with a telephone number or with opening hours, and what to write; empty when it will do."""
    if kind == "phone":
        return "" if PHONE.fullmatch(value) else "Write a telephone number in figures, such as 01632 960000."
    try:
        hours.read(value)
    except hours.HoursWrong as wrong:
        return str(wrong)
    return ""


class Parameter(Part):
    """What a body that adopts the service may set for itself."""

    type: Literal["money", "number", "text", "yes-no", "phone", "hours"]
    label: str
    default: int | bool | Text | str
    least: int | None = None
    most: int | None = Field(default=None, description="Of a text: how many characters")
    source: str | None = Field(default=None, description="Where the default or the limit comes from")

    @model_validator(mode="after")
    def _fits(self):
        fits = {"money": int, "number": int, "yes-no": bool, "text": Text}.get(self.type, str)
        to_be_given = self.type == "phone" and self.default == ""
        if type(self.default) is not fits or (fits is str and not to_be_given and wrong_line(self.type, self.default)):
            raise ValueError(f"a default that fits `type: {self.type}`|{DEFAULTS.get(self.type, DEFAULTS['money'])}")
        return self


class Need(Text):
    """Something to have ready; with `when`, only where the adopting body asks for it."""

    when: Condition | None = None


class Fee(Part):
    """What it costs: pence (a number, or an expression over answers and `body`), for what, and what is given back."""

    pence: Annotated[int, Field(ge=0)] | Annotated[str, Field(min_length=1)]
    per: Text
    refund: Text | None = None


class Contact(Part):
    """Whether we need to know how to reach the person, and why."""

    needed: bool = False
    why: Text


class Duplicates(Part):
    """What counts as the same thing reported twice: how near, how recent."""

    metres: Annotated[int, Field(ge=1, le=500)]
    days: Annotated[int, Field(ge=1, le=365)]


Setting = Annotated[str, Field(pattern=r"^body\.[a-z][a-z0-9_]*$")]


class Urgent(Part):
    """An urgent referral: seen by one team alone, before all other work, and safe to ask for.

    The pages have a quick exit and are kept nowhere; a number that somebody answers stands before anything else; no
    message goes out unless the person said that it is safe to write; nothing is published or found by a postcode.
    """

    team: Code = Field(description="The team that alone sees it")
    desk: Literal["knows", "never"] = Field(
        default="never", description="Whether an adviser who has the reference is told that it exists, and whom to ring"
    )
    ring: Setting = Field(description="The body's setting with the number that is answered in its hours")
    hours: Setting = Field(description="The body's setting with those hours")
    otherwise: Setting = Field(description="The body's setting with the number that is answered at all other times")

    @property
    def settings(self):
        """The kind of setting that each of its words names."""
        return {"ring": "phone", "hours": "hours", "otherwise": "phone"}


class Synonyms(Part):
    """Words and phrases people use for this. English is needed; Welsh finds the service too."""

    en: tuple[str, ...] = Field(min_length=3)
    cy: tuple[str, ...] = ()


class Ways(Part):
    """Other ways to ask than the web."""

    phone: Text | None = None
    visit: Text | None = None
    post: Text | None = None
    email: Text | None = None


class SchemaOrg(Part):
    """How search engines are told of it (https://schema.org/GovernmentService)."""

    type: Literal["GovernmentService"] = "GovernmentService"
    service_type: str
    audience: str = "Residents"


class Definition(Part):
    """One service. Loaded from a folder by `load`, kept as compiled JSON, and never changed afterwards."""

    moothall: Literal[1] = Field(description="The version of this language")
    id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z0-9]+)*$", max_length=40)]
    title: Text
    summary: Text = Field(description="Two sentences: what this is")
    who: Text = Field(description="Who can ask for it")
    needs: tuple[Need, ...] = Field(default=(), description="What to have ready")
    lgsl: int | None = Field(default=None, description="Local Government Services List number (esd-toolkit)")
    topics: tuple[str, ...] = Field(min_length=1)
    synonyms: Synonyms
    done_by: DoneBy
    basis: Basis
    danger: Text | None = Field(default=None, description="Shown before anything else: when to ring 999 instead")
    urgent: Urgent | None = Field(default=None, description="An urgent referral: restricted, safe to ask for, first")
    sign_in: Literal["not needed", "helps", "needed"] = "not needed"
    identity: Literal["none", "known", "document"] = Field(
        default="none", description="How sure an adviser must be of who it is before they tell a caller of their case"
    )
    contact: Contact
    duplicates: Duplicates | None = None
    leaves_open: dict[Name, Parameter] = Field(default_factory=dict)
    dates: dict[Name, Yearly] = Field(default_factory=dict, description="Days that come every year by law")
    fee: Fee | None = None
    ask: dict[Name, Question] = Field(min_length=1)
    promise: Promise
    steps: dict[Name, Step] = Field(min_length=1)
    outcomes: dict[Code, Outcome] = Field(min_length=1)
    review: Review | None = Field(default=None, description="A decision that somebody else looks at again, if asked")
    again: Again | None = Field(default=None, description="Begun again when it has ended, with what is known")
    messages: tuple[Message, ...] = Field(min_length=1)
    other_ways: Ways = Ways()
    related: tuple[str, ...] = ()
    schema_org: SchemaOrg
    script: tuple[str, ...] = Field(
        default=(), description="For advisers, in English: what to ask, say and look out for while they take it"
    )
    notes: str | None = Field(default=None, description="For officers: sources, choices, cautions")
    letters: SkipJsonSchema[dict[str, dict[str, str]]] = Field(default_factory=dict)
    outputs: SkipJsonSchema[dict[str, dict[str, str | tuple[str, ...]]]] = Field(
        default_factory=dict, description="What conditions use of each step's outputs; noted by the loader"
    )

    def model_post_init(self, _context):
        """Tell each question and step its own name."""
        for name, part in [*self.ask.items(), *self.steps.items()]:
            part._id = name

    @property
    def questions(self):
        """The questions in the order they are asked."""
        return list(self.ask.values())

    @property
    def work(self):
        """The kind of work, which `bodies` turns into the responsible body."""
        return self.done_by.work

    @cached_property
    def kinds(self):
        """What conditions may see before any step has ended: dotted name to Kind."""
        answers = {f"answers.{q.id}": q.kind for q in self.questions}
        body = {f"body.{name}": Kind(p.type) for name, p in self.leaves_open.items() if p.type != "text"}
        dates = {f"dates.{name}": Kind("date") for name in self.dates}
        return answers | body | dates | CASE_KINDS

    def compiled(self):
        """Return the definition as plain JSON values, from which `Definition.model_validate` makes it again."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"moothall": self.moothall}

    def digest(self):
        """Return the SHA-256 of the compiled form, as hex: what makes a version the same version."""
        text = json.dumps(self.compiled(), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


__all__ = ["Condition", "Definition"]
