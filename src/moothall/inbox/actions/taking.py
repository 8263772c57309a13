"""Take what comes in: stored before whoever handed it over is told so, and once."""

import datetime as dt
import hashlib
import re
from uuid import UUID

from django.db import IntegrityError, transaction

from moothall.core import files, queue
from moothall.core.actor import Actor
from moothall.core.ids import new_id
from moothall.core.refusal import Refusal
from moothall.inbox.models import Arrival
from moothall.inbox.rules import mail

MAIL, TEXT_MESSAGE = "message/rfc822", "application/json"
READ = "inbox.read"


class TooLarge(Refusal):
    """That is larger than 25 MB. Send it in parts, or put it on our website."""

    status = 413


class Empty(Refusal):
    """There is nothing in it. Send it again."""

    status = 422


def take_in(
    *, body_id: int, channel: str, raw: bytes, name: str, kind: str, at: dt.datetime, by: Actor
) -> tuple[UUID, bool]:
    """
    Store what came in as it came, in the caller's transaction, and return its id and whether it is new. A job reads it.

    `channel` is one of `rules.states.CHANNELS`; `kind` says how to read the bytes: MAIL, TEXT_MESSAGE (as GOV.UK Notify
    hands one over) or the media type of a scan. The same thing handed over again is the same arrival. The scope is the
    body's. Refuses TooLarge, Empty.
    """
    if not raw:
        raise Empty()
    if len(raw) > mail.LARGEST:
        raise TooLarge()
    what = mail.key_of(raw) if kind == MAIL else hashlib.sha256(raw).hexdigest()
    key = hashlib.sha256(f"{body_id}:{what}".encode()).hexdigest()  # no two bodies', for when they become one
    known = Arrival.objects.filter(body_id=body_id, key=key).values_list("pk", flat=True)
    if earlier := known.first():
        return earlier, False
    arrival = Arrival(id=new_id(), body_id=body_id, channel=channel, key=key, at=at)
    arrival.thread = arrival.pk
    try:
        with transaction.atomic():
            arrival.save(force_insert=True)
    except IntegrityError:  # handed over twice at the same moment: the other was quicker
        return known.get(), False
    arrival.raw_id = files.store(raw, name=_plain(name), kind=kind, body_id=body_id, at=at, by=by).pk
    arrival.save(update_fields=["raw_id"])
    queue.defer(READ, body=body_id, key=f"arrival:{arrival.pk}", arrival_id=str(arrival.pk))
    return arrival.pk, True


def _plain(name: str) -> str:
    """Return a file's name as it may be saved again: letters, digits, dots, dashes and spaces."""
    return re.sub(r"[^\w.\- ]+", " ", name)[-80:].strip(" .") or "letter"
