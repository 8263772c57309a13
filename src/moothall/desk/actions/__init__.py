"""What can be done at a desk: record who was in touch and what became of it, ring back, receive people."""

from moothall.desk.actions.call_backs import (
    CannotBeRung,
    NoNumber,
    NoSuchCallBack,
    NothingWritten,
    promise_call_back,
    remind,
    ring_back,
    write_back,
)
from moothall.desk.actions.contacts import record_contact, take_in_requests
from moothall.desk.actions.costs import NoSource, set_unit_cost
from moothall.desk.actions.keeping import erase_person, forget_body, keep_no_longer
from moothall.desk.actions.points import (
    HoursUnclear,
    NobodyWaits,
    NoSuchAddress,
    NoSuchPoint,
    NoSuchTicket,
    call_next,
    close_point,
    end_ticket,
    keep_point,
    open_otherwise,
    take_ticket,
)

__all__ = [
    "CannotBeRung",
    "HoursUnclear",
    "NoNumber",
    "NoSource",
    "NoSuchAddress",
    "NoSuchCallBack",
    "NoSuchPoint",
    "NoSuchTicket",
    "NobodyWaits",
    "NothingWritten",
    "call_next",
    "close_point",
    "end_ticket",
    "erase_person",
    "forget_body",
    "keep_no_longer",
    "keep_point",
    "open_otherwise",
    "promise_call_back",
    "record_contact",
    "remind",
    "ring_back",
    "set_unit_cost",
    "take_in_requests",
    "take_ticket",
    "write_back",
]
