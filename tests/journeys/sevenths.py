"""How the work behind each of the seven patterns goes, in a browser: what staff do, and what the asker still does."""

import datetime as dt

from playwright.sync_api import Page
from tests.journeys.asking import Journey, press
from tests.journeys.working import PAYING, complaint, from_queue, settle, today
from tests.world import ASHBY, MARCHSHIRE, account_of

SEEN = "seen"
NEXT_YEAR = dt.timedelta(days=300)


def do(journey: Journey, body: int, what: str, *, role: str = "officer", team: str = "", **said) -> Page:
    """Find a task of this journey's case in the queue, fill in what is said of it, and press Done."""
    page = from_queue(journey, body, what, role, team)
    form = page.locator("section", has=page.get_by_role("heading", name=what)).locator('form[action$="finish/"]').first
    for name, value in said.items():
        box = f"step-{name}".replace("__", "-")
        if isinstance(value, dt.date):
            for part in ("day", "month", "year"):
                form.locator(f'[name="{box}-{part}"]').fill(str(getattr(value, part)))
        elif (choice := form.locator(f'[type="radio"][name="{box}"][value="{value}"]')).count():
            choice.check()
        else:
            form.locator(f'[name="{box}"]').fill(value)
    with page.expect_navigation():
        form.get_by_role("button", name="Done").click()
    assert not page.title().startswith("Error:"), page.inner_text("main")
    journey.eyes.look(page)
    settle()
    return page


def pay(journey: Journey, page: Page) -> None:
    """Pay with the practice card, in the payer's language."""
    press(page, journey.said("Pay by card"))
    page.locator('[value="success"]').check()  # the practice provider's own page, which is in English
    press(page)
    assert page.locator(".govuk-panel, h1").count()
    journey.eyes.look(page)
    settle()


# --- report a place problem ---


def graffiti(journey: Journey) -> str:
    """It is cleaned off."""
    do(journey, ASHBY, "Clean the place and say what you found", note="Washed off.")
    return "cleaned"


def vehicle(journey: Journey) -> str:
    """It is looked at and taken away."""
    what = "Look at the vehicle and ask the DVLA for its keeper: is it abandoned?"
    do(journey, ASHBY, what, decision="abandoned", reason="No keeper at the DVLA.")
    do(journey, ASHBY, "Have the vehicle taken away", note="Towed.")
    return "removed"


def alarm(journey: Journey) -> str:
    """It is looked into at once, and stopped."""
    team = "environmental-health"
    what = "Read the complaint and the diary: do we investigate?"
    do(journey, ASHBY, what, team=team, decision="investigate", reason="All night.")
    what = "Visit, or record: is it a statutory nuisance?"
    do(journey, ASHBY, what, team=team, decision="nuisance", reason="Heard it at 2am.")
    do(journey, ASHBY, "Have the noise stopped, by word or by notice", team=team, decision="stopped", reason="Rang.")
    return "stopped"


# --- order, pay, renew ---


def owed(journey: Journey) -> Page:
    """Go on to pay from the tracking page."""
    page = journey.track()
    journey.on(page, journey.said("Pay now"))
    assert PAYING.search(page.url)
    return page


def bin_(journey: Journey) -> str:
    """It is paid for, then brought."""
    pay(journey, owed(journey))
    do(journey, ASHBY, "Deliver a bin", note="Left at the door.")
    return "delivered"


def permit(journey: Journey) -> str:
    """It is checked, the adviser sends the link, the caller pays, and it is given."""
    what = "Is the address in a permit zone, and is what they showed enough?"
    do(journey, MARCHSHIRE, what, team="parking", decision="give", reason="Zone A, with a bill.")
    journey.on(journey.look_at_desk(), "Send a payment link")
    settle()
    assert journey.said("Pay for %(reference)s") % {"reference": journey.reference} in journey.track().inner_text(
        "main"
    )
    pay(journey, owed(journey))
    what = "Issue it: write the permit's number and last day, or that the vouchers are posted"
    do(journey, MARCHSHIRE, what, team="parking", note="Permit A-1042.")
    return "issued"


def renewed(journey: Journey) -> str:
    """It is paid for, and goes on."""
    pay(journey, owed(journey))
    return "subscribed"


# --- apply, with evidence and a decision ---


def exempt(journey: Journey) -> str:
    """One officer has seen the paper and decides; another confirms."""
    until = today() + NEXT_YEAR
    said = {"checked__account": SEEN, "checked__papers": SEEN, "decision": "exempt", "until": until, "reason": "Care."}
    page = do(journey, ASHBY, "Decide on a council tax discount or exemption", **said)
    assert "hole.jpg" in page.inner_text("main"), "the evidence lies with the case"
    do(journey, ASHBY, "Confirm an exemption: not by whoever decided on it", role="manager", **said)
    return "exempt"


def reduction(journey: Journey) -> str:
    """An officer sees all four and awards it."""
    seen = dict.fromkeys(("checked__identity", "checked__household", "checked__income", "checked__capital"), SEEN)
    what = "Decide on a claim for council tax reduction"
    do(journey, ASHBY, what, **seen, decision="award", amount="12.50", reason="Guarantee credit.")
    return "award"


def meals(journey: Journey) -> str:
    """An officer sees the benefit and the child."""
    said = {"checked__benefit": SEEN, "checked__child": SEEN, "decision": "free", "reason": "Universal Credit."}
    do(journey, MARCHSHIRE, "Decide on free school meals", team="schools", **said)
    return "free"


