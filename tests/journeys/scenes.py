"""
What no link leads to: pages that follow a form, mistakes, refusals, empty lists, and the pages for when nothing works.

Each scene is played in one width; `plant` leaves open work for the wanderers to find.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests import world
from tests.journeys.asking import Journey, press
from tests.journeys.looking import Eyes
from tests.journeys.working import today

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core import messages, privacy
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Account
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.functions.highways.tests.test_pages import ordered, reported
from moothall.people import actions as people

NOBODY = Scope(purpose="front door", actor=Actor("contact"))
CLERK = Actor("staff", "1", world.ASHBY)
ASKER = {"name": "Ann Example", "email": "ann@post.example"}


def plant() -> None:
    """Leave a hole to look at, a job, rubbish to clear, items without a day, a letter, and a person known twice."""
    reported()
    ordered(240)
    place = bodies.place_of_dwelling(world.MILL_LANE_14)
    rubbish = {"where": place, "what": ["bags"], "amount": "bag", "land": "public", "blocks": False, "saw": False}
    _open("fly-tipping", place, rubbish)
    items = {"where": place, "home": True, "items": ["bed"], "count": 1, "low_income": True, "put_out": "side"}
    _open("bulky-waste", place, items | {"agreed": True})
    said = {"at": now(), "by": CLERK}
    with scoped(Scope(bodies=(world.ASHBY,), purpose="test", actor=CLERK)):
        for _ in range(2):
            person = people.record_person(body_id=world.ASHBY, name=ASKER["name"], **said)
            people.add_contact(person_id=person, body_id=world.ASHBY, kind="email", value=ASKER["email"], **said)
        privacy.ask_for_pack(person_ids=[person], body_id=world.ASHBY, **said)
    clerk = Actor("staff", "1", world.BORLEY)
    with scoped(Scope(bodies=(world.BORLEY,), purpose="test", actor=clerk)):
        messages.send(
            body_id=world.BORLEY, channel="letter", to="Ann Example\n14 Mill Lane\nZM1 2AB", subject="Your bin",
            text="It is new.", template="x", at=now(), by=clerk,
        )  # fmt: skip
    run_pending(at=now())


def _open(service: str, place: dict, answers: dict) -> casework.Opened:
    with scoped(NOBODY):
        opened = casework.open_case(
            service_id=service, answers=answers, place=place, contact=ASKER, channel="web", at=now(), by=NOBODY.actor
        )
    run_pending(at=now())
    return opened


# --- residents ---


def a_neighbours_report_is_followed(eyes: Eyes, width: int) -> None:
    """A hole that is known already is offered to be followed."""
    page = _at_first_question(eyes, width, "14 Mill Lane, Ashby")
    press(page)
    eyes.look(page)
    page.get_by_role("button", name="Yes: follow this one").first.click()
    page.wait_for_url("**/follow/**")
    _on(eyes, page)
    page.get_by_label("Email address").fill("bob@post.example")
    _on(eyes, page)
    assert "You follow this report" in page.inner_text("main")


def answers_are_kept_for_later(eyes: Eyes, width: int) -> None:
    """A code is sent; a wrong one is refused."""
    page = _at_first_question(eyes, width, "1 Hornbeam Croft, Ashby")
    press(page)
    if "/nearby/" in page.url:
        page.get_by_role("button", name="No: mine is different").click()
        page.wait_for_url("**/ask/**")
    _on(eyes, page, "Save this and come back later", "link")
    _on(eyes, page, "Send me a code")
    page.get_by_label("Email address").fill("kept@post.example")
    _on(eyes, page, "Send me a code")
    page = eyes("/drafts/", width=width)
    eyes.look(page)
    page.get_by_label("Email address").fill("kept@post.example")
    _on(eyes, page, "Send me a code")
    page.get_by_label("Code", exact=True).fill("000000")
    _on(eyes, page)


def a_place_is_somebody_elses(eyes: Eyes, width: int) -> None:
    """Who chooses a place outside is told whose it is."""
    page = _at_first_question(eyes, width, "Eastwold")
    choices = page.get_by_role("radio")
    if choices.count():
        choices.first.check()
    _on(eyes, page)
    assert "looks after that place" in page.inner_text("main")


def a_case_is_changed(eyes: Eyes, width: int) -> None:
    """Somebody writes, adds, cancels, and opens it again."""
    place = bodies.place_of_dwelling(world.MILL_LANE_14)
    answers = {"where": place, "kind": "light", "fault": "out"}
    page = eyes("/track/", width=width)
    _on(eyes, page)
    page.get_by_label("Reference").fill(_open("street-light", place, answers).reference)
    page.get_by_label("Email address, phone number or postcode").fill(ASKER["email"])
    _on(eyes, page)
    for words, button in (("Write to us about this", "Send message"), ("Add something", "Add it")):
        page.get_by_role("button", name=words).click()
        page.wait_for_url("**/write/" if "Write" in words else "**/add/")
        _on(eyes, page, button)
        page.get_by_role("textbox").first.fill("It blinks as well.")
        _on(eyes, page, button)
    _on(eyes, page, "Cancel this", "link")
    _on(eyes, page, "Cancel it")
    _on(eyes, page, "Open it again", "link")
    _on(eyes, page, "Open it again")
    page.get_by_role("textbox").first.fill("It is out again.")
    _on(eyes, page, "Open it again")
    press(page, "Complain about how we dealt with this")
    eyes.look(page)


def a_payment_is_slow(eyes: Eyes, width: int) -> None:
    """The bank takes its time."""
    place = bodies.place_of_dwelling(world.MILL_LANE_14)
    opened = _open("garden-waste", place, {"where": place, "start": "here", "bins": 1, "agreed": True})
    page = eyes("/track/", width=width)
    page.get_by_label("Reference").fill(opened.reference)
    page.get_by_label("Email address, phone number or postcode").fill(ASKER["email"])
    _on(eyes, page)
    for button in ("Pay now", "Pay by card"):
        press(page, button)
    page.get_by_label("Pay, but the bank takes its time", exact=True).check()
    press(page)
    page.get_by_role("heading", name="We are waiting for the bank").wait_for()
    eyes.look(page)


def somebody_new_has_nothing_yet(eyes: Eyes, width: int) -> None:
    """Empty pages of a resident's own say what will appear there."""
    account = Account.objects.create_user(f"new{width}@post.example", name="New Example")
    for path in ("/account/", "/account/details/", "/account/readings/", "/outbox/"):
        eyes.look(eyes(path, width=width, account=account))


