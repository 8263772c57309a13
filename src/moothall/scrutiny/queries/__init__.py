"""Reads; row security has the last word on what they return."""

from moothall.scrutiny.queries.figures import board, kept, performance, series, told
from moothall.scrutiny.queries.pictures import pictures
from moothall.scrutiny.queries.register import register

__all__ = ["board", "kept", "performance", "pictures", "register", "series", "told"]
