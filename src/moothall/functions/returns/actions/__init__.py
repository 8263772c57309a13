"""What is done to returns: filed, asked for by hand or by a file, corrected, ended; what is personal is erased."""

from moothall.functions.returns.actions.filing import file, leave
from moothall.functions.returns.actions.forgetting import erase_cases, forget_body, keep_no_longer
from moothall.functions.returns.actions.register import AlreadyEnded, ReasonMissing, end

__all__ = [
    "AlreadyEnded",
    "ReasonMissing",
    "end",
    "erase_cases",
    "file",
    "forget_body",
    "keep_no_longer",
    "leave",
]
