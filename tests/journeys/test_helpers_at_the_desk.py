"""At the desk: a paper is seen and noted, a helper rings, and what may be said stands there before anything is."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from tests.journeys.father_and_daughter import (
    DAUGHTER,
    FATHER,
    code_at,
    confirmed,
    named,
    reported,
    signed_in,
    told,
)
from tests.world import ASHBY, EASTWOLD, as_staff

from moothall.casework.models import Case
from moothall.core import audit
from moothall.core.clock import local, now
from moothall.core.scope import Scope, scoped
from moothall.desk.models import Contact
from moothall.people.models import ActsFor

pytestmark = pytest.mark.django_db
AT_ASHBY = Scope(bodies=(ASHBY,), purpose="test")


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def adviser(client):
    return as_staff(client, ASHBY, "adviser")


@pytest.fixture
def father():
    return signed_in("arthur@post.example", FATHER)


@pytest.fixture
def daughter():
    return signed_in("rhian@post.example", DAUGHTER)


@pytest.fixture
def reference(father):
    """Return a request of the father's with Ashby, so that Ashby knows him."""
    return reported(father, "/services/missed-bin/ask")


@pytest.fixture
def case(reference):
    with scoped(AT_ASHBY):
        return Case.objects.get(reference=reference)


def noted(adviser, person_id, **changes):
    """Let an adviser note the paper that the daughter showed."""
    day = local(now()).date()
    given = {
        "agent": "", "agent_name": DAUGHTER, "kind": "attorney", "paper": "Registered power, seen on paper",
        "may": ["ask", "follow", "add", "settle"], "written": "beside", "starts-day": day.day,
        "starts-month": day.month, "starts-year": day.year,
    } | changes  # fmt: skip
    return adviser.post(f"/staff/people/{person_id}/agent/", given)


def test_who_rang_for_them_is_noted_and_he_reads_it(adviser, father, daughter, reference, case):
    confirmed(daughter, code_at(father, named(father)))
    page = told(adviser.get(f"/desk/people/{case.person_id}/"))
    assert page.index(DAUGHTER) < page.index("Their cases")
    assert "May not: cancel requests" in page
    with scoped(AT_ASHBY):
        row = ActsFor.objects.get()
    said = {"channel": "phone", "ended_as": "1", "person": case.person_id, "helper": row.pk}
    assert adviser.post("/desk/wrap-up/", said).status_code == 302
    with scoped(AT_ASHBY):
        assert Contact.objects.get().acts_for_id == row.pk
    assert f"by {DAUGHTER} for them" in told(adviser.get(f"/desk/people/{case.person_id}/"))
    assert f"{DAUGHTER} was in touch with us for you" in told(father.get("/account/helpers/"))
    wrong = adviser.post("/desk/wrap-up/", said | {"helper": case.person_id})
    assert "Choose the person, or one of those who may act for them" in told(wrong)


def test_the_call_script_says_who_may_hear_and_what_a_helper_says_is_noted_as_theirs(
    adviser, father, daughter, reference, case
):
    confirmed(daughter, code_at(father, named(father)))
    with scoped(AT_ASHBY):
        row = ActsFor.objects.get()
    page = told(adviser.get(f"/desk/cases/{case.pk}/"))
    assert page.index(DAUGHTER) < page.index("How it stands")
    said = {"text": "It is still there", "kind": "chase", "channel": "phone", "helper": row.pk}
    assert adviser.post(f"/desk/cases/{case.pk}/", said).status_code == 302
    with scoped(AT_ASHBY):
        assert Contact.objects.get().acts_for_id == row.pk


def test_a_service_that_is_not_covered_is_not_to_be_told_of(adviser, father, daughter, reference, case):
    confirmed(daughter, code_at(father, named(father, which="some", services=["noise"])))
    assert "Not for this service: tell them nothing of it." in told(adviser.get(f"/desk/cases/{case.pk}/"))


def test_an_adviser_asks_for_them_when_a_helper_rings(adviser, father, daughter, reference, case):
    confirmed(daughter, code_at(father, named(father)))
    with scoped(AT_ASHBY):
        row = ActsFor.objects.get()
    page = told(adviser.get(f"/desk/start/complaint/?person={case.person_id}"))
    assert "Who may act for them" in page
    answers = {"about": "delay", "had_answer": "no", "happened": "Late", "put_right": "Come", "for_other": "no"}
    sent = {"person": case.person_id, "key": "k", "channel": "phone", "helper": row.pk, "email": "arthur@post.example"}
    answer = adviser.post("/desk/start/complaint/", answers | sent)
    assert answer.status_code == 302, re.findall(r"govuk-error-message.*?</p>", told(answer), re.S)
    with scoped(AT_ASHBY):
        assert Case.objects.get(service_id="complaint").acts_for_id == row.pk