# --- tell us about a change ---


def moved(journey: Journey) -> str:
    """Who pays from which day is decided, and the bills go out."""
    said = {"checked__account": SEEN, "checked__liable": SEEN, "decision": "changed", "reason": "As they said."}
    do(journey, ASHBY, "Decide who is liable from which day", **said)
    do(journey, ASHBY, "Change the accounts, send the bills, pay back what was paid too much", note="Sent.")
    return "changed"


def more_rent(journey: Journey) -> str:
    """The benefit is worked out again."""
    seen = dict.fromkeys(("checked__identity", "checked__rent", "checked__household", "checked__means"), SEEN)
    do(journey, ASHBY, "Decide on Housing Benefit", **seen, decision="award", amount="20.00", reason="The new rent.")
    return "award"


# --- book ---


def birth(journey: Journey) -> str:
    """A time is chosen and paid for; then it is booked."""
    page = journey.track()
    journey.on(page, journey.said("Choose a day"))
    journey.on(page, journey.said("Continue"))
    assert page.title().startswith(journey.said("Error:"))
    page.locator('[name="slot"]').first.check()
    press(page, journey.said("Continue"))
    if "/cases/" in page.url:  # the payment is being made ready
        settle()
        if journey.scripts:
            page.wait_for_url(PAYING)
        else:
            press(page, journey.said("Go on"), "link")
    pay(journey, page)
    return ""


def tip(journey: Journey) -> str:
    """The adviser chooses the time with the caller."""
    page = journey.look_at_desk()
    journey.on(page, "Choose a day with the caller")
    page.locator('[name="slot"]').first.check()
    journey.on(page, "Keep this day")
    settle()
    return ""


def adviser(journey: Journey) -> str:
    """A time is chosen by the API."""
    days = journey.api("get", "/days")
    chosen = journey.api("put", "/day", {"slot": days[3]["id"]})
    settle()
    assert chosen["day"] == days[3]
    return ""


# --- ask or complain, by a clock of the law ---


def information(journey: Journey) -> str:
    """It is answered within twenty working days: Freedom of Information Act 2000 s.10."""
    do(journey, MARCHSHIRE, "Look for what is asked, and answer", decision="given", reason="Fourteen.")
    return "given"


def penalty(journey: Journey) -> str:
    """It is cancelled, within the days that the law sets."""
    what = "Decide the challenge; read every paper, and weigh good reasons even where the rule was broken"
    do(journey, MARCHSHIRE, what, team="parking", decision="cancel", reason="The sign could not be read.")
    return "cancelled"


def complained(journey: Journey) -> str:
    """It is acknowledged, then answered."""
    complaint(journey)
    return "partly-upheld"


# --- urgent ---


def home(journey: Journey) -> str:
    """The team alone has it, before all else, rings, plans and finds a home."""
    first(journey, ASHBY, "housing-options", "Ring about a home tonight")
    do(journey, ASHBY, "Ring about a home tonight", team="housing-options", decision="plan", reason="A sofa until May.")
    what = "Assess and agree the personal plan (s.189A)"
    do(journey, ASHBY, what, team="housing-options", note="Written together.")
    what = "Help to keep or find a home, and say how it ended (s.189B, s.195)"
    do(journey, ASHBY, what, team="housing-options", decision="home", reason="A flat.")
    return "home"


def care(journey: Journey) -> str:
    """The team rings and gives advice."""
    first(journey, MARCHSHIRE, "adult-care", "Ring about care and decide how soon")
    what = "Ring about care and decide how soon"
    do(journey, MARCHSHIRE, what, team="adult-care", decision="advice", reason="A rail for the bath.")
    return "advice"


def concern(journey: Journey) -> str:
    """The team reads it and offers help."""
    what = "Read it and decide: is anybody at risk?"
    first(journey, MARCHSHIRE, "safeguarding", what)
    do(journey, MARCHSHIRE, what, team="safeguarding", decision="support", reason="Lonely, not at risk.")
    what = "Offer help (Children Act s.17, Care Act s.9) or hand on"
    do(journey, MARCHSHIRE, what, team="safeguarding", note="A visitor comes.")
    return "helped"


def first(journey: Journey, body: int, team: str, what: str) -> None:
    """See that it stands before every list of its team, and in no colleague's."""
    page = journey.window("/staff/queue/?show=all", account_of(body, "officer", team))
    assert page.locator("main table").first.locator(f"tr:has-text('{journey.reference}')").count() == 1
    address = page.get_by_role("link", name=what).first.get_attribute("href")
    colleague = account_of(body, "officer")
    page = journey.window("/staff/queue/?show=all", colleague)
    assert journey.reference not in page.inner_text("main")
    journey.eyes.refused(address, 404, journey.width, colleague)


WORK = {
    ("report", "web"): graffiti,
    ("report", "desk"): vehicle,
    ("report", "api"): alarm,
    ("order", "web"): bin_,
    ("order", "desk"): permit,
    ("order", "api"): renewed,
    ("apply", "web"): exempt,
    ("apply", "desk"): reduction,
    ("apply", "api"): meals,
    ("change", "web"): moved,
    ("change", "desk"): more_rent,
    ("change", "api"): moved,
    ("book", "web"): birth,
    ("book", "desk"): tip,
    ("book", "api"): adviser,
    ("ask", "web"): information,
    ("ask", "desk"): penalty,
    ("ask", "api"): complained,
    ("urgent", "web"): home,
    ("urgent", "desk"): care,
    ("urgent", "api"): concern,
}
