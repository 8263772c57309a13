"""Somebody helps somebody else: named, confirmed by a code, within limits, until a day, and ended at once."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from tests import world
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

from moothall.casework.models import Case, Draft
from moothall.core.clock import now
from moothall.core.models import Outgoing
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.people.actions import watch_helpers
from moothall.people.models import ActsFor

pytestmark = pytest.mark.django_db
EVERYBODY = Scope(bodies=tuple(range(12)), purpose="test")
"""All bodies, and the platform itself, which writes of what people said of their helpers."""
SERVICE = {"service": "missed-bin"}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


@pytest.fixture
def father():
    return signed_in("arthur@post.example", FATHER)


@pytest.fixture
def daughter():
    return signed_in("rhian@post.example", DAUGHTER)


@pytest.fixture
def stranger():
    return signed_in("mallory@post.example", "Mallory Stranger")


@pytest.fixture
def helping(father, daughter):
    """Return the address at which the daughter helps her father in all but the ends of things."""
    return confirmed(daughter, code_at(father, named(father)))


def written():
    """Return {recipient: [what was written]} once all jobs were done."""
    run_pending(at=now())
    with scoped(EVERYBODY):
        found = {}
        for one in Outgoing.objects.select_related("words").order_by("at", "id"):
            found.setdefault(one.words.recipient, []).append(one.template)
        return found


def test_nobody_helps_anybody_at_first_and_each_page_says_how_that_begins(father):
    assert "Nobody helps you now" in told(father.get("/account/helpers/"))
    assert "You help nobody here yet" in told(father.get("/account/helping/"))
    account = told(father.get("/account/"))
    assert "/account/helpers/" in account
    assert "/account/helping/" in account


def test_a_daughter_asks_for_her_father_and_the_case_is_his(father, daughter, helping):
    first = daughter.post(helping, SERVICE)["Location"]
    assert f"You are helping <strong>{FATHER}</strong>" in told(daughter.get(first))
    reference = reported(daughter, first)
    with scoped(EVERYBODY):
        case = Case.objects.get(reference=reference)
        row = ActsFor.objects.get(pk=case.acts_for_id)
        assert case.person_id == row.person_id != row.agent_id
    assert reference in told(father.get("/account/"))
    page = told(father.get(f"/cases/{reference}/"))
    assert f"{DAUGHTER} asked for this for you" in page
    assert reference not in told(daughter.get("/account/"))
    assert reference in told(daughter.get(helping))
    done = told(father.get("/account/helpers/"))
    assert f"{DAUGHTER} asked for you" in done
    assert f"{DAUGHTER} confirmed with your code" in done


def test_she_follows_and_adds_and_he_reads_that_she_did(father, daughter, helping):
    reference = reported(father, "/services/missed-bin/ask")
    assert reference in told(daughter.get(helping))
    page = told(daughter.get(f"/cases/{reference}/"))
    assert "arthur@post.example" not in page
    assert "Cancel this" not in page
    assert daughter.post(f"/cases/{reference}/add/", {"text": "The lid is broken too."}).status_code == 302
    assert daughter.post(f"/cases/{reference}/write/", {"text": "Is it coming?"}).status_code == 302
    assert daughter.get(f"/cases/{reference}/cancel/").status_code == 403
    assert daughter.post(f"/cases/{reference}/complain/").status_code == 403
    done = told(father.get("/account/helpers/"))
    for words in ("looked at your request", "added to your request", "wrote to us about your request"):
        assert f"{DAUGHTER} {words}" in done
    assert "The lid is broken too." in told(father.get(f"/cases/{reference}/")) or "added" in done


def test_whoever_helps_nobody_sees_nothing_of_it(father, daughter, stranger, helping):
    reference = reported(father, "/services/missed-bin/ask")
    assert stranger.get(helping).status_code == 404
    assert stranger.post(helping, SERVICE).status_code == 404
    assert stranger.get(f"/cases/{reference}/")["Location"] == f"/track/?reference={reference}"
    assert stranger.post(f"{helping}stop/").status_code == 404
    mandate = helping.split("/")[-2]
    assert stranger.get(f"/account/helpers/{mandate}/").status_code == 404
    assert daughter.get(f"/account/helpers/{mandate}/").status_code == 404
    assert stranger.post(f"/account/helpers/{mandate}/end/").status_code == 404
    first = daughter.post(helping, SERVICE)["Location"]
    assert stranger.get(first).status_code == 404
    assert daughter.get(helping).status_code == 200


def test_on_the_day_after_the_last_nothing_shows(father, daughter, helping):
    reference = reported(father, "/services/missed-bin/ask")
    first = daughter.post(helping, SERVICE)["Location"]
    with scoped(EVERYBODY):
        yesterday = now().date() - dt.timedelta(days=1)
        ActsFor.objects.update(starts=yesterday - dt.timedelta(days=9), ends=now().date())
    assert daughter.get(helping).status_code == 404
    assert daughter.get(first).status_code == 404
    assert daughter.get(f"/cases/{reference}/")["Location"] == f"/track/?reference={reference}"
    assert "You help nobody here yet" in told(daughter.get("/account/helping/"))


@pytest.mark.parametrize("who", ["father", "daughter"])
def test_either_ends_it_at_once(father, daughter, helping, who):
    reference = reported(father, "/services/missed-bin/ask")
    assert daughter.get(f"/cases/{reference}/").status_code == 200
    first = daughter.post(helping, SERVICE)["Location"]
    mandate = helping.split("/")[-2]
    if who == "father":
        assert father.post(f"/account/helpers/{mandate}/end/").status_code == 302
    else:
        assert daughter.post(f"{helping}stop/").status_code == 302
    for address in (helping, first):
        assert daughter.get(address).status_code == 404, address
    assert daughter.post(f"/cases/{reference}/add/", {"text": "More"})["Location"].startswith("/track/")
    assert father.post(f"/account/helpers/{mandate}/end/").status_code == 409
    letters = written()
    assert letters["arthur@post.example"][-1] == letters["rhian@post.example"][-1] == "help-ended"


def test_a_service_that_was_not_chosen_is_not_covered(father, daughter):
    at = named(father, which="some", services=["noise"])
    helping = confirmed(daughter, code_at(father, at))
    reference = reported(father, "/services/missed-bin/ask")
    assert reference not in told(daughter.get(helping))
    assert daughter.get(f"/cases/{reference}/")["Location"].startswith("/track/")
    answer = daughter.post(helping, SERVICE)
    assert "Choose what they need from the list" in told(answer)


def test_who_may_only_ask_follows_what_they_asked_and_nothing_else(father, daughter):
    helping = confirmed(daughter, code_at(father, named(father, may=["ask"])))
    his = reported(father, "/services/missed-bin/ask")
    hers = reported(daughter, daughter.post(helping, SERVICE)["Location"])
    assert daughter.get(f"/cases/{his}/").status_code == 302
    assert daughter.get(f"/cases/{hers}/").status_code == 200
    assert daughter.get(f"/cases/{hers}/add/").status_code == 403


def test_who_may_settle_cancels_opens_again_and_complains(father, daughter):
    helping = confirmed(daughter, code_at(father, named(father, may=["ask", "follow", "settle"])))
    reference = reported(father, "/services/missed-bin/ask")
    begun = daughter.post(f"/cases/{reference}/complain/")
    assert begun.status_code == 302
    assert "You are helping" in told(daughter.get(begun["Location"]))
    assert daughter.post(f"/cases/{reference}/cancel/", {"text": ""}).status_code == 302
    assert daughter.post(f"/cases/{reference}/reopen/", {"text": "It came back."}).status_code == 302
    assert "cancelled your request" in told(father.get("/account/helpers/"))
    assert daughter.get(helping).status_code == 200


@pytest.mark.parametrize("service", ["homelessness", "safeguarding-concern", "adult-social-care"])
def test_an_urgent_referral_is_never_covered(father, daughter, helping, service):
    page = told(daughter.get(helping))
    assert f'value="{service}"' not in page
    assert f'value="{service}"' not in told(father.get("/account/helpers/new/"))
    assert "Choose what they need from the list" in told(daughter.post(helping, {"service": service}))


def test_a_case_of_one_team_alone_is_not_shown_even_where_it_names_the_person(father, daughter, helping):
    reference = reported(father, "/services/missed-bin/ask")
    assert daughter.get(f"/cases/{reference}/").status_code == 200
    with scoped(EVERYBODY.narrowed(teams=("*",))):
        Case.objects.filter(reference=reference).update(only_team="adult-care")
    assert reference not in told(daughter.get(helping))
    assert daughter.get(f"/cases/{reference}/").status_code == 302


@pytest.mark.parametrize("written_to", ["alone", "beside", "instead"])
def test_letters_go_to_whom_the_person_said(father, daughter, written_to):
    helping = confirmed(daughter, code_at(father, named(father, written=written_to)))
    written()
    reported(daughter, daughter.post(helping, SERVICE)["Location"])
    letters = written()
    told_to = {who for who, templates in letters.items() if any(t.startswith("missed-bin.") for t in templates)}
    his, hers = "arthur@post.example", "rhian@post.example"
    assert told_to == {"alone": {his}, "beside": {his, hers}, "instead": {hers}}[written_to]


def test_both_are_written_to_when_she_is_named_confirms_and_before_it_ends(father, daughter, helping):
    letters = written()
    assert letters["arthur@post.example"] == ["help-named", "help-confirmed"]
    assert letters["rhian@post.example"] == ["help-confirmed"]
    later = now() + dt.timedelta(days=80)
    with scoped(EVERYBODY):
        body_id = ActsFor.objects.get().body_id
    for at, moment in ((later, "help-ending"), (later + dt.timedelta(days=12), "help-ended")):
        for _twice in range(2):
            with scoped(Scope(bodies=(body_id,), purpose="job")):
                watch_helpers(body_id=body_id, at=at, by=world.BY)
        run_pending(at=at)
        letters = written()
        assert [letters[who].count(moment) for who in ("arthur@post.example", "rhian@post.example")] == [1, 1]


def test_a_code_works_once_and_not_for_oneself(father, daughter, stranger):
    code = code_at(father, named(father))
    assert "That code does not fit" in told(father.post("/account/helping/", {"code": code}))
    confirmed(daughter, code)
    assert "That code does not fit" in told(stranger.post("/account/helping/", {"code": code}))
    answer = stranger.post("/account/helping/confirm/", {"code": code, "name": "Mallory", "sure": "on"})
    assert answer.status_code == 409


def test_a_code_that_nobody_used_in_time_works_no_more(father, daughter):
    at = named(father)
    code = code_at(father, at)
    with scoped(EVERYBODY):
        ActsFor.objects.update(code_until=now() - dt.timedelta(minutes=1))
    assert "That code does not fit" in told(daughter.post("/account/helping/", {"code": code}))
    assert "name them again" in told(father.get(at))


def test_codes_cannot_be_tried_without_end(stranger):
    answers = [stranger.post("/account/helping/", {"code": f"AAAAA-{n:05d}"}).status_code for n in range(12)]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"may": []}, "Choose one thing at least that they may do"),
        ({"written": ""}, "Choose to whom we write"),
        ({"which": "some"}, "Choose one service at least"),
        ({"last-day": "", "last-month": "", "last-year": ""}, "Write the last day"),
        ({"last-year": 2099}, "not more than 12 months away"),
        ({"last-year": 2020}, "from today on"),
        ({"last-month": 13}, "Enter a real date"),
        ({"agent_name": " "}, "Write the name of whoever helps you"),
        ({"services": ["homelessness"], "which": "some"}, "is not one of the available choices"),
    ],
)
def test_what_is_missing_is_said_and_what_was_written_is_kept(father, changes, words):
    given = {
        "agent_name": "Rhian of Mill Lane", "kind": "carer", "person_name": "Dad", "may": ["follow"], "which": "all",
        "written": "alone", "last-day": 1, "last-month": 6, "last-year": 2027,
    }  # fmt: skip
    page = told(father.post("/account/helpers/new/", given | changes))
    assert words in page
    assert 'value="Dad"' in page
    assert "Nobody helps you now" in told(father.get("/account/helpers/"))


def test_confirming_without_meaning_it_changes_nothing(father, daughter):
    code = code_at(father, named(father))
    page = told(daughter.post("/account/helping/confirm/", {"code": code, "name": "Rhian of Mill Lane"}))
    assert "Tick that you help this person" in page
    assert 'value="Rhian of Mill Lane"' in page
    assert "You help nobody here yet" in told(daughter.get("/account/helping/"))


def test_ten_may_help_and_no_more(father):
    for _one in range(10):
        named(father)
    last = now().date() + dt.timedelta(days=30)
    given = {
        "agent_name": "Eleventh", "kind": "friend", "person_name": FATHER, "may": ["ask"], "which": "all",
        "written": "alone", "last-day": last.day, "last-month": last.month, "last-year": last.year,
    }  # fmt: skip
    assert "You have named ten people already" in told(father.post("/account/helpers/new/", given))


def test_a_draft_for_somebody_says_so_and_waits_with_the_helper(daughter, helping):
    first = daughter.post(helping, SERVICE)["Location"]
    assert re.search(rf"for {FATHER}", told(daughter.get("/account/")))
    assert daughter.get(first).status_code == 200


def filled_in(page: str, name: str) -> dict:
    """Return what stands in the boxes of a place question."""
    boxes = (re.search(r'name="([^"]+)"', box) and box for box in re.findall(r"<input[^>]+>", page))
    pairs = [(re.search(r'name="([^"]+)"', box)[1], re.search(r'value="([^"]*)"', box)) for box in boxes if box]
    return {key: found[1] if found else "" for key, found in pairs if key.startswith(name)}


def test_the_home_of_a_request_she_may_follow_is_filled_in_and_can_be_another(father, daughter, helping):
    first = daughter.post(helping, SERVICE)["Location"]
    assert not any(filled_in(told(daughter.get(first)), "where").values())
    reported(father, "/services/missed-bin/ask")
    first = daughter.post(helping, SERVICE)["Location"]
    boxes = filled_in(told(daughter.get(first)), "where")
    home = next(value for value in boxes.values() if "ZM1" in value)
    typed = {key: "14 mill lane ashby" if key.endswith("-search") else value for key, value in boxes.items()}
    assert daughter.post(first, typed).status_code == 302
    with scoped(Scope(case=first.split("/")[2], purpose="test")):
        assert Draft.objects.get(pk=first.split("/")[2]).answers["where"]["label"] != home


def test_the_name_she_knows_him_by_is_filled_in(father, daughter):
    helping = confirmed(
        daughter,
        code_at(
            father,
            named(father, person_name="Dad Hughes"),
        ),
        "Dad Hughes",
    )
    first = daughter.post(helping, {"service": "blue-badge"})["Location"]
    draft_id = first.split("/")[2]
    with scoped(Scope(case=draft_id, purpose="test")):
        Draft.objects.filter(pk=draft_id).update(answers={"where": {"label": "1 Mill Lane"}, "acting": "self"})
    assert 'value="Dad Hughes"' in told(daughter.get(f"/drafts/{draft_id}/ask/holder/"))


def test_the_list_costs_no_more_for_more_requests(father, daughter, helping, django_assert_max_num_queries):
    for _one in range(3):
        reported(father, "/services/missed-bin/ask")
    daughter.get(helping)
    with django_assert_max_num_queries(24):
        daughter.get(helping)


def test_the_page_speaks_welsh(father):
    father.get("/language/cy/")
    page = told(father.get("/account/helpers/"))
    assert "Nobody helps you" not in page
    assert "Pwy sy" in page
