"""What sharing tells the chapters above it."""

from dataclasses import dataclass
from uuid import UUID

from moothall.core.events import Event


@dataclass(frozen=True)
class ServiceAdopted(Event):
    """A body offers a service from now on, in this version, provided by that body."""

    service_id: str
    version_id: UUID
    provider_id: int


@dataclass(frozen=True)
class DeskAgreed(Event):
    """Another body's desk may take this body's requests."""

    desk_id: int
    services: tuple[str, ...]


@dataclass(frozen=True)
class OfferMade(Event):
    """A body is ready to do a service for others."""

    offer_id: UUID
    service_id: str


@dataclass(frozen=True)
class OfferWithdrawn(Event):
    """Nobody new can draw on an offer; what was drawn goes on."""

    offer_id: UUID
    service_id: str


@dataclass(frozen=True)
class TermsProposed(Event):
    """A body proposes a version of a partnership's terms: each member is asked to decide."""

    partnership_id: UUID
    number: int
    member_ids: tuple[int, ...]


@dataclass(frozen=True)
class TermsDecided(Event):
    """A member agreed to a version, refused it, or gave notice to leave."""

    partnership_id: UUID
    number: int
    kind: str


@dataclass(frozen=True)
class VersionOffered(Event):
    """A provider offers a newer version of a service to those who drew it down."""

    offer_id: UUID
    service_id: str
    version_id: UUID
