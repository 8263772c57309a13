"""
A real browser for tests: pages at a width, with or without scripts, that tell what they did wrong.

    def test_a_queue_is_readable(visit):
        page = visit("/staff/queue/", width=320, account=officer)
        visit.check(page)

`visit.check` is: no accessibility violation axe knows of, nothing wider than the window, no error in the console, no
request to another host. Tests commit to a database of their own (`real_db`), so what the page sees is real.
"""

import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tools import assets
from tools import browser as chromium

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "preload": False}
"""All rules of these levels; what passes is not told one by one, and no rule among them reads the style sheets."""
WIDTHS = (320, 1280)


@pytest.fixture(scope="module")
def browser():
    """Yield a Chromium; skip with what to do when there is none, fail when CI=true."""
    path = chromium.find()
    if not path:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(chromium.HOW)
    assets.build()
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop running in this thread
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")
    if before is not None:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def served(real_db):
    """Yield the address of the site, served from a database of its own."""
    from pytest_django.live_server_helper import LiveServer

    server = LiveServer("localhost")
    yield server.url
    server.stop()


@dataclass
class Visitor:
    """Opens pages of the site and checks them."""

    browser: Browser
    site: str
    contexts: list[BrowserContext] = field(default_factory=list)
    wrongs: dict[Page, list[str]] = field(default_factory=dict)
    sessions: dict[tuple, BrowserContext] = field(default_factory=dict)

    def __call__(self, path: str, *, width: int = 1280, scripts: bool = True, account=None, status: int = 200) -> Page:
        """Open a path in a new, clean window; `account` is signed in first. Fails on another status than told."""
        page = self.window(width=width, scripts=scripts, account=account)
        answer = page.goto(self.site + path)
        assert answer.status == status, f"{path} answered {answer.status}, not {status}"
        return page

    def window(self, *, width: int = 1280, scripts: bool = True, account=None) -> Page:
        """Return an empty page in a clean window; with `scripts=False` no script of ours ever arrives.

        Who was signed in before is signed in anew in the window of then: it has the styles and scripts already.
        """
        key = account and (width, scripts, account.pk)
        context = self.sessions.get(key) or self._context(width, scripts)
        if account is not None:
            self.sessions[key] = context
            context.add_cookies([self._session(account)])
        page = context.new_page()
        wrongs = self.wrongs[page] = []
        page.on("console", lambda said: said.type == "error" and wrongs.append(f"console: {said.text}"))
        page.on("pageerror", lambda error: wrongs.append(f"script: {error}"))
        page.on("request", lambda request: self._is_outside(request.url) and wrongs.append(f"outside: {request.url}"))
        return page

    def _context(self, width: int, scripts: bool) -> BrowserContext:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
        if not scripts:  # ours never arrive, but axe can still look
            context.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        context.set_default_timeout(60_000)  # a crowded machine is slow, not wrong
        self.contexts.append(context)
        return context

    def _session(self, account) -> dict:
        from django.conf import settings
        from django.test import Client
        from tests import world

        client = world.sign_in(Client(), account)
        return {
            "name": settings.SESSION_COOKIE_NAME,
            "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            "url": self.site,
        }

    def _is_outside(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme not in {"data", "blob", "about"} and f"{parts.scheme}://{parts.netloc}" != self.site

    def quickly_wrong_with(self, page: Page) -> list[str]:
        """Return what the page did wrong so far, and whether it is wider than its window."""
        page.wait_for_load_state()
        found = list(self.wrongs[page])
        width = page.viewport_size["width"]
        real = page.evaluate("document.documentElement.scrollWidth")
        if real > width:
            widest = page.evaluate(
                "w => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > w + 1)"
                ".slice(0, 3).map(e => e.outerHTML.slice(0, 120))",
                width,
            )
            found.append(f"{real} px wide in a window of {width}: {widest}")
        return found

    def wrong_with(self, page: Page) -> list[str]:
        """Return everything wrong with a page as it is now, in sentences; empty when all is well."""
        found = self.quickly_wrong_with(page)
        results = Axe().run(page, options=RULES).response
        for violation in results["violations"]:
            nodes = "; ".join(node["html"][:200] for node in violation["nodes"][:3])
            found.append(f"axe {violation['id']}: {violation['help']}: {nodes}")
        return found

    def check(self, page: Page) -> None:
        """Fail, with a list, when anything is wrong with the page."""
        found = self.wrong_with(page)
        assert not found, f"{page.url}\n" + "\n".join(found)


@pytest.fixture
def visit(browser, served):
    """Yield a Visitor; its windows are closed when the test ends."""
    visitor = Visitor(browser, served)
    yield visitor
    for context in visitor.contexts:
        context.close()
