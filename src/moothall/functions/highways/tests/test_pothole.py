"""A hole in the road, from the first report to the second look."""

import pytest

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.ids import new_id
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.functions.highways import actions, queries
from moothall.functions.highways.actions.repairs import AlreadyDealtWith, SayHow
from moothall.functions.highways.models import Defect, Inspection, Repair, Report, WorkOrder
from moothall.functions.highways.tests.conftest import AT, COUNTY, CREW, DAY, INSPECTOR, OUTSIDER, mill_lane, report


def steps(case_id):
    with scoped(COUNTY):
        return {name: step.state for name, step in cases.case_file(case_id).steps.items()}


def case(case_id):
    with scoped(COUNTY):
        return cases.case_file(case_id).case


def defect_of(case_id) -> Defect:
    with scoped(COUNTY):
        return queries.report_of(case_id).defect


def inspect(defect, impact=3, likelihood=3, at=AT + DAY, number=None, cause="wear"):
    with scoped(COUNTY):
        found = actions.inspect(
            inspection_id=number or new_id(), defect_id=defect.pk, impact=impact, likelihood=likelihood, cause=cause,
            at=at, by=INSPECTOR,
        )  # fmt: skip
    queue.run_pending(at=at)
    return found


def order_of(defect) -> WorkOrder:
    with scoped(COUNTY):
        return WorkOrder.objects.get(defect=defect, state="open")


def visit(order, at=AT + 2 * DAY, number=None, **said):
    with scoped(COUNTY):
        row = actions.record_visit(visit_id=number or new_id(), order_id=order.pk, at=at, by=CREW, **said)
    queue.run_pending(at=at)
    return row


def check(defect, passed=True, at=AT + 3 * DAY):
    with scoped(COUNTY):
        actions.check(check_id=new_id(), defect_id=defect.pk, passed=passed, note="" if passed else "It sank.",
                      at=at, by=INSPECTOR)  # fmt: skip
    queue.run_pending(at=at)


def test_a_hole_goes_from_report_to_mended_and_checked(county):
    opened = report(mill_lane())
    defect = defect_of(opened.case_id)
    inspect(defect)
    visit(order_of(defect), method="patch")
    check(defect)

    assert steps(opened.case_id) == {"inspect": "done", "repair": "done", "check": "done", "no_work": "skipped"}
    assert (case(opened.case_id).state, case(opened.case_id).outcome) == ("closed", "mended")


def test_the_resident_is_told_the_day_by_which_it_will_be_mended(county):
    opened = report(mill_lane())
    inspect(defect_of(opened.case_id))
    with scoped(COUNTY):
        said = next(m for m in cases.case(opened.case_id, at=AT + DAY).messages if m.letter == "will-mend")
    assert said.subject.startswith("We will mend the pothole by Saturday 19 December")
    assert "by ." not in said.text


def test_everyone_who_reported_the_hole_within_fifteen_metres_waits_for_one_inspection(county):
    one, two = report(mill_lane()), report(mill_lane(9), email="bob@example.org")
    defect = defect_of(one.case_id)
    assert defect_of(two.case_id).pk == defect.pk
    with scoped(COUNTY):
        assert len(cases.tasks_of(one.case_id) + cases.tasks_of(two.case_id)) == 1
        assert len(queries.to_inspect()) == 1

    inspect(defect)
    visit(order_of(defect), method="patch")
    check(defect)

    assert {case(c.case_id).outcome for c in (one, two)} == {"mended"}
    with scoped(COUNTY):
        for opened in (one, two):
            assert [m.letter for m in cases.case(opened.case_id, at=AT).messages].count("mended") == 1
        assert Inspection.objects.count() == 1
        assert Repair.objects.count() == 1


def test_a_report_twenty_metres_away_is_another_hole(county):
    one, two = report(mill_lane()), report(mill_lane(20))
    assert defect_of(one.case_id).pk != defect_of(two.case_id).pk


def test_someone_who_reports_after_the_inspection_hears_its_result_at_once(county):
    one = report(mill_lane())
    inspect(defect_of(one.case_id))
    late = report(mill_lane(4), at=AT + DAY)
    assert steps(late.case_id)["inspect"] == "done"
    visit(order_of(defect_of(one.case_id)), method="patch")
    assert steps(late.case_id)["repair"] == "done"


@pytest.mark.parametrize(("impact", "likelihood", "outcome"), [(1, 2, "watched"), (0, 0, "nothing-found")])
def test_a_hole_that_is_not_mended_is_explained(county, impact, likelihood, outcome):
    opened = report(mill_lane())
    inspect(defect_of(opened.case_id), impact, likelihood)
    assert steps(opened.case_id)["repair"] == "skipped"
    with scoped(COUNTY):
        for row in cases.case_file(opened.case_id).steps.values():
            if row.state != "waiting":
                continue
            casework.finish_step(step_id=row.pk, outputs={}, at=AT + DAY, by=INSPECTOR)
    assert case(opened.case_id).outcome == outcome


