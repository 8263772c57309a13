"""Signing in: residents by a code, staff by password and a second factor."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache

from moothall.core.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-pass-phrase-of-tests"


@pytest.fixture(autouse=True)
def forgotten():
    """Forget how often the test before tried."""
    cache.clear()


def code_in_mail():
    return re.search(r"^\s*([0-9A-Z-]{6,9})\s*$", mail.outbox[-1].body, re.M)[1]


def test_a_resident_makes_an_account_and_signs_in_with_codes_alone(client):
    client.post("/sign-in/signup/", {"email": "robin@example.org"})
    client.post("/sign-in/confirm-email/", {"code": code_in_mail()})
    assert client.session.get("_auth_user_id")

    client.logout()
    client.post("/sign-in/login/code/", {"email": "robin@example.org"})
    client.post("/sign-in/login/code/confirm/", {"code": code_in_mail()})
    assert client.session.get("_auth_user_id")


def test_an_address_nobody_has_gets_the_same_answer(client):
    Account.objects.create_user("known@example.org")

    answers = [client.post("/sign-in/login/code/", {"email": f"{who}@example.org"}) for who in ("known", "unknown")]

    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]


def test_a_password_alone_does_not_open_an_account_that_has_a_second_factor(client):
    account = Account.objects.create_user("officer@example.org", PASSWORD, is_staff_account=True)
    account.emailaddress_set.create(email=account.email, verified=True, primary=True)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account, secret)

    answer = client.post("/sign-in/login/", {"login": account.email, "password": PASSWORD})
    assert answer["Location"].startswith("/sign-in/2fa/")
    assert not client.session.get("_auth_user_id")

    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    client.post("/sign-in/2fa/authenticate/", {"code": code})
    assert client.session.get("_auth_user_id") == str(account.pk)


def test_no_sign_in_leads_to_another_site(client):
    account = Account.objects.create_user("robin@example.org", PASSWORD)
    account.emailaddress_set.create(email=account.email, verified=True, primary=True)

    answer = client.post("/sign-in/login/?next=https://evil.example/", {"login": account.email, "password": PASSWORD})

    assert "evil" not in answer.get("Location", "")


@pytest.mark.parametrize("page", ["login", "login/code", "signup", "password/reset"])
def test_each_page_speaks_our_language(client, page):
    text = client.get(f"/sign-in/{page}/").content.decode()

    assert "govuk-" in text
    assert "mh-header" in text


def test_an_e_mail_with_a_code_reads_as_ours(client):
    client.post("/sign-in/signup/", {"email": "robin@example.org"})
    told = mail.outbox[-1]

    assert told.subject == "Marchshire County Council: Your code"
    assert "type this code on the page you have open" in told.body
    assert "Never tell anybody this code" in told.body
    for word in ("account 1", "user ", "Hello from", "Please"):
        assert word not in told.body


def test_it_reads_in_welsh_to_whoever_reads_welsh(client):
    client.get("/language/cy/?next=/")
    page = client.get("/sign-in/signup/").content.decode()
    client.post("/sign-in/signup/", {"email": "nia@example.org"})

    assert "Creu cyfrif" in page
    assert mail.outbox[-1].subject.endswith(": Eich cod")
    assert "teipiwch y cod hwn ar y dudalen" in mail.outbox[-1].body


def test_a_resident_who_asks_for_a_password_is_told_that_none_is_needed(client):
    Account.objects.create_user("robin@example.org")
    client.post("/sign-in/password/reset/", {"email": "robin@example.org"})

    assert "You need no password." in mail.outbox[-1].body
    assert "/sign-in/login/code/" in mail.outbox[-1].body
    assert "/password/" not in mail.outbox[-1].body


def test_a_member_of_staff_sets_a_password_by_the_link_in_the_e_mail(client):
    Account.objects.create_user("officer@example.org", is_staff_account=True)
    client.post("/sign-in/password/reset/", {"email": "officer@example.org"})
    link = re.search(r"http://testserver(/sign-in/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link, follow=True)
    done = client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD}, follow=True)

    assert "Your new password is set." in done.content.decode()
    assert Account.objects.get(email="officer@example.org").check_password(PASSWORD)
    gone = client.get(link, follow=True).content.decode()
    assert "This link no longer works" in gone
    assert "Ask for a new one" in gone


@pytest.mark.parametrize("page", ["password/change", "password/set", "2fa/totp/activate", "2fa/recovery-codes"])
def test_a_resident_is_not_offered_what_is_for_staff(client, page):
    client.force_login(Account.objects.create_user("robin@example.org"))

    assert client.get(f"/sign-in/{page}/")["Location"] == "/sign-in/2fa/"


def test_a_body_gives_its_people_their_address_so_they_change_it_nowhere_else(client):
    client.force_login(Account.objects.create_user("officer@example.org", PASSWORD, is_staff_account=True))

    assert client.get("/sign-in/email/")["Location"] == "/sign-in/2fa/"


def test_a_resident_uses_another_address_once_its_code_is_typed(client):
    robin = Account.objects.create_user("robin@example.org")
    robin.emailaddress_set.create(email=robin.email, verified=True, primary=True)
    client.force_login(robin)
    client.post("/sign-in/email/", {"email": "new@example.org", "action_add": ""})
    robin.refresh_from_db()
    assert robin.email == "robin@example.org"

    assert mail.outbox[-1].to == ["new@example.org"]
    client.post("/sign-in/confirm-email/", {"code": code_in_mail()})
    robin.refresh_from_db()
    assert robin.email == "new@example.org"


@pytest.mark.parametrize("staff", [False, True])
def test_every_page_of_how_one_signs_in_opens(client, staff):
    account = Account.objects.create_user("jo@example.org", PASSWORD if staff else None, is_staff_account=staff)
    account.emailaddress_set.create(email=account.email, verified=True, primary=True)
    client.force_login(account)
    mine = ["2fa", "2fa/webauthn", "logout", *(["password/change"] if staff else ["email"])]
    for page in mine:
        answer = client.get(f"/sign-in/{page}/")
        assert answer.status_code == 200, page
        assert 'class="govuk-heading-l"' in answer.content.decode(), page
