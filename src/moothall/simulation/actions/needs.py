"""Letters on paper leave the post room: printed ones the next day, those made by hand within some days more."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped

PRINTED, BY_HAND = dt.timedelta(days=1), dt.timedelta(days=5)


def post_letters(*, at: dt.datetime, by: Actor) -> int:
    """Let each body post the letters that it printed or had made; return how many."""
    posted = 0
    for body in bodies.bodies(partner=True, on=at.date()):
        with scoped(Scope(bodies=(body.id,), purpose="simulation", actor=by)):
            printed = [row for row in messages.to_print(body_id=body.id) if row.at + PRINTED < at]
            made = messages.to_make(body_id=body.id)
            for row, takes in (*((row, PRINTED) for row in printed), *((row, BY_HAND) for row in made)):
                if row.at + takes < at:
                    messages.mark_posted(outgoing_id=row.pk, at=row.at + takes, by=by)
                    posted += 1
    return posted
