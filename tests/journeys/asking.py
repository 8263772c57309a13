"""How a journey begins: the service is found in the asker's own words, asked for, and tracked to its end."""

import datetime as dt
import re
from dataclasses import dataclass
from io import BytesIO

from django.utils import translation
from PIL import Image
from playwright.sync_api import Page
from tests.journeys.asked import EVERY, HERE, PHOTO, Asked
from tests.journeys.looking import Eyes

from moothall.catalogue import queries as catalogue
from moothall.core.clock import now
from moothall.core.queue import run_pending

REFERENCE = r"[A-Z]{3}-\d{4}-\d{3}[A-Z0-9]"


def a_photo() -> dict:
    """Return a small picture, as a file to add."""
    kept = BytesIO()
    Image.new("RGB", (64, 48), "grey").save(kept, "JPEG")
    return {"name": "hole.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def press(page: Page, name: str = "Continue", role: str = "button") -> None:
    """Press a button (or a link that looks like one) and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).first.click()


def fill_day(page: Page, name: str, day: dt.date) -> None:
    """Fill in the three boxes of a day."""
    for part in ("day", "month", "year"):
        page.locator(f'[name="{name}-{part}"]').fill(str(getattr(day, part)))


@dataclass
class Journey:
    """One request, who makes it and how; filled in further as it goes on."""

    eyes: Eyes
    service: str
    width: int
    scripts: bool
    address: str
    email: str
    day: dt.date
    round: str = ""
    account: object = None
    reference: str = ""
    language: str = "en"
    asked: Asked | None = None

    def __post_init__(self):
        self.asked = self.asked or EVERY[self.service]

    @property
    def words(self) -> str:
        """What the asker types to find the service."""
        return self.asked.words.get(self.language) or self.asked.words["en"]

    @property
    def definition(self):
        """The service as it is offered now."""
        return catalogue.current(self.service).definition

    def said(self, text: str) -> str:
        """Return words of a page as the asker reads them."""
        with translation.override({"en": "en-gb"}.get(self.language, self.language)):
            return translation.gettext(text)

    def ended(self, outcome: str) -> str:
        """Return what an outcome is called on the asker's pages."""
        return self.definition.outcomes[outcome].title.in_(self.language)

    def window(self, path: str, account=None) -> Page:
        """Open a page as somebody, in this journey's width and with or without scripts, and look at it.

        The asker reads in their own language; staff read English.
        """
        self.eyes.language = self.language if account in (None, self.account) else "en"
        page = self.eyes(path, width=self.width, scripts=self.scripts, account=account)
        self.eyes.look(page)
        return page

    def on(self, page: Page, name: str = "Continue", role: str = "button") -> None:
        """Go on to the next page and look at it."""
        press(page, name, role)
        self.eyes.look(page)

    def answer(self, page: Page, name: str) -> None:
        """Fill in one question."""
        value = self.asked.answers[name]
        if value is HERE:
            self.place(page, name)
        elif value is PHOTO:
            boxes = page.locator(f'[name="{name}"]')
            if boxes.count():
                boxes.set_input_files(a_photo())
        elif value is dt.date:
            fill_day(page, name, self.day)
        elif isinstance(value, dict):
            for part, text in value.items():
                if part == "born":
                    fill_day(page, f"{name}-{part}", dt.date.fromisoformat(text))
                else:
                    page.locator(f'[name="{name}-{part}"]').fill(text)
        elif isinstance(value, dt.date):
            fill_day(page, name, value)
        elif isinstance(value, list):
            for one in value:
                page.locator(f'[name="{name}"][value="{one}"]').check()
        elif value is not None:
            self._say(page, name, value)

    def _say(self, page: Page, name: str, value) -> None:
        word = {True: "yes", False: "no"}.get(value, value)
        choice = page.locator(f'[type="radio"][name="{name}"][value="{word}"]')
        if choice.count():
            choice.check()
        elif value is True:
            page.locator(f'[type="checkbox"][name="{name}"]').check()
        else:
            page.locator(f'[name="{name}"]').fill(value)

    def place(self, page: Page, name: str) -> None:
        """Find this journey's address and choose it."""
        page.locator(f'[name="{name}-search"]').fill(self.address)
        find = page.locator(f'[name="{name}-find"]')
        if not self.scripts:
            with page.expect_navigation():
                find.click()
        else:
            find.click()
            page.locator("[data-place=results] [type=radio], [data-place=status]:not(:empty)").first.wait_for()
        choices = page.locator(f'[type="radio"][name^="{name}"]')
        if choices.count():
            choices.first.check()

    # --- a resident, one question a page ---

    def ask_as_resident(self) -> None:
        """Find the service, answer every question, check the answers, send them, and read the reference."""
        page = self.window("/", self.account)
        page.get_by_label(self.said("What do you need?")).fill(self.words)
        self.on(page, self.said("Find"))
        first = page.locator("main h2 a").first
        assert first.inner_text() == self.definition.title.in_(self.language), f"{self.words}: {first.inner_text()}"
        with page.expect_navigation():
            first.click()
        self.eyes.look(page)
        self.on(page, self.said("Start now"))
        if page.url.endswith("/start"):
            self.on(page, self.said("Nobody is in danger: continue"))
        self._answer_all(page)
        self._say_who(page)
        self.eyes.look(page)
        self.on(page, self.said("Send"))
        assert (self.said("Ring us now") in page.inner_text("main")) == bool(self.definition.urgent)
        self.reference = re.search(REFERENCE, page.locator(".govuk-panel").inner_text())[0]
        run_pending(at=now())

    def _answer_all(self, page: Page) -> None:
        for _ in range(20):
            asked = re.search(r"/ask/(\w+)/|/(ask)$", page.url.split("?")[0])
            if not asked:
                return
            name = asked[1] or next(iter(self.asked.answers))
            self.eyes.look(page)
            assert page.locator("[data-quick-exit]").count() == bool(self.definition.urgent)
            self._leave_empty(page, name)
            self.answer(page, name)
            press(page, self.said("Continue"))
        raise AssertionError(f"the questions go on for ever: {page.url}")

    def _leave_empty(self, page: Page, name: str) -> None:
        """Go on without an answer, once for each question and width: the page says what to do."""
        question = self.definition.ask[name]
        told = (self.service, name, self.width)
        if question.optional or (question.type == "many" and question.least == 0) or told in self.eyes.told:
            return
        self.eyes.told.add(told)
        self.on(page, self.said("Continue"))
        assert page.title().startswith(self.said("Error:")), page.url

    def _say_who(self, page: Page) -> None:
        self.eyes.look(page)
        email = page.locator('[name="email"]')
        if self.account is None:
            assert email.input_value() == ""
            email.fill(self.email)
        assert email.input_value() == self.email
        if self.definition.urgent:
            page.locator('[name="safe"][value="write"]').check()
        press(page, self.said("Continue"))

    # --- an adviser, everything on one page ---

    def ask_at_desk(self, adviser) -> None:
        """Take a call: find the service, ask everything on one page, read out the reference."""
        page = self.window("/desk/", adviser)
        page.locator("#q").fill(self.asked.words["en"])
        self.on(page, "Find")
        first = page.locator("h2:has-text('Start a service') + ul a").first
        assert first.inner_text() == self.definition.title.en, f"{self.words} finds {first.inner_text()}"
        with page.expect_navigation():
            first.click()
        self.eyes.look(page)
        self.on(page, "Send")
        assert page.title().startswith("Error:")
        for name in self.asked.answers:
            if page.locator(f'[name^="{name}"]').count():
                self.answer(page, name)
        page.get_by_label("Phone", exact=True).check()
        page.get_by_label("Your name").fill("Bob Example")
        page.locator('[name="email"]').fill(self.email)
        page.locator(f'[name="language"][value="{self.language}"]').check()
        if self.definition.urgent:
            self._refer(page)
            return
        self.on(page, "Send")
        assert "Read out:" in page.inner_text("main"), page.inner_text("main")
        self.reference = page.locator(".mh-reference").first.inner_text()
        run_pending(at=now())
        self.on(page, "Look at the case", "link")

    def _refer(self, page: Page) -> None:
        """Send something urgent: the adviser is told only whom to put the caller through to."""
        page.locator('[name="safe"][value="ring"]').check()
        page.locator('[name="phone"]').fill("01632 960001")
        self.on(page, "Send")
        said = page.inner_text("body")
        assert "Put the caller through now: 01632" in said
        self.reference = re.search(REFERENCE, said)[0]
        run_pending(at=now())

    # --- both ---

    def track(self) -> Page:
        """Look the case up, as somebody signed in or by its reference and the address it was sent with."""
        if self.account is not None:
            page = self.window("/account/", self.account)
            with page.expect_navigation():
                page.locator(f"li:has-text('{self.reference}') a").first.click()
        else:
            page = self.window("/track/")
            page.locator('[name="reference"]').fill(self.reference)
            page.locator('[name="contact"]').fill(self.email)
            press(page, self.said("Continue"))
        assert self.reference in page.inner_text("main")
        self.eyes.look(page)
        return page

    def read_message(self, officer, says: str) -> None:
        """See in the outbox that the asker was written to, and read it."""
        page = self.window("/outbox/", officer)
        row = page.locator(f"tr:has-text('{self.email}')").first
        with page.expect_navigation():
            row.get_by_role("link").click()
        self.eyes.look(page)
        assert says in page.inner_text("main"), page.inner_text("main")
