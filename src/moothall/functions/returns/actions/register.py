"""The register of who owes which return: an officer ends an entry, with a reason that stays with it."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.returns import queries
from moothall.functions.returns.models import Due, Entry


class AlreadyEnded(Refusal):
    """This has ended already. Go back to the list of returns."""


class ReasonMissing(Refusal):
    """Write why no more returns are owed for this address: it stays with its history."""


def end(*, entry_id: UUID, why: str, at: dt.datetime, by: Actor) -> None:
    """Say that no more returns are owed for an address: it was sold, or the licence ended. Refuses without a reason."""
    entry = queries.entry(entry_id, lock=True)
    if entry.ended_on:
        raise AlreadyEnded()
    if len(why.strip()) < 5:
        raise ReasonMissing(field="why")
    close(entry=entry, why=why, at=at, by=by)


def close(*, entry: Entry, why: str, at: dt.datetime, by: Actor) -> None:
    """End an open entry, whoever said so; what was filed stays, what was owed is owed no more."""
    Entry.objects.filter(pk=entry.pk).update(ended_on=local(at).date(), why=why.strip()[:300])
    Due.objects.filter(entry=entry, filed_on=None).delete()
    audit.record(action="returns.ended", object=f"return:{entry.pk}", body_id=entry.body_id, at=at, by=by)
