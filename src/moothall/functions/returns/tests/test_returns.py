"""A landlord of Ashby owes a certificate each year: it is entered, the next is opened, and who is late is told."""

import datetime as dt

import pytest
from tests import world
from tests.world import ASHBY, EASTWOLD, MILL_LANE_14

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import LONDON
from moothall.core.models import Account
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.functions.returns import actions, handlers, queries
from moothall.functions.returns.models import Due, Entry
from moothall.people import actions as people

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "201", ASHBY)
DISTRICT = Scope(bodies=(ASHBY,), purpose="test", actor=OFFICER)
OUTSIDER = Scope(bodies=(EASTWOLD,), purpose="test", actor=Actor("staff", "900", EASTWOLD))
NOBODY = Scope(purpose="front door", actor=Actor("contact"))
SENT = dt.datetime(2026, 11, 23, 10, tzinfo=LONDON)
TESTED, DUE = dt.date(2026, 11, 10), dt.date(2027, 11, 10)


def send(tested=TESTED, when=SENT, person_id=None):
    """Send a certificate as the landlord does, let an officer find it right, and return the opened case."""
    place = bodies.place_of_dwelling(MILL_LANE_14)
    answers = {
        "where": place, "gas": True, "number": "ASH-HMO-0042", "tested": tested.isoformat(), "faults": "none",
        "true_to_say": True,
    }  # fmt: skip
    with scoped(NOBODY):
        opened = casework.open_case(
            service_id="landlord-licence-return", answers=answers, place=place,
            contact={"name": "Sam Rowe", "email": "sam@example.org"}, channel="web", person_id=person_id, at=when,
            by=NOBODY.actor,
        )  # fmt: skip
    queue.run_pending(at=when)
    with scoped(DISTRICT):
        step = cases.case_file(opened.case_id).steps["check"]
        checked = {"house": "seen", "year": "seen", "safe": "seen"}
        said = {"decision": "right", "reason": "", "checked": checked}
        casework.finish_step(step_id=step.pk, outputs=said, at=when, by=OFFICER)
    queue.run_pending(at=when)
    return opened


@pytest.fixture
def landlord(db):
    """Return (account, person id) of somebody who signs in."""
    account = Account.objects.create_user(email="sam@example.org")
    by = Actor("resident", str(account.pk))
    with scoped(Scope(account=account.pk, purpose="front door", actor=by)):
        return account, people.welcome(account_id=account.pk, email=account.email, name="Sam Rowe", at=SENT, by=by)


def subjects(opened) -> list[str]:
    with scoped(DISTRICT):
        page = cases.case(opened.case_id, at=SENT)
        return [one.subject for one in page.messages if one.direction == "out"]


def states(opened) -> dict:
    with scoped(DISTRICT):
        return {name: step.state for name, step in cases.case_file(opened.case_id).steps.items()}


def days() -> list[tuple]:
    with scoped(DISTRICT):
        return list(Due.objects.order_by("number").values_list("number", "due_on", "filed_on"))


def let_pass(*moments):
    for moment in moments:
        queue.run_pending(at=dt.datetime.combine(moment, dt.time(12), tzinfo=LONDON))


def test_the_first_return_opens_the_entry_and_the_next_is_due_a_year_after_the_check(db):
    opened = send()

    assert days() == [(1, SENT.date(), SENT.date()), (2, DUE, None)]
    assert "Your gas safety certificate is entered" in subjects(opened)
    with scoped(DISTRICT):
        assert cases.case_file(opened.case_id).case.state == "closed"


def test_who_does_not_file_is_reminded_then_told_that_it_is_late_and_rung(db):
    opened = send()
    let_pass(DUE - dt.timedelta(days=29))
    assert len(subjects(opened)) == 2

    let_pass(DUE - dt.timedelta(days=28), DUE - dt.timedelta(days=27))
    assert subjects(opened)[-1] == "A gas safety certificate is due by Wednesday 10 November 2027"
    let_pass(DUE)
    assert len(subjects(opened)) == 3, "on its day nobody is late"

    let_pass(DUE + dt.timedelta(days=1), DUE + dt.timedelta(days=2))
    assert subjects(opened)[-1] == "Your gas safety certificate is late"
    assert states(opened)["call"] == "waiting"
    with scoped(DISTRICT):
        late = queries.entries(body_ids=(ASHBY,), show="late", today=DUE + dt.timedelta(days=2)).rows
        assert [entry.label for entry, _due in late] == [Entry.objects.get().label]


def test_who_files_the_next_in_time_hears_no_more_of_the_last_and_owes_the_one_after(db):
    first = send()
    early = dt.datetime(2027, 10, 5, 10, tzinfo=LONDON)

    send(tested=dt.date(2027, 10, 1), when=early)
    assert days()[1:] == [(2, DUE, early.date()), (3, dt.date(2028, 10, 1), None)]
    before = subjects(first)
    let_pass(DUE - dt.timedelta(days=28), DUE + dt.timedelta(days=1), DUE + dt.timedelta(days=2))

    assert subjects(first) == before
    assert states(first)["call"] == "skipped"


