"""Staff find people and decide who is the same; residents see what is held about them."""

import re

import pytest
from tests import world

from moothall.core import audit
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import actions, queries

pytestmark = pytest.mark.django_db
PAPER = {"kind": "carer", "paper": "A letter of hers", "may": ["ask", "follow"], "written": "alone"}
NOBODY = "00000000-0000-7000-8000-000000000001"


@pytest.fixture
def pair(somebody):
    """Two records of Ashby that look alike, and one of Eastwold."""
    with scoped(Scope(bodies=(world.ASHBY, world.EASTWOLD))):
        one = somebody("Tom Li", email="tom@post.example", uprn=world.MILL_LANE_14)
        other = somebody("Mr Tom Li", email="TOM@post.example")
        away = somebody("Tom Li", body_id=world.EASTWOLD, email="tom@post.example", phone="01632 960999")
    return one, other, away


@pytest.fixture
def officer(client):
    """Sign an officer of Ashby in."""
    world.sign_in(client, world.account_of(world.ASHBY, "officer"))
    return client


def said(answer):
    return answer.content.decode()


def without_tokens(answer):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", said(answer))


def test_a_search_shows_one_s_own_body_s_people_and_is_written_down_for_them(officer, pair):
    page = said(officer.get("/staff/people/", {"q": "tom li"}))
    assert "14 Mill Lane" in page
    assert "01632 960999" not in page
    with scoped(Scope(bodies=(world.ASHBY,))):
        entries = audit.search(body_id=world.ASHBY, object=f"person:{pair[0]}", action="read")
    assert len(entries) == 1
    with scoped(Scope(person=pair[0])):
        assert [read["body_id"] for read in audit.reads_of_me()] == [world.ASHBY]


def test_a_person_of_another_body_is_as_unknown_as_nobody(officer, pair):
    theirs = officer.get(f"/staff/people/{pair[2]}/")
    nobody = officer.get(f"/staff/people/{NOBODY}/")
    assert theirs.status_code == nobody.status_code == 404
    assert without_tokens(theirs).replace(str(pair[2]), NOBODY) == without_tokens(nobody)
    assert officer.get("/staff/people/compare/", {"one": pair[0], "other": pair[2]}).status_code == 404


def test_a_pair_is_suggested_compared_linked_and_unlinked_again(officer, pair):
    one, other, _ = pair
    assert "Same name and e-mail address" in said(officer.get("/staff/people/"))
    compared = said(officer.get("/staff/people/compare/", {"one": one, "other": other}))
    assert "They are the same person" in compared
    post = {"kind": "link", "one": one, "other": other, "reason": "papers"}
    assert officer.post("/staff/people/decide/", post)["Location"] == f"/staff/people/{one}/"
    page = said(officer.get(f"/staff/people/{other}/"))
    assert "14 Mill Lane" in page
    assert "I have seen papers that show it" in page
    assert "No two people look alike" in said(officer.get("/staff/people/"))
    assert "Undo the link" in said(officer.get("/staff/people/compare/", {"one": one, "other": other}))
    officer.post("/staff/people/decide/", post | {"kind": "unlink", "reason": "mistake"})
    assert "14 Mill Lane" not in said(officer.get(f"/staff/people/{other}/"))


def test_a_decision_without_a_reason_is_asked_for_beside_the_question(officer, pair):
    answer = officer.post("/staff/people/decide/", {"kind": "link", "one": pair[0], "other": pair[1]})
    assert answer.status_code == 200
    assert "Choose the reason that fits best." in said(answer)
    with scoped(Scope(bodies=(world.ASHBY,))):
        assert queries.identity(pair[0]) == (pair[0],)


@pytest.mark.parametrize("query", ["", "?one=x&other=y", "?one=00000000-0000-7000-8000-000000000001"])
def test_a_comparison_of_nothing_is_not_found(officer, query):
    assert officer.get(f"/staff/people/compare/{query}").status_code == 404


@pytest.mark.parametrize("role", ["councillor", "finance", "scrutiny-officer"])
def test_those_whose_work_it_is_not_may_not_look(client, role):
    world.as_staff(client, world.ASHBY, role)
    assert client.get("/staff/people/").status_code == 403


def test_nobody_looks_without_signing_in(client):
    assert client.get("/staff/people/").status_code == 302


def test_an_adviser_looks_and_does_not_decide(client, pair):
    world.sign_in(client, world.account_of(world.ASHBY, "adviser"))
    assert client.get(f"/staff/people/{pair[0]}/").status_code == 200
    post = {"kind": "link", "one": pair[0], "other": pair[1], "reason": "papers"}
    assert client.post("/staff/people/decide/", post).status_code == 403


def test_a_protected_person_s_page_warns_first(officer, pair, told):
    with scoped(Scope(bodies=(world.ASHBY,))):
        actions.set_need(person_id=pair[0], body_id=world.ASHBY, kind="safety", value="protected", **told)
    page = said(officer.get(f"/staff/people/{pair[0]}/"))
    assert "Never tell anyone where this person lives" in page


