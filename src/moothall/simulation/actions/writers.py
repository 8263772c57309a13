"""People write to their councils: some letters that wait for an adviser, and one that was put aside."""

import datetime as dt

from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.inbox import actions as inbox
from moothall.simulation.rules.letters import LETTERS


def let_letters_come(*, at: dt.datetime, by: Actor) -> int:
    """Let the letters of `rules.letters` come in, each some hours before `at`, and be read; return how many."""
    for written in LETTERS:
        came = at - dt.timedelta(hours=written.hours)
        with scoped(Scope(bodies=(written.body_id,), purpose="letters of the example county", actor=by)):
            arrival_id, _ = inbox.take_in(
                body_id=written.body_id, channel="email", raw=written.raw(), name="letter.eml", kind=inbox.MAIL,
                at=came, by=by,
            )  # fmt: skip
            inbox.read_arrival(arrival_id=arrival_id, at=came, by=by)
    return len(LETTERS)
