"""From work done to the books of both bodies, to the penny."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction
from tests.work_done import (
    AT,
    BY_PAYER,
    OF_PAYER,
    OF_PROVIDER,
    OUTSIDER,
    PAYER,
    PROVIDER,
    TOLD,
    agreed,
    approved,
    asked,
    drawn,
    finish,
    provided,
    sent,
    worked,
)
from tests.world import ASHBY, BORLEY

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core.ports import work_between
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.ledger import actions as books
from moothall.ledger import queries as ledger
from moothall.settlement import actions, queries
from moothall.settlement.models import Line, Section, Statement
from moothall.sharing import actions as sharing


@pytest.fixture
def three(real_db):
    """Three cases of Ashby's that Borley finished in May, at £4.21 and VAT each."""
    provided()
    agreed()
    return worked(3)


def lines_of(row, scope=OF_PROVIDER):
    with scoped(scope):
        return queries.lines(row.pk).lines


def test_a_statement_charges_each_case_that_was_done_and_adds_up(three):
    row = drawn()
    assert (row.pence, row.vat_pence) == (1263, 252)
    found = lines_of(row)
    assert [line.case_id for line in found] == three
    assert [line.pence for line in found] == [421, 421, 421]
    assert sum(line.vat_pence for line in found) == 252
    with scoped(OF_PROVIDER):
        assert [line.reference for line in found] == [cases.case_file(one).case.reference for one in three]


def test_a_case_that_is_open_cancelled_or_done_later_is_not_charged(three):
    asked(dt.datetime(2026, 6, 20, 9, tzinfo=dt.UTC))
    gone = asked(dt.datetime(2026, 6, 21, 9, tzinfo=dt.UTC))
    with scoped(OF_PROVIDER):
        casework.cancel_case(case_id=gone, reason="Withdrawn", **TOLD)
    late = asked(dt.datetime(2026, 6, 30, 9, tzinfo=dt.UTC))
    finish(late, dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC))  # 00:30 on 1 July in London
    assert [line.case_id for line in lines_of(drawn())] == three


def test_work_that_a_body_does_for_itself_is_nobody_s_to_pay(real_db):
    agreed()
    case_id = asked(dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC))
    assert case_id
    with pytest.raises(actions.NothingOwed):
        drawn()


def test_drawn_up_twice_it_is_one_draft(three):
    assert drawn().pk == drawn().pk


def test_a_day_is_charged_once(three):
    sent()
    with pytest.raises(actions.DaysCharged):
        drawn(first=dt.date(2026, 6, 30))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"by": PAYER}, actions.NotTheProvider),
        ({"last": AT.date()}, actions.NotOverYet),
        ({"last": dt.date(2026, 3, 31)}, actions.NotOverYet),
        ({"first": dt.date(2026, 3, 1)}, actions.YearsCrossed),
    ],
)
def test_a_statement_that_cannot_be_drawn_up_is_refused(three, changes, refusal):
    with pytest.raises(refusal):
        drawn(**changes)


def test_without_terms_nothing_is_charged(real_db):
    provided()
    worked(1)
    with pytest.raises(actions.NoTerms):
        drawn()


def test_a_case_that_comes_back_and_is_done_again_is_charged_once(three):
    sent()
    with scoped(OF_PROVIDER):
        casework.reopen_case(case_id=three[0], reason="Not right", **TOLD)
    finish(three[0], AT + dt.timedelta(days=1))
    worked(1, month=8)
    later = {"first": dt.date(2026, 7, 1), "last": dt.date(2026, 9, 30), "at": AT.replace(month=10)}
    assert three[0] not in [line.case_id for line in lines_of(drawn(**later))]


