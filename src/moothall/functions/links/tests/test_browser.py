"""The operator's page in a real browser, with something to say."""

import pytest
from tests.world import BORLEY, account_of

from moothall.core import queue
from moothall.core.clock import now
from moothall.functions.links import rules
from moothall.functions.links.tests.conftest import dump_reported

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_the_link_s_health_is_readable_when_something_failed(visit, system, settings, monkeypatch, width):
    settings.DEMO = True
    dump_reported()
    queue.run_pending(at=now())
    monkeypatch.setattr(rules.signed, "WAITS", ())
    dump_reported()
    queue.run_pending(at=now())
    page = visit("/links/", width=width, account=account_of(BORLEY, "operator"))
    page.get_by_text("1 thing needs somebody").wait_for()
    visit.check(page)