def test_who_may_not_ask_is_refused_in_words(adviser, father, daughter, reference, case):
    confirmed(daughter, code_at(father, named(father, may=["follow"])))
    with scoped(AT_ASHBY):
        row = ActsFor.objects.get()
    answers = {"about": "delay", "had_answer": "no", "happened": "Late", "put_right": "Come", "for_other": "no"}
    sent = {"person": case.person_id, "key": "k", "channel": "phone", "helper": row.pk, "email": "arthur@post.example"}
    assert "has not said that this may be done" in told(adviser.post("/desk/start/complaint/", answers | sent))


def test_a_paper_is_noted_and_whoever_holds_it_confirms_with_a_code(adviser, father, daughter, reference, case):
    assert noted(adviser, case.person_id).status_code == 302
    page = told(adviser.get(f"/staff/people/{case.person_id}/"))
    code = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page)[0]
    assert "Not confirmed yet" in page
    helping = confirmed(daughter, code)
    assert reference in told(daughter.get(helping))
    page = told(father.get("/account/helpers/"))
    assert "saw a paper" in page
    mandate = helping.split("/")[-2]
    detail = told(father.get(f"/account/helpers/{mandate}/"))
    assert "Registered power, seen on paper" in detail
    assert "cannot be ended here" in detail
    assert father.post(f"/account/helpers/{mandate}/end/").status_code == 409
    assert adviser.post(f"/staff/people/{case.person_id}/agent/{mandate}/end/").status_code == 302
    assert daughter.get(helping).status_code == 404
    assert "Ended" in told(adviser.get(f"/staff/people/{case.person_id}/"))
    with scoped(AT_ASHBY):
        said = audit.search(body_id=ASHBY, object=f"person:{case.person_id}", action="person.agent-ended")
    assert len(said) == 1


def test_whom_the_body_knows_needs_no_code(adviser, father, daughter, reference, case):
    reported(daughter, "/services/missed-bin/ask")
    given = {"agent": DAUGHTER, "agent_name": ""}
    answer = noted(adviser, case.person_id, **given)
    assert answer.status_code == 302, re.findall(r"govuk-error-message.*?</p>", told(answer), re.S)
    assert reference in told(daughter.get(at(daughter)))


def at(daughter) -> str:
    return re.search(r"/account/helping/[0-9a-f-]{36}/", told(daughter.get("/account/helping/")))[0]


def test_a_paper_without_a_name_or_with_days_the_wrong_way_round_is_asked_for_again(adviser, reference, case):
    day = local(now()).date() - dt.timedelta(days=3)
    wrong = {"agent_name": "", "paper": "Seen on paper", "last-day": day.day, "last-month": day.month}
    page = told(noted(adviser, case.person_id, **wrong, **{"last-year": day.year}))
    assert "Write who acts for them" in page
    assert "not before the first" in page
    assert "Seen on paper" in page


def test_another_council_knows_nothing_of_it(client, father, daughter, reference, case):
    helping = confirmed(daughter, code_at(father, named(father)))
    outsider = as_staff(client, EASTWOLD, "adviser")
    with scoped(Scope(bodies=(EASTWOLD,), purpose="test")):
        assert not ActsFor.objects.exists()
    assert outsider.get(f"/staff/people/{case.person_id}/").status_code == 404
    assert outsider.post(f"/staff/people/{case.person_id}/agent/{helping.split('/')[-2]}/end/").status_code == 404


def test_the_page_of_the_case_says_who_asked(client, father, daughter):
    helping = confirmed(daughter, code_at(father, named(father)))
    reference = reported(daughter, daughter.post(helping, {"service": "missed-bin"})["Location"])
    with scoped(AT_ASHBY):
        case = Case.objects.get(reference=reference)
    officer = as_staff(client, ASHBY, "officer")
    page = told(officer.get(f"/staff/cases/{case.pk}/"))
    assert re.search(rf"Asked by <strong>{DAUGHTER}</strong>", page)
