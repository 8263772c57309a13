"""Reads of reorganisation."""

from .consenting import ConsentNeeded, answerers, consents, held, held_from, refuse_beyond
from .differing import Differing, Way, differing, undecided
from .moving import check_staff, staff_list
from .plans import (
    PlanFact,
    UnknownPlan,
    by_slug,
    changed,
    chapters,
    coming,
    editable,
    operations_of,
    plan,
    plans,
)
from .showing import figures, passing, tasks

__all__ = [
    "ConsentNeeded",
    "Differing",
    "PlanFact",
    "UnknownPlan",
    "Way",
    "answerers",
    "by_slug",
    "changed",
    "chapters",
    "check_staff",
    "coming",
    "consents",
    "differing",
    "editable",
    "figures",
    "held",
    "held_from",
    "operations_of",
    "passing",
    "plan",
    "plans",
    "refuse_beyond",
    "staff_list",
    "tasks",
    "undecided",
]
