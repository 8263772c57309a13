"""Following a case that somebody else reported already."""

import datetime as dt
import json
from uuid import UUID

from django.conf import settings
from django.db import connection

from moothall.casework import events
from moothall.casework.actions.opening import ContactNeeded
from moothall.casework.rules.contact import digest
from moothall.core.actor import Actor
from moothall.core.events import publish
from moothall.core.ids import new_id
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, scoped


class NoLongerOpen(Refusal):
    """That report has been dealt with in the meantime. If it is still there, report it."""


def follow(*, place_id: UUID, contact: dict, person_id: UUID | None = None, at: dt.datetime, by: Actor) -> UUID:
    """Follow the open case at a published place instead of reporting it again; return the follower's id.

    They hear how it ends. Refuses ContactNeeded without an e-mail address or phone number, NoLongerOpen.
    """
    kind = next((k for k in ("email", "phone") if contact.get(k)), None)
    if kind is None:
        raise ContactNeeded(field="contact")
    follower_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute(
            "select case_id, body_id, service_id from casework_follow(%s, %s, %s, %s, %s, %s)",
            [
                place_id,
                follower_id,
                json.dumps(contact),
                digest(settings.SECRET_KEY, kind, contact[kind]),
                person_id,
                at,
            ],
        )
        found = cursor.fetchone()
    if found is None:
        raise NoLongerOpen()
    case_id, body_id, service_id = found
    with scoped(current_scope().narrowed(case=case_id)):
        fact = events.CaseFollowed(body_id=body_id, case_id=case_id, service_id=service_id, follower_id=follower_id)
        publish(fact, at=at, by=by)
    return follower_id
