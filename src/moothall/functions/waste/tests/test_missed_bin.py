"""A missed bin answers itself where the data answer, and otherwise books a return."""

import datetime as dt

import pytest
from tests.work_done import OF_PAYER, OF_PROVIDER, PAYER, PROVIDER, asked, provided
from tests.world import ASHBY, BORLEY, MILL_LANE_14

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.casework.events import StepMoved
from moothall.core import queue
from moothall.core.ids import new_id
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.core.steps import StepContext
from moothall.core.workdays import england
from moothall.functions.waste import actions, handlers, queries, steps
from moothall.functions.waste.actions.days import NothingLeft
from moothall.functions.waste.actions.visits import AlreadyDone, SayWhyNot
from moothall.functions.waste.models import CrewNote, Incident, MissedReport, RoundDay, Subscription, Visit
from moothall.functions.waste.tests.conftest import (
    CONTACT,
    CREW,
    DISTRICT,
    NOBODY,
    OUTSIDER,
    SUPERVISOR,
    at,
    file_of,
    home,
    report_missed,
    round_of,
    states,
    verdict,
)

DAY = dt.timedelta(days=1)


def next_working(day):
    return england().add_working_days(day, 1)


def collected(found, day, when=None):
    with scoped(DISTRICT):
        actions.close_round(round_=found, day=day, at=when or at(day, 15), by=CREW)
    queue.run_pending(at=when or at(day, 15))


def incomplete(found, day, when=None):
    with scoped(DISTRICT):
        row = actions.mark_incomplete(
            round_=found, day=day, usrns=[home()["usrn"]], reason="The lorry broke down.",
            return_on=next_working(day), at=when or at(day, 16), by=SUPERVISOR,
        )  # fmt: skip
    queue.run_pending(at=when or at(day, 16))
    return row


def visits(**which):
    with scoped(DISTRICT):
        return list(Visit.objects.filter(**which))


def end(visit, when, number=None, done=True, **said):
    with scoped(DISTRICT):
        row = actions.end_visit(visit_id=visit.pk, number=number or new_id(), done=done, at=when, by=CREW, **said)
    queue.run_pending(at=when)
    return row


def test_a_bin_that_was_missed_is_emptied_on_a_return_visit(ashby):
    found, day = round_of()
    collected(found, day)
    when = at(next_working(day))
    opened = report_missed(when)
    assert verdict(opened) == "missed"
    (visit,) = visits()
    assert (visit.kind, visit.state) == ("return", "open")
    end(visit, when + dt.timedelta(hours=3))
    file = file_of(opened)
    assert (file.case.state, file.case.outcome) == ("closed", "emptied")


def test_the_crew_s_note_answers_without_a_visit(ashby):
    found, day = round_of()
    with scoped(DISTRICT):
        actions.note_address(note_id=new_id(), round_=found, day=day, uprn=MILL_LANE_14, code="not_out",
                             at=at(day, 11), by=CREW)  # fmt: skip
    collected(found, day)
    opened = report_missed(at(next_working(day)))
    assert verdict(opened) == "not-out"
    assert visits() == []


def test_a_report_on_the_third_working_day_is_told_when_the_next_collection_is(ashby):
    found, day = round_of()
    collected(found, day)
    third = next_working(next_working(next_working(day)))
    opened = report_missed(at(third))
    assert verdict(opened) == "too-late"
    step = file_of(opened).steps["check_round"]
    assert dt.date.fromisoformat(step.outputs["next_collection"]) > third


def test_a_report_on_the_second_working_day_is_in_time(ashby):
    found, day = round_of()
    collected(found, day)
    assert verdict(report_missed(at(next_working(next_working(day)), 23))) == "missed"


def test_a_report_from_an_unfinished_street_joins_the_incident_and_ends_with_it(ashby):
    found, day = round_of()
    incomplete(found, day)
    one = report_missed(at(day, 18))
    two = report_missed(at(day, 19), email="bob@example.org")
    assert {verdict(one), verdict(two)} == {"incomplete"}
    assert visits() == []
    with scoped(DISTRICT):
        assert [row.waiting for row in queries.incidents(body_ids=(ASHBY,))] == [2]

    collected(found, day, when=at(next_working(day), 12))
    assert [file_of(c).case.outcome for c in (one, two)] == ["emptied", "emptied"]
    with scoped(DISTRICT):
        assert queries.incidents(body_ids=(ASHBY,)) == []


def test_a_street_that_was_reached_does_not_join_the_incident_of_another(ashby):
    found, day = round_of()
    with scoped(DISTRICT):
        other = next(stop.usrn for stop in queries.stops(found.pk) if stop.usrn != home()["usrn"])
        actions.mark_incomplete(round_=found, day=day, usrns=[other], reason="Ice.", return_on=next_working(day),
                                at=at(day, 16), by=SUPERVISOR)  # fmt: skip
    assert verdict(report_missed(at(day, 21))) == "missed"


