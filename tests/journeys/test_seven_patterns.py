"""
Each of the seven patterns of service in each channel: on the web, at the desk and by the API, to what the asker reads.

`patterns` is the table, `sevenths` the work behind it. Widths, languages and scripts meet pairwise; every page is
looked at as the other journeys look at theirs: axe, the console, the policy, and no wider than its window.
"""

import datetime as dt
import json
from dataclasses import dataclass
from itertools import combinations, product

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Page
from tests import world
from tests.journeys.asked import HERE
from tests.journeys.asking import Journey, press
from tests.journeys.looking import Eyes
from tests.journeys.patterns import CELLS, FACTORS, PLAN, name_of
from tests.journeys.sevenths import WORK
from tests.journeys.working import settle, today

from moothall.bodies import queries as bodies
from moothall.bodies.models import Dwelling
from moothall.core.scope import Scope, scoped
from moothall.ledger import provider

pytestmark = pytest.mark.browser


def test_every_pattern_meets_every_channel_and_every_pair_of_the_rest_meets_somewhere():
    for (one, values), (other, others) in combinations(FACTORS.items(), 2):
        for x, y in product(values, others):
            assert any(row[one] == x and row[other] == y for row in PLAN), f"{x} and {y}"
    assert CELLS.keys() == WORK.keys() == set(product(FACTORS["pattern"], FACTORS["channel"]))


@pytest.fixture(scope="module", autouse=True)
def _own_data_folder(tmp_path_factory):
    """Keep the files of all journeys in one folder."""
    with override_settings(MOOTHALL_DATA=tmp_path_factory.mktemp("kept")):
        yield


@pytest.fixture(scope="module")
def eyes(browser, fresh_clone):
    """Yield the one visitor of this module: one server, one database, and what was looked at before."""
    from pytest_django.live_server_helper import LiveServer

    with fresh_clone("patterns"):
        server = LiveServer("localhost")
        visitor = Eyes(browser, server.url)
        with override_settings(MOOTHALL_ADDRESS=server.url):
            yield visitor
        visitor.stop()
        server.stop()


@pytest.fixture(scope="module")
def homes(eyes):
    """Return a place in Ashby for each journey, each in a street of its own."""
    with scoped(Scope(purpose="test")):
        found = Dwelling.objects.filter(district=world.ASHBY).exclude(number="")
        first = {row.street_id: row.uprn for row in found.order_by("-uprn")}
        return [bodies.place_of_dwelling(uprn) for uprn in sorted(first.values())]


