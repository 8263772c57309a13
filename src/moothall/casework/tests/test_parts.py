"""One request that needs two bodies: one case to the resident; its parts hand over reference, history and clock."""

import datetime as dt

import pytest
from django.test import Client
from tests.world import ASHBY, BORLEY, COVEHAM, EASTWOLD, MARCHSHIRE, as_staff

from moothall.casework import actions, queries
from moothall.casework.models import Case, Step, Task
from moothall.casework.tests.conftest import AT, NOBODY, OFFICER, a_place, scope
from moothall.casework.views.progress import entries
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped

HOUR = dt.timedelta(hours=1)
SCENE = Actor("staff", "201", ASHBY)
FOR_ASHBY, FOR_MARCH = scope(ASHBY, by=SCENE), scope(MARCHSHIRE)


def dumped(blocks=True, **more):
    """Report rubbish dumped in Mill Lane, Ashby; return what was opened."""
    place = a_place()
    answers = {"where": place, "what": ["furniture"], "amount": "van", "land": "public", "blocks": blocks, "saw": False}
    with scoped(NOBODY):
        opened = actions.open_case(
            service_id="fly-tipping", answers=answers, place=place, contact={"email": "ann@example.org"}, channel="web",
            at=AT, by=NOBODY.actor, **more,
        )  # fmt: skip
    queue.run_pending(at=AT)
    return opened


def steps_of(case_id):
    return {step.name: step for step in Step.objects.filter(case_id=case_id)}


@pytest.mark.django_db
def test_the_county_does_its_part_in_its_own_queue_and_the_district_goes_on():
    opened = dumped()
    with scoped(FOR_MARCH):
        task = Task.objects.get(case_id=opened.case_id)
        assert (task.body_id, task.title, task.due_at) == (
            MARCHSHIRE,
            "Make the road safe until the rubbish is cleared",
            AT + 4 * HOUR,
        )
        assert task.reference == opened.reference
        actions.finish_step(step_id=task.step_id, outputs={"note": "Coned off."}, at=AT + HOUR, by=OFFICER)
    queue.run_pending(at=AT + HOUR)
    with scoped(FOR_ASHBY):
        case = Case.objects.get(pk=opened.case_id)
        assert case.reference == opened.reference == queries.case(case.pk, at=AT).case.reference
        assert case.promise_due == opened.promise_due, "the promise runs on through both parts"
        assert steps_of(case.pk)["clear"].body_id == ASHBY
        assert Task.objects.get(case_id=case.pk, state="open").body_id == ASHBY
        kinds = [line.kind for line in queries.timeline(case.pk)]
        assert kinds.index("part-begun") < kinds.index("step-done")


@pytest.mark.django_db
def test_who_has_no_part_is_not_brought_in():
    opened = dumped(blocks=False)
    with scoped(FOR_ASHBY):
        assert Case.objects.get(pk=opened.case_id).seen_by == [ASHBY]
    with scoped(FOR_MARCH), pytest.raises(NotYours):
        queries.case(opened.case_id, at=AT)


@pytest.mark.django_db
def test_the_other_body_sees_this_case_and_no_other():
    first, other = dumped(), dumped(blocks=False)
    for outsider in (BORLEY, EASTWOLD):
        with scoped(scope(outsider)), pytest.raises(NotYours):
            queries.case(first.case_id, at=AT)
    with scoped(FOR_MARCH):
        assert queries.case(first.case_id, at=AT).case.pk == first.case_id
        with pytest.raises(NotYours):
            queries.case(other.case_id, at=AT)


@pytest.mark.django_db
def test_handing_the_rest_to_another_body_leaves_the_countys_part_alone():
    opened = dumped()
    with scoped(FOR_ASHBY):
        actions.hand_over(case_id=opened.case_id, body_id=COVEHAM, reason="Nearer", at=AT + HOUR, by=SCENE)
        assert steps_of(opened.case_id)["safe"].body_id == MARCHSHIRE
    with scoped(FOR_MARCH):
        assert Task.objects.get(case_id=opened.case_id).state == "open"
        task = Task.objects.get(case_id=opened.case_id)
        actions.finish_step(step_id=task.step_id, outputs={"note": ""}, at=AT + 2 * HOUR, by=OFFICER)
        assert steps_of(opened.case_id)["clear"].body_id == COVEHAM


@pytest.mark.django_db
def test_what_whoever_answers_hears_goes_into_the_queue_of_whoever_does_it():
    opened = dumped(blocks=False)
    with scoped(FOR_ASHBY):
        actions.hand_over(case_id=opened.case_id, body_id=COVEHAM, reason="Nearer", at=AT + HOUR, by=SCENE)
        actions.receive_message(case_id=opened.case_id, text="Any news?", at=AT + HOUR, by=SCENE)
        assert actions.reach_another_way(case_id=opened.case_id, channel="email", at=AT + HOUR, by=SCENE)
    with scoped(scope(COVEHAM)):
        titles = set(Task.objects.filter(case_id=opened.case_id, state="open").values_list("title", flat=True))
    assert "Answer a message from the resident" in titles
    assert "Reach the resident in another way: our email did not arrive" in titles


@pytest.mark.django_db
def test_cancelling_takes_the_part_off_the_countys_queue():
    opened = dumped()
    with scoped(FOR_ASHBY):
        actions.cancel_case(case_id=opened.case_id, reason="It is gone", at=AT + HOUR, by=SCENE)
    with scoped(FOR_MARCH):
        assert Task.objects.get(case_id=opened.case_id).state == "cancelled"


@pytest.mark.django_db
def test_who_does_a_part_sees_who_does_which_and_leaves_the_course_to_the_others(client):
    opened = dumped()
    county, district = as_staff(client, MARCHSHIRE, "officer"), as_staff(Client(), ASHBY, "officer")
    page = county.get(f"/staff/cases/{opened.case_id}/").content.decode()
    assert "Make the road safe until the rubbish is cleared" in page
    assert "Nothing waits for you here" not in page
    assert "Stop the clock" not in page
    assert "Close it by hand" not in page
    assert "Report dumped rubbish," in county.get("/staff/queue/?show=all").content.decode()
    assert county.post(f"/staff/cases/{opened.case_id}/close/", {"close-outcome": "cleared"}).status_code == 404
    queue.run_pending(at=AT)
    seen = district.get(f"/staff/cases/{opened.case_id}/").content.decode()
    assert "Stop the clock" in seen
    assert "Another body&#x27;s part" in seen
    assert "Marchshire County Council: We make the road safe." in seen


@pytest.mark.django_db
def test_the_resident_reads_one_timeline(client):
    opened = dumped()
    with scoped(scope(case=opened.case_id, by=NOBODY.actor)):
        told = [entry["title"] for entry in entries(queries.case(opened.case_id, at=AT), "en", AT)]
    assert told == ["You sent this", "We make the road safe", "We clear it and look for evidence"]
