"""The terms of a partnership as typed data, and what must be in them before anybody is asked to agree."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from moothall.sharing.rules.prices import Method

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Model = Literal["alone", "lead-authority", "joint-committee", "public-company", "joint-venture", "contract"]
WITHHOLDABLE = ("costs", "contributions", "savings", "exit", "documents")
"""The parts of terms that may be withheld. Who takes part, the aims, and who answers for what never may."""


class Part(BaseModel):
    """One part of the terms; what is not known is refused, so that a slip of the pen is not lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Member(Part):
    """A body that takes part, from a day on."""

    body_id: int
    starts: dt.date


class Aim(Part):
    """What the members want, near (within two years) or far, with a measure, a target and the day it is due.

    `counts` says what the platform counts for it by itself, over a year: work done for bodies that are no members.
    """

    words: Said
    words_cy: str = ""
    when: Literal["near", "far"]
    measure: Said
    unit: str = ""
    direction: Literal["at-least", "at-most"] = "at-least"
    target: Decimal
    due: dt.date
    counts: Literal["", "outside-requests", "outside-pounds", "outside-hours"] = ""


class SharedService(Part):
    """A service that one body does for others: who answers for it, by body and by councillor, and who does it.

    `service_id` is the catalogue's where the service is in it.
    """

    title: Said
    service_id: str = ""
    accountable: int | None = None
    councillor: str = ""
    provider: int
    receivers: tuple[int, ...] = ()


class Power(Part):
    """What may be decided, and by whom."""

    what: Said
    who: Said


class Interest(Part):
    """What a member declares of conflicts of interest, and how it is dealt with; "none" is a declaration too."""

    body_id: int
    what: Said
    handled: str = ""


class Cost(Part):
    """How the cost of a service is shared."""

    service: Said
    method: Method
    words: Said


class Contribution(Part):
    """What a member puts in a year, beside the cost shares: money in pence, or work in words."""

    body_id: int
    what: Said
    pence_a_year: int | None = Field(None, ge=0)


class System(Part):
    """A computer system that a member is to give up by a day."""

    name: Said
    body_id: int
    retire_by: dt.date


class Saving(Part):
    """What is promised to be saved a year, in pence, from a day on, and where that figure stands."""

    pence_a_year: int = Field(ge=0)
    starts: dt.date
    source: Said


class Exit(Part):
    """How a member leaves: months of notice, what leaving costs in pence (None where nobody has said), and in words."""

    notice_months: int = Field(ge=0, le=60)
    cost_pence: int | None = Field(None, ge=0)
    words: Said


class Kept(Part):
    """A file that is kept here: its bytes (SHA-256), its name, media type and size in bytes."""

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    name: Said
    kind: Said
    size: int = Field(gt=0)


class Document(Part):
    """A paper that belongs to the terms: kept here, or by its address elsewhere; one of the two."""

    title: Said
    address: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=500)] = ""
    file: Kept | None = None

    @model_validator(mode="after")
    def _stands_somewhere(self):
        if bool(self.address) == bool(self.file):
            raise ValueError("A document is a file kept here or stands at an address: one of the two.")
        return self


class Ending(Part):
    """The partnership ends, wholly or but for some services with which its members go on."""

    on: dt.date
    why: Said
    continuing: tuple[str, ...] = ()


class Withholding(Part):
    """Why a part is not shown yet: the reason, who decided, the public-interest test, and the day it is published."""

    part: Literal["costs", "contributions", "savings", "exit", "documents"]
    reason: Said
    owner: Said
    test: Said
    expires: dt.date


