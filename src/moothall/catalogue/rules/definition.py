"""A service as data: everything the front door, the desk, the API and the work need to know of it."""

import hashlib
import json
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from moothall.catalogue.rules.kinds import Kind
from moothall.catalogue.rules.questions import Code, Condition, Name, Question
from moothall.catalogue.rules.steps import Message, Outcome, Promise, Review, Step
from moothall.catalogue.rules.texts import Part, Text

CASE_KINDS = {
    "case.channel": Kind("choice", ("web", "phone", "visit", "email", "post", "api", "open311")),
    "case.opened": Kind("date"),
    "case.reopened": Kind("yes-no"),
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


class Parameter(Part):
    """What a body that adopts the service may set for itself."""

    type: Literal["money", "number", "text", "yes-no"]
    label: str
    default: int | bool | Text
    least: int | None = None
    most: int | None = Field(default=None, description="Of a text: how many characters")
    source: str | None = Field(default=None, description="Where the default or the limit comes from")

    @model_validator(mode="after")
    def _fits(self):
        fits = {"money": int, "number": int, "yes-no": bool, "text": Text}[self.type]
        if type(self.default) is not fits:
            raise ValueError(f"a default that fits `type: {self.type}`|default: 4000 for money in pence")
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
    sign_in: Literal["not needed", "helps", "needed"] = "not needed"
    contact: Contact
    duplicates: Duplicates | None = None
    leaves_open: dict[Name, Parameter] = Field(default_factory=dict)
    fee: Fee | None = None
    ask: dict[Name, Question] = Field(min_length=1)
    promise: Promise
    steps: dict[Name, Step] = Field(min_length=1)
    outcomes: dict[Code, Outcome] = Field(min_length=1)
    review: Review | None = Field(default=None, description="A decision that somebody else looks at again, if asked")
    messages: tuple[Message, ...] = Field(min_length=1)
    other_ways: Ways = Ways()
    related: tuple[str, ...] = ()
    schema_org: SchemaOrg
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
        return answers | body | CASE_KINDS

    def compiled(self):
        """Return the definition as plain JSON values, from which `Definition.model_validate` makes it again."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"moothall": self.moothall}

    def digest(self):
        """Return the SHA-256 of the compiled form, as hex: what makes a version the same version."""
        text = json.dumps(self.compiled(), ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


__all__ = ["Condition", "Definition"]
