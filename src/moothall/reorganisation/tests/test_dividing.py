"""A county and its four districts become two councils: each gets what lies in its land, and nothing is lost."""

import datetime as dt

import pytest
from tests.world import ASHBY, BORLEY, EASTWOLD, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.ledger import actions as ledger
from moothall.ledger import queries as money
from moothall.reorganisation import queries
from moothall.reorganisation.rules.figures import differences
from moothall.reorganisation.tests import lives
from moothall.reorganisation.tests.test_merging import ADDED_TO, ANSWERED_BY_AN_OPPOSITE, everything

pytestmark = pytest.mark.timeout(300)
LATER = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
OFFICER = Actor("staff", "101", MARCHSHIRE)


@pytest.fixture
def lived(real_db):
    """Let residents ask, end one of the county's cases in each half, and leave three odd pennies in its books."""
    expect_change()
    found = lives.live()
    ended = {"west": lives.pothole(ASHBY, 3), "east": lives.pothole(BORLEY, 3)}
    with scoped(lives.staff(MARCHSHIRE)):
        for one in ended.values():
            casework.cancel_case(case_id=one.case_id, reason="Mended", at=lives.AT, by=OFFICER)
        odd = (("1000", 100_003), ("3000", -100_000), ("4000", -3))
        ledger.post(body_id=MARCHSHIRE, key="t:1", kind="adjustment", at=lives.AT, by=OFFICER,
                    legs=[ledger.LegOf(*leg) for leg in odd])  # fmt: skip
    queue.run_pending(at=lives.AT)
    return found, ended


@pytest.fixture
def divided(lived):
    plan_id = lives.two_unitaries()
    found = lives.done(plan_id, body_id=MARCHSHIRE)
    assert (found.error, found.state) == ("", "done")
    return lived, plan_id, bodies.body("westmarch").id, bodies.body("eastmarch").id


def test_the_figures_before_and_after_are_the_same(divided):
    _, plan_id, _, _ = divided
    figures = queries.plan(plan_id).row.figures
    assert differences(figures["before"], figures["after"]) == []
    assert figures["after"]["Cases"]["open"] >= 5
    assert figures["after"]["Balance of each account"]["1000"] == 104_003


def test_the_county_s_open_work_goes_by_its_place(divided):
    (lived, _), _, west, east = divided
    for opened, mine, other in ((lived.hole_west, west, east), (lived.hole_east, east, west)):
        with scoped(lives.staff(mine)):
            case = cases.case_file(opened.case_id).case
            assert (case.body_id, case.provider_id, case.reference) == (mine, mine, opened.reference)
            assert opened.case_id in {row.case_id for row in cases.queue(bodies=(mine,), at=LATER).rows}
        with scoped(lives.staff(other)), pytest.raises(NotYours):
            cases.by_reference(opened.reference)


def test_ended_cases_of_the_county_are_read_by_whoever_has_their_place_and_by_nobody_else(divided):
    (_, ended), _, west, east = divided
    for half, mine, other in (("west", west, east), ("east", east, west)):
        with scoped(lives.staff(mine)):
            assert cases.case_file(ended[half].case_id).case.body_id == MARCHSHIRE
        with scoped(lives.staff(other)), pytest.raises(NotYours):
            cases.by_reference(ended[half].reference)
        with scoped(lives.staff(EASTWOLD)), pytest.raises(NotYours):
            cases.by_reference(ended[half].reference)
        with scoped(lives.DOOR):
            assert cases.track(ended[half].reference, "ann@example.org") == ended[half].case_id


def test_an_ended_case_opened_again_goes_to_the_council_that_has_its_place(divided):
    (_, ended), _, west, east = divided
    for half, mine in (("west", west), ("east", east)):
        with scoped(lives.staff(mine)):
            casework.reopen_case(case_id=ended[half].case_id, reason="It is back", at=LATER, by=OFFICER)
            assert cases.case_file(ended[half].case_id).case.body_id == mine


def test_the_balances_are_shared_to_the_penny_and_each_one_s_books_balance(divided):
    _, _, west, east = divided
    parts = []
    for body in (west, east):
        with scoped(lives.staff(body)):
            assert money.prove(body) == []
            assert money.trial_balance(body).balances
            parts.append(money.balance(body, "1000"))
    paid_to_ashby = 4000
    assert sum(parts) == 100_003 + paid_to_ashby
    assert abs(parts[1] - 45_001) <= 2
    with scoped(lives.staff(west)):
        assert money.balance(MARCHSHIRE, "1000") == 0


def test_each_half_has_one_council_for_everything(divided):
    _, _, west, east = divided
    for council in (west, east):
        place = bodies.place_of_dwelling(bodies.homes_in(council, 1)[0])
        for work in ("waste-collection", "highways", "council-tax", "schools"):
            assert bodies.responsible(work, place).body_id == council
    assert lives.pothole(west, at=LATER).reference.startswith("WES-")
    assert lives.pothole(east, at=LATER).reference.startswith("EMA-")


def test_a_divided_county_is_put_back_row_by_row(lived, owner):
    plan_id = lives.two_unitaries()
    before = everything(owner)
    assert lives.done(plan_id, body_id=MARCHSHIRE).error == ""
    found = lives.done(plan_id, "undo", body_id=MARCHSHIRE)
    assert (found.error, found.state) == ("", "done")
    after = everything(owner)
    assert {name for name in before if before[name] - after[name]} <= ANSWERED_BY_AN_OPPOSITE
    assert {name for name in before if after[name] - before[name]} <= ADDED_TO
