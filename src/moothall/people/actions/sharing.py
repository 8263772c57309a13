"""A person lets a body have what a request needs: from then on the body has a record of them, and not before."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.scope import current_scope, scoped
from moothall.people.models import ContactPoint, Name
from moothall.people.queries.identity import known
from moothall.people.rules import normal

from .details import NotAContact, add_contact, verify_contact
from .needs import add_needs
from .record import NameTooLong, _new_name, _record_of, _write_down


def share_with(
    *,
    person_id: UUID,
    body_id: int,
    name: str = "",
    email: str = "",
    phone: str = "",
    post: str = "",
    needs: Iterable[str] = (),
    at: datetime,
    by: Actor,
) -> None:
    """Give a body what somebody says of themself with a request: it may find them, and be told who they may also be.

    What the person signs in with counts as verified for the body too. Anything the body has already is left as it is.
    What they need is noted beside what the body knows. The scope is the person's own. Values that cannot be a contact
    are left out. Raises NoSuchPerson.
    """
    known(person_id)
    signed = set(
        ContactPoint.objects.filter(person_id=person_id, body_id=None, ends=None)
        .exclude(verified_at=None)
        .values_list("kind", "normal")
    )
    name = name or Name.objects.filter(person_id=person_id, body_id=None).values_list("full", flat=True).first() or ""
    with scoped(current_scope().narrowed(bodies=(body_id,))):
        record = _record_of(person_id, body_id, at)
        if normal.name(name) and not Name.objects.filter(record=record, normal=normal.name(name)).exists():
            with suppress(NameTooLong):  # nor for a name that is none
                _new_name(record, name).save(force_insert=True)
                _write_down("person.recorded", person_id, body_id, at, by, {"record": str(record.pk)})
        for kind, value in (("email", email), ("phone", phone), ("post", post)):
            with suppress(NotAContact):  # a request is never refused for a number mistyped
                contact = add_contact(person_id=person_id, body_id=body_id, kind=kind, value=value, at=at, by=by)
                fresh = ContactPoint.objects.filter(pk=contact, verified_at=None).exists()
                if fresh and (kind, normal.contact(kind, value)) in signed:
                    verify_contact(contact_id=contact, how="sign-in", at=at, by=by)
        add_needs(person_id=person_id, body_id=body_id, needs=needs, at=at, by=by)
