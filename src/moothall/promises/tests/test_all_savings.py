"""Savings side by side: who is warned of which, and what all of them come to."""

import datetime as dt

import pytest
from tests.savings import (
    AT,
    FIRST,
    LAST,
    MONTHS,
    NEXT,
    actor,
    carried_out,
    ledger,
    promised,
    reported,
    verified,
)
from tests.terms import as_body, running
from tests.world import ASHBY, BORLEY, account_of

from moothall.bodies import actions as staffing
from moothall.bodies import queries as bodies
from moothall.core.models import Outgoing
from moothall.promises import actions, queries
from moothall.promises.rules.savings import totals
from moothall.settlement import queries as costs
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def test_who_owns_and_who_answers_is_warned_once_and_again_when_something_new_goes_wrong():
    row = carried_out()
    late = AT + dt.timedelta(days=93)
    with as_body(ASHBY):
        assert actions.watch_savings(body_id=ASHBY, at=AT, by=actor("manager")) == 0
        assert actions.watch_savings(body_id=ASHBY, at=late, by=actor("manager")) == 1
        assert actions.watch_savings(body_id=ASHBY, at=late, by=actor("manager")) == 0
        sent = Outgoing.objects.select_related("words").filter(template="saving-warning")
        councillor = bodies.staff(ASHBY, TODAY, "councillor").select_related("account").first()
        assert {one.words.recipient for one in sent} == {account_of(ASHBY, "manager").email, councillor.account.email}
        due = date_words((AT + dt.timedelta(days=92)).date())
        assert f"A report on it was due on {due}." in sent[0].words.text
        assert f"/savings/{row.reference}/" in sent[0].words.text


def test_a_benefit_whose_owner_has_left_has_none_and_finance_is_told():
    row = carried_out()
    with as_body(ASHBY):
        post = bodies.staff(ASHBY, TODAY).get(account_id=queries.saving_of(row.pk).row.owner_id)
        staffing.let_go(staff_id=post.pk, ends=TODAY, at=AT, by=actor("partnership-office"))
        assert not queries.has_owner(queries.saving_of(row.pk).row, TODAY)
        actions.watch_savings(body_id=ASHBY, at=AT, by=actor("finance"))
        sent = Outgoing.objects.select_related("words").filter(template="saving-warning")
        assert account_of(ASHBY, "finance").email in {one.words.recipient for one in sent}
        assert "Nobody owns this saving." in sent[0].words.text


def test_the_database_adds_up_and_says_where_savings_stand_as_the_rules_do():
    ledger()
    verified(months=MONTHS[:3], last=dt.date(2026, 6, 30))
    reported(carried_out(promised(service_id="", title="Cheaper fuel")), gross=5_000, cost=9_000)
    carried_out(promised(service_id="", title="A smaller depot"))
    blocked, dropped = (promised(service_id="", title=title) for title in ("Blocked", "Dropped"))
    promised(BORLEY, kind="avoided", title="No new depot")
    told = {"at": AT, "by": actor("manager")}
    with as_body(ASHBY):
        actions.block(saving_id=blocked.pk, blocked_by="Cabinet", why="Too dear", **told)
        actions.give_up(saving_id=dropped.pk, who="Cabinet", words="Too dear", **told)
    everything = queries.savings()
    cash = [year for one in everything if one.row.kind == "cash" for year in one.years]
    assert queries.yearly() == queries.yearly(body_id=ASHBY) == totals(cash)
    assert queries.yearly(body_id=BORLEY) == []
    by_state = {one.state: {row.row.pk for row in everything if row.state == one.state} for one in everything}
    assert set(by_state) == {"verified", "realised", "implemented", "blocked", "given-up", "promised"}
    assert queries.states() == set(by_state)
    assert {state: {one.row.pk for one in queries.page(state=state).rows} for state in by_state} == by_state


def test_a_partnership_s_verified_pounds_are_added_up():
    ledger()
    partnership = running().partnership_id
    done = verified(reported(carried_out(promised(partnership_id=partnership))))
    assert queries.verified_by_partnership() == {partnership: done.pence}
    assert sharing.partnership_of(partnership, TODAY).id == partnership
    with as_body(ASHBY):
        assert costs.cost_lines(ASHBY, "actual", FIRST, LAST, centre="STR20")[0].pence == 100
    assert NEXT > LAST
