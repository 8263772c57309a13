"""What casework's tests share: people, places, and functions that answer as they are told."""

import datetime as dt
import os
from pathlib import Path

import pytest
from pydantic import BaseModel
from tests.world import ASHBY, EASTWOLD, MARCHSHIRE

from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.core.steps import Done, Performer, Waiting, registry

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)  # a Friday
RESIDENT = Actor("contact")
OFFICER = Actor("staff", "101", MARCHSHIRE)
ADVISER = Actor("staff", "102", ASHBY)


class Inspection(BaseModel):
    """What an inspection puts out."""

    risk: str
    reason: str = ""
    defect: str = ""


class Repaired(BaseModel):
    repaired: bool = True


class Checked(BaseModel):
    passed: bool = True


def scope(*bodies: int, by: Actor = OFFICER, **more) -> Scope:
    """Return a scope of these bodies."""
    return Scope(bodies=bodies, purpose="test", actor=by, **more)


MARCH = scope(MARCHSHIRE)
OUTSIDER = scope(EASTWOLD, by=Actor("staff", "900", EASTWOLD))
NOBODY = Scope(purpose="front door", actor=RESIDENT)

DEGREE_OF_LONGITUDE = 67_900  # metres, at the latitude of Marchshire
POTHOLE = {"surface": "road", "width": "dinner-plate", "depth": "fist"}
CONTACT = {"name": "Ann Example", "email": "ann@example.org", "postcode": "ZM1 2AB"}


@pytest.fixture
def place(db):
    """Return a place outside a home in Mill Lane, Ashby."""
    return a_place()


def a_place(metres_east: int = 0) -> dict:
    """Return a place near 14 Mill Lane, Ashby."""
    from tests.world import MILL_LANE_14

    from moothall.bodies import queries as bodies

    home = bodies.dwelling(MILL_LANE_14)
    return bodies.place(home.lat, home.lon + metres_east / DEGREE_OF_LONGITUDE, "by the post box")


def open_pothole(at=AT, by=RESIDENT, **changes):
    """Open a case about a pothole through the door."""
    from moothall.casework import actions

    place = changes.pop("place", None) or a_place()
    given = {
        "service_id": "report-pothole",
        "answers": POTHOLE | {"where": place},
        "place": place,
        "contact": CONTACT,
        "channel": "web",
    }
    return actions.open_case(**(given | changes), at=at, by=by)


@pytest.fixture
def birth(db):
    """Return a birth to register, with a time booked with the registrar."""
    from moothall.casework.tests.booked import a_birth

    return a_birth()


@pytest.fixture
def tip(db):
    """Return a visit to the tip that is booked."""
    from moothall.casework.tests.booked import a_tip_visit

    return a_tip_visit()


@pytest.fixture
def functions(monkeypatch):
    """Let the highways functions answer as the test says; by default they wait for an inspector, then do it."""
    answers = {
        "highways.inspect": Waiting(task="Inspect the defect", team="highways-inspectors"),
        "highways.repair": Done({"repaired": True}),
        "highways.quality_check": Done({"passed": True}),
    }
    models = {"highways.inspect": Inspection, "highways.repair": Repaired, "highways.quality_check": Checked}

    def performer(name):
        def run(ctx, *, at, by):
            answer = answers[name]
            return answer(ctx, at=at, by=by) if callable(answer) else answer

        return Performer(name, run, models[name], models[name], name)

    for name in answers:
        monkeypatch.setitem(registry, name, performer(name))
    return answers


@pytest.fixture
def look(visit):
    """Check a page for everything a page can get wrong, and keep its picture if that was asked for.

    With MOOTHALL_SHOTS set to a folder, a picture of every page is kept there.
    """
    wrong = []

    def checked(page, name):
        wrong.extend(f"{name}: {line}" for line in visit.wrong_with(page))
        visit.wrongs[page].clear()
        if folder := os.environ.get("MOOTHALL_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    yield checked
    assert not wrong, "\n".join(wrong)


__all__ = ["scoped"]
