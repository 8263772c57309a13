"""A ratepayer owes a return by 30 April; a food business is asked once a year: each by the rule of its service."""

import datetime as dt

import pytest
from tests.world import ASHBY, MILL_LANE_14

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.catalogue import queries as catalogue
from moothall.core import queue
from moothall.core.clock import LONDON
from moothall.core.scope import scoped
from moothall.functions.returns import rules
from moothall.functions.returns.models import Due, Entry
from moothall.functions.returns.tests.test_returns import DISTRICT, NOBODY, OFFICER, subjects

pytestmark = pytest.mark.django_db
RATES, FOOD = "business-rates-return", "food-business-registration"
WHERE = "where"


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(10), LONDON)


def ask(service: str, day: dt.date, **answers):
    """Send a request as anybody does, about 14 Mill Lane."""
    place = bodies.place_of_dwelling(MILL_LANE_14)
    with scoped(NOBODY):
        opened = casework.open_case(
            service_id=service, answers={WHERE: place, **answers}, place=place,
            contact={"name": "Sam Rowe", "email": "sam@example.org"}, channel="web", at=at(day), by=NOBODY.actor,
        )  # fmt: skip
    queue.run_pending(at=at(day))
    return opened


def rates(day: dt.date, decision: str = "same", **other):
    """Send a business rates return, and let an officer check it."""
    told = {"ratepayer": {"name": "Rowe Bakery Limited"}, "use": "all", "trade": "A shop", "true_to_say": True}
    opened = ask(RATES, day, **(told | other))
    with scoped(DISTRICT):
        step = cases.case_file(opened.case_id).steps["check"]
        said = {"decision": decision, "reason": "", "checked": {"who": "seen", "reduction": "seen"}}
        casework.finish_step(step_id=step.pk, outputs=said, at=at(day), by=OFFICER)
    queue.run_pending(at=at(day))
    return opened


def food(day: dt.date, what: str, **other):
    """Tell of a food business."""
    told = {"what": what, "business": "Rowe Bakery"}
    if what != "close":
        told |= {"operator": {"name": "Sam Rowe"}, "kind": ["shop"]}
    if what == "new":
        told |= {"supplies": False, "opens": (day + dt.timedelta(days=28)).isoformat()}
    return ask(FOOD, day, **(told | other))


def owed(service: str) -> list[tuple]:
    with scoped(DISTRICT):
        rows = Due.objects.filter(entry__service_id=service).order_by("entry__opened_at", "number")
        return list(rows.values_list("number", "due_on", "filed_on"))


def test_a_first_return_in_april_is_not_asked_for_again_in_the_same_month(db):
    rates(dt.date(2027, 4, 20))

    assert owed(RATES)[-1] == (2, dt.date(2028, 5, 2), None), "30 April 2028 is a Sunday, 1 May a bank holiday"


def test_who_files_early_owes_the_next_a_year_later(db):
    rates(dt.date(2026, 11, 23))
    assert owed(RATES)[-1][1] == dt.date(2027, 4, 30)

    rates(dt.date(2027, 4, 5))
    assert owed(RATES)[1:] == [(2, dt.date(2027, 4, 30), dt.date(2027, 4, 5)), (3, dt.date(2028, 5, 2), None)]


def test_who_does_not_file_rates_is_written_to_before_and_after_the_day(db):
    opened = rates(dt.date(2026, 11, 23))
    for day in (dt.date(2027, 4, 2), dt.date(2027, 4, 30)):
        queue.run_pending(at=at(day))
    assert subjects(opened)[-1] == "Your yearly business rates return is due by Friday 30 April 2027"

    for day in (dt.date(2027, 5, 1), dt.date(2027, 5, 2)):
        queue.run_pending(at=at(day))
    assert subjects(opened)[-1] == "Your yearly business rates return has not come"
    with scoped(DISTRICT):
        assert cases.case_file(opened.case_id).steps["call"].state == "waiting"


def test_who_left_a_property_is_asked_no_more(db):
    rates(dt.date(2026, 11, 23))
    rates(dt.date(2027, 2, 1), "changed", use="left", since="2027-01-31")

    with scoped(DISTRICT):
        entry = Entry.objects.get()
        assert (entry.ended_on, entry.why) == (dt.date(2027, 2, 1), "The ratepayer left it")
    assert [number for number, _due, _filed in owed(RATES)] == [1]


def test_whoever_says_so_of_a_place_that_owes_nothing_has_it_noted_all_the_same(db):
    opened = rates(dt.date(2027, 2, 1), "changed", use="left", since="2027-01-31")

    with scoped(DISTRICT):
        assert not Entry.objects.exists()
        assert cases.case_file(opened.case_id).steps["end"].outputs == {"ended": False}


def test_a_food_business_is_in_the_register_at_once_and_asked_a_year_after_it_opens(db):
    opened = food(dt.date(2026, 11, 23), "new")

    assert owed(FOOD)[-1] == (2, dt.date(2027, 12, 21), None)
    with scoped(DISTRICT):
        assert cases.case_file(opened.case_id).steps["look"].state == "waiting"


def test_to_confirm_a_food_business_needs_nobody_and_opens_the_next_year(db):
    food(dt.date(2026, 11, 23), "new")
    opened = food(dt.date(2027, 12, 13), "confirm")

    assert owed(FOOD)[1:] == [(2, dt.date(2027, 12, 21), dt.date(2027, 12, 13)), (3, dt.date(2028, 12, 13), None)]
    with scoped(DISTRICT):
        assert cases.case_file(opened.case_id).case.outcome == "entered"
    assert "Your food business is in our register" in subjects(opened)


def test_a_food_business_that_closed_is_asked_no_more_and_may_open_again(db):
    food(dt.date(2026, 11, 23), "new")
    food(dt.date(2027, 3, 1), "close", ended="2027-02-28")
    food(dt.date(2027, 6, 1), "new")

    with scoped(DISTRICT):
        assert list(Entry.objects.order_by("opened_at").values_list("ended_on", flat=True)) == [
            dt.date(2027, 3, 1),
            None,
        ]


def test_every_service_that_files_returns_says_a_rhythm(db):
    told = {
        one.service_id: rules.rhythm(step.using)
        for one in catalogue.services()
        for step in one.definition.steps.values()
        if step.performs == "returns.file"
    }

    assert told.keys() >= {RATES, FOOD, "landlord-licence-return"}
    assert bodies.does("business-rates", bodies.body(ASHBY).kind)
