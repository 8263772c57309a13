"""Give keys out and take them back; take what other systems send us beyond a new request."""

import datetime as dt
import secrets
from uuid import UUID, uuid5

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import audit, queue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.standards import queries
from moothall.standards.models import ApiKey

MARK = "moothall_"
#: Names updates by their sender's key and number, so that the same update has the same id for ever.
UPDATES = UUID("5f0c9a52-6f4b-5d1c-8a63-0c4f0f3f311a")


class NameMissing(Refusal):
    """Say whose key it is: the name of the system that will use it."""

    status = 422


class LimitWrong(Refusal):
    """Choose how many requests an hour it may send: from 1 to 10,000."""

    status = 422


class KeyRevoked(Refusal):
    """That key was taken back already. Make a new one if the system is to send requests again."""


class NoSuchRequest(Refusal):
    """The service_request_id was not found. Send one that we gave you, or that GET requests lists."""

    status = 404


def make_key(*, body_id: int, name: str, per_hour: int, at: dt.datetime, by: Actor) -> tuple[ApiKey, str]:
    """Give another system a key to send a body requests; return its row and the key, which is kept nowhere.

    Refuses NameMissing, LimitWrong.
    """
    name = name.strip()[:80]
    if not name:
        raise NameMissing(field="name")
    secret = MARK + secrets.token_urlsafe(24)
    row = ApiKey.objects.create(
        body_id=body_id, name=name, digest=queries.digest(secret), hint=secret[len(MARK) : len(MARK) + 4],
        per_hour=_limit(per_hour), made_at=at, made_by=str(by),
    )  # fmt: skip
    _note(row, "made", at, by)
    return row, secret


def limit_key(*, key_id: int, per_hour: int, at: dt.datetime, by: Actor) -> ApiKey:
    """Let a key send more or fewer requests in an hour from now on. Refuses LimitWrong, KeyRevoked."""
    row = _working(key_id)
    row.per_hour = _limit(per_hour)
    row.save(update_fields=["per_hour"])
    _note(row, "limited", at, by)
    return row


def revoke_key(*, key_id: int, at: dt.datetime, by: Actor) -> ApiKey:
    """Take a key back: from now on nobody sends anything with it. Refuses KeyRevoked."""
    row = _working(key_id)
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    _note(row, "revoked", at, by)
    return row


def note_use(*, key: ApiKey, at: dt.datetime, by: Actor) -> None:
    """Note on which day a key was last used; written once a day."""
    today = local(at).date()
    if key.used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(used_on=today)


def add_update(*, request_id: UUID, number: str, text: str, at: dt.datetime, by: Actor) -> UUID:
    """Add to a request what was said about it elsewhere; return the update's id.

    The same number from the same sender is the same update, however often it comes. Refuses NoSuchRequest, and what
    casework refuses: nothing said, or a request that is closed.
    """
    case_id = cases.case_of_published(request_id)
    if case_id is None:
        raise NoSuchRequest()
    update_id = uuid5(UPDATES, f"{by}:{request_id}:{number}")
    if queue.claim(f"open311:{update_id}", at):
        casework.add_information(case_id=case_id, text=text, at=at, by=by)
    return update_id


def _working(key_id: int) -> ApiKey:
    row = queries.key(key_id)
    if row.revoked_at:
        raise KeyRevoked()
    return row


def _limit(per_hour: int) -> int:
    if not 1 <= per_hour <= 10_000:
        raise LimitWrong(field="per_hour")
    return per_hour


def _note(row: ApiKey, what: str, at: dt.datetime, by: Actor) -> None:
    said = {"name": row.name, "per_hour": row.per_hour}
    audit.record(action=f"api-key.{what}", object=f"apikey:{row.pk}", body_id=row.body_id, at=at, by=by, data=said)
