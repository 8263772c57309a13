"""The page on which a council's staff give other systems keys."""

import re

import pytest
from tests.world import ASHBY, MARCHSHIRE, as_staff

from moothall.core.scope import Scope, scoped
from moothall.standards import actions, queries
from moothall.standards.models import ApiKey
from moothall.standards.tests.conftest import MARCH, OFFICER, now

pytestmark = pytest.mark.django_db


def test_a_key_is_made_shown_once_limited_and_taken_back(client):
    as_staff(client, MARCHSHIRE, "operator")
    assert "No system has a key yet" in client.get("/staff/keys/").content.decode()
    made = client.post("/staff/keys/", {"name": "FixMyStreet", "per_hour": "100"})
    (secret,) = re.findall(r"moothall_[\w-]{32}", made.content.decode())
    assert made["Cache-Control"] == "no-store"
    with scoped(MARCH):
        row = queries.key_for(body_id=MARCHSHIRE, secret=secret)
    again = client.get("/staff/keys/").content.decode()
    assert secret not in again
    assert f"moothall_{row.hint}" in again
    client.post(f"/staff/keys/{row.pk}/limit/", {"per_hour": "7"})
    with scoped(MARCH):
        assert queries.key(row.pk).per_hour == 7
    assert "Taken back" in client.post(f"/staff/keys/{row.pk}/revoke/", follow=True).content.decode()
    with scoped(MARCH), pytest.raises(queries.KeyWrong):
        queries.key_for(body_id=MARCHSHIRE, secret=secret)
    assert client.post(f"/staff/keys/{row.pk}/revoke/").status_code == 409


@pytest.mark.parametrize("wrong", [{"name": "", "per_hour": "5"}, {"name": "App", "per_hour": "0"}, {"name": "App"}])
def test_a_key_without_a_name_or_a_limit_is_not_made(client, wrong):
    as_staff(client, MARCHSHIRE, "manager")
    answer = client.post("/staff/keys/", wrong)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    with scoped(MARCH):
        assert not ApiKey.objects.exists()


def test_another_body_s_key_is_neither_seen_nor_changed(client, db):
    ashby = Scope(bodies=(ASHBY,), purpose="test", actor=OFFICER)
    with scoped(ashby):
        row, _ = actions.make_key(body_id=ASHBY, name="Ashby's app", per_hour=5, at=now(), by=OFFICER)
    as_staff(client, MARCHSHIRE, "operator")
    assert "Ashby&#x27;s app" not in client.get("/staff/keys/").content.decode()
    assert client.get(f"/staff/keys/{row.pk}/limit/").status_code == 404
    assert client.post(f"/staff/keys/{row.pk}/revoke/").status_code == 404
    with scoped(ashby):
        assert queries.key(row.pk).revoked_at is None


def test_the_page_for_other_systems_names_councils_services_and_address(client):
    said = client.get("/open311/").content.decode()
    assert "Report a pothole; Report a street light" in said
    assert "<code>ashby</code>" in said
    assert "eastwold" not in said
    assert client.get("/open311/v2/")["Location"] == "/open311/"
    assert "/open311/" in client.get("/api/v1/docs").content.decode()
