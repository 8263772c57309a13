"""Contacts: recorded whatever way they came, judged by rule, kept no longer than needed."""

import datetime as dt

import pytest
from django.db import connection
from tests.world import ASHBY, BORLEY, MARCHSHIRE, MILL_LANE_14, as_staff

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core.actor import Actor
from moothall.core.clock import LONDON
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.desk import actions, queries
from moothall.desk.models import Contact, UnitCost
from moothall.desk.rules.contact import avoidable, repeats, sure_enough
from moothall.people import actions as people

AT = dt.datetime(2026, 6, 1, 10, tzinfo=LONDON)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def test_chasing_is_avoidable_and_says_whether_it_was_late():
    assert avoidable("chase", at=AT, promise_due=AT + DAY) == "chased-in-time"
    assert avoidable("chase", at=AT) == "chased-in-time"
    assert avoidable("chase", at=AT + HOUR, promise_due=AT) == "chased-late"


def test_asking_again_within_a_week_is_a_repeat_and_after_it_is_not():
    assert avoidable("question", at=AT, last_at=AT - 7 * DAY) == "repeat"
    assert avoidable("question", at=AT, last_at=AT - 7 * DAY - HOUR) == ""
    assert repeats(at=AT, last_at=AT - DAY)
    assert not repeats(at=AT, last_at=None)


def test_what_is_of_value_to_whoever_asks_is_not_avoidable():
    assert avoidable("request", at=AT) == ""
    assert avoidable("more", at=AT, last_at=AT - DAY) == "", "they tell us something"
    assert avoidable("wrong-place", at=AT) == "wrong-place"


def test_a_document_is_surer_than_what_we_know_and_an_account_surer_still():
    assert sure_enough("document", "known")
    assert sure_enough("account", "document")
    assert not sure_enough("known", "document")


def adviser(body_id=ASHBY):
    """Return the scope of a body's desk."""
    by = Actor("staff", "77", body_id)
    return scoped(Scope(bodies=(body_id,), purpose="staff", actor=by)), {"at": AT, "by": by}


@pytest.fixture
def desk(db):
    """Act as Ashby's desk; return what every action is told."""
    scope, told = adviser()
    with scope:
        yield told


@pytest.fixture
def hole(desk):
    """Return a case that Ashby's desk took for the county."""
    home = bodies.place_of_dwelling(MILL_LANE_14)
    return casework.open_case(
        service_id="report-pothole",
        answers={"where": home, "surface": "road", "width": "dinner-plate", "depth": "fist"},
        contact={"name": "Bob Example", "phone": "01632 960 001"}, channel="phone", **desk,
    )  # fmt: skip


def only():
    """Return the one contact that there is."""
    (row,) = Contact.objects.all()
    return row


def test_a_call_about_a_case_takes_its_service_and_is_judged_by_its_promise(desk, hole):
    said = {"body_id": ASHBY, "channel": "phone", "outcome": "answered", "case_id": hole.case_id}
    actions.record_contact(kind="chase", **said, **desk)
    assert (only().service_id, only().avoidable, only().repeat) == ("report-pothole", "chased-in-time", False)
    assert only().ended_at == AT
    late = {"at": hole.promise_due + DAY, "by": desk["by"]}
    actions.record_contact(kind="chase", **said, **late)
    _, second = Contact.objects.order_by("at")
    assert (second.avoidable, second.repeat) == ("chased-late", False), "the first was weeks before"
    actions.record_contact(kind="question", **said, at=late["at"] + DAY, by=desk["by"])
    assert [c.avoidable for c in Contact.objects.order_by("at")] == ["chased-in-time", "chased-late", "repeat"]


def test_a_case_that_the_desk_does_not_see_is_refused(db, hole):
    scope, told = adviser(BORLEY)
    with scope, pytest.raises(NotYours):
        actions.record_contact(
            body_id=BORLEY, channel="phone", kind="chase", outcome="nothing", case_id=hole.case_id, **told
        )


def test_the_same_mail_twice_is_one_contact(desk):
    said = {"body_id": ASHBY, "channel": "email", "kind": "question", "outcome": "answered", "key": "<1@example.org>"}
    assert actions.record_contact(**said, **desk) == actions.record_contact(**said, **desk)
    assert only().ended_at == AT


def test_of_an_urgent_referral_only_the_service_is_kept(desk):
    actions.record_contact(
        body_id=ASHBY, channel="phone", kind="request", outcome="opened", service_id="safeguarding-concern",
        person_id=a_person(desk), note="A child at 14 Mill Lane", **desk,
    )  # fmt: skip
    assert (only().service_id, only().person_id, only().note) == ("safeguarding-concern", None, "")


def a_person(told):
    """Let Ashby know somebody."""
    return people.record_person(body_id=ASHBY, name="Bob Example", reference="B-1", **told)