def words_nobody_knows_find_nothing(eyes: Eyes, width: int) -> None:
    """A search without an answer says what to try."""
    for path in ("/services/find?q=qqqqqq", "/bins/?q=qqqqqq", "/where/?q=qqqqqq", "/services/find"):
        eyes.look(eyes(path, width=width))


def it_is_said_in_welsh(eyes: Eyes, width: int) -> None:
    """The longer words fit as well."""
    page = eyes("/language/cy/?next=/services/bulky-waste/", width=width)
    for path in ("", "/", "/track/", "/performance/", "/accessibility/"):
        if path:
            page.goto(eyes.site + path)
        assert page.locator("html").get_attribute("lang") == "cy"
        eyes.look(page)


def the_style_guide_shows_every_kind_of_page(eyes: Eyes, width: int) -> None:
    """Also those that are shown when something did not work. The style guide's own test looks at them closely."""
    page = eyes("/styleguide/", width=width)
    for path in page.evaluate("[...document.querySelectorAll('main a[href]')].map(a => a.pathname)"):
        assert page.goto(eyes.site + path).status == 200
    for code in ("400", "403", "403_csrf", "404", "429", "500"):
        page.goto(f"{eyes.site}/styleguide/{code}/")
        eyes.wrongs[page].clear()
        eyes.look(page)


def signing_in_has_pages_of_its_own(eyes: Eyes, width: int) -> None:
    """For codes, passkeys, and another organisation's sign-in; the tests of site go through them."""
    for path in ("signup/", "login/code/", "password/reset/", "3rdparty/login/cancelled/"):
        eyes.look(eyes(f"/sign-in/{path}", width=width))
    eyes.refused("/sign-in/3rdparty/login/error/", 401, width)
    officer = world.account_of(world.ASHBY, "officer")
    for path in ("2fa/", "2fa/webauthn/"):
        eyes.look(eyes(f"/sign-in/{path}", width=width, account=officer))


# --- staff ---

MISTAKES = (
    ((world.MARCHSHIRE, "crew"), "highways:not_possible", "Send"),
    ((world.ASHBY, "crew"), "waste:not_done", "Save"),
    ((world.ASHBY, "manager"), "waste:note", "Save"),
    ((world.ASHBY, "manager"), "waste:incomplete", "Save"),
    ((world.ASHBY, "manager"), "/diaries/bulky-waste/", "Open these days"),
    ((world.ASHBY, "manager"), "bring-in", "Bring them in"),
)
"""Who leaves which form empty, by its address or the view that a wanderer found, and with which button."""


def forms_are_left_empty(eyes: Eyes, width: int) -> None:
    """Each says what to do."""
    for (body, role), view, button in MISTAKES:
        address = view if view.startswith("/") else eyes.address_of(view)
        page = eyes(address, width=width, account=world.account_of(body, role))
        _on(eyes, page, button)
        assert page.title().startswith("Error:"), view


