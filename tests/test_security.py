"""What a hostile visitor tries at the front door, and what every answer carries."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver
from tests.house.test_guards import ROUTES

pytestmark = pytest.mark.django_db

PAGES = ["/", "/services/", "/bodies/", "/privacy/", "/sign-in/login/", "/track/", "/nothing-here/"]
SIGNED_BY_THE_SENDER = {"pay/webhook/", "links/call-back/", "external/call-back/"}
EVIL = [
    "//evil.example",
    "https://evil.example/",
    "https:evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "http://testserver@evil.example/",
    "/%09/evil.example",
]
FILLED = {
    "uuid": lambda: str(uuid4()),
    "int": lambda: "1",
    "slug": lambda: "x",
    "str": lambda: "x",
    "path": lambda: "x",
    "form": lambda: "json",
}


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def filled(address):
    """Return an address with something plausible in its gaps."""
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda gap: FILLED[gap[1] or "str"](), address)


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_tells_the_browser_to_be_strict(client, page):
    answer = client.get(page)
    policy = {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "http" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_kept_from_scripts_and_other_sites(client):
    client.get("/sign-in/login/")
    client.get("/language/cy/")
    for cookie in client.cookies.values():
        assert cookie["samesite"] == "Lax"
        assert cookie["httponly"] or cookie.key == "csrftoken"


@pytest.mark.parametrize(("address", "view"), ROUTES, ids=[name for name, _ in ROUTES])
def test_a_post_from_another_site_changes_nothing(address, view):
    if address in SIGNED_BY_THE_SENDER or address.startswith("stand-ins/"):
        assert getattr(view, "csrf_exempt", False) or address.startswith("stand-ins/")
        return
    if address.startswith(("api/", "open311/v2/")):
        # no session is read here, so another site gains nothing: whoever sends must sign
        answer = Client().post(filled(address), {"body": "1"}, content_type="application/json")
        assert answer.status_code in (400, 401, 403, 404, 405)
        return
    answer = Client(enforce_csrf_checks=True).post(filled(address), {"body": "1"}, HTTP_ORIGIN="https://evil.example")
    assert answer.status_code in (403, 405), f"{address} took a forged POST: {answer.status_code}"


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("page", ["/language/cy/?next=", "/sign-in/login/?next=", "/sign-in/login/code/?next="])
def test_nobody_is_sent_on_to_another_site(client, page, evil):
    answer = client.get(page + evil)
    sent = urlsplit(answer.get("Location", "/"))
    assert sent.netloc in ("", "testserver")
    assert not sent.scheme or sent.scheme == "http"
    hrefs = re.findall(r'(?:href|action)="([^"]*)"', answer.content.decode())
    assert not [href for href in hrefs if urlsplit(href).netloc not in ("", "testserver")]


def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400


def test_guessing_a_password_is_stopped_after_a_few_tries(client):
    said = [
        client.post("/sign-in/login/", {"login": "officer@marchshire.example", "password": f"guess {n}"}).status_code
        for n in range(12)
    ]
    assert said[0] == 200
    assert (
        429 in said
        or "wrong too often"
        in client.post("/sign-in/login/", {"login": "officer@marchshire.example", "password": "x"})
        .content.decode()
        .lower()
    )


def test_guessing_references_is_stopped_after_a_few_tries(client):
    said = [
        client.post("/track/", {"reference": f"MAR-000{n % 10}-345K", "contact": "a@b.example"}).status_code
        for n in range(15)
    ]
    assert said[-1] == 429


@pytest.mark.parametrize(
    "gap",
    ["'", "%00", "..%2f..%2fetc%2fpasswd", "%0d%0aSet-Cookie:x=y", "<script>alert(1)</script>", "A" * 3000, "١٢٣"],
)
@pytest.mark.parametrize(
    "page", ["/services/{}/", "/bodies/{}/", "/b/{}/", "/files/{}/", "/language/{}/", "/cases/{}/"]
)
def test_nonsense_in_an_address_is_not_found_and_never_an_error(client, page, gap):
    answer = client.get(page.format(gap))
    assert answer.status_code in (301, 302, 400, 404)
    assert b"<script>alert(1)" not in answer.content
    assert "x=y" not in str(answer.cookies)


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "x" * 5000, "q=%27%3B%20drop%20table", "q=<script>alert(1)</script>"]
)
@pytest.mark.parametrize("page", ["/services/find", "/places/search", "/outbox/", "/where/"])
def test_nonsense_in_a_search_finds_nothing_and_runs_nothing(client, page, query):
    answer = client.get(f"{page}?{query}")
    assert answer.status_code in (200, 302, 400)
    assert b"<script>alert(1)" not in answer.content


def test_an_error_page_tells_nothing_of_the_inside(client):
    said = client.get("/nothing-here/").content.decode()
    assert "Traceback" not in said
    assert "urlpatterns" not in said
    assert "moothall.site" not in said


def test_the_resolver_is_read_whole():
    assert len(ROUTES) > 30
    assert get_resolver().url_patterns
