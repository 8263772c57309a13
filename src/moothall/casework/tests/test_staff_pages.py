"""The officer's queue and the case page, through their doors."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import ASHBY, MARCHSHIRE, as_staff

from moothall.bodies import queries as bodies
from moothall.casework.tests.conftest import NOBODY, a_place, open_pothole
from moothall.core.clock import now
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.sharing import queries as sharing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def opened(place):
    """Return a case that waits for an inspector."""
    at = now()
    with scoped(NOBODY):
        opened = open_pothole(at=at, place=place)
    run_pending(at=at)
    return opened


@pytest.fixture
def officer(client):
    return as_staff(client, MARCHSHIRE, "officer")


def test_work_that_waits_is_listed_with_when_it_is_due(officer, opened):
    text = officer.get("/staff/queue/?show=all").content.decode()
    assert "Inspect the defect" in text
    assert opened.reference in text
    assert f"/staff/cases/{opened.case_id}/" in text


@pytest.mark.parametrize(("role", "begins"), [("officer", "/staff/queue/"), ("adviser", "/staff/queue/")])
def test_staff_begin_on_the_page_of_their_role(client, role, begins):
    assert as_staff(client, MARCHSHIRE, role).get("/staff/").headers["Location"] == begins


def test_residents_and_other_bodies_do_not_see_it(client, opened):
    assert client.get("/staff/queue/").status_code == 302
    other = as_staff(client, ASHBY, "officer")
    assert opened.reference not in other.get("/staff/queue/?show=all").content.decode()
    assert other.get(f"/staff/cases/{opened.case_id}/").status_code == 404


@pytest.mark.parametrize("words", ["mill lane", "inspect"])
def test_words_and_references_find_it(officer, opened, words):
    for text in (words, opened.reference):
        assert opened.reference in officer.get("/staff/queue/", {"show": "all", "q": text}).content.decode()
    assert "Nothing fits" in officer.get("/staff/queue/?show=all&q=submarine").content.decode()


def test_filters_are_links_that_narrow_and_lead_back(officer, opened):
    text = officer.get("/staff/queue/?show=all&service=report-pothole").content.decode()
    assert opened.reference in text
    assert re.search(r'href="/staff/queue/\?show=all"[^>]*aria-current="true"', text)
    assert opened.reference not in officer.get("/staff/queue/?show=all&service=street-light").content.decode()


def test_only_services_and_teams_with_open_work_are_offered_as_filters(officer, opened):
    text = officer.get("/staff/queue/?show=all").content.decode()
    assert "show=all&amp;service=report-pothole" in text
    assert "service=street-light" not in text
    chosen = officer.get("/staff/queue/?show=all&service=street-light").content.decode()
    assert re.search(r'href="/staff/queue/\?show=all" aria-current="true"><span>Report a street light', chosen)


def test_marked_rows_are_taken_on(officer, opened):
    row = re.search(r'data-row="([^"]+)"', officer.get("/staff/queue/?show=all").content.decode())[1]
    page = officer.post("/staff/queue/assign/", {"row": row, "to": "me"}, follow=True).content.decode()
    assert "1 is yours now" in page
    assert opened.reference in officer.get("/staff/queue/?show=mine").content.decode()


def test_nothing_marked_says_what_to_do(officer, opened):
    answer = officer.post("/staff/queue/assign/", {"to": "me"})
    assert answer.status_code == 422
    assert "Mark the rows you mean first" in answer.content.decode()


def test_the_list_is_sorted_by_its_heads_and_says_how(officer, opened):
    text = officer.get("/staff/queue/?show=all").content.decode()
    assert re.search(r'aria-sort="ascending"><a[^>]*href="/staff/queue/\?show=all">Due', text)
    newest = officer.get("/staff/queue/?show=all&order=newest").content.decode()
    assert re.search(r'aria-sort="descending"><a[^>]*href="[^"]*order=oldest">Since', newest)
    assert opened.reference in newest
    assert officer.get("/staff/queue/?order=sideways").status_code == 422


def test_a_queue_of_many_takes_no_more_statements_than_of_few(officer, place):
    at = now()
    for n in range(30):
        with scoped(NOBODY):
            open_pothole(at=at, place=a_place(n * 40))
    run_pending(at=at)
    officer.get("/staff/queue/?show=all")
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        bodies.colleagues(MARCHSHIRE, now().date())  # all three are kept in the process for seconds: read again where
    sharing.adoptions(now().date())  # a slow machine let them go stale
    bodies.bodies()
    with CaptureQueriesContext(connection) as asked:
        text = officer.get("/staff/queue/?show=all").content.decode()
    assert text.count("data-row=") == 25
    assert "Next 25" in text
    said = [q["sql"] for q in asked]
    assert [next(name for start, name in QUEUE if start in sql) for sql in said] == [
        "session",
        "account",
        "begin",
        "scope",
        "appointments",
        "person",
        "scope",
        "queue",
        "queue",  # what is urgent stands before it
        "queue",  # which services and teams have work, to narrow it by
        "scope",  # put back: only inside a test's transaction
        "commit",
    ], "\n".join(sql[:120] for sql in said)
    older = re.search(r'href="([^"]+after=[^"]+)"', text)[1].replace("&amp;", "&")
    assert officer.get(older).content.decode().count("data-row=") == 5


QUEUE = (
    ("RELEASE", "commit"),
    ("SAVEPOINT", "begin"),
    ("select set_config", "scope"),
    ('"django_session"', "session"),
    ('FROM "core_account"', "account"),
    ("unnest(", "queue"),
    ('"bodies_staff"."account_id" = ', "appointments"),
    ("people_", "person"),
    ("", "something else"),
)


def test_the_case_page_says_what_is_asked_and_what_happened(officer, opened, owner):
    text = officer.get(f"/staff/cases/{opened.case_id}/").content.decode()
    for said in ("Mill Lane", "Like a dinner plate or smaller", "ann@example.org", "Case opened", "Inspect the defect"):
        assert said in text


def test_a_waiting_step_is_ended_by_its_short_form(officer, opened):
    page = f"/staff/cases/{opened.case_id}/"
    task = re.search(r'name="task" value="([^"]+)"', officer.get(page).content.decode())[1]
    wrong = officer.post(f"{page}finish/", {"task": task, "step-risk": ""})
    assert "There is a problem" in wrong.content.decode()
    right = officer.post(f"{page}finish/", {"task": task, "step-risk": "high", "step-reason": "Deep"}, follow=True)
    assert "Done. The case moves on by itself." in right.content.decode()
    assert "Done: We look at it" in right.content.decode()


@pytest.mark.parametrize(
    ("verb", "given", "said"),
    [
        ("note", {"note-text": "Rang the farm."}, "Rang the farm."),
        ("message", {"message-text": "We are on our way."}, "We are on our way."),
        ("pause", {"pause-text": "Which side of the road?"}, "Which side of the road?"),
        ("cancel", {"cancel-text": "Reported by mistake"}, "Cancelled"),
        ("close", {"close-outcome": "nothing-found", "close-text": "Looked twice"}, "Nothing found"),
    ],
)
def test_what_is_done_shows_on_the_page(officer, opened, verb, given, said):
    page = officer.post(f"/staff/cases/{opened.case_id}/{verb}/", given, follow=True)
    assert page.status_code == 200
    assert said in page.content.decode()


@pytest.mark.parametrize("verb", ["note", "message", "pause", "cancel", "close", "hand-over"])
def test_an_empty_form_says_what_to_do_beside_the_box(officer, opened, verb):
    answer = officer.post(f"/staff/cases/{opened.case_id}/{verb}/", {})
    assert "There is a problem" in answer.content.decode()


def test_a_clock_that_was_stopped_runs_again(officer, opened):
    page = f"/staff/cases/{opened.case_id}/"
    officer.post(f"{page}pause/", {"pause-text": "Which side?"})
    text = officer.post(f"{page}resume/", {}, follow=True).content.decode()
    assert "The clock runs again" in text


def test_a_case_that_was_cancelled_can_be_opened_again(officer, opened):
    page = f"/staff/cases/{opened.case_id}/"
    officer.post(f"{page}cancel/", {"cancel-text": "By mistake"})
    text = officer.post(f"{page}reopen/", {"reopen-text": "It was right after all"}, follow=True).content.decode()
    assert "Opened again" in text


def test_reading_a_case_is_written_down(officer, opened):
    from moothall.core.models import AuditEntry

    officer.get(f"/staff/cases/{opened.case_id}/")
    with scoped(Scope(bodies=(MARCHSHIRE,))):
        assert AuditEntry.objects.filter(object=f"case:{opened.case_id}", action="read").exists()
