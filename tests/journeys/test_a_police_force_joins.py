"""A police force joins by pages alone: from an invitation to the first question that it answers, in a real browser."""

import re

import pytest
from tests.world import MARCHSHIRE, account_of

from moothall.bodies import queries as bodies
from moothall.core.clock import now
from moothall.core.models import Account, Outgoing, OutgoingWords
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.browser
RHIAN, OWEN = "rhian.marlow@woldshire-police.example", "owen.reed@woldshire-police.example"
PEOPLE = f"""name,email,roles,team
Owen Reed,{OWEN},officer; information-governance,governance
Mair Lowe,mair.lowe@woldshire-police.example,finance,
"""


class Person:
    """Somebody at a browser: follows links, fills boxes in, presses buttons; every page is looked at on the way."""

    def __init__(self, visit, path, **who):
        self.visit, self.page = visit, visit(path, **who)
        self.page.set_default_timeout(15_000)

    def go(self, link: str) -> None:
        """Follow a link."""
        self.page.get_by_role("link", name=link, exact=True).last.click()
        self._look()

    def fill(self, **boxes: str) -> None:
        """Write into boxes, by their labels."""
        for label, words in boxes.items():
            self.page.get_by_label(label.replace("_", " "), exact=False).first.fill(words)

    def press(self, button: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self._look()

    def reads(self, words: str) -> None:
        """Wait until the page says something."""
        self.page.get_by_text(words).first.wait_for()

    def _look(self) -> None:
        self.page.wait_for_load_state()
        assert self.visit.quickly_wrong_with(self.page) == []


def account(email: str) -> Account:
    """Return the account with this address."""
    return Account.objects.get(email=email)


def invited(visit) -> None:
    """Marchshire's operator invites the force; whoever is named is written to."""
    operator = Person(visit, "/staff/joining/", account=account_of(MARCHSHIRE, "operator"))
    operator.press("Invite a body")
    operator.press("Let it begin")
    operator.reads("Write its full name.")
    operator.page.get_by_label("What kind of body is it?").select_option("police")
    operator.fill(**{
        "Its full name": "Woldshire Police", "Three letters": "WPO", "The end of its address": "woldshire-police",
        "Its own website": "https://www.woldshire-police.example/", "Who sets it up": "Rhian Marlow",
        "Their work e-mail": RHIAN,
    })  # fmt: skip
    operator.press("Let it begin")
    operator.reads("Woldshire Police can begin.")
    operator.reads("Being set up by its own people")


def set_up(visit) -> None:
    """The force's first person does all that the list asks for, and goes live."""
    rhian = Person(visit, "/staff/joining/", account=account(RHIAN))
    rhian.go("See how far it is")
    rhian.reads("7 of 9 things are still to do.")
    rhian.go("How its pages look")
    rhian.fill(**{"Header and buttons": "#ffee00", "The stripe beside it": "#f2c14e"})
    rhian.press("Keep these colours")
    rhian.reads("Choose a darker one")
    rhian.fill(**{"Header and buttons": "#123a5c"})
    rhian.press("Keep these colours")
    rhian.go("The area it answers for")
    for name in ("Eastwold", "Fenmouth"):
        rhian.page.get_by_label(name, exact=True).check()
    rhian.press("Set the area")
    rhian.reads("The area is set:")
    rhian.go("Services")
    rhian.fill(
        **{"Who decided?": "Board", "Reference of the decision": "B/26/4", "Day": "2", "Month": "3", "Year": "2026"}
    )
    rhian.page.get_by_label("No", exact=True).check()
    rhian.press("Take the starter pack")
    rhian.go("People")
    rhian.fill(**{"Or type it": PEOPLE.replace("officer;", "boss;")})
    rhian.press("Check it")
    rhian.reads("Line 2: There is no role “boss”")
    rhian.fill(**{"Or type it": PEOPLE})
    rhian.press("Check it")
    rhian.reads("All 2 lines will do.")
    rhian.press("Bring them in")
    rhian.reads("2 people can sign in.")
    rhian.go("Books")
    rhian.press("Open the books")
    rhian.go("Test cases")
    rhian.press("Try every service")
    rhian.reads("Does what it says")
    rhian.go("How far we are")
    rhian.reads("Everything is there. It can go live.")
    rhian.press("Go live")
    rhian.reads("Woldshire Police works here from now on.")
    rhian.reads("Live since")


def asked(visit) -> tuple[Person, str]:
    """A resident asks the force a question at its own front door; return them and their reference."""
    ann = Person(visit, "/b/woldshire-police/", width=320)
    ann.page.get_by_role("searchbox").or_(ann.page.get_by_label("What do you need?")).first.fill(
        "freedom of information"
    )
    ann.page.keyboard.press("Enter")
    ann.page.wait_for_load_state()
    ann.go("Ask for information we hold")
    ann.page.get_by_role("button", name="Start now").click()
    ann.page.get_by_label("What do you want to know?").fill("How many dogs do you keep?")
    ann.press("Continue")
    ann.page.get_by_label("By e-mail").check()
    ann.press("Continue")
    ann.page.get_by_label("Email address").fill("ann@people.example")
    ann.press("Continue")
    ann.press("Send")
    return ann, re.search(r"WPO-\d{4}-\d{3}\w", ann.page.content())[0]


def answered(visit, reference: str) -> None:
    """The officer who was brought in finds it in the queue and answers."""
    owen = Person(visit, "/staff/queue/", account=account(OWEN))
    owen.go("Look for what is asked, and answer")
    owen.reads("How many dogs do you keep?")
    assert reference in owen.page.content()
    form = owen.page.locator('form[action$="finish/"]')
    form.locator('[name="step-decision"][value="given"]').check()
    form.locator('[name="step-reason"]').fill("Eleven, and one cat.")
    form.locator("button").first.click()
    owen.page.wait_for_load_state()


def test_from_nothing_to_a_first_question_answered(visit):
    invited(visit)
    run_pending(at=now())
    set_up(visit)
    run_pending(at=now())
    ann, reference = asked(visit)
    run_pending(at=now())
    answered(visit, reference)
    run_pending(at=now())
    ann.page.goto(f"{visit.site}/cases/{reference}/")
    ann.reads("Eleven, and one cat.")
    force = bodies.body("woldshire-police")
    with scoped(Scope(bodies=(force.id,), purpose="test")):
        sent = Outgoing.objects.filter(body_id=force.id).values_list("pk", flat=True)
        words = " ".join(OutgoingWords.objects.filter(outgoing_id__in=sent).values_list("text", flat=True))
    assert "Eleven, and one cat." in words
