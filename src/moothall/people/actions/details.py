"""What is known of a person: ways to reach them, homes, household. The earlier value is ended, never changed."""

import re
from datetime import date, datetime
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.ids import new_id
from moothall.core.refusal import Refusal
from moothall.people.models import ContactPoint, HouseholdMember, Residence, SourceRecord
from moothall.people.queries.identity import known
from moothall.people.rules import normal
from moothall.people.rules.terms import VERIFIED_BY

from .record import _record_of, _write_down

LOOKS_RIGHT = {
    "email": re.compile(r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}$"),
    "phone": re.compile(r"^\+\d{9,15}$"),
    "post": re.compile(r"\w.*\w", re.S),
}
"""Form only: E.164 has at most 15 digits; RFC 5321 gives what stands before the @ at most 64 characters."""
MOST = 300
"""Characters of a way to reach somebody, and of an address in words."""


class NotAContact(Refusal):
    """That does not look right. Write an e-mail address like name@example.com, or a phone number with its area code."""


class NotKnownHere(Refusal):
    """We do not have that any more. Look at the person's page again."""

    status = 404


def _day(at: datetime) -> date:
    return local(at).date()


def add_contact(*, person_id: UUID, body_id: int | None, kind: str, value: str, at: datetime, by: Actor) -> UUID:
    """Note a way to reach somebody and return its id; the same one twice is one. Raises NotAContact.

    `body_id` is who collects it, None when the person gives it for themself. It is not verified by being noted.
    """
    form = _reached(kind, value)
    known(person_id)
    mine = ContactPoint.objects.filter(person_id=person_id, body_id=body_id, kind=kind, normal=form, ends=None)
    already = mine.values_list("pk", flat=True).first()
    if already:
        return already
    record = _record_of(person_id, body_id, at)
    contact = _new_contact(record, kind, value, at)
    contact.save(force_insert=True)
    _write_down("person.contact-added", person_id, body_id, at, by, {"contact": str(contact.pk), "kind": kind})
    return contact.pk


def _reached(kind: str, value: str) -> str:
    """Return a way to reach somebody in the form in which two are compared. Raises NotAContact."""
    form = normal.contact(kind, value) if kind in LOOKS_RIGHT else ""
    if not form or not LOOKS_RIGHT[kind].search(form) or max(len(form), len(value.strip())) > MOST:
        raise NotAContact(field=kind)
    return form


def _new_contact(record: SourceRecord, kind: str, value: str, at: datetime) -> ContactPoint:
    """Return the row of a way to reach the person of a record; it is not written."""
    return ContactPoint(
        record=record,
        person_id=record.person_id,
        body_id=record.body_id,
        kind=kind,
        value=value.strip(),
        normal=_reached(kind, value),
        starts=_day(at),
    )


def verify_contact(*, contact_id: UUID, how: str, at: datetime, by: Actor) -> None:
    """Note that a way to reach somebody is theirs, since when, and how we know. Raises NotKnownHere.

    `how` is one of `rules.terms.VERIFIED_BY`.
    """
    contact = _contact(contact_id)
    if how not in VERIFIED_BY:
        raise NotAContact(field="how")
    ContactPoint.objects.filter(pk=contact_id).update(verified_at=at, verified_how=how)
    _write_down(
        "person.contact-verified", contact.person_id, contact.body_id, at, by, {"contact": str(contact_id), "how": how}
    )


def end_contact(*, contact_id: UUID, at: datetime, by: Actor) -> None:
    """Stop using a way to reach somebody from today. Nothing is sent to the old one about it. Raises NotKnownHere.

    Telling the old address of a change has put people in danger from those they fled.
    """
    contact = _contact(contact_id)
    if contact.starts == _day(at):
        ContactPoint.objects.filter(pk=contact_id).update(starts=None, ends=_day(at))
    else:
        ContactPoint.objects.filter(pk=contact_id).update(ends=_day(at))
    _write_down("person.contact-ended", contact.person_id, contact.body_id, at, by, {"contact": str(contact_id)})


def _contact(contact_id: UUID) -> ContactPoint:
    contact = ContactPoint.objects.filter(pk=contact_id, ends=None).first()
    if contact is None:
        raise NotKnownHere
    return contact


def move_home(
    *,
    person_id: UUID,
    body_id: int | None,
    uprn: str = "",
    address: str = "",
    postcode: str = "",
    starts: date,
    at: datetime,
    by: Actor,
) -> UUID:
    """Note where somebody lives from a day, and until that day where they lived before; return the residence's id.

    Give the `uprn` of a home we know, or address and postcode in words. Raises UnknownPlace, NotAContact.
    """
    known(person_id)
    if uprn:
        home = bodies.complete({"uprn": uprn})
        address, postcode = home["label"], home["postcode"]
    else:
        _in_words(address)
    record = _record_of(person_id, body_id, at)
    before = Residence.objects.filter(person_id=person_id, body_id=body_id, ends=None)
    before.filter(starts__gte=starts).update(starts=None, ends=starts)
    before.update(ends=starts)
    home = _new_home(record, uprn, address, postcode, starts)
    home.save(force_insert=True)
    _write_down("person.moved", person_id, body_id, at, by, {"residence": str(home.pk)})
    return home.pk


def _in_words(address: str) -> str:
    """Return an address in words as it is kept. Raises NotAContact."""
    address = address.strip()
    if not address:
        raise NotAContact("Write the address, or choose it from the list.", field="address")
    if len(address) > MOST:
        raise NotAContact(f"That address is too long. Write it in up to {MOST} characters.", field="address")
    return address


def _new_home(record: SourceRecord, uprn: str, address: str, postcode: str, starts: date) -> Residence:
    """Return the row of where the person of a record lives from a day; it is not written."""
    return Residence(
        record=record,
        person_id=record.person_id,
        body_id=record.body_id,
        uprn=uprn,
        address=_in_words(address),
        postcode=normal.postcode(postcode) or "",
        starts=starts,
    )


def share_household(*, person_ids: list[UUID], body_id: int, starts: date, at: datetime, by: Actor) -> UUID:
    """Note that these people keep house together from a day, and no longer with whom they did before.

    Returns the household's id.
    """
    household = new_id()
    for person_id in dict.fromkeys(person_ids):
        known(person_id)
        record = _record_of(person_id, body_id, at)
        before = HouseholdMember.objects.filter(person_id=person_id, body_id=body_id, ends=None)
        before.filter(starts__gte=starts).update(starts=None, ends=starts)
        before.update(ends=starts)
        HouseholdMember.objects.create(
            record=record, person_id=person_id, body_id=body_id, household=household, starts=starts
        )
        _write_down("person.household-noted", person_id, body_id, at, by, {"household": str(household)})
    return household
