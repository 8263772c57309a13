"""The one table of what state may follow what."""

from moothall.core.refusal import Refusal

#: For each thing with a state: the state it is in -> the states that may follow.
MAY_FOLLOW: dict[str, dict[str, frozenset[str]]] = {
    "case": {
        "": frozenset({"open"}),
        "open": frozenset({"paused", "closed", "cancelled"}),
        "paused": frozenset({"open", "closed", "cancelled"}),  # the promise clock stands still
        "closed": frozenset({"open"}),  # reopened
        "cancelled": frozenset({"open"}),
    },
    "step": {
        "": frozenset({"ready", "skipped"}),
        "ready": frozenset({"running", "waiting", "done", "refused", "failed", "cancelled"}),
        "running": frozenset({"waiting", "done", "refused", "failed", "ready", "cancelled"}),
        "waiting": frozenset({"done", "refused", "failed", "ready", "cancelled"}),
        "failed": frozenset({"ready", "done", "refused", "cancelled"}),  # a person retries it, or settles it by hand
        "done": frozenset(),
        "refused": frozenset(),
        "skipped": frozenset(),
        "cancelled": frozenset(),
    },
    "task": {
        "": frozenset({"open"}),
        "open": frozenset({"done", "cancelled"}),
        "done": frozenset(),
        "cancelled": frozenset(),
    },
}

#: Steps in these states are finished; nothing follows.
ENDED = frozenset(state for state, after in MAY_FOLLOW["step"].items() if state and not after)
#: Steps in these states keep a case open.
ACTIVE = frozenset(MAY_FOLLOW["step"]) - ENDED - {""}
#: Cases in these states can still be worked on.
LIVE = frozenset({"open", "paused"})


class CannotFollow(Refusal):
    """That has already been dealt with. Refresh the page to see where it stands."""


def follow(thing: str, state: str, wanted: str) -> str:
    """Return `wanted` if it may follow `state` of a case, step or task; refuse otherwise.

    >>> follow("case", "open", "closed")
    'closed'
    """
    if wanted not in MAY_FOLLOW[thing][state]:
        raise CannotFollow(thing=thing, state=state, wanted=wanted)
    return wanted
