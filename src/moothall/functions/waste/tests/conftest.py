"""What the tests of waste share: Ashby's rounds, the day Mill Lane's bins are emptied, and reports by residents."""

import datetime as dt

import pytest
from tests.world import ASHBY, EASTWOLD, MILL_LANE_14

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import LONDON
from moothall.core.scope import Scope, scoped
from moothall.functions.waste import queries, rules

SUPERVISOR = Actor("staff", "201", ASHBY)
CREW = Actor("staff", "202", ASHBY)
DISTRICT = Scope(bodies=(ASHBY,), purpose="test", actor=SUPERVISOR)
OUTSIDER = Scope(bodies=(EASTWOLD,), purpose="test", actor=Actor("staff", "900", EASTWOLD))
NOBODY = Scope(purpose="front door", actor=Actor("contact"))
AROUND = dt.date(2026, 11, 20)
CONTACT = {"name": "Ann", "email": "ann@example.org"}


def home() -> dict:
    """Return the place of 14 Mill Lane, Ashby."""
    from moothall.bodies import queries as bodies

    return bodies.place_of_dwelling(MILL_LANE_14)


def round_of(stream="refuse"):
    """Return Mill Lane's round and its last day up to 20 November 2026."""
    with scoped(DISTRICT):
        found = queries.rounds_at(usrn=home()["usrn"], uprn=MILL_LANE_14, stream=stream, on=AROUND)[0]
        return found, rules.last_due(found.pattern, queries.holidays(ASHBY), AROUND)


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), LONDON)


def report_missed(when: dt.datetime, stream="refuse", email="ann@example.org"):
    """Report a missed bin at 14 Mill Lane as a resident does, and let the queue work."""
    from moothall.casework import actions as casework

    place = home()
    answers = {"where": place, "bin": stream, "day": when.date().isoformat(), "out": True, "where_out": "kerb"}
    with scoped(NOBODY):
        opened = casework.open_case(
            service_id="missed-bin", answers=answers, place=place, contact=CONTACT | {"email": email}, channel="web",
            at=when, by=NOBODY.actor,
        )  # fmt: skip
    queue.run_pending(at=when)
    return opened


def file_of(opened):
    """Return a case with its steps, as the district sees it."""
    from moothall.casework import queries as casework

    with scoped(DISTRICT):
        return casework.case_file(opened.case_id)


def states(opened) -> dict:
    return {name: step.state for name, step in file_of(opened).steps.items()}


def verdict(opened) -> str:
    return file_of(opened).steps["check_round"].outputs.get("verdict", "")


@pytest.fixture
def ashby(real_db):
    """Look with the district's eyes."""
    return DISTRICT
