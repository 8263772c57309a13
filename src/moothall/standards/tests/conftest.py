"""What the tests of standards share: a key of Marchshire's, somebody who sends, and inspectors who answer as told."""

import pytest
from django.core.cache import cache
from pydantic import BaseModel
from tests.world import MARCHSHIRE, MILL_LANE_14

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.core.steps import Done, Performer, Waiting, registry
from moothall.standards import actions

OFFICER = Actor("staff", "101", MARCHSHIRE)
MARCH = Scope(bodies=(MARCHSHIRE,), purpose="test", actor=OFFICER)
NOBODY = Scope(purpose="front door", actor=Actor("contact"))
POTHOLE = {"attribute[surface]": "road", "attribute[width]": "dinner-plate", "attribute[depth]": "fist"}


class Outputs(BaseModel):
    """What any of the steps puts out."""

    risk: str = "none"
    passed: bool = True


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def functions(monkeypatch):
    """Let highways answer as the test says; by default an inspector is waited for."""
    answers = {"highways.inspect": Waiting(task="Inspect the defect", team="highways-inspectors"),
               "highways.repair": Done({}), "highways.quality_check": Done({"passed": True})}  # fmt: skip
    for name in answers:

        def run(ctx, *, at, by, name=name):
            return answers[name]

        monkeypatch.setitem(registry, name, Performer(name, run, Outputs, Outputs, name))
    return answers


@pytest.fixture
def key(db):
    """Return the secret of a key of Marchshire's."""
    with scoped(MARCH):
        _, secret = actions.make_key(body_id=MARCHSHIRE, name="Street reports", per_hour=50, at=now(), by=OFFICER)
    return secret


def a_place() -> dict:
    """Return a place near 14 Mill Lane, Ashby."""
    home = bodies.dwelling(MILL_LANE_14)
    return bodies.place(home.lat, home.lon)


def open_pothole():
    """Report a pothole in Mill Lane as a resident does on the web."""
    place = a_place()
    answers = {"surface": "road", "width": "dinner-plate", "depth": "fist", "where": place}
    with scoped(NOBODY):
        return casework.open_case(
            service_id="report-pothole", answers=answers, place=place, contact={"email": "ann@example.org"},
            channel="web", at=now(), by=NOBODY.actor,
        )  # fmt: skip


def page(number: str):
    """Return the case behind a published report, as Marchshire's staff see it."""
    with scoped(MARCH):
        return cases.case(cases.case_of_published(number), at=now())


@pytest.fixture
def report(client, key):
    """Return what sends a report of a pothole in Mill Lane by Open311, changed as the test says."""

    def send(form="json", headers=None, **changes):
        place = a_place()
        said = {
            "jurisdiction_id": "marchshire",
            "api_key": key,
            "service_code": "report-pothole",
            "lat": place["lat"],
            "long": place["lon"],
            "description": "Deep, by the post box",
            "first_name": "Ann",
            "last_name": "Example",
            "email": "ann@example.org",
        }
        said = {name: value for name, value in (said | POTHOLE | changes).items() if value is not None}
        return client.post(f"/open311/v2/requests.{form}", said, headers=headers or {})

    return send
