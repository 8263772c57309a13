"""Staff sign in with their organisation's own account (OpenID Connect), against a stand-in for it."""

import urllib.request
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from tests import oidc_standin, world

from moothall.bodies import actions as organising
from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.site import oidc

pytestmark = pytest.mark.django_db
WORK = {"sub": "s-417", "email": "hana.bird@marchshire.example", "email_verified": True, "name": "Hana Bird"}


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a test looks at each step."""

    def redirect_request(self, *args):
        return None


def location_of(url):
    """Return where a page of the stand-in sends its visitor."""
    try:
        answer = urllib.request.build_opener(Stay).open(url)
    except HTTPError as error:
        answer = error
    assert answer.code == 302, answer.read()
    return answer.headers["Location"]


@pytest.fixture
def work(settings, monkeypatch):
    """Yield a running stand-in that the site is told of by its environment."""
    with oidc_standin.running() as standin:
        monkeypatch.setenv("MOOTHALL_OIDC_ISSUER", standin.address)
        monkeypatch.setenv("MOOTHALL_OIDC_CLIENT_ID", oidc_standin.CLIENT)
        monkeypatch.setenv("MOOTHALL_OIDC_CLIENT_SECRET", oidc_standin.SECRET)
        monkeypatch.setenv("MOOTHALL_OIDC_NAME", "your Marchshire account")
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc.oidc_apps()}}
        standin.person = dict(WORK)
        yield standin


@pytest.fixture
def hana(db):
    """A highways officer as her body prepared her: no password, an appointment."""
    officer = world.account_of(world.MARCHSHIRE, "officer")
    Account.objects.filter(pk=officer.pk).update(email=WORK["email"])
    return Account.objects.get(pk=officer.pk)


def begin(client):
    """Press the button on the sign-in page; return where it leads."""
    page = client.get("/sign-in/login/").content.decode()
    assert "Sign in with your Marchshire account" in page
    return client.post("/sign-in/oidc/staff/login/?process=login")["Location"]


def sign_in(client):
    back = urlsplit(location_of(begin(client)))
    return client.get(f"{back.path}?{back.query}", follow=True)


def test_staff_whom_their_body_prepared_come_in_and_work(client, work, hana):
    sign_in(client)

    assert client.session["_auth_user_id"] == str(hana.pk)
    assert client.get("/staff/queue/").status_code == 200, "their organisation's sign-in is strong enough for work"


def test_they_are_known_again_when_their_address_has_changed(client, work, hana):
    sign_in(client)
    client.logout()
    work.person["email"] = "hana.bird-khan@marchshire.example"
    sign_in(client)

    assert client.session["_auth_user_id"] == str(hana.pk)


@pytest.mark.parametrize(
    "told",
    [{"email": "stranger@marchshire.example"}, {"email_verified": False}],
    ids=["nobody prepared them", "their address is not verified"],
)
def test_nobody_else_comes_in_and_no_account_is_made(client, work, hana, told):
    count = Account.objects.count()
    work.person |= told
    text = sign_in(client).content.decode()

    assert "_auth_user_id" not in client.session
    assert Account.objects.count() == count
    assert "govuk-" in text


def test_a_resident_s_account_is_not_opened_by_a_work_account(client, work, hana):
    Account.objects.filter(pk=hana.pk).update(is_staff_account=False)
    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_an_answer_to_a_question_we_did_not_ask_opens_nothing(client, work, hana):
    back = urlsplit(location_of(begin(client)))
    answer = client.get(f"{back.path}?{back.query.replace('state=', 'state=x')}")

    assert "_auth_user_id" not in client.session
    assert answer.status_code < 500


def test_a_code_is_good_once(client, work, hana):
    back = urlsplit(location_of(begin(client)))
    client.get(f"{back.path}?{back.query}")
    client.logout()
    answer = client.get(f"{back.path}?{back.query}")

    assert "_auth_user_id" not in client.session
    assert answer.status_code < 500


def test_when_the_organisation_s_sign_in_is_down_we_say_so(client, work, hana):
    work.broken = True
    answer = client.post("/sign-in/oidc/staff/login/?process=login")

    assert answer.status_code == 503
    assert "sign in with your password" in answer.content.decode()


def test_the_old_pages_of_joining_accounts_lead_to_sign_in(client, db):
    for page in ("3rdparty/", "3rdparty/signup/", "social/signup/"):
        assert client.get(f"/sign-in/{page}")["Location"] == "/sign-in/login/"


OFFICERS = "marchshire-highways"


@pytest.fixture
def group(db):
    """Marchshire lets a group of its sign-in work as highways officers."""
    with scoped(Scope(bodies=(world.MARCHSHIRE,), purpose="test")):
        team = bodies.team(world.MARCHSHIRE, "highways-inspectors")
        return organising.keep_group(
            body_id=world.MARCHSHIRE, name=OFFICERS, roles=["officer"], team_id=team.pk, at=now(),
            by=Actor("staff", "1", world.MARCHSHIRE),
        )  # fmt: skip


def work_of(email):
    account = Account.objects.get(email=email)
    with scoped(Scope(account=account.pk, purpose="test")):
        return [(one.body_id, one.roles) for one in bodies.staff_of(account.pk, local(now()).date())]


def test_a_group_brings_in_somebody_whom_nobody_prepared(client, work, group):
    work.person |= {"sub": "s-900", "email": "new.person@marchshire.example", "groups": [OFFICERS, "all-staff"]}
    sign_in(client)
    assert client.get("/staff/queue/").status_code == 200
    assert work_of("new.person@marchshire.example") == [(world.MARCHSHIRE, ["officer"])]
    client.logout()
    sign_in(client)
    assert work_of("new.person@marchshire.example") == [(world.MARCHSHIRE, ["officer"])], "and once only"


def test_who_is_no_longer_in_the_group_works_no_longer(client, work, group):
    work.person |= {"sub": "s-900", "email": "new.person@marchshire.example", "groups": [OFFICERS]}
    sign_in(client)
    client.logout()
    with scoped(Scope(bodies=(world.MARCHSHIRE,), purpose="test")), connection.cursor() as cursor:
        cursor.execute("update bodies_staff set starts = '2026-01-01' where group_id = %s", [group])  # long ago
        assert cursor.rowcount == 1
    work.person["groups"] = []
    sign_in(client)
    assert work_of("new.person@marchshire.example") == []
    assert client.get("/staff/queue/").status_code == 403


def test_a_sign_in_that_says_nothing_of_groups_takes_no_work_away(client, work, group):
    work.person |= {"sub": "s-900", "email": "new.person@marchshire.example", "groups": [OFFICERS]}
    sign_in(client)
    client.logout()
    del work.person["groups"]
    sign_in(client)
    assert work_of("new.person@marchshire.example") == [(world.MARCHSHIRE, ["officer"])]


def test_what_a_colleague_prepared_stays_whatever_the_groups_say(client, work, hana, group):
    work.person["groups"] = []
    sign_in(client)
    assert client.get("/staff/queue/").status_code == 200


def test_nobody_is_given_work_by_a_group_they_keep_themselves(client, work, hana):
    with scoped(Scope(bodies=(world.MARCHSHIRE,), purpose="test")):
        organising.keep_group(
            body_id=world.MARCHSHIRE, name="mine", roles=["section-151-officer"], team_id=None, at=now(),
            by=Actor("staff", str(hana.pk), world.MARCHSHIRE),
        )  # fmt: skip
    work.person["groups"] = ["mine"]
    sign_in(client)
    assert all("section-151-officer" not in roles for _, roles in work_of(WORK["email"]))


def test_a_resident_s_account_stays_a_resident_s(client, work, group):
    Account.objects.create_user("nia@people.example", name="Nia")
    work.person |= {"sub": "s-901", "email": "nia@people.example", "groups": [OFFICERS]}
    sign_in(client)
    assert not Account.objects.get(email="nia@people.example").is_staff_account
    assert "_auth_user_id" not in client.session


def test_a_manager_says_on_a_page_what_a_group_may_do_and_ends_it(client):
    as_manager = world.as_staff(client, world.ASHBY, "manager")
    form = {"name": "ashby-waste", "roles": ["officer", "crew"], "team": ""}
    assert as_manager.post("/staff/colleagues/groups/", form | {"roles": []}).status_code == 422
    assert as_manager.post("/staff/colleagues/groups/", form).status_code == 302
    page = as_manager.get("/staff/colleagues/groups/").content.decode()
    assert "ashby-waste" in page
    with scoped(Scope(bodies=(world.ASHBY,), purpose="test")):
        (kept,) = bodies.groups(world.ASHBY)
    assert world.as_staff(Client(), world.BORLEY, "manager").post(
        f"/staff/colleagues/groups/{kept.pk}/end/"
    ).status_code == 404  # fmt: skip
    assert as_manager.post(f"/staff/colleagues/groups/{kept.pk}/end/").status_code == 302
    assert "No group says anything yet" in as_manager.get("/staff/colleagues/groups/").content.decode()