class Terms(Part):
    """One version of a partnership's terms. `starts` is the first day on which they are to hold."""

    name: Said
    name_cy: str = ""
    purpose: Said
    purpose_cy: str = ""
    starts: dt.date
    ends: dt.date | None = None
    model: Model
    lead: int | None = None
    members: tuple[Member, ...]
    aims: tuple[Aim, ...] = ()
    services: tuple[SharedService, ...] = ()
    powers: tuple[Power, ...] = ()
    interests: tuple[Interest, ...] = ()
    costs: tuple[Cost, ...] | None = ()
    contributions: tuple[Contribution, ...] | None = ()
    systems: tuple[System, ...] = ()
    savings: Saving | None = None
    exit: Exit | None = None
    documents: tuple[Document, ...] | None = ()
    ending: Ending | None = None
    withheld: tuple[Withholding, ...] = ()

    @property
    def member_ids(self) -> tuple[int, ...]:
        """Return the ids of the members' bodies, in order."""
        return tuple(sorted(one.body_id for one in self.members))

    def hidden(self, part: str) -> Withholding | None:
        """Return why a part is withheld; None when it is not."""
        return next((one for one in self.withheld if one.part == part), None)

    def public(self) -> dict:
        """Return the terms as JSON values without what is withheld."""
        return self.model_dump(mode="json") | {one.part: None for one in self.withheld}

    @property
    def papers(self) -> tuple[Kept, ...]:
        """Return the files that are kept here."""
        return tuple(one.file for one in self.documents or () if one.file)

    def secrets(self) -> dict[str, object]:
        """Return what is withheld, by its part, as JSON values."""
        return {one.part: self.model_dump(mode="json")[one.part] for one in self.withheld}


def problems(terms: Terms, *, day: dt.date, names: dict[int, str]) -> list[tuple[str, str]]:
    """Return what stands in the way of proposing terms on a day: (part, what to do). `names` are the bodies' names.

    No shared service without an accountable member and a named councillor; aims near and far, each with a measure and
    a day; each member's interests declared; notice and exit said; what is withheld has an expiry day to come.
    """
    found = [*_about_members(terms, names), *_about_services(terms, names), *_about_aims(terms)]
    if not terms.powers:
        found.append(("powers", "Say who may decide what: at least one thing, and by whom it is decided."))
    declared = {one.body_id for one in terms.interests}
    for one in terms.member_ids:
        if one not in declared:
            words = f"Write what {names[one]} declares of conflicts of interest. “None” is a declaration too."
            found.append(("interests", words))
    if not terms.costs:
        found.append(("costs", "Say how the cost is shared, service by service."))
    if terms.exit is None:
        found.append(("exit", "Say how a member leaves: months of notice, what it costs, and what happens then."))
    for one in terms.withheld:
        if one.expires <= day:
            found.append(("withheld", f"Give a day after today on which “{one.part}” becomes public."))
    return found


def _about_members(terms: Terms, names: dict[int, str]) -> list[tuple[str, str]]:
    found = []
    if len(terms.members) < 2:
        found.append(("members", "Choose at least two members: one alone is no partnership."))
    if terms.ends and terms.ends <= terms.starts:
        found.append(("basics", "Give a last day that is after the first."))
    if terms.model == "lead-authority" and terms.lead not in terms.member_ids:
        found.append(("model", "Choose which member leads: the model is a lead authority."))
    return found


def _about_services(terms: Terms, names: dict[int, str]) -> list[tuple[str, str]]:
    found = []
    if not terms.services:
        found.append(("services", "Add at least one service that is shared."))
    for one in terms.services:
        if one.accountable not in terms.member_ids:
            found.append(("services", f"Choose the member that answers for “{one.title}”: one of those who take part."))
        if not one.councillor.strip():
            found.append(("services", f"Name the councillor who answers for “{one.title}”."))
        if one.provider not in terms.member_ids and terms.model not in ("contract", "public-company", "joint-venture"):
            words = f"Choose a member that does “{one.title}”, or a business model in which others may."
            found.append(("services", words))
        for other in one.receivers:
            if other not in terms.member_ids:
                found.append(("services", f"{names.get(other, other)} receives “{one.title}” and is no member."))
    return found


def _about_aims(terms: Terms) -> list[tuple[str, str]]:
    found = []
    for when, words in (("near", "within two years"), ("far", "further off")):
        if not any(one.when == when for one in terms.aims):
            found.append(("aims", f"Add an aim {words}, with its measure, target and day."))
    found += [
        ("aims", f"Give “{one.words}” a day after the terms begin.") for one in terms.aims if one.due <= terms.starts
    ]
    return found
