"""The books: they balance, they are never edited, and each body has its own."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world import EASTWOLD
from tests.world import POLICE as OURS  # it has no books but those made here

from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions, queries, rules
from moothall.ledger.actions import LegOf, Posting

AT = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
BY = Actor("staff", "7")


@pytest.fixture
def books(db):
    """Two bodies' books for November and December, seen by the first body's finance officer."""
    with scoped(Scope(bodies=(OURS, EASTWOLD), purpose="test")):
        for body in (OURS, EASTWOLD):
            actions.open_books(body_id=body, month=AT.date(), months=2, at=AT, by=BY)
    with scoped(Scope(bodies=(OURS,), purpose="test")):
        yield


def post(key="charge:1", pence=4200, body_id=OURS, **more):
    legs = rules.charge_legs(pence, "bulky-waste")
    return actions.post(**({"body_id": body_id, "key": key, "kind": "charge", "legs": legs, "at": AT, "by": BY} | more))


def refused_by_the_database(statement, *params):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
    return error.value.__cause__.diag.sqlstate


def test_what_is_posted_shows_in_balance_trial_balance_and_statement(books):
    post()

    assert queries.balance(OURS, "1100") == 4200
    assert queries.balance(OURS, "4000", cost_centre="bulky-waste") == -4200
    trial = queries.trial_balance(OURS)
    assert trial.balances
    assert trial.debit == 4200
    before, lines = queries.statement(OURS, "1100", since=dt.date(2026, 11, 1), until=dt.date(2026, 11, 30))
    assert before == 0
    assert [(line.pence, line.balance, line.kind) for line in lines] == [(4200, 4200, "charge")]


def test_a_posting_that_does_not_balance_is_refused_before_it_leaves(books):
    with pytest.raises(actions.DoesNotBalance):
        post(legs=[LegOf("1100", 100), LegOf("4000", -99)])


def test_the_database_refuses_what_does_not_balance_whoever_asks(books):
    call = (
        "select * from ledger_post(%s::smallint, array['k','k'], array['2026-11-20','2026-11-20']::date[], "
        "array['charge','charge'], array['',''], array[null,null]::bigint[], array['1100','4000'], array['',''], "
        "array[100,-99]::bigint[], now(), 'x')"
    )
    assert refused_by_the_database(call, OURS) == "23514"
    assert queries.trial_balance(OURS).debit == 0


def test_a_retry_posts_once_and_gives_the_same_answer(books):
    assert post() == post()
    assert queries.balance(OURS, "1100") == 4200


def test_a_key_used_again_for_something_else_is_refused(books):
    post()
    with pytest.raises(actions.KeyUsedForAnother):
        post(pence=4300)
    assert queries.balance(OURS, "1100") == 4200


def test_a_month_must_be_open_and_a_closed_one_refuses(books):
    with pytest.raises(actions.BooksNotOpen):
        post(on=dt.date(2027, 3, 1))
    kept = post()
    assert actions.close_period(body_id=OURS, month=AT.date(), at=AT, by=BY)
    assert not actions.close_period(body_id=OURS, month=AT.date(), at=AT, by=BY)

    with pytest.raises(actions.PeriodClosed):
        post(key="charge:2")

    assert post() == kept, "a retry of what was posted before the close still gets its answer"
    post(key="charge:3", on=dt.date(2026, 12, 1))
    assert queries.balance(OURS, "1100") == 8400


def test_months_close_in_order(books):
    with pytest.raises(actions.MonthStillOpen):
        actions.close_period(body_id=OURS, month=dt.date(2026, 12, 1), at=AT, by=BY)


def test_an_unknown_account_is_refused(books):
    with pytest.raises(actions.NoSuchAccount):
        post(legs=[LegOf("9999", 100), LegOf("4000", -100)])


def test_a_mistake_is_undone_by_a_reversal_and_only_once(books):
    wrong = post()

    back = actions.reverse(body_id=OURS, journal_id=wrong, reason="Charged the wrong house", at=AT, by=BY)

    assert queries.balance(OURS, "1100") == 0
    for journal in (wrong, back):
        with pytest.raises(actions.AlreadyReversed):
            actions.reverse(body_id=OURS, journal_id=journal, reason="Again", at=AT, by=BY)


def test_a_reversal_that_does_not_undo_exactly_is_refused_by_the_database(books):
    wrong = post()
    legs = tuple(rules.charge_legs(-4100, "bulky-waste"))
    with pytest.raises(DatabaseError, match="does not undo"):
        actions.post_many(body_id=OURS, postings=[Posting("r", "reversal", legs, AT.date(), "", wrong)], at=AT, by=BY)


@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_leg set pence = 1",
        "delete from ledger_leg",
        "insert into ledger_leg (journal_id, line, body_id, month, account_id, cost_centre, pence)"
        " select journal_id, 9, body_id, month, account_id, cost_centre, 5 from ledger_leg",
        "update ledger_journal set narrative = 'x'",
        "delete from ledger_journal",
        "insert into ledger_journal (body_id, month, posted_on, kind, key, digest, narrative, at, by)"
        " select body_id, month, posted_on, kind, 'z', digest, '', at, by from ledger_journal",
        "update ledger_balance set debit = 0",
        "update ledger_period set state = 'open'",
        "insert into ledger_period values (6, '2027-01-01', 'open', null, '')",
        "update ledger_account set code = '1'",
        "truncate ledger_leg",
        "delete from ledger_charge",
        "delete from ledger_payment",
        "alter table ledger_leg disable trigger all",
    ],
)
def test_the_app_s_role_can_change_nothing_by_hand(books, statement):
    post()
    assert refused_by_the_database(statement) == "42501"


def test_nobody_posts_in_the_books_of_a_body_outside_the_scope(books):
    for attempt in (
        lambda: post(body_id=EASTWOLD),
        lambda: actions.open_books(body_id=EASTWOLD, month=AT.date(), at=AT, by=BY),
        lambda: actions.close_period(body_id=EASTWOLD, month=AT.date(), at=AT, by=BY),
    ):
        with pytest.raises(actions.NotYourBooks):
            attempt()
    assert queries.accounts(EASTWOLD) == []
    assert queries.trial_balance(EASTWOLD).lines == ()


def test_without_a_scope_there_are_no_books_at_all(books):
    post()
    with scoped(Scope()):
        assert queries.trial_balance(OURS).lines == ()
        with pytest.raises(actions.NotYourBooks):
            post()


def test_the_books_prove_themselves(books):
    post()
    assert queries.prove(OURS) == []


amounts = st.lists(st.integers(min_value=1, max_value=10**11), min_size=1, max_size=5)
journals = st.lists(st.tuples(st.sampled_from(["1000", "1050", "1100", "5000"]), amounts), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=journals, again=st.integers(min_value=0, max_value=11))
def test_sums_are_exact_to_the_penny_whatever_is_posted_and_however_often(books, wanted, again):
    postings = [
        Posting(
            f"j{n}",
            "adjustment",
            (*(LegOf(code, pence, f"c{pence % 3}") for pence in parts), LegOf("4000", -sum(parts))),
            AT.date(),
        )
        for n, (code, parts) in enumerate(wanted)
    ]
    point = transaction.savepoint()
    try:
        first = actions.post_many(body_id=OURS, postings=postings, at=AT, by=BY)
        retried = postings[again % len(postings)]
        assert actions.post_many(body_id=OURS, postings=[retried], at=AT, by=BY) == {retried.key: first[retried.key]}

        for code in ("1000", "1050", "1100", "5000"):
            assert queries.balance(OURS, code) == sum(sum(parts) for c, parts in wanted if c == code)
        trial = queries.trial_balance(OURS)
        assert trial.balances
        assert trial.debit == sum(sum(parts) for _, parts in wanted)
        assert queries.prove(OURS) == []
    finally:
        transaction.savepoint_rollback(point)


def test_a_body_that_adopts_a_service_with_a_fee_gets_books(db):
    from moothall.catalogue import queries as catalogue
    from moothall.ledger.handlers import open_books
    from moothall.sharing.events import ServiceAdopted

    with scoped(Scope(bodies=(EASTWOLD,), purpose="test")):
        for service, months in (("report-pothole", 0), ("garden-waste", 2)):
            open_books(ServiceAdopted(EASTWOLD, service, catalogue.current(service).id, EASTWOLD), at=AT, by=BY)
            assert len(queries.periods(EASTWOLD)) == months
