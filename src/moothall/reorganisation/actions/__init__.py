"""Writes of reorganisation."""

from .executing import carry_out, undo
from .planning import confirm, plan

__all__ = ["carry_out", "confirm", "plan", "undo"]
