"""
Somebody moves from one council to another, and tells everybody once, on a phone without scripts.

The county and both councils each have a request of their own, with its own clock; one summary tells of all; and what a
body's staff do not have to do with, they do not find.
"""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import Page
from tests.journeys.asked import Asked
from tests.journeys.asking import REFERENCE, Journey, fill_day, press
from tests.journeys.looking import Eyes
from tests.journeys.sevenths import do
from tests.journeys.working import settle, today
from tests.world import ASHBY, BORLEY, EASTWOLD, MARCHSHIRE, account_of, home_in

from moothall.bodies import queries as bodies
from moothall.bodies.models import Dwelling
from moothall.casework.models import Case
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.browser
EMAIL = "mover@post.example"
WANTED = {
    "into": ("council-tax-moving", BORLEY),
    "bins": ("new-bin", BORLEY),
    "rubbish": ("bulky-waste", ASHBY),
    "parking": ("parking-permit", MARCHSHIRE),
}
ANSWERS = {
    "hold": "own", "adults": "1", "which": "food", "why": "none", "items": "bed", "count": "1", "home": "yes",
    "low_income": "no", "put_out": "front", "kind": "resident", "start": "new", "held": "none",
    "vehicle": "AB12 CDE", "number": "", "papers": "", "proof": "", "more": "", "agreed": "on", "true_to_say": "on",
}  # fmt: skip


@pytest.fixture
def eyes(browser, served):
    """Yield somebody who looks at each page they come to."""
    cache.clear()
    visitor = Eyes(browser, served)
    yield visitor
    visitor.stop()


def label_in(body_id: int) -> str:
    """Return the address of a home that a district looks after."""
    uprn = home_in(body_id).removeprefix("uprn:")
    assert Dwelling.objects.filter(pk=uprn).exists()
    return bodies.place_of_dwelling(uprn)["label"]


def on(eyes: Eyes, page: Page, name: str = "Continue") -> None:
    press(page, name)
    eyes.look(page)


def answer(page: Page, name: str) -> None:
    """Answer one question that is left, as its own service asks it."""
    said = ANSWERS[name]
    choice = page.locator(f'[name="{name}"][value="{said}"]')
    if choice.count():
        choice.check()
    elif said == "on":
        page.locator(f'[type="checkbox"][name="{name}"]').check()
    elif said:
        page.locator(f'[name^="{name}"]:not([type="hidden"])').first.fill(said)


def ask_once(eyes: Eyes, page: Page) -> None:
    """Answer what all of them need to know: two homes and the day."""
    homes = {"old_home": label_in(ASHBY), "new_home": label_in(BORLEY)}
    while found := re.search(r"/ask/(\w+)/$", page.url):
        if found[1] == "day":
            fill_day(page, "day", today())
        else:
            page.locator(f'[name="{found[1]}-search"]').fill(homes[found[1]])
        on(eyes, page)
        if page.get_by_role("radio").count() and page.url.endswith(found[0]):
            page.get_by_role("radio").first.check()
            on(eyes, page)


def answer_the_rest(eyes: Eyes, page: Page) -> None:
    """Answer what is left of each, until all of them can be sent."""
    for _turn in range(30):
        if page.get_by_role("button", name="Check and send").count():
            return
        page.locator(".govuk-task-list__item:has(.govuk-tag) a").first.click()
        page.wait_for_load_state()
        while found := re.search(r"/ask/(\w+)/$", page.url.split("?")[0]):
            eyes.look(page)
            answer(page, found[1])
            press(page)
    raise AssertionError("the questions go on for ever")


def tell(eyes: Eyes) -> dict[str, Case]:
    """Find the life event by its words, choose four things, answer, and send; return the cases by service."""
    page = eyes("/", width=320, scripts=False)
    page.get_by_label("What do you need?").fill("moving house")
    on(eyes, page, "Find")
    press(page, "I am moving home", "link")
    eyes.look(page)
    on(eyes, page)
    assert page.title().startswith("Error:")
    for name in WANTED:
        page.locator(f'[name="wanted"][value="{name}"]').check()
    on(eyes, page)
    ask_once(eyes, page)
    assert page.get_by_role("heading", name="I am moving home").is_visible()
    press(page, "How we tell you what happens", "link")
    eyes.look(page)
    page.get_by_label("Email address").fill(EMAIL)
    on(eyes, page)
    answer_the_rest(eyes, page)
    on(eyes, page, "Check and send")
    assert page.inner_text("main").count(EMAIL) == 1
    on(eyes, page, "Send")
    said = page.inner_text("main")
    with scoped(Scope(bodies=(ASHBY, BORLEY, MARCHSHIRE), purpose="test")):
        cases = {case.service_id: case for case in Case.objects.filter(reference__in=re.findall(REFERENCE, said))}
    for name in ("Ashby", "Borley", "Marchshire"):
        assert name in said
    settle()
    return cases


def test_moving_home_is_told_once_and_each_of_three_bodies_has_its_own(eyes):
    cases = tell(eyes)
    assert {service: case.body_id for service, case in cases.items()} == dict(WANTED.values())
    assert len({case.promise_due.date() for case in cases.values()}) > 1, "each has a clock of its own"
    for body in (ASHBY, BORLEY, MARCHSHIRE, EASTWOLD):
        seen_by_staff(eyes, body, cases)
    county = Journey(eyes, "parking-permit", 320, False, "", EMAIL, today(), asked=Asked({}, {}))
    county.reference = cases["parking-permit"].reference
    what = "Is the address in a permit zone, and is what they showed enough?"
    do(county, MARCHSHIRE, what, team="parking", decision="no-zone", reason="Anybody may park there.")
    for service, case in cases.items():
        county.reference = case.reference
        ended = county.ended("not-needed") in county.track().inner_text("main")
        assert ended == (service == "parking-permit"), "the others go on"
    eyes.all_was_well()


def seen_by_staff(eyes: Eyes, body: int, cases: dict[str, Case]) -> None:
    """See that a body's adviser and officer find their own, and nothing of the others'."""
    adviser, officer = account_of(body, "adviser"), account_of(body, "officer")
    for case in cases.values():
        page = eyes(f"/desk/?q={case.reference}", width=320, scripts=False, account=adviser)
        found = page.locator(f'main a[href="/desk/cases/{case.pk}/"]').count()
        assert bool(found) == (case.body_id == body), (body, case.service_id)
        if not found:
            eyes.refused(f"/staff/cases/{case.pk}/", 404, 320, officer)
            eyes.refused(f"/desk/cases/{case.pk}/", 404, 320, adviser)
    page = eyes("/staff/queue/?show=all", width=320, scripts=False, account=officer)
    others = [case.reference for case in cases.values() if case.body_id != body]
    assert not [one for one in others if one in page.inner_text("main")]
    eyes.look(page)
