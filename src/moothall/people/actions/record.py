"""Collect a source record: what one system of one body says about a person, or what a person gives about themself."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.ids import new_id
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, scoped
from moothall.people.models import AccountLink, Name, Person, SourceRecord
from moothall.people.queries import person_for_account
from moothall.people.queries.identity import known
from moothall.people.rules import normal

MOST, MOST_FAMILY = 200, 100
"""Characters of a name, and of the last part of it, in the form in which names are compared."""
FOR_REQUESTS = {"purpose": "dealing with what people ask of us", "basis": "public-task"}
OF_ONES_OWN = {"purpose": "an account of one's own", "basis": "consent"}


class NeedsAName(Refusal):
    """A record needs a name that can be read. Write the full name."""


class NameTooLong(Refusal):
    """That name is too long. Write up to 200 characters, and no more than 100 without a space."""

    status = 422


def record_person(
    *,
    body_id: int,
    name: str,
    system: str = "moothall",
    reference: str = "",
    purpose: str = FOR_REQUESTS["purpose"],
    basis: str = FOR_REQUESTS["basis"],
    known_as: str = "",
    born: date | None = None,
    person_id: UUID | None = None,
    at: datetime,
    by: Actor,
) -> UUID:
    """Collect a source record of a body about a person and return the person's id.

    Without `person_id` it is a new person: nobody is joined to another because a name looks alike. The same
    `reference` of the same system is collected once; again, it gives the person of the first time.
    Raises NeedsAName, NameTooLong; NoSuchPerson when the scope may not know of the person given.
    """
    form = _compared(name)
    if reference:
        already = SourceRecord.objects.filter(body_id=body_id, system=system, reference=reference).first()
        if already:
            return already.person_id
    if person_id is None:
        person_id = _new_person(at)
    else:
        known(person_id)
    record, _ = SourceRecord.objects.get_or_create(
        person_id=person_id,
        body_id=body_id,
        system=system,
        reference=reference,
        erased_at=None,
        defaults={"purpose": purpose, "basis": basis, "born": born, "collected_at": at},
    )
    if not Name.objects.filter(record=record, normal=form, ends=None).exists():
        _new_name(record, name, known_as).save(force_insert=True)
    _write_down("person.recorded", person_id, body_id, at, by, {"system": system, "record": str(record.pk)})
    return person_id


def _compared(name: str) -> str:
    """Return a name in the form in which names are compared. Raises NeedsAName, NameTooLong."""
    form = normal.name(name)
    if not form:
        raise NeedsAName(field="name")
    if len(name) > MOST or len(form) > MOST or len(form.split()[-1]) > MOST_FAMILY:
        raise NameTooLong(field="name")
    return form


def welcome(*, account_id: int, email: str, name: str = "", at: datetime, by: Actor) -> UUID:
    """Give an account its person when it signs in for the first time, and return the person's id.

    What the person gives belongs to no body: they own it, and choose with each request what a body gets. The e-mail
    address counts as verified, since they signed in with it. The scope must be that of the account.
    """
    already = person_for_account(account_id)
    if already:
        return already
    try:
        return _welcomed(account_id, email, name, at, by)
    except IntegrityError:  # signed in twice at the same moment: the other one was first
        return person_for_account(account_id)


def _welcomed(account_id: int, email: str, name: str, at: datetime, by: Actor) -> UUID:
    from .details import add_contact, verify_contact  # details need this file's _record_of

    person_id = new_id()
    with scoped(current_scope().narrowed(person=person_id)):
        Person.objects.create(pk=person_id, made_at=at)
        AccountLink.objects.create(account_id=account_id, person_id=person_id, made_at=at)
        record = _record_of(person_id, None, at)
        if normal.name(name):
            _new_name(record, name).save(force_insert=True)
        contact_id = add_contact(person_id=person_id, body_id=None, kind="email", value=email, at=at, by=by)
        verify_contact(contact_id=contact_id, how="sign-in", at=at, by=by)
    return person_id


def _new_person(at: datetime) -> UUID:
    person_id = new_id()
    Person.objects.create(pk=person_id, made_at=at)
    return person_id


def _record_of(person_id: UUID, body_id: int | None, at: datetime) -> SourceRecord:
    """Return the platform's own record of a person for a body (or the person's own), made when there is none."""
    record, _ = SourceRecord.objects.get_or_create(
        person_id=person_id,
        body_id=body_id,
        system="moothall",
        reference="",
        erased_at=None,
        defaults=(FOR_REQUESTS if body_id else OF_ONES_OWN) | {"collected_at": at},
    )
    return record


def _new_name(record: SourceRecord, name: str, known_as: str = "") -> Name:
    """Return the row of a name of a record; it is not written."""
    form = _compared(name)
    return Name(
        record=record,
        person_id=record.person_id,
        body_id=record.body_id,
        full=" ".join(name.split()),
        known_as=known_as,
        normal=form,
        family=form.split()[-1],
    )


def _write_down(action: str, person_id: UUID, body_id: int | None, at: datetime, by: Actor, data: dict) -> None:
    """Write a body's change into its audit trail; what people change of their own is nobody's to audit."""
    if body_id is not None:
        audit.record(action=action, object=f"person:{person_id}", body_id=body_id, at=at, by=by, data=data)
