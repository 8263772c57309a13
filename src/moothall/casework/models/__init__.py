"""What casework holds."""

from moothall.casework.models.case import Case, Counter, Event, Note, Payload, Submission
from moothall.casework.models.talk import Attachment, Draft, Follower, Message, PublicPlace, PublicUpdate, Relation
from moothall.casework.models.work import Step, Task

__all__ = [
    "Attachment",
    "Case",
    "Counter",
    "Draft",
    "Event",
    "Follower",
    "Message",
    "Note",
    "Payload",
    "PublicPlace",
    "PublicUpdate",
    "Relation",
    "Step",
    "Submission",
    "Task",
]
