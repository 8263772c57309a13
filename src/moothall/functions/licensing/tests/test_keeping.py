"""What is kept of a holder: told when they ask, erased when its time is over, looked after by whoever does it."""

import datetime as dt

import pytest
from tests.world import ASHBY, BORLEY

from moothall.casework import actions as casework
from moothall.catalogue import queries as catalogue
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.functions.licensing import actions, queries
from moothall.functions.licensing.models import Entry, Evidence, Measure
from moothall.functions.licensing.tests.conftest import (
    ASKED,
    DAY,
    DISTRICT,
    OFFICER,
    VEHICLE,
    again,
    ask,
    entries,
    grant,
    pay,
    steps,
)
from moothall.sharing.actions import adoptions

NEIGHBOUR = Scope(bodies=(BORLEY,), purpose="test", actor=Actor("staff", "301", BORLEY))


@pytest.fixture
def car(db):
    licence = grant(ask("taxi-vehicle-licence", VEHICLE), until=dt.date(2030, 1, 1))
    with scoped(DISTRICT):
        actions.take_measure(licence_id=licence.pk, kind="suspension", ground="unfit", reason="Sam's tyres.", at=ASKED,
                             by=OFFICER)  # fmt: skip
    return licence


def do(act, **said):
    with scoped(DISTRICT):
        return act(body_id=ASHBY, by=OFFICER, **said)


def test_a_holder_is_told_all_that_is_kept(car):
    with scoped(DISTRICT):
        held = queries.held_about([car.case_id])
    assert held["Licences"][0]["holder"] == "Rowe Cars"
    assert held["Suspensions and revocations"][0]["reason"] == "Sam's tyres."
    assert {row["paper"] for row in held["Papers seen for a licence"]} >= {"MOT certificate"}


def test_a_licence_in_force_stays_registered_and_one_that_is_over_is_erased(car):
    assert sum(do(actions.erase_cases, case_ids=[car.case_id], at=ASKED).values()) == 0
    with scoped(DISTRICT):
        actions.surrender(licence_id=car.pk, at=ASKED, by=OFFICER)
    erased = do(actions.erase_cases, case_ids=[car.case_id], at=ASKED)
    assert erased == {"licensing_entry": 0, "licensing_measure": 1, "licensing_licence": 1}
    assert (again(car).holder, again(car).vehicle, again(car).facts) == ("", "", [])
    with scoped(DISTRICT):
        assert Measure.objects.get().reason == ""
        assert "Erased" not in queries.held_about([car.case_id])["Licences"][0]["holder"]


def test_who_held_it_is_forgotten_six_years_after_its_end(car):
    with scoped(DISTRICT):
        actions.surrender(licence_id=car.pk, at=ASKED, by=OFFICER)
    ends = dt.datetime.combine(car.ends, dt.time(12), dt.UTC)
    assert do(actions.keep_no_longer, at=ends + 2190 * DAY)["licensing_licence"] == 0
    assert do(actions.keep_no_longer, at=ends + 2198 * DAY)["licensing_licence"] == 1


def test_the_register_of_a_body_that_left_is_closed(car):
    assert entries() == [car.number]
    assert do(actions.forget_body, at=ASKED)["licensing_licence"] == 1
    assert entries() == []


def test_a_neighbour_who_does_the_work_sees_it_and_the_licence_is_the_district_s(db):
    with scoped(DISTRICT):
        adoptions.end_adoption(body_id=ASHBY, service_id="taxi-driver-licence", ends=ASKED.date(), at=ASKED, by=OFFICER)
        adoptions.adopt(
            body_id=ASHBY, service_id="taxi-driver-licence", version_id=catalogue.current("taxi-driver-licence").id,
            provider_id=BORLEY, starts=ASKED.date(), at=ASKED, by=OFFICER,
        )  # fmt: skip
    opened = ask()
    pay(opened)
    with scoped(NEIGHBOUR):
        for step in [one for one in steps(opened).values() if one.performs == "licensing.check"]:
            said = {row.code: {"finding": "not-needed"} for row in queries.check_of(step.pk)}
            actions.finish_check(step_id=step.pk, said=said, verdict="passed", at=ASKED, by=NEIGHBOUR.actor)
        outputs = {"decision": "grant", "checked": {"passed": "seen", "told": "seen"}}
    queue.run_pending(at=ASKED)
    with scoped(NEIGHBOUR):
        casework.finish_step(step_id=steps(opened)["recommend"].pk, outputs=outputs, at=ASKED, by=NEIGHBOUR.actor)
    queue.run_pending(at=ASKED)
    with scoped(NEIGHBOUR):
        licence = queries.live_of_case(opened.case_id)
        assert (licence.body_id, licence.doer_id) == (ASHBY, BORLEY)
        assert licence.document is not None
        actions.take_measure(licence_id=licence.pk, kind="suspension", ground="danger", reason="x", at=ASKED,
                             by=NEIGHBOUR.actor)  # fmt: skip
    assert again(licence).state == "suspended"
    assert entries() == []


def test_a_case_that_is_handed_over_takes_its_papers_along(db):
    opened = ask()
    pay(opened)
    with scoped(NEIGHBOUR), pytest.raises(NotYours):
        queries.check_of(steps(opened)["record"].pk)
    with scoped(DISTRICT.narrowed(bodies=(ASHBY, BORLEY))):
        actions.pass_on(case_id=opened.case_id, to_body=BORLEY, at=ASKED, by=OFFICER)
    with scoped(NEIGHBOUR):
        assert Evidence.objects.filter(case_id=opened.case_id).count() == 9
        assert not Entry.objects.exists()
