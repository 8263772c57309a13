"""What somebody needs is said once, noted by whoever may know it, and counted without telling of anybody."""

import pytest
from django.utils.translation import override
from tests import world

from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import actions, queries
from moothall.people.models import Need

ALL = {"language": "cy", "interpreter": "bfi", "format": "braille", "calls": "none", "access": ["step-free", "time"]}
CODES = (
    *("language:cy", "interpreter:bfi", "format:braille", "calls:none", "access:step-free", "access:time"),
)  # fmt: skip


@pytest.fixture
def resident(client, db):
    """Sign a resident in for the first time."""
    client.force_login(Account.objects.create_user("nia@post.example", name="Nia Hollis"))
    client.get("/account/details/")
    return client


def of_account(email="nia@post.example"):
    account = Account.objects.get(email=email).pk
    with scoped(Scope(account=account)):
        return account, queries.person_for_account(account)


def test_what_somebody_says_once_is_kept_changed_and_taken_back(resident):
    resident.post("/account/details/", ALL)
    account, person = of_account()
    mine = Scope(account=account, person=person)
    with scoped(mine):
        assert queries.needs_of(person) == CODES
    page = resident.get("/account/details/").content.decode()
    assert "Equality Act 2010" in page
    resident.post("/account/details/", {"format": "large-print"})
    with scoped(mine):
        assert queries.needs_of(person) == ("format:large-print",)
        assert Need.objects.exclude(ends=None).count() == len(CODES)
    resident.post("/account/details/", {})
    with scoped(mine):
        assert queries.needs_of(person) == ()


def test_no_council_sees_it_before_a_request_and_a_change_goes_to_those_who_had_one(resident, told):
    resident.post("/account/details/", {"interpreter": "bfi"})
    account, person = of_account()
    for body in (world.ASHBY, world.EASTWOLD):
        with scoped(Scope(bodies=(body,))):
            assert queries.needs_of_many([person]) == {}
    with scoped(Scope(account=account, person=person)):
        actions.share_with(person_id=person, body_id=world.ASHBY, needs=("interpreter:bfi",), **told)
    answer = resident.post("/account/details/", {"interpreter": "lip", "access": ["hearing"]}, follow=True)
    assert "and told: Ashby District Council" in answer.content.decode()
    with scoped(Scope(bodies=(world.ASHBY,))):
        assert queries.needs_of(person) == ("interpreter:lip", "access:hearing")
    with scoped(Scope(bodies=(world.EASTWOLD,))):
        assert queries.needs_of_many([person]) == {}


def test_an_address_that_no_letter_reaches_is_said_beside_the_question_and_kept(resident):
    answer = resident.post("/account/details/", ALL | {"post": "14 Mill Lane"})
    page = answer.content.decode()
    assert "on three to six lines" in page
    assert "14 Mill Lane</textarea>" in page
    assert 'value="braille" checked' in page
    assert resident.post("/account/details/", {"post": "14 Mill Lane\nAshby\nZM1 1EF"}).status_code == 302
    assert "14 Mill Lane\nAshby" in resident.get("/account/details/").content.decode()


def test_it_stands_in_the_subject_access_pack_and_is_erased(ashby, somebody, told):
    person = somebody("Ada Li")
    actions.add_needs(person_id=person, body_id=ashby, needs=("format:audio", "calls:relay"), **told)
    held = queries.held_about([person])["What you need"]
    assert {row["Need"] for row in held} == {"Audio", "Uses the phone by Relay UK (text relay)"}
    assert actions.erase(person_ids=[person], body_id=ashby, **told)["people_need"] == 2
    assert queries.needs_of_many([person]) == {}


def test_what_only_staff_note_is_not_ended_by_what_somebody_says(ashby, somebody, told):
    person = somebody("Ada Li")
    mine = {"person_id": person, "body_id": ashby}
    guarded = ("safety:protected", "access:assisted-bins", "access:sight")
    assert actions.set_needs(**mine, needs=guarded, guarded=True, **told)
    assert actions.set_needs(**mine, needs=("safety:protected", "format:audio"), **told)
    now = {f"{row.kind}:{row.value}" for row in queries.about(person).needs if row.ends is None}
    assert now == {"safety:protected", "access:assisted-bins", "format:audio"}
    assert not actions.set_needs(**mine, needs=("format:audio",), **told), "that is no news"


def test_staff_see_needs_first_and_change_them_on_one_page(client, somebody, told):
    with scoped(Scope(bodies=(world.ASHBY,), purpose="staff")):
        person = somebody("Ada Li")
    adviser = world.as_staff(client, world.ASHBY, "adviser")
    at = f"/staff/people/{person}/"
    assert "What they need" not in adviser.get(at).content.decode()
    adviser.post(f"{at}need/", {"interpreter": "bfi", "access": ["hearing", "assisted-bins"], "safety": "on"})
    page = adviser.get(at).content.decode()
    for words in ("British Sign Language interpreter", "Hard of hearing", "Needs help with bins", "Never tell anyone"):
        assert words in page, words
    assert page.index("British Sign Language") < page.index("Ways to reach them")
    form = adviser.get(f"{at}need/").content.decode()
    assert 'value="bfi" selected' in form
    adviser.post(f"{at}need/", {"format": "audio"})
    page = adviser.get(at).content.decode()
    assert "British Sign Language" not in page
    assert "Letters in: Audio" in page


def test_a_figure_under_five_is_withheld_and_others_are_not_in_it(client, somebody, told):
    with scoped(Scope(bodies=(world.ASHBY,), purpose="staff")):
        for n in range(5):
            person = somebody(f"Reader {'abcde'[n]}")
            actions.set_need(person_id=person, body_id=world.ASHBY, kind="format", value="large-print", **told)
        actions.set_need(person_id=person, body_id=world.ASHBY, kind="interpreter", value="bfi", **told)
        actions.set_need(person_id=person, body_id=world.ASHBY, kind="safety", value="protected", **told)
        counted = {one.need: one.people for one in queries.needs_counted(world.ASHBY)}
    assert counted["format:large-print"] == 5
    assert counted["interpreter:bfi"] is None
    assert not any(need.startswith("safety") for need in counted)
    page = world.as_staff(client, world.ASHBY, "manager").get("/staff/people/").content.decode()
    assert "What people need of us" in page
    assert "Fewer than 5" in page
    other = world.as_staff(client, world.EASTWOLD, "manager").get("/staff/people/").content.decode()
    assert "What people need of us" not in other


def test_needs_are_said_in_welsh():
    with override("cy"):
        said = queries.needs_in_words(("language:cy", "interpreter:bfi", "format:large-print"))
    assert said == [
        "Ysgrifennir atynt yn: Cymraeg", "Dehonglydd Iaith Arwyddion Prydain", "Llythyrau: Print bras",
    ]  # fmt: skip
