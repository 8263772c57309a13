"""Reads of reorganisation."""

from .deciding import (
    Differing,
    Way,
    check_staff,
    consents,
    differing,
    staff_list,
    undecided,
)
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
    "Differing",
    "PlanFact",
    "UnknownPlan",
    "Way",
    "by_slug",
    "changed",
    "chapters",
    "check_staff",
    "coming",
    "consents",
    "differing",
    "editable",
    "figures",
    "operations_of",
    "passing",
    "plan",
    "plans",
    "staff_list",
    "tasks",
    "undecided",
]