def test_the_same_case_files_once(db):
    opened = send()
    with scoped(DISTRICT):
        entry = Entry.objects.get()
        again = actions.file(
            body_id=ASHBY, service_id=entry.service_id, case_id=opened.case_id, reference="", uprn=entry.uprn, label="",
            told=None, counted_from=None, at=SENT, by=OFFICER,
        )  # fmt: skip

    assert again.due_on == DUE
    assert len(days()) == 2


def test_an_entry_that_ended_owes_nothing_and_reminds_nobody(db):
    opened = send()
    with scoped(DISTRICT):
        entry = Entry.objects.get()
        with pytest.raises(actions.ReasonMissing):
            actions.end(entry_id=entry.pk, why=" ", at=SENT, by=OFFICER)
        actions.end(entry_id=entry.pk, why="The licence was given back", at=SENT, by=OFFICER)
        with pytest.raises(actions.AlreadyEnded):
            actions.end(entry_id=entry.pk, why="The licence was given back", at=SENT, by=OFFICER)
    let_pass(DUE - dt.timedelta(days=28), DUE + dt.timedelta(days=1), DUE + dt.timedelta(days=2))

    assert len(subjects(opened)) == 2
    assert [number for number, _due, _filed in days()] == [1]


def test_a_council_next_door_sees_none_of_it(db):
    send()
    with scoped(DISTRICT):
        entry = Entry.objects.get()
    with scoped(OUTSIDER):
        assert Entry.objects.count() == Due.objects.count() == 0
        with pytest.raises(NotYours):
            queries.entry(entry.pk)


def test_an_address_is_erased_once_its_entry_has_ended_for_six_years_and_not_before(db):
    opened = send()
    later = SENT + dt.timedelta(days=366 * 7)
    with scoped(DISTRICT):
        assert actions.erase_cases(case_ids=[opened.case_id], body_id=ASHBY, at=later, by=OFFICER) == {
            "returns_entry": 0,
            "returns_change": 0,
        }
        actions.end(entry_id=Entry.objects.get().pk, why="The house was sold", at=SENT, by=OFFICER)
        assert handlers.retention(ASHBY, at=SENT, by=OFFICER)["returns_entry"] == 0
        assert handlers.retention(ASHBY, at=later, by=OFFICER) == {"returns_entry": 1, "returns_change": 1}
        assert Entry.objects.values_list("uprn", "label", "why").get() == ("", "", "")


def test_officers_read_who_is_late_and_the_history_of_an_address_and_end_it_with_a_reason(db, client):
    opened = send()
    world.as_staff(client, ASHBY, "officer")
    page = client.get("/returns/?show=all").content.decode()
    with scoped(DISTRICT):
        entry = Entry.objects.get()
    assert entry.label in page
    assert "10 November 2027" in page
    assert f"/returns/{entry.pk}/" in page

    history = client.get(f"/returns/{entry.pk}/").content.decode()
    assert opened.reference in history
    assert "Filed in time" in history

    said = client.post(f"/returns/{entry.pk}/end/", {"why": ""})
    assert "Write why no more are owed" in said.content.decode()
    client.post(f"/returns/{entry.pk}/end/", {"why": "The licence was given back"})
    assert "The licence was given back" in client.get(f"/returns/{entry.pk}/").content.decode()
    assert entry.label in client.get("/returns/?show=ended").content.decode()
    assert entry.label not in client.get("/returns/?show=all").content.decode()
    assert client.get("/returns/?show=late&from=nothing").status_code == 200


def test_a_long_list_goes_on_to_its_next_page(db, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 1)
    for _times in range(2):
        send()
        with scoped(DISTRICT):
            actions.end(entry_id=Entry.objects.get(ended_on=None).pk, why="The house was sold", at=SENT, by=OFFICER)
    with scoped(DISTRICT):
        first = queries.entries(body_ids=(ASHBY,), show="ended", today=SENT.date())
        last = queries.entries(body_ids=(ASHBY,), show="ended", today=SENT.date(), start=first.next)

    assert (first.next, last.next) == (1, 0)
    assert first.rows[0][0].pk != last.rows[0][0].pk


def test_a_landlord_who_signed_in_reads_what_they_owe_and_nobody_else_s(landlord, client):
    account, person_id = landlord
    send()
    world.sign_in(client, account)
    assert "You owe no return" in client.get("/account/returns/").content.decode()

    opened = send(tested=dt.date(2026, 11, 20), person_id=person_id)
    page = client.get("/account/returns/").content.decode()
    assert "20 November 2027" in page
    assert opened.reference in page
    assert page.count("/cases/") == 1, "the return that somebody else filed leads nowhere"
    assert "/account/returns/" in client.get("/account/").content.decode()


def test_a_councillor_has_no_use_for_it(db, client):
    world.as_staff(client, ASHBY, "councillor")
    assert client.get("/returns/").status_code == 403
