"""What leaving tells."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from moothall.core.events import Event


@dataclass(frozen=True)
class DepartureDecided(Event):
    """A body has decided to leave from a day on."""

    departure_id: UUID
    leaves: dt.date
