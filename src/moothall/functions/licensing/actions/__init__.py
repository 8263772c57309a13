"""What licensing does: see papers, issue licences and their documents, act against them, keep their time."""

from moothall.functions.licensing.actions.checking import check, finish_check, note_evidence
from moothall.functions.licensing.actions.forgetting import (
    erase_cases,
    forget_body,
    forget_case,
    keep_no_longer,
    pass_on,
)
from moothall.functions.licensing.actions.issuing import issue, make_document
from moothall.functions.licensing.actions.measures import lift, record_appeal, settle_appeal, surrender, take_measure
from moothall.functions.licensing.actions.time import keep_time

__all__ = [
    "check",
    "erase_cases",
    "finish_check",
    "forget_body",
    "forget_case",
    "issue",
    "keep_no_longer",
    "keep_time",
    "lift",
    "make_document",
    "note_evidence",
    "pass_on",
    "record_appeal",
    "settle_appeal",
    "surrender",
    "take_measure",
]
