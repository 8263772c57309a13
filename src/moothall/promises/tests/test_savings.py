"""A saving from promise to proof: by its body alone, step by step, proved by ledger entries that prove nothing else."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from tests.savings import (
    AT,
    FIRST,
    LAST,
    MONTHS,
    SPENT,
    YEAR,
    actor,
    baseline,
    carried_out,
    ledger,
    prepared,
    promised,
    reported,
    verified,
)
from tests.terms import as_body, running
from tests.world import ASHBY, BORLEY, EASTWOLD

from moothall.ledger import actions as books
from moothall.promises import actions, queries
from moothall.promises.models import SavingLine, Verification
from moothall.promises.rules.savings import Amount, Part

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def year(row, first=YEAR):
    return next(one for one in queries.saving_of(row.pk).years if one.first == first)


def colours(row):
    with as_body(row.body_id):
        return {one.key: one.level for one in queries.judged(queries.saving_of(row.pk), TODAY)}


def test_a_promise_is_on_record_with_its_years_and_who_may_read_it_is_everybody():
    row = promised()
    with as_body(EASTWOLD):
        told = queries.saving(row.reference)
    assert (row.reference, told.state, [one.promised.net for one in told.years]) == (
        "ASH-S1", "promised", [95_000, 100_000],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"figures": {}}, actions.FiguresMissing),
        ({"figures": {dt.date(2026 + n, 4, 1): Amount(1, 0) for n in range(16)}}, actions.TooManyYears),
        ({"kind": "non-cash"}, actions.UnitWrong),
        ({"unit": "hours"}, actions.UnitWrong),
        ({"source": " "}, actions.SourceMissing),
    ],
)
def test_a_promise_without_figures_unit_or_source_is_sent_back(change, refusal):
    with pytest.raises(refusal):
        promised(**change)


def test_a_pound_is_promised_once_in_a_body_and_among_partners():
    partnership = running().partnership_id
    promised(partnership_id=partnership)
    with pytest.raises(actions.CountedAlready, match="ASH-S1 counts this service"):
        promised(BORLEY, partnership_id=partnership)
    with pytest.raises(actions.CountedAlready):
        promised()
    later = promised(figures={dt.date(2029, 4, 1): Amount(5, 0)})
    other = promised(BORLEY, partnership_id=partnership, differs="Our own lorry, not Ashby's")
    assert (later.reference, other.reference) == ("ASH-S2", "BOR-S1")
    assert queries.saving_of(other.pk).others == ("ASH-S1",)
    with as_body(ASHBY), pytest.raises(actions.NotAMember):
        actions.promise(
            body_id=EASTWOLD, title="x", kind="cash", starts=YEAR, source="x", figures={YEAR: Amount(1, 0)},
            partnership_id=partnership, at=AT, by=actor("manager"),
        )  # fmt: skip


def test_what_is_missing_is_named_and_each_state_follows_the_one_before():
    row, by = promised(), actor("manager")
    told = {"saving_id": row.pk, "at": AT, "by": by}
    with as_body(ASHBY):
        with pytest.raises(actions.NotYet, match="Name who owns it"):
            actions.propose(**told)
        with pytest.raises(actions.CannotFollow):
            actions.implement(day=TODAY, words="Done", **told)
        with pytest.raises(actions.CannotFollow, match="carried out"):
            actions.report(year=YEAR, amount=Amount(1, 0), until=LAST, source="x", **told)
    row = carried_out(row)
    assert queries.saving_of(row.pk).state == "implemented"
    kinds = [one.kind for one in queries.events(row.pk)]
    assert kinds == ["promised", "owner", "explained", "baseline", "proposed", "approved", "implemented"]
    reported(row)
    assert queries.saving_of(row.pk).state == "realised"


def test_an_approval_that_cannot_be_changes_nothing():
    row = promised()
    with as_body(ASHBY), pytest.raises(actions.CannotFollow):
        actions.approve(saving_id=row.pk, decided_by="Cabinet", decided_on=TODAY, minute="x", councillor="Ada",
                        figures={YEAR: Amount(1, 0)}, at=AT, by=actor("manager"))  # fmt: skip
    told = queries.saving_of(row.pk)
    assert (told.row.councillor, told.years[0].approved) == ("", None)


def test_a_blocked_saving_says_by_whom_and_why_and_goes_no_further_until_it_is_freed():
    row = prepared(promised())
    told = {"saving_id": row.pk, "at": AT, "by": actor("manager")}
    with as_body(ASHBY):
        actions.block(blocked_by="The cabinet", why="The lorry is needed at Christmas.", **told)
        assert queries.saving_of(row.pk).state == "blocked"
        with pytest.raises(actions.Blocked):
            actions.propose(**told)
        actions.free(words="Christmas is over.", **told)
        actions.propose(**told)
        with pytest.raises(actions.NotBlocked):
            actions.free(words="Again", **told)
        actions.give_up(who="The cabinet", words="The depot stays.", **told)
    after = queries.saving_of(row.pk)
    assert (after.state, after.years[0].promised.net) == ("given-up", 95_000), "what was promised stays on record"


def test_nobody_works_on_another_s_saving():
    row = promised()
    with as_body(BORLEY):
        for act in (
            lambda told: actions.block(blocked_by="x", why="x", **told),
            lambda told: actions.say_how(cause="x", quality="x", **told),
            lambda told: actions.propose(**told),
        ):
            with pytest.raises(actions.NotYourSaving):
                act({"saving_id": row.pk, "at": AT, "by": actor("manager", BORLEY)})


def test_two_baselines_are_both_shown_until_one_is_chosen():
    row = prepared(promised())
    with pytest.raises(actions.NotYet, match="why it is stated beside"):
        baseline(row, 500_000, stated_by="The union")
    union = baseline(row, 500_000, stated_by="The union", because="Overtime was left out of the budget book.")
    assert colours(row)["baseline"] == "doubt"
    with as_body(ASHBY):
        actions.propose(saving_id=row.pk, at=AT, by=actor("manager"))
        told = {"saving_id": row.pk, "at": AT, "by": actor("manager")}
        with pytest.raises(actions.NotYet, match="Say which baseline counts"):
            actions.approve(decided_by="Cabinet", decided_on=TODAY, minute="x", councillor="Ada",
                            figures={YEAR: Amount(1, 0)}, **told)  # fmt: skip
        with pytest.raises(actions.NoSuchBaseline):
            actions.choose_baseline(baseline_id=row.pk, because="x", **told)
        actions.choose_baseline(baseline_id=union.pk, because="The auditor agrees with it.", **told)
    after = queries.saving_of(row.pk)
    assert [(one.stated_by, one.chosen) for one in after.bases] == [("Finance", False), ("The union", True)]
    assert colours(row)["baseline"] == "pass"


def test_a_verified_saving_is_its_baseline_less_every_entry_to_the_penny():
    ledger()
    row = reported()
    done = verified(row)
    days = (LAST - FIRST).days + 1
    assert done.baseline_pence == 600_000 * days // 365
    assert done.pence == done.baseline_pence - sum(SPENT.values()) == year(row).verified
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    ((_, lines),) = queries.lines_of(row.pk)
    assert sum(one.pence for one in lines) == done.baseline_pence - done.pence
    assert queries.saving_of(row.pk).state == "verified"
    assert colours(row)["ledger"] == "doubt", "£650 was reported, and the entries show less"


def test_what_was_spent_counts_whole_unless_it_is_said_why_not():
    ledger()
    row = reported()
    with pytest.raises(actions.EntriesLeftOut, match=r"3 of the entries there on these days, £1,200.24, are left out"):
        verified(row, months=MONTHS[:3])
    done = verified(row, months=MONTHS[:3], working="The lorries were lent to Borley from July to September.")
    assert queries.lines_of(row.pk)[0][0].working == done.working


def test_without_entries_a_saving_stays_realised_and_unverified():
    ledger()
    row = reported()
    with pytest.raises(actions.NoEntries):
        verified(row, entries=[])
    told = queries.saving_of(row.pk)
    assert (told.state, told.years[0].unverified, told.total) == ("realised", 65_000, None)


def test_an_entry_stands_behind_one_saving_only_and_is_free_again_when_it_is_taken_back():
    ledger()
    row = reported()
    first = verified(row, months=MONTHS[:3], last=dt.date(2026, 6, 30))
    other = reported(carried_out(promised(service_id="", title="Cheaper fuel")))
    with pytest.raises(actions.BehindAnother):
        verified(other)
    with pytest.raises(actions.DaysVerified):
        verified(row, months=MONTHS[3:], first=dt.date(2026, 6, 30))
    with as_body(ASHBY), pytest.raises(DatabaseError, match="promises_savingline_once"), transaction.atomic():
        line = SavingLine.objects.filter(verification=first).first()
        line.pk = None
        line.save(force_insert=True)
    with as_body(ASHBY):
        actions.withdraw(verification_id=first.pk, why="The wrong year", at=AT, by=actor("finance"))
    assert verified(other).pence == 600_000 * 183 // 365 - sum(SPENT.values())
    assert year(row).verified is None


def test_the_database_itself_refuses_an_entry_that_is_not_in_the_ledger_or_does_not_add_up():
    ledger()
    done = verified()
    bad = {"body_id": ASHBY, "verification": done, "books": "actual", "entry": "B-4", "day": dt.date(2026, 4, 28),
           "centre": "STR20", "account": "4000"}  # fmt: skip
    with as_body(ASHBY):
        with pytest.raises(DatabaseError, match="no such entry"), transaction.atomic():
            SavingLine.objects.create(**bad, pence=99)
        with pytest.raises(DatabaseError, match="its baseline less its entries"), transaction.atomic():
            SavingLine.objects.create(**bad, pence=100)
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Verification.objects.update(pence=1)


def test_a_saving_is_verified_by_a_finance_officer_who_neither_owns_nor_reports_it():
    ledger()
    row = reported()
    keys = {
        "saving_id": row.pk,
        "first": FIRST,
        "last": LAST,
        "entries": [f"{ASHBY}:actual:A-4"],
        "at": AT,
        "working": "x",
    }
    with as_body(ASHBY):
        with pytest.raises(actions.NotFinance):
            actions.verify(**keys, by=actor("manager"))
        with pytest.raises(actions.NotFinance):
            actions.verify(**keys, by=actor("finance", BORLEY))
        finance = actor("finance")
        actions.name_owner(saving_id=row.pk, owner_id=int(finance.id), at=AT, by=actor("manager"))
        with pytest.raises(actions.OwnSaving):
            actions.verify(**keys, by=finance)
        actions.name_owner(saving_id=row.pk, owner_id=int(actor("manager").id), at=AT, by=finance)
        actions.report(saving_id=row.pk, year=YEAR, amount=Amount(2, 1), until=LAST, source="x", at=AT, by=finance)
        with pytest.raises(actions.OwnSaving):
            actions.verify(**keys, by=finance)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"last": dt.date(2027, 4, 1)}, actions.OneYear),
        ({"last": dt.date(2026, 12, 31)}, actions.MeasuredInTheFuture),
        ({"first": dt.date(2025, 4, 1), "last": dt.date(2025, 9, 30)}, actions.NothingReported),
        ({"entries": [f"{ASHBY}:actual:A-4", f"{ASHBY}:actual:A-99"]}, actions.EntryMissing),
        ({"entries": [f"{ASHBY}:ours:1/1", f"{ASHBY}:ours:11", f"{BORLEY}:actual:A-4", "wrong"]}, actions.EntryMissing),
        ({"baseline_pence": 1}, actions.WorkingMissing),
    ],
)
def test_a_verification_names_days_entries_and_working(change, refusal):
    ledger()
    row = reported()
    with pytest.raises(refusal):
        verified(row, **change)


def test_a_baseline_in_other_prices_is_put_into_those_of_the_year_with_its_working():
    ledger()
    row = prepared(promised())
    old = baseline(row, 580_000, prices=dt.date(2024, 6, 1), because="Audited outturn")
    with as_body(ASHBY):
        actions.choose_baseline(saving_id=row.pk, baseline_id=old.pk, because="Audited", at=AT, by=actor("manager"))
    row = reported(_carried_on(row))
    with pytest.raises(actions.WorkingMissing, match="prices of 2024-25 and these entries are of 2026-27"):
        verified(row)
    assert verified(row, baseline_pence=302_000, working="290,000 x 104.1 / 100, GDP deflator").pence == 302_000 - sum(
        SPENT.values()
    )


def _carried_on(row):
    told = {"saving_id": row.pk, "at": AT, "by": actor("manager")}
    with as_body(row.body_id):
        actions.propose(**told)
        actions.approve(decided_by="Cabinet", decided_on=TODAY, minute="x", councillor="Ada",
                        figures={YEAR: Amount(90_000, 0)}, **told)  # fmt: skip
        actions.implement(day=TODAY, words="Done", **told)
    return row


def test_what_was_taken_out_of_a_budget_is_verified_by_the_entries_themselves_and_may_be_a_loss():
    ledger()
    done = verified(from_baseline=False)
    assert (done.baseline_pence, done.pence) == (0, -sum(SPENT.values()))


def test_our_own_books_prove_a_saving_too_and_what_partners_charge_each_other_does_not():
    row = reported()
    by = actor("finance")
    with as_body(ASHBY):
        books.open_account(body_id=ASHBY, code="5990", name="Hired lorries", kind="X", at=AT, by=by)
        for key, kind, pence in (("t1", "adjustment", 30_000), ("t2", "recharge", 12_345)):
            books.post(body_id=ASHBY, key=key, kind=kind, on=dt.date(2026, 5, 5), at=AT, by=by,
                       legs=[books.LegOf("5990", pence), books.LegOf("1000", -pence)])  # fmt: skip
        purse = next(one for one in queries.purses(ASHBY, FIRST, LAST) if one.key == f"{ASHBY}:ours:5990")
        assert (purse.lines, purse.pence) == (2, 42_345)
        keys = [one.key for one in queries.entries_in(ASHBY, f"{ASHBY}:ours:5990", FIRST, LAST)]
    done = verified(row, entries=keys)
    assert done.pence == done.baseline_pence - 42_345
    assert queries.saving_of(row.pk).recharged == 12_345
    assert colours(row)["elsewhere"] == "fail"


def test_cash_that_is_avoided_and_benefits_that_are_none_are_kept_apart_and_never_verified():
    ledger()
    hours = promised(kind="non-cash", unit="hours of staff time", title="Fewer calls", service_id="missed-bin")
    avoided = reported(carried_out(promised(kind="avoided", service_id="", title="No new depot")))
    with pytest.raises(actions.NoCash):
        verified(avoided)
    everything = queries.savings(body_id=ASHBY)
    assert {one.row.reference for one in everything} == {hours.reference, avoided.reference}
    assert queries.yearly(body_id=ASHBY) == []


def test_parts_are_whole_per_cent_of_a_hundred():
    row = promised()
    by = actor("manager")
    with as_body(ASHBY):
        for wrong in ([Part("Ashby", 99, ASHBY)], [Part("Ashby", 50, ASHBY), Part("Ashby", 50, ASHBY)]):
            with pytest.raises(actions.PartsWrong):
                actions.divide(saving_id=row.pk, parts=wrong, at=AT, by=by)
        actions.divide(saving_id=row.pk, parts=[Part("Ashby", 70, ASHBY), Part("A firm", 30)], at=AT, by=by)
    assert queries.saving_of(row.pk).parts == (Part("Ashby", 70, ASHBY), Part("A firm", 30))
