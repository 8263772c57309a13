"""Give a reporting app keys of the councils that it sends reports to, and take one back that nobody uses any more."""

import datetime as dt

from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.simulation.rules.organisations import COUNTY, DISTRICT_IDS
from moothall.standards import actions as standards

APP, BEFORE = "Street reports app", "Street reports app, before it moved"


def give_keys(*, at: dt.datetime, by: Actor) -> int:
    """Give each council's operator a key to hand on, the county one more that was taken back; return how many.

    Nobody learns the keys: whoever wants to send a report makes one.
    """
    councils = (COUNTY, *DISTRICT_IDS.values())
    for body_id in councils:
        with scoped(Scope(bodies=(body_id,), purpose="simulation", actor=by)):
            standards.make_key(body_id=body_id, name=APP, per_hour=600, at=at, by=by)
    with scoped(Scope(bodies=(COUNTY,), purpose="simulation", actor=by)):
        old, _ = standards.make_key(body_id=COUNTY, name=BEFORE, per_hour=200, at=at - dt.timedelta(days=90), by=by)
        standards.revoke_key(key_id=old.pk, at=at, by=by)
    return len(councils) + 1