def an_adviser_chooses_the_day(eyes: Eyes, width: int) -> None:
    """For a caller who asked for a collection and has no day yet."""
    place = bodies.place_of_dwelling(world.MILL_LANE_14)
    items = {"where": place, "home": True, "items": ["bed"], "count": 1, "low_income": False, "put_out": "side"}
    opened = _open("bulky-waste", place, items | {"agreed": True})
    page = eyes(f"/desk/?q={opened.reference}", width=width, account=world.account_of(world.ASHBY, "adviser"))
    _on(eyes, page, "Have large items collected, 14 Mill Lane, Ashby, ZM1 1EF", "link")
    _on(eyes, page, "Choose a day with the caller")
    _on(eyes, page, "Keep this day")
    page.get_by_role("radio").first.check()
    _on(eyes, page, "Keep this day")
    assert "kept while they pay" in page.inner_text("main")


def the_outsider_sees_empty_pages(eyes: Eyes, width: int) -> None:
    """Eastwold has staff of its own and no work: each list says what would be there."""
    for role in ("adviser", "officer"):
        account = world.account_of(world.EASTWOLD, role)
        page = eyes("/staff/", width=width, account=account)
        own = page.evaluate("[...document.querySelectorAll('.mh-nav a, nav a')].map(a => a.getAttribute('href'))")
        for path in dict.fromkeys(own):
            page.goto(eyes.site + path)
            eyes.look(page)
            assert "Mill Lane" not in page.inner_text("main"), path


# --- when it does not work ---


def what_is_not_there_is_not_found(eyes: Eyes, width: int) -> None:
    """Neither an unknown page nor somebody else's case."""
    eyes.refused("/nothing/like/this/", 404, width)
    officer = world.account_of(world.EASTWOLD, "officer")
    eyes.refused(eyes.address_of("casework:work"), 404, width, officer)


def a_page_is_for_other_roles(eyes: Eyes, width: int) -> None:
    """And whoever is not signed in is asked to."""
    eyes.refused("/ledger/reconciliation/", 403, width, world.account_of(world.MARCHSHIRE, "crew"))
    page = eyes("/staff/queue/", width=width)
    assert "/sign-in/" in page.url
    _on(eyes, page)


def too_many_tries_are_refused(eyes: Eyes, width: int) -> None:
    """Looking up a case is not for guessing."""
    page = eyes("/track/", width=width)
    for _ in range(25):  # twice as often as is let through: a new window may begin meanwhile
        page.get_by_label("Reference").fill("MAR-0000-000Z")
        page.get_by_label("Email address, phone number or postcode").fill("ann@example.org")
        press(page)
        if "too often" in page.inner_text("body"):
            break
    assert "too often" in page.inner_text("body")
    eyes.wrongs[page].clear()
    eyes.look(page)


def a_page_was_open_too_long(eyes: Eyes, width: int) -> None:
    """Its form comes without the token we gave it."""
    page = eyes("/track/", width=width)
    page.context.clear_cookies()
    press(page)
    eyes.wrongs[page].clear()
    eyes.look(page)
    assert "open too long" in page.inner_text("main")


def a_form_is_not_one_of_ours(eyes: Eyes, width: int) -> None:
    """It holds far more than any of ours."""
    page = eyes("/track/", width=width)
    page.evaluate("""() => { const form = document.querySelector('main form');
      for (let n = 0; n < 600; n++) { const box = document.createElement('input'); box.type = 'hidden';
        box.name = `n${n}`; form.append(box); } }""")
    press(page)
    eyes.wrongs[page].clear()
    eyes.look(page)
    assert "could not read that" in page.inner_text("main")


def something_breaks(eyes: Eyes, width: int) -> None:
    """The page for that needs nothing that could be broken as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("moothall.site.views.catalogue.services", lambda: 1 / 0)
        eyes.refused("/", 500, width)


SCENES: tuple[Callable[[Eyes, int], None], ...] = (
    a_neighbours_report_is_followed,
    answers_are_kept_for_later,
    a_place_is_somebody_elses,
    a_case_is_changed,
    a_payment_is_slow,
    somebody_new_has_nothing_yet,
    words_nobody_knows_find_nothing,
    it_is_said_in_welsh,
    the_style_guide_shows_every_kind_of_page,
    signing_in_has_pages_of_its_own,
    forms_are_left_empty,
    an_adviser_chooses_the_day,
    the_outsider_sees_empty_pages,
    what_is_not_there_is_not_found,
    a_page_is_for_other_roles,
    too_many_tries_are_refused,
    a_page_was_open_too_long,
    a_form_is_not_one_of_ours,
    something_breaks,
)


def _at_first_question(eyes: Eyes, width: int, address: str) -> Page:
    """Begin to report a hole and find a place."""
    page = eyes("/services/report-pothole/ask", width=width)
    eyes.look(page)
    Journey(eyes, "report-pothole", width, True, address, "", today()).place(page, "where")
    return page


def _on(eyes: Eyes, page: Page, name: str = "Continue", role: str = "button") -> None:
    press(page, name, role)
    eyes.look(page)