def test_every_contact_of_a_person_is_on_one_timeline_and_goes_when_they_are_erased(desk):
    person = a_person(desk)
    for hours, channel in enumerate(("phone", "email", "visit")):
        actions.record_contact(
            body_id=ASHBY, channel=channel, kind="question", outcome="answered", person_id=person, note="Bins",
            at=AT + hours * HOUR, by=desk["by"],
        )  # fmt: skip
    assert [line.channel for line in queries.contacts_of_person([person])] == ["Visit", "E-mail", "Phone"]
    held = queries.held_about([person])["When you were in touch"]
    assert [row["how"] for row in held] == ["Phone", "E-mail", "Visit"]
    assert held[0]["noted"] == "Bins"
    assert actions.erase_person(person_ids=[person], body_id=ASHBY, **desk) == {"desk_contact": 3}
    assert queries.contacts_of_person([person]) == []
    assert Contact.objects.filter(note="").count() == 3, "that somebody was in touch still counts"


def test_after_two_years_only_that_somebody_was_in_touch_is_left(desk):
    said = {"body_id": ASHBY, "channel": "phone", "kind": "question", "outcome": "answered", "note": "Bins"}
    actions.record_contact(**said, at=AT - 731 * DAY, by=desk["by"])
    actions.record_contact(**said, **desk)
    assert actions.keep_no_longer(body_id=ASHBY, **desk) == {"desk_contact": 1}
    assert actions.keep_no_longer(body_id=ASHBY, **desk) == {}, "it is done once"
    assert actions.forget_body(body_id=ASHBY, **desk) == {"desk_contact": 1}


def test_requests_on_the_web_are_taken_in_once_and_no_advisers_are(db, hole):
    home = bodies.place_of_dwelling(MILL_LANE_14)
    said = {
        "service_id": "report-pothole",
        "answers": {"where": home, "surface": "road", "width": "dinner-plate", "depth": "fist"},
        "contact": {"name": "Bob Example", "email": "bob@example.org"}, "at": AT, "by": Actor("contact"),
    }  # fmt: skip
    with scoped(Scope(purpose="front door")):
        opened = casework.open_case(channel="web", **said)
    scope, told = adviser(MARCHSHIRE)
    with scope:
        wrote = {"at": AT + DAY, "by": Actor("contact")}
        casework.receive_message(case_id=opened.case_id, text="Deeper now", **wrote)
        casework.receive_message(case_id=opened.case_id, text="They rang", at=AT + DAY, by=told["by"])
        taken = {"body_id": MARCHSHIRE, "at": AT + 2 * DAY, "by": Actor.system("desk.take_in")}
        assert [actions.take_in_requests(**taken), actions.take_in_requests(**taken)] == [2, 0]
        rows = Contact.objects.order_by("at").values_list("channel", "kind", "outcome", "case_id")
        assert list(rows) == [
            ("web", "request", "opened", opened.case_id),
            ("web", "question", "passed-on", opened.case_id),
        ]


def test_an_urgent_referral_on_the_web_is_counted_without_its_case(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into core_fact (name, body_id, payload, at, by) values ('casework.CaseOpened', %s, "
            """'{"case_id": "01890000-0000-7000-8000-000000000001", "service_id": "safeguarding-concern", """
            """ "channel": "web"}', %s, 'contact')""",
            [MARCHSHIRE, AT],
        )
    scope, told = adviser(MARCHSHIRE)
    with scope:
        assert actions.take_in_requests(body_id=MARCHSHIRE, **told) == 1
        assert (only().service_id, only().case_id) == ("safeguarding-concern", None)


def test_what_a_contact_costs_is_dated_and_says_where_the_figure_is_from(desk):
    said = {"body_id": ASHBY, "channel": "phone", "source": "Our own accounts 2025 to 2026"}
    actions.set_unit_cost(pence=300, starts=dt.date(2026, 4, 1), **said, **desk)
    actions.set_unit_cost(pence=280, starts=dt.date(2026, 6, 1), **said, **desk)
    actions.set_unit_cost(pence=275, starts=dt.date(2026, 6, 1), **said, **desk)
    days = [dt.date(2026, 3, 31), dt.date(2026, 5, 31), dt.date(2026, 6, 1)]
    known = queries.unit_costs(ASHBY)
    found = [queries.unit_cost_in(known, "phone", day) for day in days]
    assert [cost and cost.pence for cost in found] == [None, 300, 275]
    assert UnitCost.objects.count() == 2
    with pytest.raises(actions.NoSource):
        actions.set_unit_cost(body_id=ASHBY, channel="web", pence=9, starts=days[0], source=" ", **desk)


def test_finance_says_what_a_contact_costs_and_nobody_else_does(client, db):
    finance = as_staff(client, ASHBY, "finance")
    day = {"starts-day": "1", "starts-month": "4", "starts-year": "2026"}
    missing = finance.post("/staff/contact-costs/", day | {"channel": "phone", "pence": "3.10"}).content.decode()
    assert "Say where the figure is from" in missing
    sent = day | {"channel": "phone", "pence": "3.10", "source": "Our accounts"}
    page = finance.post("/staff/contact-costs/", sent, follow=True).content.decode()
    assert "£3.10" in page
    assert "Our accounts" in page
    assert "£3.10" not in as_staff(client, BORLEY, "manager").get("/staff/contact-costs/").content.decode()
    assert as_staff(client, ASHBY, "adviser").get("/staff/contact-costs/").status_code == 403
