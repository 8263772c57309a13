"""What can be done about leaving: decide it, say who does what, carry it out, make the archive, bring one in."""

from moothall.leaving.actions.archiving import LeavingRefused, make_archive
from moothall.leaving.actions.arriving import ArrivalRefused, bring_in
from moothall.leaving.actions.carrying import NotYet, Unready, carry_out
from moothall.leaving.actions.deciding import (
    LeavingAlready,
    NobodyNamed,
    StillBound,
    TooLate,
    decide_to_leave,
    say_afterwards,
    stay_after_all,
)
from moothall.leaving.actions.erasing import erase_returned
from moothall.leaving.actions.packing import ask_for_archive, note_download, pack_archive

__all__ = [
    "ArrivalRefused",
    "LeavingAlready",
    "LeavingRefused",
    "NobodyNamed",
    "NotYet",
    "StillBound",
    "TooLate",
    "Unready",
    "ask_for_archive",
    "bring_in",
    "carry_out",
    "decide_to_leave",
    "erase_returned",
    "make_archive",
    "note_download",
    "pack_archive",
    "say_afterwards",
    "stay_after_all",
]
