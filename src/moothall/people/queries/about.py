"""What is known about a person, from every source record that the scope may read."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F

from moothall.people.models import ActsFor, ContactPoint, HouseholdMember, Link, Name, Need, Residence, SourceRecord
from moothall.people.rules.needs import ordered

from .identity import decisions_about, identity, known

CURRENT_FIRST = ("ends", "-id")
AGENTS_FIRST = (F("ended_at").desc(nulls_first=True), *CURRENT_FIRST)


@dataclass(frozen=True)
class Card:
    """The few things that any page or message about a person needs."""

    person_id: UUID
    name: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""
    language: str = "en"
    format: str = ""
    needs: tuple[str, ...] = ()
    protected: bool = False


@dataclass
class About:
    """Everything known about a person. Each value carries its record, and so who collected it and why."""

    person_id: UUID
    members: tuple[UUID, ...]
    card: Card
    records: list[SourceRecord] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    contacts: list[ContactPoint] = field(default_factory=list)
    residences: list[Residence] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    household: list[HouseholdMember] = field(default_factory=list)
    agents: list[ActsFor] = field(default_factory=list)
    acts_for: list[ActsFor] = field(default_factory=list)
    decisions: list[Link] = field(default_factory=list)


def about(person_id: UUID) -> About:
    """Return everything known about a person and those decided to be the same. Raises NoSuchPerson.

    Ten statements, however much is known. Whoever shows it to staff writes the reading down (`audit.read`).
    """
    known(person_id)
    members = identity(person_id)
    names, contacts, needs = (_of(kind, members) for kind in (Name, ContactPoint, Need))
    mine = {row.household for row in _of(HouseholdMember, members) if row.ends is None}
    return About(
        person_id=members[0],
        members=members,
        card=_card(members[0], names, contacts, needs),
        records=list(SourceRecord.objects.filter(person__in=members, erased_at=None).select_related("body")),
        names=names,
        contacts=contacts,
        residences=_of(Residence, members),
        needs=needs,
        household=[
            row for row in HouseholdMember.objects.filter(household__in=mine, ends=None) if row.person_id not in members
        ],
        agents=list(ActsFor.objects.filter(person__in=members).select_related("body").order_by(*AGENTS_FIRST)),
        acts_for=list(ActsFor.objects.filter(agent__in=members).order_by(*CURRENT_FIRST)),
        decisions=decisions_about(members),
    )


def _of(kind, members) -> list:
    """Return values of one kind, those still in force first, newest first."""
    rows = kind.objects.filter(person__in=members).select_related("record", "body")
    return sorted(rows, key=lambda row: (row.ends is not None, -row.record.collected_at.timestamp(), str(row.pk)))


def card(person_id: UUID) -> Card:
    """Return name, ways to reach, and what a person needs; empty parts where nothing is known.

    At most five statements.
    """
    members = identity(person_id)
    return _card(members[0], *(_of(kind, members) for kind in (Name, ContactPoint, Need)))


def _card(person_id: UUID, names, contacts, needs) -> Card:
    need = {(row.kind): row.value for row in reversed(needs) if row.ends is None}
    return Card(
        person_id=person_id,
        name=next((row.known_as or row.full for row in names if row.ends is None), ""),
        email=_best(contacts, "email"),
        phone=_best(contacts, "phone"),
        post=_best(contacts, "post"),
        language=need.get("language", "en"),
        format=need.get("format", ""),
        needs=ordered(f"{row.kind}:{row.value}" for row in reversed(needs) if row.ends is None),
        protected=need.get("safety") == "protected",
    )


def _best(contacts, kind: str) -> str:
    """Return the way to reach them that we are surest of: verified before not, then the newest."""
    rows = [row for row in contacts if row.kind == kind and row.ends is None]
    return next((row.value for row in rows if row.verified_at), rows[0].value if rows else "")


def name_of(person_id: UUID) -> str:
    """Return what a person is called, or empty text."""
    return card(person_id).name


def contact_of(person_id: UUID) -> dict[str, str]:
    """Return how to reach a person: name, email, phone and address to write to, each empty where unknown."""
    found = card(person_id)
    return {"name": found.name, "email": found.email, "phone": found.phone, "address": found.post}


def language_of(person_id: UUID) -> str:
    """Return the language a person is written to in (BCP 47); English where they have not said."""
    return card(person_id).language
