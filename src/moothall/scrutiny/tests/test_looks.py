"""The public page in a real browser."""

import datetime as dt
from uuid import uuid4

import pytest
from tests import world
from tests.terms import running

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.scrutiny import actions
from moothall.scrutiny.models import ContactFigure
from moothall.scrutiny.rules.figures import add_months, month_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_the_public_pages_read_well_empty_and_full(visit, width, scripts):
    visit.check(visit("/performance/", width=width, scripts=scripts))
    with scoped(Scope(bodies=(world.MARCHSHIRE,), purpose="tests")):
        for n in range(60):
            at = now() - dt.timedelta(days=30 * (n % 4))
            actions.count_promise(
                body_id=world.MARCHSHIRE,
                service_id="report-pothole",
                case_id=uuid4(),
                promise_due=at,
                kept=n % 3 > 0,
                opened_at=at - dt.timedelta(days=9 + n % 7),
                at=at,
                by=Actor.system("tests"),
            )
        months = [add_months(month_of(now().date()), -back) for back in range(1, 13)]
        ContactFigure.objects.bulk_create(
            ContactFigure(
                body_id=world.MARCHSHIRE, month=month, channel=channel, service_id="report-pothole", contacts=some,
                timed=some, seconds=some * 200, avoidable=some // 3, repeat=some // 4,
            )
            for month in months for channel, some in (("web", 40), ("phone", 21), ("visit", 3))
        )  # fmt: skip
    for path in (
        "/performance/", "/performance/marchshire/report-pothole/", "/contacts/", "/contacts/marchshire/",
    ):  # fmt: skip
        visit.check(visit(path, width=width, scripts=scripts))


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_the_register_reads_well_empty_and_full(visit, width, scripts):
    visit.check(visit("/partnerships/", width=width, scripts=scripts))
    running()
    visit.check(visit("/partnerships/", width=width, scripts=scripts))
    officer = world.account_of(world.ASHBY, "partnership-office")
    visit.check(visit("/staff/partnerships/register/", width=width, scripts=scripts, account=officer))
