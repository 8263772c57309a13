"""Signing in as people do it, in Chromium with the authenticator that it brings for tests (WebAuthn over DevTools)."""

import re

import pytest
from allauth.mfa.recovery_codes.internal import auth as recovery
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from tests import world

from moothall.core.models import Account
from moothall.site.tests.test_work_account import WORK, work  # noqa: F401  (a fixture)

KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
PASSWORD = "a-long-pass-phrase-of-tests"
OFTEN = pytest.mark.parametrize("width", [320, 1280])


@pytest.fixture
def officer(real_db):
    """A highways officer with a password and nothing else yet."""
    cache.clear()  # wrong codes of the test before are counted there
    account = Account.objects.get(pk=world.account_of(world.MARCHSHIRE, "officer").pk)
    account.set_password(PASSWORD)
    account.save()
    account.emailaddress_set.create(email=account.email, verified=True, primary=True)
    return account


@pytest.fixture
def look(visit):
    """Press what is called so, then check the page that comes."""

    def press(page, name, role="button"):
        with page.expect_navigation():
            page.get_by_role(role, name=name, exact=True).click()
        visit.check(page)

    return press


def with_a_device(page, holds=True):
    """Give a window a device that keeps passkeys and shows that it is its owner, or refuses to."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    told = KEY | {"isUserVerified": holds, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    return page


def newest_code():
    return re.search(r"^\s*([0-9A-Z-]{6,9})\s*$", mail.outbox[-1].body, re.M)[1]


def text_of(page):
    return page.inner_text("main")


def with_password(page, officer):
    page.get_by_label("Email address").fill(officer.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)


@OFTEN
def test_a_resident_makes_an_account_by_a_code_and_later_signs_in_with_a_passkey_alone(visit, look, width):
    page = with_a_device(visit("/sign-in/signup/", width=width))
    visit.check(page)
    page.get_by_label("Email address").fill("robin")
    look(page, "Send me a code")
    assert "like name@example.org" in text_of(page)
    page.get_by_label("Email address").fill("robin@example.org")
    look(page, "Send me a code")
    page.get_by_label("Code").fill("WRONG1")
    look(page, "Continue")
    assert "Look at the newest e-mail from us" in text_of(page)
    page.get_by_label("Code").fill(newest_code())
    look(page, "Continue")

    page.goto(f"{visit.site}/account/")
    look(page, "How you sign in: your e-mail address and passkeys", "link")
    look(page, "Add a passkey")
    look(page, "Add this device")
    assert "You have 1 passkey." in text_of(page)
    assert "Your passkey is ready." in text_of(page)
    assert "ecovery" not in text_of(page), "a resident has the code by e-mail instead"
    assert "A passkey was added" in mail.outbox[-1].subject

    look(page, "Sign out")
    page.goto(f"{visit.site}/sign-in/login/")
    look(page, "Use a passkey")
    assert page.get_by_role("link", name="Your cases").first.is_visible()


def test_a_resident_who_lost_the_device_comes_in_by_a_code_and_adds_another(visit, look):
    page = with_a_device(visit("/sign-in/signup/"))
    page.get_by_label("Email address").fill("robin@example.org")
    look(page, "Send me a code")
    page.get_by_label("Code").fill(newest_code())
    look(page, "Continue")
    page.goto(f"{visit.site}/sign-in/2fa/webauthn/add/")
    look(page, "Add this device")

    other = with_a_device(visit("/sign-in/login/"))
    look(other, "Get a sign-in code by e-mail")
    other.get_by_label("Email address").fill("robin@example.org")
    look(other, "Send me a code")
    look(other, "Send me a new code")
    other.get_by_label("Code").fill(newest_code())
    look(other, "Continue")
    other.goto(f"{visit.site}/sign-in/2fa/webauthn/add/")
    look(other, "Add this device")
    look(other, "See, rename or remove them", "link")
    look(other, "Remove My passkey", "link")
    look(other, "Remove")
    assert "That passkey no longer opens your account." in text_of(other)
    look(other, "Rename My second passkey", "link")
    other.get_by_label("Name of this passkey").fill("Telephone")
    look(other, "Save")
    assert "Telephone" in text_of(other)


@OFTEN
def test_staff_with_a_password_only_are_led_to_a_passkey_and_work_at_once(visit, look, officer, width):
    page = with_a_device(visit("/sign-in/login/", width=width))
    with_password(page, officer)
    look(page, "Continue")
    assert "Before you can open your work, add a second way" in text_of(page)
    page.goto(f"{visit.site}/staff/queue/")
    assert "Before you can open your work" in text_of(page), "no page of theirs opens before that"

    look(page, "Add a passkey")
    look(page, "Add this device")
    assert page.locator(".mh-codes li").count() == 10
    look(page, "Go to your work")
    assert page.url == f"{visit.site}/staff/queue/"

    look(page, "Sign out")
    page.goto(f"{visit.site}/sign-in/login/")
    look(page, "Use a passkey")
    page.goto(f"{visit.site}/staff/queue/")
    assert page.url == f"{visit.site}/staff/queue/"


@OFTEN
def test_staff_set_up_an_app_and_come_in_with_a_recovery_code_when_it_is_not_at_hand(visit, look, officer, width):
    page = visit("/sign-in/login/", width=width)
    with_password(page, officer)
    look(page, "Continue")
    look(page, "Set up an authenticator app")
    secret = page.locator(".mh-key").inner_text().replace(" ", "")
    digits = page.get_by_label("Type the six digits that the app shows")
    digits.fill("000000")
    look(page, "Continue")
    assert "Wait until the app shows the next one" in text_of(page)
    assert page.locator(".mh-key").inner_text().replace(" ", "") == secret, "the app has been told this key"
    _before, now, _after = totp.yield_hotp_counters_from_time()
    digits.fill(totp.format_hotp_value(totp.hotp_value(secret, now)))
    look(page, "Continue")
    spare = page.locator(".mh-codes li").first.inner_text()
    look(page, "Go to your work")

    look(page, "Sign out")
    page.goto(f"{visit.site}/sign-in/login/")
    with_password(page, officer)
    look(page, "Continue")
    page.get_by_label("Code").fill("000000")
    look(page, "Continue")
    assert "Wait until the app shows the next one" in text_of(page)
    page.get_by_label("Code").fill(spare)
    look(page, "Continue")
    page.goto(f"{visit.site}/staff/queue/")
    assert page.url == f"{visit.site}/staff/queue/"


def test_a_device_that_gives_no_passkey_is_told_on_the_page_and_not_to_the_console(visit):
    page = with_a_device(visit("/sign-in/login/", width=320), holds=False)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("alert").wait_for()

    assert "Try again, or use a code." in page.get_by_role("alert").inner_text()
    visit.check(page)


def test_one_press_leads_to_the_work_account_and_back_to_work(visit, officer, work):  # noqa: F811
    Account.objects.filter(pk=officer.pk).update(email=WORK["email"])
    page = visit("/sign-in/login/", width=320)
    visit.check(page)
    with page.expect_navigation(url=lambda url: url.startswith(visit.site) and "/oidc/" not in url):
        page.get_by_role("button", name="Sign in with your Marchshire account").click()
    page.goto(f"{visit.site}/staff/queue/")

    assert page.url == f"{visit.site}/staff/queue/"
    assert [said for said in visit.wrongs[page] if not said.startswith(f"outside: {work.address}")] == []


FOR_ALL = ["login", "login/code", "password/reset", "password/reset/done", "password/reset/key/1-none", "inactive"]
STAFFS = [
    *("2fa", "password/change", "2fa/webauthn", "2fa/totp/deactivate", "2fa/recovery-codes/generate", "logout"),
    *("reauthenticate", "2fa/reauthenticate", "2fa/totp/activate"),
]
RESIDENTS = ["2fa", "2fa/webauthn", "email", "logout"]


@OFTEN
def test_every_other_page_of_signing_in_is_as_sound(visit, officer, width, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 10**12  # whoever is signed in is so just now
    totp.TOTP.activate(officer, totp.generate_totp_secret())
    recovery.RecoveryCodes.activate(officer)
    robin = Account.objects.create_user("robin@example.org")
    robin.emailaddress_set.create(email=robin.email, verified=True, primary=True)
    robin.emailaddress_set.create(email="new-address-of-robin@somewhere.example.org", verified=False)

    for account, pages in ((None, FOR_ALL), (officer, STAFFS), (robin, RESIDENTS)):
        page = visit.window(width=width, account=account)
        for address in pages:
            assert page.goto(f"{visit.site}/sign-in/{address}/").status == 200
            visit.check(page)
