"""Take in people whom another system knows, with what it knows of each: one by one, or many together."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ids import new_id
from moothall.core.pouring import Pouring
from moothall.core.refusal import Refusal
from moothall.people.models import Person, SourceRecord
from moothall.people.queries.identity import of_system

from .details import _in_words, _new_contact, _new_home, _reached, add_contact, move_home
from .record import FOR_REQUESTS, _compared, _new_name, record_person

REACHED = ("email", "phone")


class NotBornYet(Refusal):
    """That date of birth has not come yet. Correct it, or leave it empty."""

    status = 422


class HomeUnknown(Refusal):
    """That uprn is no home we know. Take in the addresses first, or give the address in words."""

    status = 422


@dataclass(frozen=True)
class Brought:
    """A person as another system has them, by their `number` there; a home is a `uprn` or an address in words."""

    system: str
    number: str
    name: str
    born: dt.date | None = None
    email: str = ""
    phone: str = ""
    uprn: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Checked:
    """What came of checking somebody: where they live, why they are refused, or that they are here already."""

    brought: Brought
    home: dict | None = None
    refusal: Refusal | None = None
    here: bool = False

    @property
    def is_new(self) -> bool:
        """Whether they can be taken in."""
        return not (self.refusal or self.here)


def check_many(*, body_id: int, brought: list[Brought], at: dt.datetime, by: Actor) -> list[Checked]:
    """Check people of one system, each as `take_in` would; nothing is written. At most two statements."""
    known = of_system(body_id, brought[0].system, [one.number for one in brought]) if brought else {}
    homes = bodies.places_of_dwellings([one.uprn for one in brought if one.uprn])
    return [Checked(one, here=True) if one.number in known else _checked(one, homes, at) for one in brought]


def _checked(brought: Brought, homes: dict[str, dict], at: dt.datetime) -> Checked:
    try:
        return Checked(brought, home=_check(brought, homes, at))
    except Refusal as refusal:
        return Checked(brought, refusal=refusal)


def _check(brought: Brought, homes: dict[str, dict], at: dt.datetime) -> dict | None:
    """Return where somebody lives, or refuse them."""
    _compared(brought.name)
    if brought.born and brought.born > local(at).date():
        raise NotBornYet(field="born")
    for kind in REACHED:
        if getattr(brought, kind):
            _reached(kind, getattr(brought, kind))
    if brought.uprn:
        if brought.uprn not in homes:
            raise HomeUnknown(field="uprn")
        return homes[brought.uprn]
    return {"label": _in_words(brought.address), "postcode": brought.postcode} if brought.address.strip() else None


def take_in(*, body_id: int, brought: Brought, at: dt.datetime, by: Actor) -> tuple[UUID, bool]:
    """Collect what another system knows of somebody; return the person, and whether they are new here.

    The same number of the same system is taken in once; again, nothing changes. Nobody is joined to another because
    they look alike. Raises NeedsAName, NameTooLong, NotBornYet, NotAContact, HomeUnknown.
    """
    [checked] = check_many(body_id=body_id, brought=[brought], at=at, by=by)
    if checked.refusal:
        raise checked.refusal
    if checked.here:
        return of_system(body_id, brought.system, [brought.number])[brought.number], False
    told = {"body_id": body_id, "at": at, "by": by}
    person_id = record_person(
        name=brought.name, system=brought.system, reference=brought.number, born=brought.born, **told
    )
    for kind in REACHED:
        if getattr(brought, kind):
            add_contact(person_id=person_id, kind=kind, value=getattr(brought, kind), **told)
    if checked.home:
        move_home(
            person_id=person_id, uprn=brought.uprn, address=brought.address, postcode=brought.postcode,
            starts=local(at).date(), **told,
        )  # fmt: skip
    return person_id, True


def take_in_many(*, body_id: int, checked: list[Checked], at: dt.datetime, by: Actor) -> None:
    """Collect people who were found new, as `take_in` collects one, in the caller's transaction.

    Raises IntegrityError where one of them came meanwhile; then none of them is kept.
    """
    pouring = Pouring()
    for one in checked:
        _pour(pouring, one, body_id, at, by)
    pouring.write()


def _pour(pouring: Pouring, checked: Checked, body_id: int, at: dt.datetime, by: Actor) -> None:
    one, person_id = checked.brought, new_id()
    told = {"object": f"person:{person_id}", "body_id": body_id, "at": at, "by": by}
    terms = {"person_id": person_id, "body_id": body_id, "collected_at": at} | FOR_REQUESTS
    theirs = SourceRecord(system=one.system, reference=one.number, born=one.born, **terms)
    pouring.row(Person(pk=person_id, made_at=at))
    pouring.row(theirs)
    pouring.row(_new_name(theirs, one.name))
    pouring.entry(action="person.recorded", data={"system": one.system, "record": str(theirs.pk)}, **told)
    reached_by = [kind for kind in REACHED if getattr(one, kind)]
    if not (reached_by or checked.home):
        return
    ours = SourceRecord(system="moothall", **terms)
    pouring.row(ours)
    for kind in reached_by:
        contact = _new_contact(ours, kind, getattr(one, kind), at)
        pouring.row(contact)
        pouring.entry(action="person.contact-added", data={"contact": str(contact.pk), "kind": kind}, **told)
    if checked.home:
        home = _new_home(ours, one.uprn, checked.home["label"], checked.home["postcode"], local(at).date())
        pouring.row(home)
        pouring.entry(action="person.moved", data={"residence": str(home.pk)}, **told)