def test_a_draft_is_its_provider_s_alone_and_what_was_sent_the_two_bodies(three):
    row = drawn()
    with scoped(OF_PAYER), pytest.raises(NotYours):
        queries.statement(row.pk)
    with scoped(OF_PAYER):
        assert Line.objects.count() == Section.objects.count() == 0
    sent()
    with scoped(OF_PAYER):
        assert queries.statement(row.pk).pence == 1263
        assert len(queries.lines(row.pk).lines) == 3
    with scoped(OUTSIDER):
        assert Statement.objects.count() == Line.objects.count() == Section.objects.count() == 0
        with pytest.raises(NotYours):
            queries.statement(row.pk)


def test_approved_by_both_it_is_posted_in_both_bodies_books_equal_to_the_penny(three):
    row = approved()
    assert row.state == "approved"
    with scoped(OF_PAYER):
        actions.post(statement_id=row.pk, **BY_PAYER)
        actions.post(statement_id=row.pk, **BY_PAYER)
        assert ledger.balance(ASHBY, "5100", cost_centre="complaint") == 1263
        assert ledger.balance(ASHBY, "1400") == 252
        assert ledger.balance(ASHBY, "2200") == -1515
        assert ledger.prove(ASHBY) == []
    with scoped(OF_PROVIDER):
        assert ledger.balance(BORLEY, "1200") == 1515
        assert ledger.balance(BORLEY, "4200", cost_centre="complaint") == -1263
        assert ledger.balance(BORLEY, "2300") == -252
        assert ledger.prove(BORLEY) == []
        assert queries.statement(row.pk).state == "posted"


def test_neither_book_is_written_when_one_of_them_is_closed(three):
    row = approved()
    with scoped(OF_PROVIDER):
        for month in range(4, 8):
            books.close_period(body_id=BORLEY, month=dt.date(2026, month, 1), **TOLD)
    with pytest.raises(books.PeriodClosed), scoped(OF_PAYER):
        actions.post(statement_id=row.pk, **BY_PAYER)
    with scoped(OF_PAYER):
        assert ledger.balance(ASHBY, "2200") == 0
        assert queries.statement(row.pk).state == "approved"


def test_one_body_s_approval_is_not_enough(three):
    row = sent()
    with scoped(OF_PROVIDER):
        actions.approve(statement_id=row.pk, **TOLD)
        actions.approve(statement_id=row.pk, **TOLD)
        with pytest.raises(actions.NotApprovedYet):
            actions.post(statement_id=row.pk, **TOLD)


def test_a_draft_is_neither_approved_nor_posted_and_the_payer_does_not_send_it(three):
    row = drawn()
    with scoped(OF_PROVIDER):
        with pytest.raises(actions.NotSentYet):
            actions.approve(statement_id=row.pk, **TOLD)
        with pytest.raises(actions.NotApprovedYet):
            actions.post(statement_id=row.pk, **TOLD)
        with pytest.raises(actions.NotAParty):
            actions.send(statement_id=row.pk, at=AT, by=PAYER)
    with scoped(OF_PAYER), pytest.raises(NotYours):
        actions.send(statement_id=row.pk, **BY_PAYER)


def test_withdrawn_its_days_can_be_drawn_up_anew(three):
    row = sent()
    with scoped(OF_PROVIDER):
        actions.withdraw(statement_id=row.pk, **TOLD)
        actions.withdraw(statement_id=row.pk, **TOLD)
        with pytest.raises(actions.WrongState):
            actions.send(statement_id=row.pk, **TOLD)
    again = drawn()
    assert again.pk != row.pk
    assert again.pence == 1263


def test_approved_it_is_not_withdrawn(three):
    row = approved()
    with scoped(OF_PROVIDER), pytest.raises(actions.WrongState):
        actions.withdraw(statement_id=row.pk, **TOLD)


def test_a_dispute_holds_its_line_and_not_the_statement(three):
    row = sent()
    line = lines_of(row)[0]
    with scoped(OF_PAYER):
        one = actions.dispute(line_id=line.pk, reason="It was ours to do", **BY_PAYER)
        assert actions.dispute(line_id=line.pk, reason="Again", **BY_PAYER).pk == one.pk
    approved_row = _both_approve(row)
    with scoped(OF_PROVIDER):
        actions.post(statement_id=approved_row.pk, **TOLD)
        found = queries.totals(row.pk)
        assert (found.stands, found.held, found.held_lines) == (842, 421, 1)
        assert ledger.balance(BORLEY, "4200") == -842
    with scoped(OF_PAYER):
        assert ledger.balance(ASHBY, "2200") == -found.to_pay


