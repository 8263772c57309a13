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
from moothall.functions.links.actions.folders import hear_row, set_aside, settle_aside
from moothall.functions.links.actions.systems import (
    change_key,
    connect,
    disconnect,
    end_old_key,
    set_mode,
    sign_with_new_key,
)

__all__ = [
    "NothingToRetry",
    "change_key",
    "chase",
    "connect",
    "disconnect",
    "end_old_key",
    "hear",
    "hear_row",
    "hear_status",
    "let_go",
    "open_call",
    "retry",
    "send",
    "set_aside",
    "set_mode",
    "settle_aside",
    "sign_with_new_key",
]
