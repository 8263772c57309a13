"""What may be done with what comes in."""

from moothall.inbox.actions.forgetting import erase_person, forget_body, keep_no_longer
from moothall.inbox.actions.reading import read_arrival
from moothall.inbox.actions.settling import add_to_case, answer, became_case, bring_back, close
from moothall.inbox.actions.taking import MAIL, TEXT_MESSAGE, take_in
from moothall.inbox.rules.states import scan_kind

__all__ = [
    "MAIL",
    "TEXT_MESSAGE",
    "add_to_case",
    "answer",
    "became_case",
    "bring_back",
    "close",
    "erase_person",
    "forget_body",
    "keep_no_longer",
    "read_arrival",
    "scan_kind",
    "take_in",
]
