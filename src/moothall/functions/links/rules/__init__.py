"""How two systems talk without losing or doubling anything: by our own signed messages, or by Open311."""

from moothall.functions.links.rules import conformance, folder, open311, signed
from moothall.functions.links.rules.signed import (
    AGAIN,
    FOLLOWS,
    FRESH_SECONDS,
    WAITS,
    Answer,
    Checked,
    canonical,
    check,
    headers,
    may_follow,
    next_attempt,
    read_answer,
    read_said,
    sign,
)

__all__ = [
    "AGAIN",
    "FOLLOWS",
    "FRESH_SECONDS",
    "WAITS",
    "Answer",
    "Checked",
    "canonical",
    "check",
    "conformance",
    "folder",
    "headers",
    "may_follow",
    "next_attempt",
    "open311",
    "read_answer",
    "read_said",
    "sign",
    "signed",
]