@dataclass
class Seventh(Journey):
    """A journey of one of the seven patterns."""

    pattern: str = ""
    channel: str = ""
    body: int = 0
    home: dict | None = None
    ways: object = None

    # --- by the API ---

    def api(self, way: str, more: str = "", said: dict | None = None, status: int = 200):
        """Ask the API of the running server about this journey's case (or `more` from the top); return its answer."""
        path = more if more.startswith("/api") else f"/api/v1/cases/{self.reference}{more}"
        headers = {"Contact": self.email, "Idempotency-Key": f"journey {self.email}"}
        answer = getattr(self.ways, way)(f"{self.eyes.site}{path}", data=json.dumps(said) if said else None,
                                         headers=headers | {"Content-Type": "application/json"})  # fmt: skip
        assert answer.status == status, f"{path}: {answer.status} {answer.text()}"
        return answer.json()

    def ask_by_api(self) -> None:
        """Find the service, read what it asks, and send it, twice by mistake."""
        found = self.api("get", f"/api/v1/services?find={self.words}")
        assert found[0]["id"] == self.service, found[0]
        asks = self.api("get", f"/api/v1/services/{self.service}")["answers"]
        given = {name: self._plain(name, value) for name, value in self.asked.answers.items() if value is not None}
        assert given.keys() <= asks["properties"].keys()
        contact = {"name": "Ann Example", "email": self.email, "postcode": "ZM1 1EF"}
        contact |= {"safe": "ring", "phone": "01632 960001"} if self.definition.urgent else {}
        new = {"service": self.service, "answers": given, "contact": contact, "language": self.language}
        self.api("post", "/api/v1/cases", new | {"answers": {}}, status=422)
        first, again = (self.api("post", "/api/v1/cases", new, status=201) for _ in range(2))
        assert first == again
        self.reference = first["reference"]
        settle()

    def _plain(self, name: str, value):
        """Return an answer as JSON has it."""
        kind = self.definition.ask[name].type
        if value is HERE:
            return {"uprn": self.home["uprn"]}
        if value is dt.date:
            return self.day.isoformat()
        return int(value) if kind == "number" else value

    # --- at the desk ---

    def look_at_desk(self) -> Page:
        """Find the case at the desk by its reference, having made sure of who calls."""
        page = self.window(f"/desk/?q={self.reference}", world.account_of(self.body, "adviser"))
        with page.expect_navigation():
            page.locator(f"main a:has-text('{self.definition.title.en}')").first.click()
        self.eyes.look(page)
        if page.locator('[name="identity"]').count():
            page.locator('[name="identity"][value="known"]').check()
            self.on(page, "I am sure")
        return page

    # --- how it ends ---

    def reads(self, outcome: str) -> None:
        """See that whoever asked reads how it ended in their channel, and on the tracking page in their language."""
        title = self.ended(outcome) if outcome else ""
        if self.channel == "api":
            told = self.api("get")
            assert (told["outcome"], told["outcome_title"], told["to_pay"]) == (outcome, title, None)
            assert outcome or told["day"]
        if self.channel == "desk":
            english = self.definition.outcomes[outcome].title.en if outcome else "Their day:"
            page = self.look_at_desk()
            assert english in page.inner_text("main")
        page = self.track()
        assert page.locator("html").get_attribute("lang") == self.language
        assert (title or self.said("Your day:")) in page.inner_text("main")
        assert self.written_in(page) == {self.language}

    def written_in(self, page: Page) -> set[str]:
        """Return the languages in which whoever asked was written to, by the subjects that stand on the page."""
        said, folder = page.inner_text("main"), settings.SERVICES / self.service / "letters"
        subjects = [(p.name.split(".")[1], p.read_text().splitlines()[0].strip("# ")) for p in folder.glob("*.md")]
        return {lang for lang, subject in subjects if subject.partition("{{")[0].strip() in said}

    def is_hidden(self) -> None:
        """See that neither its reference with the postcode, nor with an address that is not safe, opens a referral."""
        page = self.window("/track/")
        for contact in ("ZM1 1EF", *([] if self.channel == "web" else [self.email])):
            page.locator('[name="reference"]').fill(self.reference)
            page.locator('[name="contact"]').fill(contact)
            press(page, self.said("Continue"))
            assert page.title().startswith(self.said("Error:")), contact
        if self.channel == "api":
            self.api("get", status=404)
        page = self.window(f"/desk/?q={self.reference}", world.account_of(self.body, "adviser"))
        knows = self.definition.urgent.desk == "knows"
        assert ("An urgent referral" in page.inner_text("main")) == knows
        assert self.home["street"] not in page.inner_text("main")


@pytest.fixture
def journey(request, eyes, homes):
    """Return the journey of a row of the plan, ready to begin."""
    cache.clear()
    provider.the_standin.cache_clear()
    provider._account.cache_clear()
    n, row = request.param
    cell, home = CELLS[row["pattern"], row["channel"]], homes[n]
    context = eyes.browser.new_context()
    found = Seventh(
        eyes, cell.service, row["width"], row["scripts"], home["label"], f"seventh{n}@post.example", today(),
        language=row["language"], asked=cell.asked, pattern=row["pattern"], channel=row["channel"], body=cell.body,
        home=home, ways=context.request,
    )  # fmt: skip
    yield found
    context.close()


@pytest.mark.parametrize("journey", list(enumerate(PLAN)), indirect=True, ids=[name_of(row) for row in PLAN])
def test_it_goes_from_the_asker_s_words_to_what_they_read(journey):
    journey.eyes.afresh()
    match journey.channel:
        case "web":
            journey.ask_as_resident()
        case "desk":
            journey.ask_at_desk(world.account_of(journey.body, "adviser"))
        case "api":
            journey.ask_by_api()
    outcome = WORK[journey.pattern, journey.channel](journey)
    if journey.definition.urgent:
        journey.is_hidden()
    if not journey.definition.urgent or journey.channel == "web":
        journey.reads(outcome)
    journey.eyes.all_was_well()
