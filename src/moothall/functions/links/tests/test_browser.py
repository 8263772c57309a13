"""The operator's page in a real browser, with something to say."""

import pytest
from tests.world import BORLEY, account_of

from moothall.core import queue
from moothall.core.clock import now
from moothall.core.scope import scoped
from moothall.functions.links import actions, rules
from moothall.functions.links.tests.conftest import DISTRICT, OPERATOR, dump_reported

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_links_are_readable_when_something_failed_a_key_is_changed_and_rows_are_set_aside(
    visit, system, settings, monkeypatch, width
):
    settings.DEMO = True
    dump_reported()
    queue.run_pending(at=now())
    monkeypatch.setattr(rules.signed, "WAITS", ())
    dump_reported()
    queue.run_pending(at=now())
    page = visit("/links/", width=width, account=account_of(BORLEY, "operator"))
    page.get_by_text("1 thing needs somebody").wait_for()
    visit.check(page)
    with scoped(DISTRICT):
        told = {"at": now(), "by": OPERATOR}
        actions.change_key(system=system, **told)
        other = actions.connect(body_id=BORLEY, function="old-complaints", name="Old complaints", **told,
                                steps=("complaint/stage_one", "complaint/stage_two", "waste.clear"))  # fmt: skip
        found = [(7, "output_cleared: Input should be a valid boolean, unable to interpret input")]
        actions.set_aside(system=other, file=f"answers-{'2026-11-22' * 8}.csv", found=found, **told)
    for function, says in (("waste", "The key before"), ("old-complaints", "Rows of its files")):
        page.goto(f"{visit.site}/links/systems/{function}/")
        page.get_by_text(says).first.wait_for()
        visit.check(page)
