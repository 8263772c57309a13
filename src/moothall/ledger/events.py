"""What happened to money, for the chapters above."""

from dataclasses import dataclass
from uuid import UUID

from moothall.core.events import Event


@dataclass(frozen=True)
class PaymentSettled(Event):
    """A charge is paid: what waited for it may go on."""

    charge_id: UUID
    case_id: UUID | None
    step_id: UUID | None
    pence: int


@dataclass(frozen=True)
class PaymentFailed(Event):
    """An attempt to pay ended without money; `why` is declined, abandoned, withdrawn or broken. Another may follow."""

    charge_id: UUID
    case_id: UUID | None
    step_id: UUID | None
    why: str


@dataclass(frozen=True)
class Refunded(Event):
    """Money went back to the payer."""

    charge_id: UUID
    case_id: UUID | None
    pence: int


@dataclass(frozen=True)
class ChargeCancelled(Event):
    """A charge nobody paid is no longer asked for."""

    charge_id: UUID
    case_id: UUID | None
    step_id: UUID | None