def test_nobody_is_sent_while_the_crew_is_out_and_the_night_decides(ashby):
    _, day = round_of()
    opened = report_missed(at(day, 10))
    assert states(opened) == {"check_round": "waiting"}
    queue.run_pending(at=at(day, 19, 59))
    assert states(opened) == {"check_round": "waiting"}
    queue.run_pending(at=at(day, 20, 1))
    assert verdict(opened) == "missed"
    assert len(visits()) == 1


def test_a_waiting_report_is_answered_as_soon_as_the_crew_says_how_it_went(ashby):
    found, day = round_of()
    one = report_missed(at(day, 10))
    with scoped(DISTRICT):
        actions.note_address(note_id=new_id(), round_=found, day=day, uprn=MILL_LANE_14, code="contaminated",
                             at=at(day, 11), by=CREW)  # fmt: skip
    collected(found, day, when=at(day, 14))
    assert verdict(one) == "contaminated"
    queue.run_pending(at=at(day, 21))
    assert verdict(one) == "contaminated"


def test_a_round_marked_incomplete_takes_the_waiting_reports_with_it(ashby):
    found, day = round_of()
    opened = report_missed(at(day, 10))
    incomplete(found, day)
    assert verdict(opened) == "incomplete"
    with scoped(DISTRICT):
        assert MissedReport.objects.get(case_id=opened.case_id).incident is not None


def test_the_crew_s_page_sent_twice_is_one_visit(ashby):
    found, day = round_of()
    collected(found, day)
    when, number = at(next_working(day)), new_id()
    opened = report_missed(when)
    (visit,) = visits()
    end(visit, when, number=number)
    end(visit, when, number=number)
    assert file_of(opened).case.outcome == "emptied"
    with pytest.raises(AlreadyDone):
        end(visit, when)


def test_a_visit_that_could_not_be_made_says_why(ashby):
    found, day = round_of()
    collected(found, day)
    when = at(next_working(day))
    opened = report_missed(when)
    (visit,) = visits()
    with pytest.raises(SayWhyNot):
        end(visit, when, done=False)
    end(visit, when, done=False, reason="not_out")
    step = file_of(opened).steps["return_visit"]
    assert (step.state, step.reason) == ("refused", "The crew came and could not take it: it was not out.")


def test_a_cancelled_case_leaves_the_crew_s_list(ashby):
    found, day = round_of()
    collected(found, day)
    when = at(next_working(day))
    opened = report_missed(when)
    with scoped(DISTRICT):
        casework.cancel_case(case_id=opened.case_id, reason="They came.", at=when, by=SUPERVISOR)
    queue.run_pending(at=when)
    with scoped(DISTRICT):
        assert queries.visits(at=when) == []


def test_an_incident_needs_a_street_of_the_round(ashby):
    found, day = round_of()
    with scoped(DISTRICT), pytest.raises(NothingLeft):
        actions.mark_incomplete(round_=found, day=day, usrns=["00000000"], reason="x", return_on=day, at=at(day),
                                by=SUPERVISOR)  # fmt: skip


def test_dumped_rubbish_is_cleared_and_its_evidence_followed_up(ashby):
    when = at(dt.date(2026, 11, 20))
    answers = {"where": home(), "what": ["bags"], "amount": "bag", "land": "public", "blocks": False, "saw": False}
    with scoped(NOBODY):
        opened = casework.open_case(service_id="fly-tipping", answers=answers, place=home(), contact=CONTACT,
                                    channel="web", at=when, by=NOBODY.actor)  # fmt: skip
    queue.run_pending(at=when)
    (visit,) = visits(kind="clear")
    end(visit, when + DAY, evidence=True)
    assert states(opened)["clear"] == "done"
    with scoped(DISTRICT):
        assert [task.title for task in cases.tasks_of(opened.case_id)] == ["Look into who left this waste"]


def context(**changes):
    said = {"case_id": new_id(), "step_id": new_id(), "body_id": ASHBY, "service_id": "bulky-waste",
            "reference": "ASH-0001", "name": "collect", "place": home(), "answers": {"items": ["sofa", "bed"],
            "count": 3}, "outputs": {"confirm": {"day": "2026-12-01"}}}  # fmt: skip
    return StepContext(**(said | changes))


def test_a_booked_collection_is_on_the_crew_s_list_for_its_day(ashby):
    with scoped(DISTRICT):
        asked = context()
        for _ in range(2):
            steps.collect_bulky(asked, at=at(dt.date(2026, 11, 20)), by=SUPERVISOR)
    (visit,) = visits(kind="bulky")
    assert (visit.day, visit.what) == (dt.date(2026, 12, 1), "3 items: sofa, bed")


