"""Writes: what is collected about people, who acts for them, and who is the same."""

from .agents import CannotActForSelf, NotActing, UnknownKind, appoint_agent, end_agent
from .details import (
    NotAContact,
    NotKnownHere,
    add_contact,
    end_contact,
    move_home,
    share_household,
    verify_contact,
)
from .erasure import end_record, erase, forget_body, let_go
from .identity import AlreadyLinked, NotLinked, SamePerson, UnknownReason, keep_apart, link, unlink
from .needs import UnknownNeed, add_needs, pass_on_needs, set_need, set_needs
from .record import NameTooLong, NeedsAName, record_person, welcome
from .sharing import share_with
from .taking_in import Brought, Checked, HomeUnknown, NotBornYet, check_many, take_in, take_in_many

__all__ = [
    "AlreadyLinked",
    "Brought",
    "CannotActForSelf",
    "Checked",
    "HomeUnknown",
    "NameTooLong",
    "NeedsAName",
    "NotAContact",
    "NotActing",
    "NotBornYet",
    "NotKnownHere",
    "NotLinked",
    "SamePerson",
    "UnknownKind",
    "UnknownNeed",
    "UnknownReason",
    "add_contact",
    "add_needs",
    "appoint_agent",
    "check_many",
    "end_agent",
    "end_contact",
    "end_record",
    "erase",
    "forget_body",
    "keep_apart",
    "let_go",
    "link",
    "move_home",
    "pass_on_needs",
    "record_person",
    "set_need",
    "set_needs",
    "share_household",
    "share_with",
    "take_in",
    "take_in_many",
    "unlink",
    "verify_contact",
    "welcome",
]
