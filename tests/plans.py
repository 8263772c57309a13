"""An invented plan of Ashby for garden waste: two actions, four voices, ready to be adopted, or adopted."""

import datetime as dt

from tests.savings import AT, YEAR, actor
from tests.terms import as_body
from tests.world import ASHBY

DUE = dt.date(2027, 3, 31)


def begun(body_id: int = ASHBY, year: dt.date = YEAR, at: dt.datetime = AT):
    """Begin the plan of a year."""
    from moothall.promises import actions

    with as_body(body_id):
        return actions.begin_plan(
            body_id=body_id, service_id="garden-waste", year=year, at=at, by=actor("manager", body_id)
        )


def written(row=None, at: dt.datetime = AT, **changes):
    """Write priorities, two actions and what every group said."""
    from moothall.promises import actions

    row = row or begun(at=at)
    by = actor("manager", row.body_id)
    told = {"plan_id": row.pk, "at": at, "by": by}
    said = {"owner_id": int(by.id), "starts": at.date(), "due": DUE, "effect": "Fewer missed bins"} | changes
    with as_body(row.body_id):
        actions.set_priorities(priorities="Fewer missed bins, then fewer miles.", **told)
        actions.put_action(title="Plan the rounds anew", costs=(300_000, 0, 0), **said, **told)
        actions.put_action(title="Tell residents the day before", costs=(50_000, 20_000, 20_000), **said, **told)
        for group in ("users", "community", "staff", "unions"):
            actions.hear(group=group, asked="Two evenings in May, 14 people", said=f"{group} want a fixed day",
                         answer="The second action gives one.", **told)  # fmt: skip
    return row


def adopted(row=None, at: dt.datetime = AT, **changes):
    """Adopt it."""
    from moothall.bodies import queries as bodies
    from moothall.promises import actions

    row = row or written(at=at, **changes)
    with as_body(row.body_id):
        actions.adopt_plan(
            plan_id=row.pk, adopted_by="Cabinet", minute="C/26/7", adopted_on=at.date(),
            councillor=bodies.staff(row.body_id, at.date(), "councillor").first().name, at=at,
            by=actor("manager", row.body_id),
        )  # fmt: skip
    return row
