"""Which conversation a letter belongs to, and what we wrote in it."""

import datetime as dt
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from moothall.inbox.models import Arrival


def own_domain() -> str:
    """Return the domain that our letters come from."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ").lower()


def our_id(message_id: str) -> UUID | None:
    """Return the id of the message of ours that a Message-ID names, or None: it is written as <id@our domain>."""
    name, _, domain = message_id.strip("<>").rpartition("@")
    if domain.lower() != own_domain():
        return None
    try:
        return UUID(name)
    except ValueError:
        return None


def message_key(message_id: str) -> str:
    """Return the digest under which a Message-ID is kept."""
    return hashlib.sha256(message_id.encode()).hexdigest()


def sender_digest(sender: str) -> bytes:
    """Return the keyed digest of a sender's address: it counts and matches, and does not tell the address."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"inbox:{sender.lower()}".encode(), hashlib.sha256)


def earlier(body_id: int, keys: list[str]) -> Arrival | None:
    """Return the latest of a body's arrivals with one of these Message-IDs, given as digests."""
    if not keys:
        return None
    return Arrival.objects.filter(body_id=body_id, message_key__in=keys).order_by("-at").first()


def cases_of_thread(body_id: int, thread: UUID, digest: bytes | None) -> set[UUID]:
    """Return the cases that a conversation led to, as far as this sender wrote in it."""
    rows = Arrival.objects.filter(body_id=body_id, thread=thread, sender_digest=digest).exclude(case_id=None)
    return set(rows.values_list("case_id", flat=True)) if digest else set()


def cases_written_from(outgoing_id: UUID, digest: bytes | None) -> set[UUID]:
    """Return the cases that came of what we answered with this message, as far as this sender had written it."""
    answered = Arrival.objects.filter(written__contains=[outgoing_id], sender_digest=digest)
    return set(answered.exclude(case_id=None).values_list("case_id", flat=True)) if digest else set()


def written_in_thread(body_id: int, thread: UUID) -> bool:
    """Return whether we wrote in a conversation already."""
    return Arrival.objects.filter(body_id=body_id, thread=thread).exclude(written=[]).exists()


def acknowledged_today(body_id: int, digest: bytes | None, at: dt.datetime) -> int:
    """Return how often a sender was written to within a day."""
    since = at - dt.timedelta(days=1)
    rows = Arrival.objects.filter(body_id=body_id, sender_digest=digest, at__gte=since).exclude(written=[])
    return rows.count() if digest else 0