def _both_approve(row):
    with scoped(OF_PROVIDER):
        actions.approve(statement_id=row.pk, **TOLD)
    with scoped(OF_PAYER):
        return actions.approve(statement_id=row.pk, **BY_PAYER)


@pytest.mark.parametrize(
    ("scope", "told", "state", "owed"), [(OF_PROVIDER, TOLD, "dropped", 842), (OF_PAYER, BY_PAYER, "stands", 1263)]
)
def test_who_gives_way_ends_a_dispute_and_the_books_follow(three, scope, told, state, owed):
    row = sent()
    line = lines_of(row)[0]
    with scoped(OF_PAYER):
        actions.dispute(line_id=line.pk, reason="It was ours to do", **BY_PAYER)
    _both_approve(row)
    with scoped(OF_PAYER):
        actions.post(statement_id=row.pk, **BY_PAYER)
    with scoped(scope):
        actions.settle_dispute(line_id=line.pk, answer="We looked again", **told)
        assert queries.line(line.pk).state == state
        with pytest.raises(actions.NothingDisputed):
            actions.settle_dispute(line_id=line.pk, answer="Once more", **told)
    for each, body_id, account, sign in ((OF_PAYER, ASHBY, "5100", 1), (OF_PROVIDER, BORLEY, "4200", -1)):
        with scoped(each):
            assert ledger.balance(body_id, account) == sign * owed
            assert ledger.prove(body_id) == []


def test_only_the_payer_disputes_and_only_with_a_reason_and_in_time(three):
    row = sent()
    line = lines_of(row)[0]
    with scoped(OF_PROVIDER), pytest.raises(actions.NotAParty):
        actions.dispute(line_id=line.pk, reason="No", **TOLD)
    with scoped(OF_PAYER), pytest.raises(actions.ReasonNeeded):
        actions.dispute(line_id=line.pk, reason=" ", **BY_PAYER)
    with scoped(OUTSIDER), pytest.raises(NotYours):
        actions.dispute(line_id=line.pk, reason="No", **BY_PAYER)
    _both_approve(row)
    with scoped(OF_PAYER):
        actions.post(statement_id=row.pk, **BY_PAYER)
        with pytest.raises(actions.WrongState):
            actions.dispute(line_id=line.pk, reason="Too late", **BY_PAYER)


@pytest.mark.parametrize(
    "change",
    [
        lambda row: Statement.objects.filter(pk=row.pk).update(pence=1),
        lambda row: Line.objects.filter(statement=row).update(pence=1),
        lambda row: Section.objects.filter(statement=row).update(pence=1),
        lambda row: Statement.objects.filter(pk=row.pk).update(state="draft"),
        lambda row: Line.objects.filter(statement=row).delete(),
        lambda row: Line.objects.create(
            statement=row, section=Section.objects.get(statement=row), body_id=ASHBY, provider_id=BORLEY, number=99,
            day=AT.date(), pence=1, vat_pence=0),
    ],
)  # fmt: skip
def test_what_was_sent_is_never_edited(three, change):
    row = sent()
    with pytest.raises(DatabaseError), scoped(OF_PROVIDER), transaction.atomic():
        change(row)


def test_it_is_worked_out_again_from_what_it_kept_by_either_body(three, owner):
    row = sent()
    for scope in (OF_PROVIDER, OF_PAYER):
        with scoped(scope):
            assert queries.recomputed(queries.statement(row.pk)) == []
    owner.execute("update settlement_line set pence = pence + 1 where number = 2")
    with scoped(OF_PAYER):
        assert "Line 2: 421 pence, not 422." in queries.recomputed(queries.statement(row.pk))


