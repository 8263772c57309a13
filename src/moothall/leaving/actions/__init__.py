"""What can be done about leaving: decide it, say who does what, carry it out, make the archive, bring one in."""

from moothall.leaving.actions.archiving import LeavingRefused, make_archive
from moothall.leaving.actions.arriving import ArrivalRefused, bring_in
from moothall.leaving.actions.deciding import (
    LeavingAlready,
    NobodyNamed,
    StillBound,
    TooLate,
    decide_to_leave,
    say_afterwards,
    stay_after_all,
)

__all__ = [
    "ArrivalRefused",
    "LeavingAlready",
    "LeavingRefused",
    "NobodyNamed",
    "StillBound",
    "TooLate",
    "bring_in",
    "decide_to_leave",
    "make_archive",
    "say_afterwards",
    "stay_after_all",
]
