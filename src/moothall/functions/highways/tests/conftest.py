"""What the tests of highways share: the county's inspector and crew, and reports of a hole through the front door."""

import datetime as dt

import pytest
from tests.world import EASTWOLD, MARCHSHIRE, MILL_LANE_14

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)  # a Friday
DAY = dt.timedelta(days=1)
INSPECTOR = Actor("staff", "101", MARCHSHIRE)
CREW = Actor("staff", "102", MARCHSHIRE)
COUNTY = Scope(bodies=(MARCHSHIRE,), purpose="test", actor=INSPECTOR)
OUTSIDER = Scope(bodies=(EASTWOLD,), purpose="test", actor=Actor("staff", "900", EASTWOLD))
NOBODY = Scope(purpose="front door", actor=Actor("contact"))
DEGREE_OF_LONGITUDE = 67_900  # metres, at the latitude of Marchshire


def mill_lane(metres_east: float = 0) -> dict:
    """Return a place near 14 Mill Lane, Ashby, whose carriageway is under guarantee."""
    from moothall.bodies import queries as bodies

    home = bodies.dwelling(MILL_LANE_14)
    return bodies.place(home.lat, home.lon + metres_east / DEGREE_OF_LONGITUDE, "by the post box")


def report(place: dict, at=AT, email="ann@example.org"):
    """Report a pothole at a place as a resident does, and let the queue work."""
    from moothall.casework import actions

    answers = {"where": place, "surface": "road", "width": "dinner-plate", "depth": "fist"}
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="report-pothole", answers=answers, place=place, contact={"name": "Ann", "email": email},
            channel="web", at=at, by=NOBODY.actor,
        )  # fmt: skip
    queue.run_pending(at=at)
    return opened


@pytest.fixture
def county(real_db):
    """Look with the county's eyes."""
    return COUNTY