def test_staff_note_what_somebody_told_them(officer, pair, told):
    at = f"/staff/people/{pair[0]}/"
    day = {"starts-day": 1, "starts-month": 5, "starts-year": 2026}
    for what, given in (
        ("contact", {"kind": "phone", "value": "01632 960321"}),
        ("home", {"address": "14 mill lane ashby", **day}),
        ("need", {"format": "large-print", "access": ["step-free", "assisted-bins"]}),
    ):
        assert officer.post(f"{at}{what}/", given)["Location"] == at, what
    with scoped(Scope(bodies=(world.ASHBY,))):
        ada = actions.record_person(body_id=world.ASHBY, name="Ada Li", **told)
        actions.add_contact(person_id=ada, body_id=world.ASHBY, kind="email", value="ada@post.example", **told)
    officer.post(f"{at}agent/", {"agent": "ada@post.example", **PAPER, **day})
    officer.post(f"{at}household/", {"other": "ada@post.example", **day})
    page = said(officer.get(at))
    assert "Ada Li" in page[page.index("Keeps house with") :]
    for words in ("01632 960321", "14 Mill Lane, Ashby, ZM1 1EF", "Large print", "may act for them: Carer"):
        assert words in page, words


@pytest.mark.parametrize(
    ("what", "given", "words"),
    [
        ("contact", {"kind": "email", "value": "nobody"}, "does not look right"),
        ("home", {"address": ""}, "Write where they live."),
        ("need", {"format": "papyrus"}, "Choose what they need."),
        ("household", {"other": ""}, "Write who they keep house with."),
        ("household", {"other": "Nobody Here"}, "knows nobody, or several"),
        ("agent", {"agent": "Nobody Here", **PAPER}, "knows nobody, or several"),
        ("agent", PAPER, "Write who acts for them"),
        ("agent", PAPER | {"agent_name": "Ada", "paper": ""}, "Write which paper you saw"),
        ("agent", PAPER | {"agent_name": "Ada", "may": []}, "Choose what the paper lets them do"),
    ],
)
def test_what_cannot_be_noted_is_said_beside_the_question(officer, pair, what, given, words):
    given |= {"starts-day": 1, "starts-month": 5, "starts-year": 2026}
    assert words in said(officer.post(f"/staff/people/{pair[0]}/{what}/", given))


def test_a_contact_is_made_sure_of_by_calling_back_and_then_used_no_more(officer, pair):
    with scoped(Scope(bodies=(world.ASHBY,))):
        contact = queries.about(pair[0]).contacts[0].pk
    at = f"/staff/people/{pair[0]}/"
    officer.post(f"{at}verify/{contact}/", {"how": "call-back"})
    assert "We called back" in said(officer.get(at))
    officer.post(f"{at}end/{contact}/")
    assert "(until " in said(officer.get(at))
    assert officer.post(f"{at}end/{contact}/").status_code == 404


def test_another_body_s_contact_is_not_theirs_to_end(client, pair):
    with scoped(Scope(bodies=(world.EASTWOLD,))):
        contact = queries.about(pair[2]).contacts[0].pk
    world.as_staff(client, world.ASHBY, "officer")
    assert client.post(f"/staff/people/{pair[0]}/end/{contact}/").status_code == 404
    with scoped(Scope(bodies=(world.EASTWOLD,))):
        assert queries.about(pair[2]).contacts[0].ends is None


def test_there_is_no_page_to_change_anything_else(officer, pair):
    assert officer.get(f"/staff/people/{pair[0]}/everything/").status_code == 404


@pytest.fixture
def resident(client):
    """Sign a resident in for the first time."""
    account = Account.objects.create_user("nia@post.example", name="Nia Hollis")
    client.force_login(account)
    return client


def test_somebody_who_signs_in_first_becomes_a_person_and_sees_what_is_held(resident):
    page = said(resident.get("/account/details/"))
    assert "nia@post.example" in page
    assert "Nia Hollis" in page
    assert "No member of staff has looked" in page


def test_somebody_says_how_to_reach_them_and_changes_their_mind(resident):
    assert resident.post("/account/details/", {"phone": "01632 960123", "language": "cy"}).status_code == 302
    page = said(resident.get("/account/details/"))
    assert "01632 960123" in page
    assert "Welsh" in page
    resident.post("/account/details/", {"phone": "01632 960456", "language": "cy"})
    page = said(resident.get("/account/details/"))
    assert 'value="01632 960456"' in page


def test_a_number_that_cannot_be_one_is_said_beside_the_question_and_kept(resident):
    answer = resident.post("/account/details/", {"phone": "call me maybe"})
    assert answer.status_code == 200
    assert "does not look right" in said(answer)
    assert "call me maybe" in said(answer)


def test_nobody_sees_their_details_without_signing_in(client):
    assert client.get("/account/details/").status_code == 302