def test_a_high_risk_is_due_two_days_after_the_inspection(county):
    opened = report(mill_lane())
    inspect(defect_of(opened.case_id), 4, 4)
    assert order_of(defect_of(opened.case_id)).due_at == AT + 3 * DAY


def test_sending_the_crew_s_page_twice_is_one_visit(county):
    defect = defect_of(report(mill_lane()).case_id)
    inspect(defect)
    order, number = order_of(defect), new_id()
    first, second = (visit(order, method="patch", number=number) for _ in range(2))
    assert first.pk == second.pk
    with scoped(COUNTY):
        assert Repair.objects.filter(order=order).count() == 1


def test_two_crews_cannot_both_mend_it(county):
    defect = defect_of(report(mill_lane()).case_id)
    inspect(defect)
    order = order_of(defect)
    visit(order, method="patch")
    with pytest.raises(AlreadyDealtWith):
        visit(order, method="patch")


def test_a_job_that_is_not_possible_rests_and_comes_back(county):
    opened = report(mill_lane())
    defect = defect_of(opened.case_id)
    inspect(defect)
    order, tried = order_of(defect), AT + 2 * DAY
    visit(order, reason="parked", at=tried)
    with scoped(COUNTY):
        assert queries.jobs(at=tried) == []
        assert [job.pk for job in queries.resting(at=tried)] == [order.pk]
        assert [job.pk for job in queries.jobs(at=tried + DAY)] == [order.pk]
    assert steps(opened.case_id)["repair"] == "waiting"


def test_a_crew_that_finds_nothing_sends_the_job_back_to_the_inspector(county):
    opened = report(mill_lane())
    defect = defect_of(opened.case_id)
    inspect(defect)
    visit(order_of(defect), reason="not_found")
    with scoped(COUNTY):
        assert [row.pk for row in queries.to_inspect()] == [defect.pk]

    inspect(defect, 0, 0, at=AT + 4 * DAY)
    assert steps(opened.case_id)["repair"] == "refused"


def test_an_inspector_who_finds_the_lost_hole_gives_the_crew_a_new_job(county):
    opened = report(mill_lane())
    defect = defect_of(opened.case_id)
    inspect(defect)
    visit(order_of(defect), reason="not_found")
    inspect(defect, 4, 4, at=AT + 4 * DAY)
    visit(order_of(defect), method="patch", at=AT + 5 * DAY)
    assert steps(opened.case_id)["repair"] == "done"


def test_a_repair_that_does_not_pass_is_done_again(county):
    opened = report(mill_lane())
    defect = defect_of(opened.case_id)
    inspect(defect)
    visit(order_of(defect), method="fill")
    check(defect, passed=False)
    visit(order_of(defect), method="patch", at=AT + 4 * DAY)
    check(defect, at=AT + 5 * DAY)
    assert case(opened.case_id).outcome == "mended"


def test_a_cancelled_case_does_not_hold_up_its_neighbour(county):
    one, two = report(mill_lane()), report(mill_lane(5))
    with scoped(COUNTY):
        casework.cancel_case(case_id=one.case_id, reason="Reported twice.", at=AT, by=INSPECTOR)
    defect = defect_of(two.case_id)
    inspect(defect)
    visit(order_of(defect), method="patch")
    assert steps(two.case_id)["repair"] == "done"
    assert case(one.case_id).state == "cancelled"


def test_a_visit_says_how_or_why_not(county):
    defect = defect_of(report(mill_lane()).case_id)
    inspect(defect)
    order = order_of(defect)
    for said in ({}, {"method": "patch", "reason": "parked"}, {"method": "magic"}, {"reason": "lunch"}):
        with pytest.raises(SayHow):
            visit(order, **said)


def test_the_stretch_remembers_what_happened_on_it(county):
    defect = defect_of(report(mill_lane()).case_id)
    inspect(defect)
    visit(order_of(defect), method="patch")
    check(defect)
    with scoped(COUNTY):
        told = [row["what"] for row in queries.history(defect.segment_id)]
    assert told == ["Repair passed", "Mended", "Inspected: medium risk", "Reported by 1"]


def test_an_outsider_sees_nothing_of_it(county):
    defect = defect_of(report(mill_lane()).case_id)
    inspect(defect)
    order = order_of(defect)
    with scoped(OUTSIDER):
        assert [m.objects.count() for m in (Defect, Report, WorkOrder, Inspection)] == [0, 0, 0, 0]
        with pytest.raises(NotYours):
            queries.defect(defect.pk)
        with pytest.raises(NotYours):
            actions.record_visit(visit_id=new_id(), order_id=order.pk, method="patch", at=AT, by=OUTSIDER.actor)


def test_two_neighbours_reporting_at_the_same_moment_share_one_defect(county):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    places = [mill_lane(), mill_lane(6)]

    def one(place):
        try:
            with scoped(COUNTY):
                return actions.report(
                    body_id=COUNTY.bodies[0], kind="pothole", place=place, case_id=new_id(), reference="MAR-0000",
                    inspect_by=None, at=AT, by=INSPECTOR,
                ).defect_id  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(one, places))) == 1
