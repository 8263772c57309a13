"""Which bodies leave, and what they said about it."""

from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.core.refusal import Refusal
from moothall.leaving.models import Afterwards, Archive, Costing, Departure
from moothall.leaving.rules.cost import Sum


class NotLeaving(Refusal):
    """Your body has not decided to leave. Record its decision first."""

    status = 404


class UnknownArchive(Refusal):
    """There is no such archive of your body. Choose one from the list."""

    status = 404


def departure(body_id: int) -> Departure | None:
    """Return a body's decision to leave, planned, being carried out or done; None where it stays.

    What it did when it left another place, from where it came, is history.
    """
    found = Departure.objects.filter(body_id=body_id).exclude(state="withdrawn").order_by("-recorded_at").first()
    return None if found and found.state == "gone" and bodies.body(body_id).partner else found


def the_departure(body_id: int) -> Departure:
    """Return a body's decision to leave. Raises NotLeaving."""
    found = departure(body_id)
    if found is None:
        raise NotLeaving()
    return found


def departures() -> list[Departure]:
    """Return every decision to leave that stands, the next day first."""
    return list(Departure.objects.exclude(state="withdrawn").order_by("leaves", "body_id"))


def gone() -> list[Departure]:
    """Return the last departure of each body that has left this place and does not work here again."""
    last = {row.body_id: row for row in Departure.objects.filter(state="gone").order_by("gone_at")}
    return [row for body_id, row in last.items() if not bodies.body(body_id).partner]


def withdrawn(body_id: int) -> list[Departure]:
    """Return a body's decisions to leave that it took back, newest first."""
    return list(Departure.objects.filter(body_id=body_id, state="withdrawn").order_by("-withdrawn_at"))


def afterwards(departure_id: UUID) -> dict[str, Afterwards]:
    """Return by service who does it once the body is gone, as far as it was said."""
    return {row.service_id: row for row in Afterwards.objects.filter(departure_id=departure_id)}


def costing(departure_id: UUID) -> tuple[Costing, list[Sum]] | None:
    """Return what leaving costs as it was last worked out and kept, with its sums; None to whose it is not."""
    found = Costing.objects.filter(departure_id=departure_id).order_by("-at").first()
    return found and (found, [Sum(**one) for one in found.sums])


def archives(body_id: int) -> list[Archive]:
    """Return a body's archives, newest first."""
    return list(Archive.objects.filter(body_id=body_id).order_by("-made_at")[:20])


def archive(archive_id: UUID) -> Archive:
    """Return an archive of the scope's body. Raises UnknownArchive."""
    found = Archive.objects.filter(pk=archive_id).first()
    if found is None:
        raise UnknownArchive()
    return found
