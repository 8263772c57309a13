"""Somebody is known to a council twice, by a call and by an account; linked, all their cases are theirs to see."""

import pytest
from tests import world

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core.actor import Actor
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import actions as people
from moothall.people import queries as who

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "1", world.ASHBY)
TOLD = {"at": world.BUILT, "by": OFFICER}


def complaint(person, by=OFFICER, contact=None, channel="phone"):
    """Open a complaint to Ashby for a person, as an adviser does for a caller."""
    place = bodies.place_of_dwelling(world.MILL_LANE_14)
    return casework.open_case(
        service_id="complaint",
        answers={
            "about": "quality",
            "had_answer": False,
            "happened": "The crew left the gate open again.",
            "put_right": "Close the gate.",
            "for_other": False,
        },
        place=place,
        contact=contact or {"name": "Nia Hollis", "phone": "01632 960222"},
        body_id=world.ASHBY,
        channel=channel,
        person_id=person,
        at=world.BUILT,
        by=by,
    ).case_id


@pytest.fixture
def account():
    return Account.objects.create_user("nia@post.example", name="Nia Hollis")


@pytest.fixture
def resident(client, account):
    """Sign Nia in, which makes her a person."""
    client.force_login(account)
    with scoped(Scope(account=account.pk)):
        return who.person_for_account(account.pk)


def seen_by(account, person):
    with scoped(Scope(account=account.pk, person=person, actor=Actor("resident", str(account.pk)))):
        return [case.pk for case in cases.my_cases(list(who.identity(person)))]


def test_every_case_follows_a_link_and_goes_back_when_it_is_undone(client, account, resident):
    with scoped(Scope(bodies=(world.ASHBY,), person=resident, purpose="staff", actor=OFFICER)):
        caller = people.record_person(body_id=world.ASHBY, name="Nia Hollis", **TOLD)
        case = complaint(caller)
    assert seen_by(account, resident) == []

    pair = {"one": resident, "other": caller, "body_id": world.ASHBY}
    with scoped(Scope(bodies=(world.ASHBY,), person=resident, purpose="staff", actor=OFFICER)):
        people.link(**pair, reason="same-account", **TOLD)
    assert seen_by(account, resident) == [case]
    assert "Make a complaint" in client.get("/account/").content.decode()

    with scoped(Scope(bodies=(world.ASHBY,), person=resident, purpose="staff", actor=OFFICER)):
        people.unlink(**pair, reason="mistake", **TOLD)
    assert seen_by(account, resident) == []
    assert "Make a complaint" not in client.get("/account/").content.decode()


def test_a_body_knows_a_signed_in_person_from_their_first_request_and_not_before(client, account, resident):
    officer = Scope(bodies=(world.ASHBY,), purpose="staff", actor=OFFICER)
    with scoped(officer):
        caller = people.record_person(body_id=world.ASHBY, name="Nia Hollis", **TOLD)
        people.add_contact(person_id=caller, body_id=world.ASHBY, kind="phone", value="01632 960222", **TOLD)
        assert [find.person_id for find in who.find("nia hollis", world.ASHBY)] == [caller]

    me = Actor("resident", str(account.pk))
    given = {"name": "Nia Hollis", "email": "nia@post.example", "phone": "01632 960222"}
    with scoped(Scope(account=account.pk, person=resident, actor=me)):
        complaint(resident, me, given, "web")

    with scoped(officer):
        assert {find.person_id for find in who.find("nia hollis", world.ASHBY)} == {caller, resident}
        assert [pair.reasons for pair in who.likely_same(resident, world.ASHBY)] == [("phone",)]
        made_sure = {contact.value: contact.verified_how for contact in who.about(resident).contacts}
        assert made_sure == {"nia@post.example": "sign-in", "01632 960222": ""}
    with scoped(Scope(bodies=(world.BORLEY,))):
        assert who.find("nia hollis", world.BORLEY) == []


def test_somebody_not_signed_in_is_a_contact_of_the_case_and_no_person(client):
    with scoped(Scope(purpose="front door", actor=Actor("contact"))):
        complaint(None, Actor("contact"), {"name": "Zed Black", "email": "zed@post.example"}, "web")
    with scoped(Scope(bodies=(world.ASHBY,), purpose="staff", actor=OFFICER)):
        assert who.find("zed black", world.ASHBY) == []
        assert who.find("zed@post.example", world.ASHBY) == []
