"""Core's pages in a real browser: readable at both widths, full and empty."""

import datetime as dt
import io

import pytest
from tests.browser import WIDTHS
from tests.world import MARCHSHIRE, account_of

from moothall.core import audit, files, messages, privacy, queue, sealing
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.ids import new_id
from moothall.core.scope import Scope, scoped
from moothall.core.tests.test_sniff import picture

pytestmark = pytest.mark.browser
BY = Actor("staff", "12", MARCHSHIRE)
LONG = "Cyngor Sir Gorllewin y Gororau: rydym wedi cael eich adroddiad am y twll mawr yn y ffordd"


@pytest.fixture
def busy(visit):
    """Give the county messages, a letter, files, requests and a sealed trail; return the person they are about."""
    at, person = now(), new_id()
    with scoped(Scope(bodies=(MARCHSHIRE,), purpose="test", actor=BY)):
        said = {"body_id": MARCHSHIRE, "template": "x", "person_id": person, "at": at, "by": BY}
        messages.send(
            channel="email", to="alex@example.com", subject=LONG, text=f"{LONG}\n\nhttps://a.example/", **said
        )
        messages.send(channel="letter", to="Alex Example\n14 Mill Lane\nZM1 2AB", subject=LONG, text=LONG, **said)
        files.keep(io.BytesIO(picture()), name="hole.jpg", body_id=MARCHSHIRE, person_id=person, at=at, by=BY)
        privacy.ask_for_pack(person_ids=[person], body_id=MARCHSHIRE, at=at, by=BY)
        privacy.ask_for_erasure(person_ids=[new_id()], body_id=MARCHSHIRE, because="asked for by letter", at=at, by=BY)
        for n in range(60):
            about = f"case:{new_id()}"
            audit.record(
                action="case.noted", object=about, body_id=MARCHSHIRE, at=at, by=BY, data={"n": n, "why": LONG}
            )
    queue.run_pending(at=at + dt.timedelta(seconds=1))
    with scoped(Scope(bodies=(MARCHSHIRE,), purpose="seal", actor=BY)):
        sealing.seal(body_id=MARCHSHIRE, at=at)
    return person


@pytest.mark.parametrize("width", WIDTHS)
def test_staff_pages_are_readable(visit, busy, width):
    pages = {
        "information-governance": [
            "/staff/privacy/",
            "/staff/privacy/?q=nobody",
            f"/staff/privacy/person/?person_ids={busy}",
            f"/staff/privacy/person/?person_ids={new_id()}",
        ],
        "auditor": ["/staff/audit/", "/staff/audit/?since=nonsense", "/staff/audit/?actor=none"],
        "officer": ["/outbox/", "/staff/letters/"],
    }
    for role, paths in pages.items():
        account = account_of(MARCHSHIRE, role)
        for path in paths:
            visit.check(visit(path, width=width, account=account))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_public_pages_are_readable(visit, busy, width, scripts):
    for path in ("/privacy/", "/outbox/"):
        visit.check(visit(path, width=width, scripts=scripts))
    page = visit("/outbox/", width=width, scripts=scripts, account=account_of(MARCHSHIRE, "officer"))
    page.get_by_role("link", name=LONG).first.click()
    page.wait_for_load_state()
    visit.check(page)


def test_a_letter_is_marked_as_posted_and_an_erasure_asks_why(visit, busy):
    page = visit("/staff/letters/", account=account_of(MARCHSHIRE, "officer"))
    page.get_by_role("button", name="Mark as posted").click()
    page.get_by_text("No letters wait").wait_for()

    page = visit(f"/staff/privacy/person/?person_ids={busy}", account=account_of(MARCHSHIRE, "information-governance"))
    page.get_by_role("button", name="Erase these data").click()
    page.get_by_text("There is a problem").wait_for()
    visit.check(page)
    page.get_by_label("Why are these data erased?").fill("asked for at the counter")
    page.get_by_label("I understand that this cannot be undone").check()
    page.get_by_role("button", name="Erase these data").click()
    page.get_by_text("These data are being erased").wait_for()
    page.get_by_text("asked for at the counter").wait_for()
    visit.check(page)
