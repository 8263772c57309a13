"""How a journey begins: the service is found in the asker's own words, asked for, and tracked to its end."""

import datetime as dt
import re
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from playwright.sync_api import Page
from tests.journeys.looking import Eyes

from moothall.core.clock import now
from moothall.core.queue import run_pending

HERE, PHOTO = object(), object()

WORDS = {
    "report-pothole": "big hole in the road",
    "street-light": "street lamp does not work",
    "fly-tipping": "someone dumped a mattress",
    "missed-bin": "my bin was not emptied",
    "bulky-waste": "get rid of an old sofa",
    "garden-waste": "bin for hedge cuttings",
    "complaint": "nobody answered, I want to complain",
}

TITLES = {
    "report-pothole": "Report a pothole",
    "street-light": "Report a street light",
    "fly-tipping": "Report dumped rubbish",
    "missed-bin": "Report a missed bin",
    "bulky-waste": "Have large items collected",
    "garden-waste": "Garden waste bin",
    "complaint": "Make a complaint",
}

ANSWERS: dict[str, dict[str, object]] = {
    "report-pothole": {
        "where": HERE,
        "surface": "road",
        "width": "dustbin-lid",
        "depth": "fist",
        "avoiding": True,
        "photo": PHOTO,
        "more": "Next to the drain.",
    },
    "street-light": {"where": HERE, "kind": "light", "fault": "damaged", "column": "AB 12", "photo": None},
    "fly-tipping": {
        "where": HERE,
        "what": ["bags", "furniture"],
        "amount": "boot",
        "land": "public",
        "blocks": False,
        "saw": True,
        "seen_what": "A man with a white van, at nine in the evening.",
        "vehicle": None,
        "witness": False,
        "photo": None,
    },
    "missed-bin": {"where": HERE, "bin": "garden", "day": dt.date, "out": True, "where_out": "kerb"},
    "bulky-waste": {
        "where": HERE,
        "home": True,
        "items": ["sofa", "other"],
        "other_items": "A rug",
        "count": "3",
        "low_income": False,
        "put_out": "front",
        "agreed": True,
    },
    "garden-waste": {"where": HERE, "start": "new", "bins": "2", "agreed": True},
    "complaint": {
        "about": "delay",
        "reference": None,
        "had_answer": False,
        "where": HERE,
        "happened": "I was told it would be done by Tuesday, and nobody came.",
        "put_right": "Come, and tell me what went wrong.",
        "for_other": False,
        "needs_from_us": None,
        "evidence": None,
    },
}


def a_photo() -> dict:
    """Return a small picture, as a file to add."""
    kept = BytesIO()
    Image.new("RGB", (64, 48), "grey").save(kept, "JPEG")
    return {"name": "hole.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def press(page: Page, name: str = "Continue", role: str = "button") -> None:
    """Press a button (or a link that looks like one) and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).first.click()


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

    def window(self, path: str, account=None) -> Page:
        """Open a page as somebody, in this journey's width and with or without scripts, and look at it."""
        page = self.eyes(path, width=self.width, scripts=self.scripts, account=account)
        self.eyes.look(page)
        return page

    def on(self, page: Page, name: str = "Continue", role: str = "button") -> None:
        """Go on to the next page and look at it."""
        press(page, name, role)
        self.eyes.look(page)

    def answer(self, page: Page, name: str) -> None:
        """Fill in one question."""
        value = ANSWERS[self.service][name]
        if value is HERE:
            self.place(page, name)
        elif value is PHOTO:
            boxes = page.locator(f'[name="{name}"]')
            if boxes.count():
                boxes.set_input_files(a_photo())
        elif value is dt.date:
            for part in ("day", "month", "year"):
                page.locator(f'[name="{name}-{part}"]').fill(str(getattr(self.day, part)))
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
        page.get_by_label("What do you need?").fill(WORDS[self.service])
        self.on(page, "Find")
        first = page.locator("main h2 a").first
        assert first.inner_text() == TITLES[self.service], f"{WORDS[self.service]} finds {first.inner_text()}"
        with page.expect_navigation():
            first.click()
        self.eyes.look(page)
        self.on(page, "Start now")
        if page.url.endswith("/start"):
            self.on(page, "Nobody is in danger: continue")
        self._answer_all(page)
        self._say_who(page)
        self.eyes.look(page)
        self.on(page, "Send")
        self.reference = re.search(r"[A-Z]{3}-\d{4}-\d{3}[A-Z0-9]", page.locator(".govuk-panel").inner_text())[0]
        run_pending(at=now())

    def _answer_all(self, page: Page) -> None:
        for _ in range(20):
            asked = re.search(r"/ask/(\w+)/|/(ask)$", page.url.split("?")[0])
            if not asked:
                return
            name = asked[1] or next(iter(ANSWERS[self.service]))
            self.eyes.look(page)
            self._leave_empty(page, name)
            self.answer(page, name)
            press(page)
        raise AssertionError(f"the questions go on for ever: {page.url}")

    def _leave_empty(self, page: Page, name: str) -> None:
        """Go on without an answer, once for each question and width: the page says what to do."""
        told = (self.service, name, self.width)
        if "(optional)" in page.locator("h1").inner_text() or told in self.eyes.told:
            return
        self.eyes.told.add(told)
        self.on(page)
        assert page.title().startswith("Error:"), page.url

    def _say_who(self, page: Page) -> None:
        self.eyes.look(page)
        email = page.get_by_label("Email address")
        if self.account is None:
            assert email.input_value() == ""
            email.fill(self.email)
        assert email.input_value() == self.email
        press(page)

    # --- an adviser, everything on one page ---

    def ask_at_desk(self, adviser) -> None:
        """Take a call: find the service, ask everything on one page, read out the reference."""
        page = self.window("/desk/", adviser)
        page.locator("#q").fill(WORDS[self.service])
        self.on(page, "Find")
        first = page.locator("h2:has-text('Start a service') + ul a").first
        assert first.inner_text() == TITLES[self.service], f"{WORDS[self.service]} finds {first.inner_text()}"
        with page.expect_navigation():
            first.click()
        self.eyes.look(page)
        self.on(page, "Send")
        assert page.title().startswith("Error:")
        for name in ANSWERS[self.service]:
            if page.locator(f'[name^="{name}"]').count():
                self.answer(page, name)
        page.get_by_label("Phone", exact=True).check()
        page.get_by_label("Your name").fill("Bob Example")
        page.locator('[name="email"]').fill(self.email)
        self.on(page, "Send")
        assert "Read out:" in page.inner_text("main"), page.inner_text("main")
        self.reference = page.locator(".mh-reference").first.inner_text()
        run_pending(at=now())
        self.on(page, "Look at the case", "link")

    # --- both ---

    def track(self) -> Page:
        """Look the case up, as somebody signed in or by its reference and the address it was sent with."""
        if self.account is not None:
            page = self.window("/account/", self.account)
            with page.expect_navigation():
                page.locator(f"li:has-text('{self.reference}') a").first.click()
        else:
            page = self.window("/track/")
            page.get_by_label("Reference").fill(self.reference)
            page.get_by_label("Email address, phone number or postcode").fill(self.email)
            press(page)
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
