"""What happened to places, for the chapters above."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from moothall.core.events import Event


@dataclass(frozen=True)
class SlotHeld(Event):
    """A case holds a place that it has chosen; `day` is the slot's day in London."""

    case_id: UUID
    booking_id: UUID
    kind: str
    day: dt.date


@dataclass(frozen=True)
class SlotBooked(Event):
    """A case has a place for good; after a change of day it is told again."""

    case_id: UUID
    booking_id: UUID
    kind: str
    day: dt.date


@dataclass(frozen=True)
class SlotComing(Event):
    """The booked day is near: whoever has the place is to be reminded."""

    case_id: UUID
    booking_id: UUID
    kind: str
    day: dt.date


@dataclass(frozen=True)
class SlotOffered(Event):
    """A place came free and is kept for a case in the waiting list until a moment."""

    case_id: UUID
    booking_id: UUID
    kind: str
    day: dt.date
    until: dt.datetime


@dataclass(frozen=True)
class SlotReleased(Event):
    """A case gave its place up, or lost it when its time ran out."""

    case_id: UUID
    booking_id: UUID
    kind: str
    day: dt.date
