"""Who read my data: shown to me, by body, and never by name."""

import datetime as dt

import pytest
from tests import world

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.people import actions

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
BY = Actor("staff", "12", world.MARCHSHIRE)


def a_resident(client, email):
    """Sign a new resident in and return their person's id."""
    account = Account.objects.create_user(email)
    with scoped(Scope(account=account.pk, purpose="test", actor=Actor("resident", str(account.pk)))):
        person = actions.welcome(account_id=account.pk, email=email, name="Alex Example", at=AT, by=BY)
    world.sign_in(client, account)
    return person


def test_a_resident_sees_which_body_read_what_and_when_and_no_name(client):
    person = a_resident(client, "alex@example.com")
    with scoped(Scope(bodies=(world.MARCHSHIRE,), purpose="staff", actor=BY)):
        about = audit.person_object(person)
        audit.read(object=about, body_id=world.MARCHSHIRE, at=AT, by=BY, what="a file that was sent or made")
    page = client.get("/account/readings/").content.decode()
    assert "Somebody at" in page
    assert "a file that was sent or made" in page
    assert "staff:12" not in page
    a_resident(client, "other@example.com")
    assert "Nobody has read it yet" in client.get("/account/readings/").content.decode()


def test_a_visitor_is_asked_to_sign_in(client):
    assert "/sign-in/" in client.get("/account/readings/")["Location"]


def test_staff_have_no_readings_of_others(client):
    world.as_staff(client, world.MARCHSHIRE, "officer")
    assert b"Nobody has read it yet" in client.get("/account/readings/").content
