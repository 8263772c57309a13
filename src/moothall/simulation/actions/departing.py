"""Let a district give notice that it leaves the platform; nothing of it is carried out."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.leaving import actions as leaving
from moothall.leaving import queries
from moothall.simulation.rules.organisations import DISTRICT_IDS

LEAVER = DISTRICT_IDS["Borley"]
WHY = "Our neighbours to the north share a system with four councils, and most of our work is with them."
MONTHS = 8
"""More than the six months of notice that its partnership asks."""
ELSEWHERE = {"garden-waste": "Northmoor District Council", "fly-tipping": "Northmoor District Council"}
NOT_SAID = ("complaint", "bulky-waste")


def give_notice(*, at: dt.datetime, by: Actor) -> dt.date:
    """Let Borley decide to leave, and say of most services who does them afterwards; return its last day here."""
    today = local(at).date()
    month = today.year * 12 + today.month - 1 + MONTHS
    leaves = dt.date(month // 12, month % 12 + 1, 1)
    with scoped(Scope(bodies=(LEAVER,), purpose="leaving", actor=by)):
        leaving.decide_to_leave(
            body_id=LEAVER, leaves=leaves, reason=WHY, decided_by="Full council", minute="Minute 31 of the meeting",
            decided_on=today, address=f"https://www.{bodies.body(LEAVER).slug}.example", at=at, by=by,
        )  # fmt: skip
        for one in queries.ours(LEAVER, queries.departure(LEAVER), today):
            if one.service_id not in NOT_SAID:
                name = ELSEWHERE.get(one.service_id, "")
                leaving.say_afterwards(
                    body_id=LEAVER, service_id=one.service_id, who="other" if name else "own", name=name, at=at, by=by
                )
    return leaves