def test_a_collection_whose_day_was_changed_is_on_the_list_for_the_other_day(ashby):
    asked, day = context(), dt.date(2026, 12, 3)
    with scoped(DISTRICT):
        steps.collect_bulky(asked, at=at(dt.date(2026, 11, 20)), by=SUPERVISOR)
        told = {"service_id": "bulky-waste", "step_id": asked.step_id, "step_name": "collect"}
        moved = StepMoved(ASHBY, asked.case_id, **told, performs="waste.collect_bulky", day=day, due_at=at(day, 23))
        handlers.come_on_the_other_day(moved, at=at(dt.date(2026, 11, 21)), by=SUPERVISOR)
    (visit,) = visits(kind="bulky")
    assert (visit.day, visit.due_at) == (day, at(day, 23))


def test_a_renewed_subscription_begins_when_the_present_one_ends(ashby):
    with scoped(DISTRICT):
        first = steps.subscribe(context(name="subscribe"), at=at(dt.date(2026, 3, 1)), by=SUPERVISOR)
        again = steps.subscribe(context(name="subscribe"), at=at(dt.date(2027, 2, 15)), by=SUPERVISOR)
    assert (first.outputs["starts"], first.outputs["ends"]) == ("2026-03-01", "2027-03-01")
    assert (again.outputs["starts"], again.outputs["ends"]) == ("2027-03-01", "2028-03-01")


def test_a_subscriber_is_reminded_twice_and_one_who_renewed_never(ashby):
    found, day = round_of()
    collected(found, day)
    opened = report_missed(at(next_working(day)))  # any case of theirs can carry the letter
    began = dt.date(2026, 3, 1)
    with scoped(DISTRICT):
        actions.subscribe(body_id=ASHBY, case_id=opened.case_id, number="ASH-0009", uprn=MILL_LANE_14, label="x",
                          bins=1, at=at(began), by=SUPERVISOR)  # fmt: skip
    from moothall.functions.waste import tasks

    said = []
    for offset in (40, 28, 27, 7, 6, 0):
        with scoped(DISTRICT):
            tasks.remind(body=ASHBY, at=at(dt.date(2027, 3, 1) - offset * DAY), by=SUPERVISOR)
            messages = cases.case(opened.case_id, at=at(day)).messages
            said.append(sum("subscription ends soon" in message.subject for message in messages))
    assert said == [0, 1, 1, 2, 2, 2]
    with scoped(DISTRICT):
        Subscription.objects.update(reminded=[])
        actions.subscribe(body_id=ASHBY, case_id=new_id(), number="ASH-0010", uprn=MILL_LANE_14, label="x", bins=1,
                          at=at(dt.date(2027, 2, 1)), by=SUPERVISOR)  # fmt: skip
        assert queries.to_remind(body_id=ASHBY, today=dt.date(2027, 2, 20)) == []


def test_an_outsider_sees_only_what_is_public(ashby):
    found, day = round_of()
    incomplete(found, day)
    report_missed(at(day, 18))
    with scoped(OUTSIDER):
        assert [m.objects.count() for m in (RoundDay, CrewNote, MissedReport, Visit, Subscription)] == [0] * 5
        assert Incident.objects.count() == 1
        with pytest.raises(NotYours):
            queries.round_(found.pk, body_ids=OUTSIDER.bodies)


def test_where_people_live_is_erased_two_years_after_the_work(ashby):
    found, day = round_of()
    collected(found, day)
    when = at(next_working(day))
    report_missed(when)
    end(visits()[0], when)
    with scoped(DISTRICT):
        assert actions.keep_no_longer(body_id=ASHBY, at=when + 700 * DAY, by=SUPERVISOR)["waste_visit"] == 0
        assert actions.keep_no_longer(body_id=ASHBY, at=when + 740 * DAY, by=SUPERVISOR)["waste_visit"] == 1
        assert Visit.objects.get().label == ""
        assert MissedReport.objects.get().uprn == ""


@pytest.mark.parametrize("ends", ["cancelled", "taken back"])
def test_a_case_that_another_body_s_crew_was_to_do_leaves_that_crew_s_list(real_db, ends):
    provided()
    when = at(dt.date(2026, 11, 20))
    case_id = asked(when)
    with scoped(OF_PROVIDER):
        actions.plan_visit(body_id=BORLEY, case_id=case_id, reference="x", step_id=new_id(), kind="bulky", what="Sofa",
                           place={}, day=None, due_at=None, at=when, by=PROVIDER)  # fmt: skip
    with scoped(OF_PAYER):
        if ends == "cancelled":
            casework.cancel_case(case_id=case_id, reason="x", at=when, by=PAYER)
        else:
            casework.hand_over(case_id=case_id, body_id=ASHBY, reason="x", at=when, by=PAYER)
    queue.run_pending(at=when)
    with scoped(OF_PROVIDER):
        assert queries.visits(at=when) == []
