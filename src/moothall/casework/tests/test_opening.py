"""A case is opened through the door."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import ASHBY, BORLEY, MARCHSHIRE

from moothall.casework import queries
from moothall.casework.actions.opening import (
    AnswersWrong,
    DeskMayNotTake,
    KeyUsedDifferently,
    NobodyResponsible,
    NotOffered,
)
from moothall.casework.models import Case, Event, Message, Payload, PublicPlace, Step
from moothall.casework.rules.contents import commitment
from moothall.casework.tests.conftest import (
    ADVISER,
    CONTACT,
    MARCH,
    NOBODY,
    POTHOLE,
    RESIDENT,
    a_place,
    open_pothole,
    scope,
)
from moothall.core.actor import Actor
from moothall.core.scope import scoped


@pytest.fixture(autouse=True)
def _functions(functions):
    return functions


@pytest.mark.django_db
def test_a_pothole_in_ashby_is_the_county_s_and_its_first_step_is_queued():
    with scoped(NOBODY):
        opened = open_pothole()

    assert opened.reference.startswith("MAR-")
    assert opened.body_id == MARCHSHIRE
    assert opened.promise_due == dt.datetime(2026, 12, 18, 23, 59, 59, tzinfo=dt.UTC)  # 28 days
    with scoped(MARCH):
        case = Case.objects.get(pk=opened.case_id)
        assert case.reference == opened.reference
        assert [s.name for s in Step.objects.filter(case=case)] == ["inspect"]
        assert Event.objects.get(case=case).kind == "opened"
        assert opened.reference in Message.objects.get(case=case).text
        assert PublicPlace.objects.get(pk=case.published_id).open
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name from procrastinate_jobs where args->>'key' like 'step:%' or task_name like 'casework%'"
        )
        assert sorted(row[0] for row in cursor.fetchall()) == ["casework.letter", "casework.step"]


@pytest.mark.django_db
def test_the_history_commits_to_what_was_said_without_saying_it():
    with scoped(NOBODY):
        opened = open_pothole()
        event, payload = Event.objects.get(case=opened.case_id), Payload.objects.get(case=opened.case_id)

    assert payload.data["contact"]["email"] == CONTACT["email"]
    assert CONTACT["email"] not in str(event.data)
    assert event.data["commitment"] == commitment(bytes(payload.salt), payload.data)


@pytest.mark.django_db
def test_it_takes_five_statements():
    """BEGIN, scope, scope of the case with its number and key, all that is written, COMMIT."""
    place = a_place()
    with scoped(NOBODY):
        open_pothole(place=place)
    with CaptureQueriesContext(connection) as captured, scoped(NOBODY):
        open_pothole(place=place)
    around = ("SAVEPOINT", "RELEASE")
    now_and_then = ("bodies_edition", "sharing_adoption", "sharing_agreement")  # looked at again after seconds
    inside = [q["sql"] for q in captured if not q["sql"].startswith(around)]
    inside = [sql for sql in inside if not any(table in sql for table in now_and_then)]

    put_back = 1  # by the scope around it, as this test has an outer transaction; a request's is simply over
    assert len(inside) - put_back + len(["BEGIN", "COMMIT"]) == 5


@pytest.mark.django_db
def test_wrong_answers_are_refused_with_a_message_for_each_question():
    with scoped(NOBODY), pytest.raises(AnswersWrong) as refused:
        open_pothole(answers={"surface": "lava", "where": a_place(), "colour": "grey"})

    assert {"surface", "width", "depth", "colour"} <= set(refused.value.details["problems"])
    with scoped(MARCH):
        assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_home_or_a_point_is_enough_to_know_ward_and_street():
    from tests.world import MILL_LANE_14

    for place in ({"uprn": MILL_LANE_14}, {key: a_place()[key] for key in ("lat", "lon")}):
        with scoped(NOBODY):
            opened = open_pothole(place=place, answers=POTHOLE | {"where": a_place()})
        with scoped(MARCH):
            case = Case.objects.get(pk=opened.case_id)
        assert case.street == "Mill Lane"
        assert case.ward
        assert case.easting


@pytest.mark.django_db
def test_outside_every_area_nobody_is_responsible():
    with scoped(NOBODY), pytest.raises(NobodyResponsible):
        open_pothole(place=a_place(metres_east=400_000))


@pytest.mark.django_db
def test_a_body_that_does_not_offer_the_service_is_not_asked():
    with scoped(NOBODY), pytest.raises(NotOffered):
        open_pothole(body_id=ASHBY)


@pytest.mark.django_db
def test_the_same_key_and_content_is_the_same_case():
    place = a_place()
    with scoped(NOBODY):
        first = open_pothole(place=place, idempotency="k1", by=Actor("api", "app-1"))
        again = open_pothole(place=place, idempotency="k1", by=Actor("api", "app-1"))
        other = open_pothole(place=place, idempotency="k1", by=Actor("api", "app-2"))

    assert first == again
    assert other.case_id != first.case_id
    with scoped(MARCH):
        assert Case.objects.count() == 2


@pytest.mark.django_db
def test_the_same_key_with_other_content_is_refused():
    place = a_place()
    with scoped(NOBODY):
        open_pothole(place=place, idempotency="k1")
        with pytest.raises(KeyUsedDifferently):
            open_pothole(
                place=place, idempotency="k1", answers=POTHOLE | {"where": place, "depth": "deeper", "avoiding": True}
            )


@pytest.mark.django_db
def test_ashby_s_desk_may_log_the_county_s_pothole_and_then_sees_it():
    with scoped(scope(ASHBY, by=ADVISER)):
        opened = open_pothole(channel="phone", by=ADVISER)
    with scoped(scope(ASHBY, by=ADVISER)):
        assert queries.by_reference(opened.reference).desk_id == ASHBY


@pytest.mark.django_db
def test_a_desk_without_an_agreement_may_not():
    adviser = Actor("staff", "7", BORLEY)
    with scoped(scope(BORLEY, by=adviser)), pytest.raises(DeskMayNotTake):
        open_pothole(channel="phone", by=adviser)


@pytest.mark.django_db
def test_an_id_allocated_beforehand_becomes_the_case_s():
    from moothall.core.ids import new_id

    case_id = new_id()
    with scoped(NOBODY.narrowed(case=case_id)):
        assert open_pothole(case_id=case_id).case_id == case_id


def test_what_is_rolled_back_leaves_nothing(real_db):
    with pytest.raises(ZeroDivisionError), scoped(NOBODY):
        open_pothole()
        raise ZeroDivisionError
    with scoped(MARCH):
        assert not Case.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name like 'casework%'")
        assert cursor.fetchone() == (0,)


def test_twelve_at_once_with_one_key_make_one_case_and_twelve_with_none_get_twelve_numbers(real_db):
    import threading

    place, opened = a_place(), []

    def submit(key):
        try:
            with scoped(NOBODY):
                opened.append((key, open_pothole(place=place, idempotency=key, by=RESIDENT)))
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=(key,)) for key in ["one"] * 6 + [None] * 6]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({o.reference for key, o in opened if key}) == 1
    assert len({o.reference for key, o in opened if not key}) == 6
    with scoped(MARCH):
        assert Case.objects.count() == 7
