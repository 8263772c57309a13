"""What casework tells the chapters above it. Ids and codes only."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from moothall.core.events import Event


@dataclass(frozen=True)
class CaseEvent(Event):
    """A fact about one case; `body_id` is the accountable body."""

    case_id: UUID
    service_id: str


@dataclass(frozen=True)
class CaseOpened(CaseEvent):
    """A case was accepted."""

    channel: str
    provider_id: int
    desk_id: int | None = None
    ward: str = ""
    promise_due: dt.datetime | None = None


@dataclass(frozen=True)
class CaseClosed(CaseEvent):
    """A case ended; `promise_kept` is None where nothing was promised. Fixed here for good."""

    outcome: str
    channel: str
    opened_at: dt.datetime
    promise_due: dt.datetime | None = None
    promise_kept: bool | None = None


@dataclass(frozen=True)
class CaseCancelled(CaseEvent):
    """The resident or an officer withdrew the case."""

    reason: str = ""


@dataclass(frozen=True)
class CaseReopened(CaseEvent):
    """A closed case is worked on again, in a further round."""

    round: int = 2


@dataclass(frozen=True)
class CaseHandedOver(CaseEvent):
    """Another body now answers for the work."""

    from_body_id: int
    to_body_id: int


@dataclass(frozen=True)
class PromisePaused(CaseEvent):
    """The promise clock stands still."""

    reason: str = ""


@dataclass(frozen=True)
class PromiseResumed(CaseEvent):
    """The promise clock runs again, to a later moment."""

    promise_due: dt.datetime | None = None


@dataclass(frozen=True)
class PromiseMissed(CaseEvent):
    """The promised moment passed and the case was not closed."""

    promise_due: dt.datetime


@dataclass(frozen=True)
class StepEvent(CaseEvent):
    """A fact about one step; `body_id` is the body whose function performs it."""

    step_id: UUID
    step_name: str
    performs: str
    round: int = 1


@dataclass(frozen=True)
class StepReady(StepEvent):
    """A step can begin."""


@dataclass(frozen=True)
class StepDone(StepEvent):
    """A step is done; `outputs` are those its performer declared."""

    outputs: dict = field(default_factory=dict)


@dataclass(frozen=True)
class StepRefused(StepEvent):
    """A step could not be done, for a reason the resident was told."""

    code: str = "refused"


@dataclass(frozen=True)
class StepFailed(StepEvent):
    """A step's performer broke and no further attempt is planned: a person must look."""


@dataclass(frozen=True)
class StepMoved(StepEvent):
    """A step that has begun is to be done on another day than the one it began with."""

    day: dt.date = dt.date.min
    due_at: dt.datetime | None = None


@dataclass(frozen=True)
class MessageReceived(CaseEvent):
    """A resident wrote about a case."""

    message_id: UUID


@dataclass(frozen=True)
class InformationAdded(CaseEvent):
    """A resident added to what they had told us."""

    payload_id: UUID


@dataclass(frozen=True)
class CaseFollowed(CaseEvent):
    """Somebody else reported the same and follows the case."""

    follower_id: UUID
