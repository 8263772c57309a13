"""What the inbox tells: that something came, and what became of it."""

from dataclasses import dataclass
from uuid import UUID

from moothall.core.events import Event


@dataclass(frozen=True)
class Arrived(Event):
    """Something came in writing and was read. `service_id` is what it is most likely about, or empty."""

    arrival_id: UUID
    channel: str
    state: str
    service_id: str


@dataclass(frozen=True)
class Settled(Event):
    """What came in writing was dealt with: `outcome` is one of `rules.states.OUTCOMES`."""

    arrival_id: UUID
    channel: str
    outcome: str
    case_id: UUID | None
