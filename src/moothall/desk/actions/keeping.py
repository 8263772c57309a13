"""Keeping no longer than needed who was in touch and what was noted; that somebody was stays, as a count."""

import datetime as dt
from uuid import UUID

from django.db.models import Q

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.desk.models import CallBack, Contact
from moothall.desk.rules.contact import KEEP_DAYS, KEEP_RUNG_DAYS

SAYS_SOMETHING = ~Q(person_id=None) | ~Q(case_id=None) | ~Q(note="")
SAYS_WHOM = ~Q(phone="") | ~Q(about="") | ~Q(person_id=None)


def erase_person(*, person_ids: list[UUID], body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase from a body's contacts who they were from and what was noted, for these people."""
    theirs = Q(body_id=body_id, person_id__in=person_ids)
    return _empty(theirs, theirs, "contact.erased", body_id, at, by)


def keep_no_longer(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase who a body's contacts were from and what was noted at KEEP_DAYS; whom we rang, a month after."""
    until = at - dt.timedelta(days=KEEP_DAYS)
    rung = Q(body_id=body_id, ended_at__lt=at - dt.timedelta(days=KEEP_RUNG_DAYS))
    return _empty(Q(body_id=body_id, at__lt=until), rung, "contact.kept-long-enough", body_id, at, by)


def forget_body(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Erase who the contacts of a body that has left were from and what was noted."""
    return _empty(Q(body_id=body_id), Q(body_id=body_id), "contact.body-left", body_id, at, by)


def _empty(contacts: Q, call_backs: Q, action: str, body_id: int, at: dt.datetime, by: Actor) -> dict[str, int]:
    """Take from these rows whom and what they were about; return how many of each table said anything."""
    nobody = {"person_id": None, "case_id": None}
    erased = {
        "desk_contact": Contact.objects.filter(SAYS_SOMETHING, contacts).update(**nobody, note=""),
        "desk_callback": CallBack.objects.filter(SAYS_WHOM, call_backs).update(**nobody, phone="", about=""),
    }
    erased = {table: count for table, count in erased.items() if count}
    if erased:
        audit.record(action=action, object=f"body:{body_id}", body_id=body_id, at=at, by=by, data=erased)
    return erased
