"""Connect other systems, hand steps to them, hear them, chase them, try again."""

from moothall.functions.links.actions.calls import (
    NothingToRetry,
    chase,
    hear,
    hear_status,
    let_go,
    open_call,
    retry,
    send,
)
from moothall.functions.links.actions.systems import change_key, connect, disconnect, set_mode

__all__ = [
    "NothingToRetry",
    "change_key",
    "chase",
    "connect",
    "disconnect",
    "hear",
    "hear_status",
    "let_go",
    "open_call",
    "retry",
    "send",
    "set_mode",
]
