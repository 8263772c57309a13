"""An open case comes from another system with its number, its day and its clock; nobody is written to."""

import datetime as dt

import pytest
from django.core.cache import cache
from tests.world import ASHBY, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.actions.taking_over import ElsewhereResponsible, NotYetOpened, StillToPay, UnknownStep
from moothall.casework.models import Case, Event, Message, PublicPlace, Step, Task
from moothall.casework.tests.conftest import AT, CONTACT, OFFICER, a_place, scope
from moothall.core.clock import end_of
from moothall.core.models import Outgoing
from moothall.core.queue import run_pending
from moothall.core.scope import scoped

pytestmark = pytest.mark.django_db
OPENED = AT - dt.timedelta(days=9)
HOLE = {"surface": "road", "width": "dustbin-lid", "depth": "fist"}


def hole(**changes):
    """Return a pothole as the county's old system has it."""
    from moothall.catalogue import queries as catalogue

    definition = catalogue.current("report-pothole").definition
    answers = {"where": a_place()}
    for question in definition.questions:
        if question.type == "choice":
            answers[question.id] = next(iter(question.options))
        elif question.type == "yes-no":
            answers[question.id] = False
    given = {"system": "Old CRM", "number": "H-4711", "service_id": "report-pothole", "opened_at": OPENED,
             "answers": answers, "place": a_place(), "contact": dict(CONTACT)}  # fmt: skip
    return actions.Brought(**given | changes)


def taken(brought, body_id=MARCHSHIRE):
    with scoped(scope(body_id)):
        return actions.take_over(body_id=body_id, case=brought, at=AT, by=OFFICER)


def read(case_id, body_id=MARCHSHIRE):
    with scoped(scope(body_id)):
        return Case.objects.get(pk=case_id)


def test_it_keeps_its_number_its_day_and_what_is_left_of_its_clock():
    opened, is_new = taken(hole())
    case = read(opened.case_id)
    assert is_new
    assert (case.former_system, case.former_number, case.opened_at, case.taken_at) == ("Old CRM", "H-4711", OPENED, AT)
    assert opened.reference.startswith("MAR-")
    assert case.promise_due == end_of(OPENED.date() + dt.timedelta(days=28))


def test_what_was_promised_there_is_what_is_promised_here():
    due = end_of(AT.date() + dt.timedelta(days=3))
    assert taken(hole(promise_due=due))[0].promise_due == due


def test_its_work_is_due_when_its_promise_is_and_not_later():
    due = end_of(AT.date() + dt.timedelta(days=1))
    opened, _ = taken(hole(promise_due=due))
    with scoped(scope(MARCHSHIRE)):
        assert Task.objects.get(case_id=opened.case_id, state="open").due_at == due


def test_nobody_is_written_to_neither_now_nor_by_the_jobs_that_follow():
    opened, _ = taken(hole())
    run_pending(at=AT)
    with scoped(scope(MARCHSHIRE)):
        assert not Message.objects.filter(case_id=opened.case_id).exists()
        assert not Outgoing.objects.filter(case_id=opened.case_id).exists()


def test_a_case_that_is_late_already_does_not_tell_its_resident_again():
    opened, _ = taken(hole(promise_due=AT - dt.timedelta(days=2)))
    with scoped(scope(MARCHSHIRE)):
        assert actions.notice_missed(body_id=MARCHSHIRE, at=AT + dt.timedelta(days=1), by=OFFICER) == 0
        assert not Message.objects.filter(case_id=opened.case_id).exists()


def test_its_work_is_in_the_queue_at_once():
    opened, _ = taken(hole())
    with scoped(scope(MARCHSHIRE)):
        assert Step.objects.get(case_id=opened.case_id, name="inspect").state == "waiting"
        assert Task.objects.filter(case_id=opened.case_id, state="open").count() == 1


def test_the_same_number_of_the_same_system_is_taken_over_once():
    first, _ = taken(hole())
    second, is_new = taken(hole())
    assert (second.case_id, is_new) == (first.case_id, False)
    other, is_new = taken(hole(system="Another"))
    assert is_new
    assert other.case_id != first.case_id


