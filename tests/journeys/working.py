"""What staff do between the request and its outcome: the queue, the case's page, the crew's phone, the supervisor."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page
from tests.journeys.asking import Journey, press
from tests.world import ASHBY, MARCHSHIRE, account_of

from moothall.core.clock import local, now
from moothall.core.queue import run_pending

PAYING = re.compile(r"/pay/[0-9a-f-]{36}/$")


@dataclass(frozen=True)
class Ending:
    """How a journey ends: what the tracking page calls it, and words of the last message."""

    outcome: str
    message: str


def from_queue(journey: Journey, body: int, what: str, role: str = "officer", team: str = "") -> Page:
    """Find a case's task in the queue by its reference and open the case."""
    page = journey.window("/staff/queue/?show=all", account_of(body, role, team))
    if not page.locator(f"#urgent ~ table tr:has-text('{journey.reference}')").count():
        page.locator("#q").fill(journey.reference)
        journey.on(page, "Search")
    with page.expect_navigation():
        page.locator(f"tr:has-text('{journey.reference}')").get_by_role("link", name=what).click()
    journey.eyes.look(page)
    return page


def fill(page: Page, form: str, **said) -> None:
    """Fill in boxes and choices of a form by name."""
    for name, value in said.items():
        choice = page.locator(f'{form} [type="radio"][name="{name}"][value="{value}"]')
        if choice.count():
            choice.check()
        else:
            page.locator(f'{form} [name="{name}"]').fill(value)


def settle() -> None:
    """Let the queue's jobs run."""
    run_pending(at=now())


def mend(journey: Journey, checked: bool) -> None:
    """An inspector looks, the crew mends, and a hole gets a second look."""
    page = from_queue(journey, MARCHSHIRE, "Inspect the defect")
    journey.on(page, "Do it")
    journey.on(page, "Record the inspection")
    assert page.title().startswith("Error:")
    fill(page, "form", impact="4", likelihood="3")
    journey.on(page, "Record the inspection")
    settle()
    page = journey.window("/crew/", account_of(MARCHSHIRE, "crew"))
    with page.expect_navigation():
        page.get_by_role("link", name=journey.address.split(",")[0]).first.click()
    journey.eyes.look(page)
    journey.on(page, "Mended", "link")
    journey.on(page, "Send")
    page.locator('[name="method"]').first.check()
    journey.on(page, "Send")
    settle()
    if checked:
        page = from_queue(journey, MARCHSHIRE, "Check the repair")
        journey.on(page, "Do it")
        fill(page, "form", passed="yes")
        journey.on(page, "Record the check")
        settle()


def pothole(journey: Journey) -> Ending:
    """A hole is looked at, mended, and looked at again."""
    mend(journey, checked=True)
    return Ending("Mended", "mended")


def lamp(journey: Journey) -> Ending:
    """A lamp is looked at and mended."""
    mend(journey, checked=False)
    return Ending("Mended", "We mended the light")


def make_visit(journey: Journey, done: str = "Save") -> None:
    """The waste crew opens its visit on the phone and says that it is done."""
    page = journey.window("/crew/waste/", account_of(ASHBY, "crew"))
    with page.expect_navigation():
        page.get_by_role("link", name=journey.address.split(",")[0]).first.click()
    journey.eyes.look(page)
    journey.on(page, "Done", "link")
    journey.on(page, done)
    settle()


def dumped(journey: Journey) -> Ending:
    """Dumped rubbish is cleared by the street team."""
    make_visit(journey)
    return Ending("Cleared", "cleared")


def supervise(journey: Journey, does: str) -> Page:
    """The supervisor opens the day's rounds and does something about this journey's."""
    page = journey.window(f"/waste/?day={journey.day}", account_of(ASHBY, "manager"))
    row = page.locator(f"tr:has-text('{journey.round}')")
    with page.expect_navigation():
        row.get_by_role("button", name=does).or_(row.get_by_role("link", name=does)).click()
    journey.eyes.look(page)
    return page


def say_how_the_round_went(journey: Journey) -> None:
    """Before a bin is reported: the round is done, or (where scripts are off) the street was not reached."""
    if journey.scripts:
        supervise(journey, "All done")
        return
    page = supervise(journey, "Streets not reached")
    journey.on(page, "Save")
    assert page.title().startswith("Error:")
    page.locator('[name="usrns"]').first.check()
    page.get_by_label("Why was the round not finished?").fill("The lorry broke down.")
    for part in ("day", "month", "year"):
        page.locator(f'[name="return_on-{part}"]').fill(str(getattr(journey.day, part)))
    journey.on(page, "Save")
    settle()


def missed_bin(journey: Journey) -> Ending:
    """The crew comes back for the bin, or the round is finished after all and with it every report in the street."""
    if journey.scripts:
        make_visit(journey)
    else:
        supervise(journey, "All done")
        settle()
    return Ending("Emptied on a return visit", "emptied")


def pay(journey: Journey, page: Page) -> None:
    """Pay with the practice card; the first one is refused."""
    journey.on(page, "Pay by card")
    for card, button in (("The bank says no", "Try again"), ("Pay: the card is accepted", "")):
        page.get_by_label(card, exact=True).check()
        journey.on(page, "Continue")
        if button:
            journey.on(page, button)
    assert "You paid" in page.inner_text("main")
    settle()


def large_items(journey: Journey) -> Ending:
    """A day is chosen and paid for; the crew collects."""
    page = journey.track()
    journey.on(page, "Choose a day")
    journey.on(page, "Continue")
    assert page.title().startswith("Error:")
    page.locator('[name="slot"]').first.check()
    press(page)
    if "/cases/" in page.url:  # the payment is being made ready
        if not journey.scripts:
            journey.eyes.look(page)
        settle()
        if journey.scripts:
            page.wait_for_url(PAYING)
        else:
            press(page, "Go on", "link")
    pay(journey, page)
    make_visit(journey)
    return Ending("Collected", "collected")


def garden(journey: Journey) -> Ending:
    """The year is paid for, and the crew brings the bin."""
    page = journey.track()
    journey.on(page, "Pay now")
    pay(journey, page)
    page = from_queue(journey, ASHBY, "Deliver a garden waste bin")
    fill(page, 'form[action$="finish/"]', **{"step-note": "Left by the side gate."})
    journey.on(page, "Done")
    settle()
    return Ending("Subscribed for the year", "bin")


def complaint(journey: Journey) -> Ending:
    """The complaint is acknowledged, then answered: we were wrong in part."""
    body = ASHBY
    page = from_queue(journey, body, "Log and acknowledge")
    fill(page, 'form[action$="finish/"]', **{"step-note": "You were promised a day and nobody came."})
    journey.on(page, "Done")
    settle()
    page = from_queue(journey, body, "Answer the complaint")
    journey.on(page, "Done")
    fill(page, 'form[action$="finish/"]', **{"step-decision": "partly", "step-reason": "Our diary was wrong."})
    journey.on(page, "Done")
    settle()
    return Ending("We were wrong in part", "Our diary was wrong.")


WORK = {
    "report-pothole": (MARCHSHIRE, pothole),
    "street-light": (MARCHSHIRE, lamp),
    "fly-tipping": (ASHBY, dumped),
    "missed-bin": (ASHBY, missed_bin),
    "bulky-waste": (ASHBY, large_items),
    "garden-waste": (ASHBY, garden),
    "complaint": (ASHBY, complaint),
}


def today():
    """Return today, where the councils are."""
    return local(now()).date()
