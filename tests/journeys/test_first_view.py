"""
Every public page as somebody sees it first: light, asking nobody else for anything, and well without a script.

Pages are found by following links from the front door, in each language, one address for each view. They are weighed as
they come over the wire to a browser that has nothing yet, from a server that sends files as in life.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test.testcases import LiveServerThread
from django.urls import Resolver404, resolve
from playwright.sync_api import Error
from tests.journeys import scenes
from tests.journeys.looking import BLOCKED, Eyes, in_language
from tests.journeys.wandering import NOT_A_STEP, STARTS

pytestmark = pytest.mark.browser
MOST = 60_000
"""Bytes of a page with everything that it brings, compressed, heads and bodies of all answers."""

WIDTHS = (320, 768, 1280)
LANGUAGES = ("en-gb", "cy")
ALSO = ("/services/homelessness/", "/services/homelessness/start", "/services/pest-control/ask", "/life/had-a-baby/")
"""Kinds of page that another service's page stands for otherwise: an urgent one, and questions of other types."""


@pytest.fixture(scope="module")
def site(fresh_clone):
    """Yield the address of a server that sends files as in life: WhiteNoise does, as the build has compressed them."""
    with fresh_clone("light"):
        scenes.plant()
        server = LiveServerThread("localhost", static_handler=lambda _django: WSGIHandler())
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
        server.terminate()


@dataclass
class Scales:
    """A browser that keeps nothing, and notes what each page brings with it."""

    browser: object
    site: str
    language: str
    names: dict[str, str] = field(default_factory=dict)
    brought: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    outside: set[str] = field(default_factory=set)
    coming: set[str] = field(default_factory=set)

    def __post_init__(self):
        self.context = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        self.context.set_default_timeout(60_000)
        self.context.add_cookies([in_language(self.language, self.site)])
        self.page = self.context.new_page()
        chromium = self.context.new_cdp_session(self.page)
        chromium.send("Network.enable")
        chromium.send("Network.setCacheDisabled", {"cacheDisabled": True})
        chromium.on("Network.requestWillBeSent", self._asked)
        chromium.on("Network.loadingFinished", self._came)
        chromium.on("Network.loadingFailed", lambda said: self.coming.discard(said["requestId"]))

    def _asked(self, said: dict) -> None:
        address = self.names[said["requestId"]] = said["request"]["url"]
        if not address.startswith("data:"):
            self.coming.add(said["requestId"])
        if not address.startswith((self.site + "/", "data:")):
            self.outside.add(address)

    def _came(self, said: dict) -> None:
        self.coming.discard(said["requestId"])
        self.brought[self.names.get(said["requestId"], "?")] += int(said["encodedDataLength"])

    def weigh(self, path: str) -> int | None:
        """Open a page and return its bytes; None for what is no page."""
        self.names.clear()
        self.brought.clear()
        try:
            answer = self.page.goto(self.site + path)
        except Error as download:
            if "Download is starting" not in str(download):
                raise
            return None
        assert answer.status == 200, f"a link leads to {path}, which answers {answer.status}"
        self.page.evaluate("document.fonts.ready.then(() => true)")
        while self.coming:
            self.page.wait_for_timeout(5)
        return sum(self.brought.values()) if answer.headers["content-type"].startswith("text/html") else None

    def heaviest(self) -> str:
        """Say what weighs most."""
        most = sorted(self.brought.items(), key=lambda one: -one[1])[:5]
        return ", ".join(f"{bytes_:,} {urlsplit(address).path}" for address, bytes_ in most)

    def links(self) -> list[str]:
        """Return the links of the page that is open."""
        found = self.page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
        ours = [href[len(self.site) :].partition("#")[0] for href in found if href.startswith(self.site + "/")]
        return [path for path in ours if not path.startswith("/static/")]


def every_page(scales: Scales):
    """Yield (address, its bytes) of every public page that a link leads to, one for each view."""
    first = [*STARTS["anybody"], *ALSO]
    todo, seen = list(first), set()
    while todo:
        path = todo.pop(0)
        try:
            view = resolve(urlsplit(path).path).view_name or path
        except Resolver404:
            raise AssertionError(f"a link leads to {path}, where nothing is") from None
        if (view in NOT_A_STEP and path != "/") or (view in seen and path not in first):
            continue
        if path in first:
            first.remove(path)
        seen.add(view)
        weight = scales.weigh(path)
        if weight is not None:
            todo += scales.links()
            yield path, weight


@dataclass(frozen=True)
class Seen:
    """The pages found in a language, what of them is too heavy, and who else was asked for something."""

    pages: list[str]
    heavy: list[str]
    outside: set[str]


@pytest.fixture(scope="module")
def found(browser, site):
    """Return what links lead to, by language."""
    by_language = {}
    for language in LANGUAGES:
        scales, pages, heavy = Scales(browser, site, language), [], []
        for path, weight in every_page(scales):
            pages.append(path)
            if weight > MOST:
                heavy.append(f"{path}: {weight:,} bytes: {scales.heaviest()}")
        scales.context.close()
        by_language[language] = Seen(pages, heavy, scales.outside)
    return by_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_weighs_no_more_than_sixty_kilobytes_and_asks_no_other_host(found, language):
    assert not found[language].heavy, "\n".join(found[language].heavy)
    assert not found[language].outside
    assert len(found[language].pages) > 30


def test_a_page_is_well_in_both_languages_and_all_widths_without_a_script(browser, site, found):
    """Each page meets each width with axe, in the languages by turns; none is wider than its window in either."""
    eyes, wrong = Eyes(browser, site), []
    page = eyes.window(scripts=False)
    for n, path in enumerate(found[LANGUAGES[0]].pages):
        for language in LANGUAGES:
            page.context.clear_cookies()
            page.context.add_cookies([in_language(language, site)])
            page.goto(site + path)
            assert page.locator("html").get_attribute("lang") == language[:2]
            for w, width in enumerate(WIDTHS):
                page.set_viewport_size({"width": width, "height": 900})
                look = eyes.wrong_with if LANGUAGES[(n + w) % 2] == language else eyes.quickly_wrong_with
                wrong += [f"{path} in {language} at {width}: {line}" for line in look(page) if BLOCKED not in line]
            eyes.wrongs[page].clear()
    eyes.stop()
    assert not wrong, "\n".join(wrong)