def test_it_goes_on_from_the_steps_that_ended_there():
    answers = {"about": "delay", "had_answer": False, "happened": "It was late.", "put_right": "Be on time.",
               "for_other": False}  # fmt: skip
    brought = hole(service_id="complaint", number="C-1", answers=answers, place=None,
                   done={"acknowledge": {"note": "The bin was missed twice."}})  # fmt: skip
    opened, _ = taken(brought, ASHBY)
    with scoped(scope(ASHBY)):
        states = dict(Step.objects.filter(case_id=opened.case_id).values_list("name", "state"))
    assert states == {"acknowledge": "done", "stage_one": "waiting", "stage_two": "skipped"}


def test_its_history_says_when_it_was_opened_and_when_it_came():
    opened, _ = taken(hole())
    with scoped(scope(MARCHSHIRE)):
        events = list(Event.objects.filter(case_id=opened.case_id).order_by("id").values_list("kind", "at"))
        assert events[:2] == [("opened", OPENED), ("taken-over", AT)]
        assert [row.pk for row in queries.by_former_number("H-4711")] == [opened.case_id]
        assert queries.former_numbers(MARCHSHIRE, "Old CRM", ["H-4711", "H-1"]).keys() == {"H-4711"}
    with scoped(scope(ASHBY)):
        assert queries.by_former_number("H-4711") == []


def test_neighbours_find_it_where_they_would_report_it_again():
    opened, _ = taken(hole())
    place = PublicPlace.objects.get(pk=read(opened.case_id).published_id)
    assert place.reported_on == OPENED.date()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"answers": {}}, actions.AnswersWrong),
        ({"opened_at": AT + dt.timedelta(days=1)}, NotYetOpened),
        ({"done": {"nonsense": {}}}, UnknownStep),
        ({"done": {"inspect": {"risk": "high"}}}, actions.OutputsWrong),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(changes, refusal):
    with pytest.raises(refusal):
        taken(hole(**changes))
    with scoped(scope(MARCHSHIRE)):
        assert not Case.objects.filter(former_number="H-4711").exists()


def garden(**changes):
    place = bodies.place_of_dwelling(bodies.homes_in(ASHBY, 1)[0])
    answers = {"where": place, "start": "new", "bins": 1, "agreed": True}
    given = {"system": "Old CRM", "number": "G-1", "service_id": "garden-waste", "opened_at": OPENED,
             "answers": answers, "place": place, "contact": dict(CONTACT)}  # fmt: skip
    return actions.Brought(**given | changes)


def test_a_fee_is_never_asked_for_twice():
    with pytest.raises(StillToPay, match="Let it be paid there first"):
        taken(garden(), ASHBY)


def test_a_fee_that_was_paid_there_is_said_to_be_paid():
    from moothall.catalogue import queries as catalogue

    steps = catalogue.current("garden-waste").definition.steps
    pay = next(name for name, step in steps.items() if step.performs.startswith("payments."))
    opened, is_new = taken(garden(done={pay: {"paid": True}}), ASHBY)
    assert is_new
    with scoped(scope(ASHBY)):
        assert not Message.objects.filter(case_id=opened.case_id).exists()


def test_a_place_of_another_council_is_left_to_it():
    borley = bodies.place_of_dwelling(bodies.homes_in(3, 1)[0])
    answers = garden().answers | {"where": borley}
    with pytest.raises(ElsewhereResponsible, match="Borley District Council does that"):
        taken(garden(place=borley, answers=answers), ASHBY)


def test_a_resident_finds_it_by_its_old_number_with_an_address_and_nobody_guesses_it(client, db):
    cache.clear()
    opened, _ = taken(hole(contact=dict(CONTACT) | {"phone": "01632 960 001"}))
    for contact in (CONTACT["email"].upper(), "01632960001"):
        answer = client.post("/track/", {"reference": " h-4711", "contact": contact})
        assert answer.headers["Location"] == f"/cases/{opened.reference}/"
    assert opened.reference in client.get(f"/cases/{opened.reference}/").content.decode()
    client.cookies.clear()
    for number, contact in (("H-4711", CONTACT["postcode"]), ("H-4711", "bob@example.org"), ("H-47", CONTACT["email"])):
        assert queries.track_former(number, contact) is None
        assert client.post("/track/", {"reference": number, "contact": contact}).status_code == 200
    tried = [
        client.post("/track/", {"reference": f"H-{n}", "contact": CONTACT["email"]}, REMOTE_ADDR=f"10.0.0.{n}")
        for n in range(12)
    ]
    assert tried[0].status_code == 200
    assert tried[-1].status_code == 429, "from wherever it is tried"
