"""Writes: what is collected about people, who acts for them, and who is the same."""

from .agents import CannotActForSelf, NotActing, UnknownKind, appoint_agent, end_agent
from .details import (
    NotAContact,
    NotKnownHere,
    UnknownNeed,
    add_contact,
    end_contact,
    move_home,
    set_need,
    share_household,
    verify_contact,
)
from .erasure import end_record, erase, forget_body, let_go
from .identity import AlreadyLinked, NotLinked, SamePerson, UnknownReason, keep_apart, link, unlink
from .record import NeedsAName, record_person, welcome
from .sharing import share_with

__all__ = [
    "AlreadyLinked",
    "CannotActForSelf",
    "NeedsAName",
    "NotAContact",
    "NotActing",
    "NotKnownHere",
    "NotLinked",
    "SamePerson",
    "UnknownKind",
    "UnknownNeed",
    "UnknownReason",
    "add_contact",
    "appoint_agent",
    "end_agent",
    "end_contact",
    "end_record",
    "erase",
    "forget_body",
    "keep_apart",
    "let_go",
    "link",
    "move_home",
    "record_person",
    "set_need",
    "share_household",
    "share_with",
    "unlink",
    "verify_contact",
    "welcome",
]
