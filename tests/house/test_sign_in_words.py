"""Signing in reads in our words, in both languages: what the library brings is worded by us, or never shown."""

import ast
import gettext
import re
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation.template import templatize
from tests.house.test_welsh import ROOT, texts

LIBRARY = Path(allauth.__file__).parent
PARTS = ("account", "mfa", "socialaccount")
NEVER_SHOWN = {
    "account/confirm_password_reset_code.html": "a password is set by a link",
    "account/confirm_phone_verification_code.html": "nobody signs in by phone",
    "account/email.html": "an account has one address: email_change.html",
    "account/email/email_deleted_message.txt": "the address is replaced, never taken away",
    "account/email/email_deleted_subject.txt": "the address is replaced, never taken away",
    "account/email/password_reset_code_message.txt": "a password is set by a link",
    "account/email/password_reset_code_subject.txt": "a password is set by a link",
    "account/email_confirm.html": "an address is shown to be one's own by a code",
    "account/messages/phone_verification_sent.txt": "nobody signs in by phone",
    "account/messages/phone_verified.txt": "nobody signs in by phone",
    "account/phone_change.html": "nobody signs in by phone",
    "account/signup_by_passkey.html": "an account is made by a code; a passkey is added to it",
    "account/snippets/warn_no_email.html": "every account has an address",
    "account/verification_sent.html": "an address is shown to be one's own by a code",
    "account/verified_email_required.html": "no page of ours asks for that",
    "mfa/trust.html": "no browser is trusted for longer than a session",
    "mfa/webauthn/signup_form.html": "an account is made by a code; a passkey is added to it",
    "socialaccount/connections.html": "work accounts are joined by us",
    "socialaccount/email/account_disconnected_message.txt": "work accounts are joined by us",
    "socialaccount/email/account_disconnected_subject.txt": "work accounts are joined by us",
    "socialaccount/login.html": "a link leads to the work account in one press",
    "socialaccount/login_redirect.html": "only for providers that ask for a form",
    "socialaccount/messages/account_connected.txt": "work accounts are joined by us",
    "socialaccount/messages/account_connected_other.txt": "work accounts are joined by us",
    "socialaccount/messages/account_connected_updated.txt": "work accounts are joined by us",
    "socialaccount/messages/account_disconnected.txt": "work accounts are joined by us",
    "socialaccount/signup.html": "a work account never makes an account here",
    "socialaccount/snippets/login.html": "our sign-in page lists them itself",
}
NO_FORMS = {"admin.py", "apps.py", "models.py", "providers", "tests", "migrations", "headless"}
ABOUT = re.compile(r"[Uu]sername|[Pp]hone|Email \(|same email|Email address confirmation|Remember Me")
NOT_ASKED = {"Login": "the field is the e-mail address"}
OF_DJANGO = {
    "Enter a valid email address.",
    "This field is required.",
    "This password is too common.",
    "This password is too short. It must contain at least %d character.",
    "Your password can’t be a commonly used password.",
    "Your password must contain at least %(min_length)d character.",
}
STRING = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
SAID = re.compile(rf"\b(?:n?gettext(?:_lazy)?|_)\(u?({STRING})")


def shown() -> dict[str, Path]:
    """Return the library's templates that a visitor can meet, by name; those we replaced are not among them."""
    found = {}
    for part in PARTS:
        for path in sorted((LIBRARY / "templates" / part).rglob("*.*")):
            name = path.relative_to(LIBRARY / "templates").as_posix()
            if name not in NEVER_SHOWN and get_template(name).origin.name == str(path):
                found[name] = path
    return found


def said_in_template(path: Path) -> set[str]:
    """Return the texts a template asks to have translated; of a plural, the singular."""
    return {ast.literal_eval(text) for text in SAID.findall(templatize(path.read_text()))}


def said_in_code() -> set[str]:
    """Return the texts that the library's forms, views and adapters ask to have translated."""
    found = set()
    for part in PARTS:
        for path in (LIBRARY / part).rglob("*.py"):
            if set(path.relative_to(LIBRARY).parts) & NO_FORMS:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                name = getattr(getattr(node, "func", None), "id", "")
                if name in {"_", "gettext", "gettext_lazy", "pgettext"} and node.args:
                    found.add(ast.literal_eval(node.args[-1]))
    return {text for text in found if not ABOUT.search(text) and text not in NOT_ASKED}


def library_says() -> set[str]:
    """Return every text of the library that somebody can meet here."""
    return said_in_code().union(OF_DJANGO, *(said_in_template(path) for path in shown().values()))


@pytest.mark.parametrize("language", ["en_GB", "cy"])
def test_every_text_of_the_library_is_worded_by_us(language):
    ours = texts(ROOT / "site" / "locale" / language / "LC_MESSAGES" / "django.po")
    missing = sorted(library_says() - ours.keys())

    assert missing == [], f"word these in site/locale/{language}/LC_MESSAGES/django.po, or say why nobody meets them"


@pytest.mark.parametrize("language", ["en_GB", "cy"])
def test_what_is_compiled_is_what_is_written(language):
    path = ROOT / "site" / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for text, forms in texts(path).items():
        if text and len(forms) == 1:
            assert compiled.gettext(text) == forms[0], f"{text!r} is not compiled: run django-admin compilemessages"


@pytest.mark.parametrize(("language", "folder"), [("en-gb", "en_GB"), ("cy", "cy")])
def test_our_words_stand_before_the_library_s_and_no_other_chapter_s_before_ours(language, folder):
    ours = texts(ROOT / "site" / "locale" / folder / "LC_MESSAGES" / "django.po")
    with translation.override(language):
        other = {text: translation.gettext(text) for text in library_says() if len(ours[text]) == 1}

    assert {text: said for text, said in other.items() if said != ours[text][0]} == {}


def test_we_word_nothing_that_the_library_no_longer_says():
    ours = texts(ROOT / "site" / "locale" / "en_GB" / "LC_MESSAGES" / "django.po")

    assert sorted(ours.keys() - library_says() - {""}) == [], "delete these"


def test_a_new_text_of_the_library_is_noticed(tmp_path):
    new = tmp_path / "new.html"
    new.write_text(
        "{% load i18n %}{% trans 'Brand New' %}{% blocktrans count n=n %}One {{ n }}{% plural %}Many{% endblocktrans %}"
    )

    assert said_in_template(new) == {"Brand New", "One %(n)s"}


def test_what_is_never_shown_is_still_in_the_library():
    for name in NEVER_SHOWN:
        assert (LIBRARY / "templates" / name).exists(), f"{name} is gone: delete it from the list"


def test_no_text_of_ours_is_reworded_by_what_was_meant_for_the_library():
    ours = texts(ROOT / "site" / "locale" / "en_GB" / "LC_MESSAGES" / "django.po")
    reworded = {text for text, forms in ours.items() if text and forms != [text]}
    clashes = []
    for path in [*ROOT.glob("**/templates/**/*.*"), *(p for p in ROOT.rglob("*.py") if "tests" not in p.parts)]:
        text = path.read_text()
        said = SAID.findall(text if path.suffix == ".py" else templatize(text))
        clashes += [f"{path.name}: {one}" for one in said if ast.literal_eval(one) in reworded]

    assert clashes == [], "choose other words, or they appear as those for the library"
