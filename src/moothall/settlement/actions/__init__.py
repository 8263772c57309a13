"""What can be done with recharges: draw up, send, dispute, approve, post."""

from moothall.settlement.actions.costing import (
    FileHasProblems,
    MappedLater,
    TotalsDiffer,
    check_costs,
    map_centre,
    note_residents,
    take_centres,
    take_costs,
)
from moothall.settlement.actions.disputing import NothingDisputed, ReasonNeeded, dispute, settle_dispute
from moothall.settlement.actions.drawing import (
    DaysCharged,
    NoBudget,
    NoTerms,
    NothingOwed,
    NotOverYet,
    NotTheProvider,
    YearsCrossed,
    draw_true_up,
    draw_up,
)
from moothall.settlement.actions.settling import (
    NotApprovedYet,
    NotSentYet,
    WrongState,
    approve,
    post,
    send,
    withdraw,
)
from moothall.settlement.queries import NotAParty

__all__ = [
    "DaysCharged",
    "FileHasProblems",
    "MappedLater",
    "NoBudget",
    "NoTerms",
    "NotAParty",
    "NotApprovedYet",
    "NotOverYet",
    "NotSentYet",
    "NotTheProvider",
    "NothingDisputed",
    "NothingOwed",
    "ReasonNeeded",
    "TotalsDiffer",
    "WrongState",
    "YearsCrossed",
    "approve",
    "check_costs",
    "dispute",
    "draw_true_up",
    "draw_up",
    "map_centre",
    "note_residents",
    "post",
    "send",
    "settle_dispute",
    "take_centres",
    "take_costs",
    "withdraw",
]
