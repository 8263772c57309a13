"""Reads of reorganisation."""

from .consenting import (
    ConsentNeeded,
    answerers,
    consents,
    held,
    held_from,
    holds_a_post,
    refuse_beyond,
    shadows,
)
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
    is_shadow,
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
    "holds_a_post",
    "is_shadow",
    "operations_of",
    "passing",
    "plan",
    "plans",
    "refuse_beyond",
    "shadows",
    "staff_list",
    "tasks",
    "undecided",
]