def test_a_yearly_sum_falls_on_its_quarters_and_on_the_cases_done_in_them(three):
    with scoped(OF_PROVIDER):
        from moothall.sharing import queries as shared

        for each in shared.terms_between(BORLEY, ASHBY, dt.date(2026, 4, 1)):
            sharing.end_terms(terms_id=each.pk, ends=dt.date(2026, 4, 1), **TOLD)
    agreed({"method": "fixed", "pence": 100_000}, vat="non-business")
    found = lines_of(drawn())
    assert [line.pence for line in found] == [8311, 8310, 8310]
    assert sum(line.vat_pence for line in found) == 0
    second = drawn(first=dt.date(2026, 7, 1), last=dt.date(2026, 9, 30), at=AT.replace(month=10))
    assert [(line.case_id, line.pence) for line in lines_of(second)] == [(None, 25205)]


def test_bands_go_on_counting_through_the_year(three):
    with scoped(OF_PROVIDER):
        from moothall.sharing import queries as shared

        for each in shared.terms_between(BORLEY, ASHBY, dt.date(2026, 4, 1)):
            sharing.end_terms(terms_id=each.pk, ends=dt.date(2026, 4, 1), **TOLD)
    agreed({"method": "by-band", "bands": [{"up_to": 2, "pence": 500}, {"up_to": 4, "pence": 300}, {"pence": 100}]})
    assert [line.pence for line in lines_of(drawn())] == [500, 500, 300]
    worked(2, month=8)
    second = drawn(first=dt.date(2026, 7, 1), last=dt.date(2026, 9, 30), at=AT.replace(month=10))
    assert [line.pence for line in lines_of(second)] == [300, 100]
    with scoped(OF_PROVIDER):
        assert queries.recomputed(second) == []


def test_the_year_s_end_puts_right_what_the_quarters_charged(three):
    sent()
    worked(2, month=8)
    told = {"at": dt.datetime(2027, 4, 7, 10, tzinfo=dt.UTC), "by": PROVIDER}
    with scoped(OF_PROVIDER):
        row = actions.draw_true_up(provider_id=BORLEY, payer_id=ASHBY, day=dt.date(2027, 3, 1), **told)
        assert (row.kind, row.pence) == ("true-up", 842)
        assert queries.recomputed(row) == []
        again = actions.draw_true_up(provider_id=BORLEY, payer_id=ASHBY, day=dt.date(2026, 4, 1), **told)
        assert again.pk == row.pk


def test_a_year_charged_to_the_penny_needs_no_true_up_and_a_case_taken_off_stays_off(three):
    row = sent()
    with scoped(OF_PAYER):
        actions.dispute(line_id=lines_of(row)[0].pk, reason="It was ours", **BY_PAYER)
    with scoped(OF_PROVIDER):
        actions.settle_dispute(line_id=lines_of(row)[0].pk, answer="You are right", **TOLD)
    told = {"at": dt.datetime(2027, 4, 7, 10, tzinfo=dt.UTC), "by": PROVIDER}
    with scoped(OF_PROVIDER), pytest.raises(actions.NothingOwed, match="charged to the penny"):
        actions.draw_true_up(provider_id=BORLEY, payer_id=ASHBY, day=dt.date(2027, 3, 1), **told)


def test_whoever_asks_learns_who_did_how_much_for_whom_as_far_as_the_scope_shows(three):
    sent()
    days = (dt.date(2026, 4, 1), dt.date(2027, 3, 31))
    both = replace(OF_PROVIDER, bodies=(ASHBY, BORLEY))
    for scope, said in ((both, [(BORLEY, ASHBY, 3, 1263)]), (OF_PAYER, [(BORLEY, ASHBY, 3, 1263)]), (OUTSIDER, [])):
        with scoped(scope):
            assert [row for answer in work_between for row in answer.give([ASHBY, BORLEY], *days)] == said
