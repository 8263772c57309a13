"""Signing in: residents by a code, staff by password and a second factor."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail

from moothall.core.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-pass-phrase-of-tests"


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
