"""Writes of reorganisation."""

from .asking import ask
from .deciding import answer_consent, ask_consent, decide_setting, hold_to, move_staff
from .executing import carry_out, undo
from .planning import NewBody, Part, agree, confirm, plan
from .rehearsing import rehearse
from .shadowing import name_officer
from .telling import tell_residents

__all__ = [
    "NewBody",
    "Part",
    "agree",
    "answer_consent",
    "ask",
    "ask_consent",
    "carry_out",
    "confirm",
    "decide_setting",
    "hold_to",
    "move_staff",
    "name_officer",
    "plan",
    "rehearse",
    "tell_residents",
    "undo",
]
