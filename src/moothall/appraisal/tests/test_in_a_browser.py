"""An officer builds a case; it is blocked, then mended; a union works it out anew; a councillor reads it by phone."""

import re

import pytest
from tests import world
from tests.world import ASHBY

from moothall.appraisal import actions
from moothall.appraisal.queries import templates
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.browser
VOICE = {"who": "Users", "on": "2026-11-01", "says": "Where do we go if the counter closes?"}
HARM = {"subject": "age", "options": ["in-house"], "what": "Further to walk", "adverse": True, "source": "Survey"}


@pytest.fixture
def begun(real_db):
    document = templates.template("in-house") | {"voices": [VOICE], "impacts": [HARM], "points": 512}
    by = Actor("system", "tests", ASHBY)
    with scoped(Scope(bodies=(ASHBY,), purpose="tests", actor=by)):
        return actions.begin(body_id=ASHBY, document=document, why="A trial", at=now(), by=by)


class Walk:
    """One person's window: every page that it comes to is checked."""

    def __init__(self, visit, path, width, account=None):
        self.visit, self.page = visit, visit(path, width=width, account=account)
        visit.check(self.page)

    def go(self, link):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=re.compile(link)).first.click()
        self.visit.check(self.page)

    def press(self, button, refused=False):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        if refused:  # the browser itself notes that the answer is no success
            self.visit.wrongs[self.page].clear()
        self.visit.check(self.page)

    def fill(self, label, value):
        self.page.get_by_label(label).first.fill(value)


def test_a_case_is_built_blocked_mended_published_and_worked_out_anew(visit, begun):
    officer = Walk(visit, "/staff/appraisals/", 1280, world.account_of(ASHBY, "manager"))
    officer.press("Begin an appraisal")
    officer.go("Appraisals")
    officer.go(begun.title[:20])
    officer.go("Close the case")
    officer.fill("Why?", "The committee meets on Tuesday")
    officer.press("Close the case", refused=True)
    said = officer.page.content()
    assert "has no reply" in said
    assert "harm to age stands" in said
    officer.page.goto(officer.page.url.replace("/do/close/", "/in/voices/0/"))
    visit.check(officer.page)
    officer.fill("The reasoned reply (optional)", "The counter stays open on two days a week, by plan.")
    for part, value in (("Day", "22"), ("Month", "11"), ("Year", "2026")):
        officer.page.get_by_role("group", name="Replied on which day?").get_by_label(part).fill(value)
    officer.fill("Why?", "Answered at the panel")
    officer.press("Keep it")
    mended = [HARM | {"mitigation": "A bus stops at the door", "owner": "Head of service"}]
    _look_at_the_rest(begun, mended)
    officer.page.goto(f"{officer.page.url.split('/staff/')[0]}/staff/appraisals/at/{begun.slug}/")
    for link, act in (
        ("Close the case", "Close the case"),
        ("Freeze it", "Freeze the case"),
        ("Publish it", "Publish"),
    ):
        officer.go(link)
        officer.fill("Why?", "Nothing keeps it open")
        officer.press(act)
    assert "Published. Everybody can read it" in officer.page.content()

    councillor = Walk(visit, f"/appraisals/{begun.slug}/", 320)
    assert "costs society least" in councillor.page.content()
    union = Walk(visit, f"/appraisals/{begun.slug}/1/yours/", 320)
    union.fill("Posts after redesign in house", "57")
    union.press("Work it out")
    assert "Yours beside the official result" in union.page.content()
    assert "in the official result it is" in union.page.content()


def _look_at_the_rest(row, impacts):
    """Let an officer look at every other subject, as the form would once for each."""
    subjects = (
        "disability", "gender-reassignment", "marriage", "maternity", "race", "religion", "sex", "orientation",
        "environment", "inclusion", "economy", "health",
    )  # fmt: skip
    rest = [
        {"subject": one, "options": ["in-house"], "what": "No effect found", "adverse": False, "source": "Assessment"}
        for one in subjects
    ]
    by = Actor("system", "tests", ASHBY)
    with scoped(Scope(bodies=(ASHBY,), purpose="tests", actor=by)):
        actions.change(
            case_id=row.pk, changes=[(("impacts",), [*impacts, *rest])], why="Looked at", seen=99, at=now(), by=by
        )


def test_every_kind_of_place_is_readable_on_a_phone(visit, begun):
    at = f"/staff/appraisals/at/{begun.slug}/"
    window = visit(at, width=320, account=world.account_of(ASHBY, "manager"))
    for path in ("", "in/options/in-house/lines/pay/", "in/inputs/", "result/", "do/seal/"):
        window.goto(f"{window.url.split('/staff/')[0]}{at}{path}")
        visit.check(window)
