"""What members of a partnership record: a figure of an aim, and their staff's time."""

from decimal import Decimal

from tests.terms import AT, BY, as_body
from tests.world import ASHBY, BORLEY

from moothall.promises import actions
from moothall.sharing import queries as sharing

TODAY = AT.date()
SLUG = "ashby-and-borley-waste"
NAMES = {ASHBY: "Ashby", BORLEY: "Borley"}


def found(on=TODAY):
    return sharing.partnership(SLUG, on)


def measure(figure, day=TODAY, aim="Fewer missed bins", source="Monthly report"):
    with as_body(ASHBY):
        return actions.measure(
            body_id=ASHBY, partnership_id=found().id, aim=aim, figure=Decimal(figure), day=day, source=source, at=AT,
            by=BY,
        )  # fmt: skip


def timed(minutes, body_id=ASHBY, service_id="garden-waste", day=TODAY, source="Two weeks in June"):
    with as_body(body_id):
        return actions.time_requests(
            body_id=body_id, service_id=service_id, minutes=minutes, day=day, source=source, at=AT, by=BY
        )
