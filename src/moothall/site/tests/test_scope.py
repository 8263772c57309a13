"""What a request may see, and who it is."""

import pytest
from tests import world

from moothall.core.scope import Scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(monkeypatch):
    """Collect what the home page was asked with."""
    requests = []
    monkeypatch.setattr("moothall.site.views.render", lambda request, *a, **k: requests.append(request) or _empty())
    return requests


def _empty():
    from django.http import HttpResponse

    return HttpResponse("")


def an_officer():
    return world.account_of(world.MARCHSHIRE, "officer")


def test_somebody_not_signed_in_sees_no_body_s_rows(client, seen):
    client.get("/")

    assert seen[0].scope == Scope(purpose="front door")
    assert seen[0].roles == frozenset()


def test_an_officer_sees_the_body_they_act_for_and_no_other(client, seen):
    world.sign_in(client, an_officer())
    client.get("/")

    assert seen[0].scope.bodies == (world.MARCHSHIRE,)
    assert "officer" in seen[0].roles
    assert str(seen[0].actor).startswith("staff:")


def test_staff_who_signed_in_with_a_password_alone_are_sent_to_set_up_a_second_factor(client):
    world.sign_in(client, an_officer(), method="password")

    assert client.get("/")["Location"] == "/sign-in/2fa/"


def test_nobody_acts_for_a_body_that_is_not_theirs(client):
    world.sign_in(client, an_officer())

    assert client.post("/staff/body/", {"body": world.EASTWOLD}).status_code == 403
