"""One leaves, by pages alone: what it means, the decision, who does what, the letters, the day, and the archive."""

import hashlib
import zipfile

import pytest
from tests.journeys.test_one_leaves import today
from tests.work_done import agreed, asked, provided, worked
from tests.world import ASHBY, BORLEY, account_of

from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.browser


def _write(page, label, text):
    page.get_by_label(label).fill(text)


def _says(page, words):
    page.get_by_text(words).first.wait_for()


def _day(page, name, day):
    for part in ("day", "month", "year"):
        page.locator(f"[name={name}-{part}]").fill(str(getattr(day, part)))


def _time_passes(owner):
    """Let the day come: what was decided today was decided twenty days ago, for today."""
    owner.execute(
        "update leaving_departure set leaves = current_date, decided_on = current_date - 20, "
        "recorded_at = recorded_at - interval '20 days'"
    )


def test_one_leaves(visit, owner, tmp_path):
    provided()
    agreed()
    worked(1)
    theirs = asked(now(), ASHBY)
    councillor, officer = account_of(BORLEY, "councillor"), account_of(BORLEY, "monitoring-officer")

    page = visit("/staff/leaving/", account=councillor)
    page.get_by_role("link", name="Record our decision to leave").click()
    _day(page, "leaves", today().replace(year=today().year + 1))
    _write(page, "Why do we leave?", "We join the platform of our new neighbours.")
    _write(page, "Where do residents find us afterwards?", "https://www.borley.example")
    _write(page, "And by phone", "01632 960 000")
    _write(page, "Who decided?", "Full council")
    _write(page, "Where is it minuted?", "C/26/201")
    page.get_by_role("button", name="Record the decision").click()
    _says(page, "is recorded and published")
    _says(page, "Say who does this afterwards")

    page = visit("/staff/leaving/", account=officer)
    page.get_by_role("button", name="Say who does what afterwards").click()
    for one in page.locator("select").all():
        one.select_option("own")
    page.locator("[name=who_complaint]").select_option("other")
    _write(page, "If somebody else does “Make a complaint”, who?", "Fen District Council")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="What residents with an open request will be told").click()
    _says(page, "Until now Borley District Council did this work for Ashby")
    _says(page, "Nid oes angen i chi wneud dim")
    visit.check(page)
    assert "Borley District Council leaves" in visit("/leaving/borley/").content()
    assert "Borley District Council leaves this platform" in visit("/bodies/borley/").content()

    _time_passes(owner)
    page = visit("/staff/leaving/", account=officer)
    page.get_by_role("button", name="Carry it out now").click()
    _says(page, "It will begin in a moment")
    visit.check(page)
    queue.run_pending(at=now())

    page = visit("/staff/leaving/", account=officer)
    _says(page, "Hand open requests over and write to residents")
    _says(page, "Final")
    visit.check(page)
    page.locator("table", has_text="Checksum").get_by_role("link").first.click()
    digest = page.locator("code").first.inner_text()
    visit.check(page)
    _write(page, "What do you need it for?", "To bring it to the new platform.")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download it").click()
    taken.value.save_as(tmp_path / "archive.zip")
    assert hashlib.sha256((tmp_path / "archive.zip").read_bytes()).hexdigest() == digest
    assert zipfile.ZipFile(tmp_path / "archive.zip").testzip() is None

    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        case = cases.case_file(theirs).case
    assert (case.provider_id, case.seen_by) == (ASHBY, [ASHBY])
    assert "has left" in visit("/leaving/borley/").content()
    visit("/staff/queue/", account=account_of(BORLEY, "officer"), status=403)


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_residents_and_staff_are_shown_where_things_went(visit, width, scripts):
    from tests.journeys.test_one_leaves import carried, decided, say_all

    provided()
    own = asked(now(), BORLEY)
    with scoped(Scope(bodies=(BORLEY,), purpose="test")):
        reference = cases.case_file(own).case.reference
    decided()
    say_all()
    carried()
    page = visit("/track/", width=width, scripts=scripts)
    _write(page, "Reference", reference)
    page.locator("[name=contact]").fill("una@example.org")
    page.get_by_role("button").last.click()
    _says(page, "goes on with this there")
    assert "Write to us about this" not in page.content()
    visit.check(page)
    visit.check(visit("/bodies/borley/", width=width, scripts=scripts))
    visit.check(visit("/leaving/borley/", width=width, scripts=scripts))
    officer = account_of(BORLEY, "monitoring-officer")
    page = visit("/staff/leaving/", width=width, scripts=scripts, account=officer)
    visit.check(page)
    page.locator("table", has_text="Checksum").get_by_role("link").first.click()
    page.get_by_role("button", name="Download it").click()  # without a purpose it is asked for again
    _says(page, "Write what you need it for")
    visit.check(page)
    visit.check(visit("/staff/leaving/letters/", width=width, scripts=scripts, account=officer))
