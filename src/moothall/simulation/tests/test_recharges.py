"""The demonstration's bodies charge each other: one quarter in the books, the next with a line in dispute."""

import datetime as dt

import pytest
from tests.work_done import OF_PAYER, OF_PROVIDER, agreed, provided, worked
from tests.world import ASHBY, BORLEY, BY

from moothall.core.scope import Scope, scoped
from moothall.ledger import queries as ledger
from moothall.settlement import queries
from moothall.sharing import queries as sharing
from moothall.simulation.actions import charge_quarters, keep_costs, offer_services, play
from moothall.simulation.actions.recharges import propose_next_price

AT = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


@pytest.fixture
def half_a_year(real_db):
    provided()
    agreed()
    worked(2, month=5)
    worked(3, month=8)


def test_the_first_quarter_is_in_both_books_and_the_newest_has_a_line_in_dispute(half_a_year):
    assert charge_quarters(at=AT, by=BY) == 2
    with scoped(OF_PAYER):
        newest, first = queries.statements(ASHBY)
        assert (first.state, first.pence, newest.state, newest.held) == ("posted", 842, "sent", 1)
        assert ledger.balance(ASHBY, "5100") == 842
    with scoped(OF_PROVIDER):
        assert ledger.balance(BORLEY, "4200") == -842


def test_charged_again_there_is_nothing_new(half_a_year):
    charge_quarters(at=AT, by=BY)
    charge_quarters(at=AT, by=BY)
    with scoped(OF_PAYER):
        assert len(queries.statements(ASHBY)) == 2


def test_a_price_for_next_year_waits_for_the_payer_s_answer(half_a_year):
    assert propose_next_price(at=AT, by=BY) == 1
    with scoped(OF_PAYER):
        (row,) = sharing.proposals(ASHBY)
        assert (row.proposer_id, row.answer, row.starts) == (BORLEY, "", dt.date(2027, 4, 1))


def test_without_terms_nobody_charges_anybody(db):
    assert charge_quarters(at=AT, by=BY) == 0


def test_ashby_s_ledger_is_taken_in_once_and_says_what_garden_waste_cost(db):
    for _twice in range(2):
        assert keep_costs(first=dt.date(2026, 4, 1), at=AT, by=BY) == 7 * 4
    with scoped(Scope(bodies=(ASHBY,))):
        spent = queries.cost(ASHBY, "garden-waste", "actual", dt.date(2026, 4, 1), AT.date())
        assert spent == (118 + 37) * (140 + 135 + 120 + 110 + 105 + 105 + 95)
        assert queries.heads(AT.date())["BOR"] == 48_900


def test_what_ashby_did_for_borley_in_the_played_weeks_is_charged(real_db):
    offer_services(at=dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC), by=BY)
    play(first=dt.date(2026, 4, 2), days=25, scale=1.5, only=(ASHBY, BORLEY), at=AT, by=BY)
    assert charge_quarters(at=dt.datetime(2026, 7, 20, 9, tzinfo=dt.UTC), by=BY) == 1
    with scoped(Scope(bodies=(BORLEY,))):
        (row,) = queries.statements(BORLEY)
        assert row.provider_id == ASHBY
        assert row.pence == 2150 * queries.totals(row.pk).lines > 0
        assert row.held == 1
