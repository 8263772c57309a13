"""Real costs from a council's ledger: checked line by line, reconciled, taken once; and prices that share them."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.work_done import AT, OF_PAYER, OF_PROVIDER, PROVIDER, TOLD, agreed, drawn, provided, worked
from tests.world import ASHBY, BORLEY, as_staff

from moothall.core.refusal import NotYours
from moothall.core.scope import scoped
from moothall.settlement import actions, queries
from moothall.settlement.models import CostLine
from moothall.settlement.rules.ledger_files import read_lines, read_structure

STRUCTURE = "code,title,parent\nW,Customer care,\nW10,Complaints,W\nICT,Computing,\n"
BUDGET = "entry,date,centre,account,amount\n1,2026-04-01,W10,4000,365.00\n2,2026-04-01,ICT,4100,100.00\n"
SPENT = "entry,date,centre,account,amount,narrative\n" + "".join(
    f"{n},{n:02d}/05/2026,W10,4000,20.00,paid to somebody\n" for n in range(1, 21)
)
OWN = {"body_id": BORLEY, **TOLD}


def taken(kind, content, rows, pence, title="file.csv", **changes):
    with scoped(OF_PROVIDER):
        return actions.take_costs(
            **OWN | changes, kind=kind, title=title, content=content, control_rows=rows, control_pence=pence
        )


@pytest.fixture
def ledger(real_db):
    """Borley's structure, mapped: £365.00 planned for complaints and £400.00 spent in May."""
    with scoped(OF_PROVIDER):
        actions.take_centres(**OWN, content=STRUCTURE)
        actions.map_centre(**OWN, centre="W10", service_id="complaint", starts=dt.date(2026, 4, 1))
    taken("budget", BUDGET, 2, 46_500)
    taken("actual", SPENT, 20, 40_000)


def test_costs_of_a_service_are_what_its_centres_spent_and_planned(ledger):
    year = (dt.date(2026, 4, 1), dt.date(2027, 3, 31))
    with scoped(OF_PROVIDER):
        assert queries.cost(BORLEY, "complaint", "actual", *year) == 40_000
        assert queries.cost(BORLEY, "complaint", "budget", *year) == 36_500
        assert queries.cost(BORLEY, "complaint", "actual", dt.date(2026, 5, 1), dt.date(2026, 5, 10)) == 20_000
        assert queries.cost(BORLEY, "missed-bin", "actual", *year) == 0


def test_another_body_sees_no_cost(ledger):
    with scoped(OF_PAYER):
        assert queries.centres(BORLEY, AT.date()) == []
        assert queries.cost_files(BORLEY) == []
        assert CostLine.objects.count() == 0


def test_the_same_file_twice_changes_nothing_and_an_overlapping_one_adds_what_is_new(ledger):
    assert taken("actual", SPENT, 20, 40_000, title="again.csv").title == "file.csv"
    longer = SPENT + "21,2026-05-21,W10,4000,5.00,\n"
    taken("actual", longer, 21, 40_500)
    with scoped(OF_PROVIDER):
        assert CostLine.objects.filter(kind="actual").count() == 21
        assert len(queries.cost_files(BORLEY)) == 3


def test_nothing_is_taken_unless_the_totals_agree(ledger):
    more = "entry,date,centre,account,amount\n90,2026-06-01,W10,1,10.00\n"
    for rows, pence in ((1, 999), (2, 1000)):
        with pytest.raises(actions.TotalsDiffer, match=r"1 lines and £10.00"):
            taken("actual", more, rows, pence)
    with scoped(OF_PROVIDER):
        assert CostLine.objects.filter(kind="actual").count() == 20


def test_a_line_that_was_taken_with_other_figures_is_a_problem(ledger):
    with pytest.raises(actions.FileHasProblems) as refused:
        taken("actual", "entry,date,centre,account,amount\n1,2026-05-01,W10,4000,21.00\n", 1, 2_100)
    assert refused.value.details["problems"] == ("Entry 1 was taken before with other figures.",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("entry,date\n1,2026-05-01\n", "Line 1: the columns centre, account, amount are missing"),
        ("entry,date,centre,account,amount\n", "no line below its first"),
        ("entry,date,centre,account,amount\n1,31/31/2026,W,1,2.00\n", "Line 2: “31/31/2026” is no day"),
        ("entry,date,centre,account,amount\n1,2026-05-01,W,1,2.001\n", "Line 2: “2.001” is no amount"),
        ("entry,date,centre,account,amount\n,2026-05-01,W,1,2.00\n", "an entry number and a cost centre"),
        ("entry,date,centre,account,amount\n1,2026-05-01,X,1,2.00\n", "“X” is not in the structure"),
        ("entry,date,centre,account,amount\n1,2026-05-01,W,1,2\n1,2026-05-01,W,1,2\n", "stands on line 2 too"),
        ("", "are missing"),
    ],
)
def test_each_problem_of_a_file_is_said_with_its_line(content, said):
    assert said in " ".join(read_lines(content, frozenset({"W"})).problems)


def test_a_structure_with_a_hole_is_refused():
    assert "belongs to “Z”" in read_structure("code,title,parent\nA,One,Z\n").problems[0]
    assert "twice" in read_structure("code,title,parent\nA,One,\nA,Two,\n").problems[0]
    assert "needed" in read_structure("code,title,parent\nA,,\n").problems[0]


def test_a_credit_counts_against_the_cost():
    assert read_lines("entry,date,centre,account,amount\n1,2026-05-01,W,1,-2.50\n").pence == -250


def test_a_mapping_has_a_day_and_what_was_before_stays(ledger):
    with scoped(OF_PROVIDER):
        actions.map_centre(**OWN, centre="W10", service_id="missed-bin", starts=dt.date(2026, 5, 11))
        actions.map_centre(**OWN, centre="W10", service_id="missed-bin", starts=dt.date(2026, 5, 12))
        assert queries.cost(BORLEY, "complaint", "actual", dt.date(2026, 4, 1), dt.date(2027, 3, 31)) == 20_000
        assert queries.cost(BORLEY, "missed-bin", "actual", dt.date(2026, 4, 1), dt.date(2027, 3, 31)) == 20_000
        with pytest.raises(actions.MappedLater):
            actions.map_centre(**OWN, centre="W10", service_id="complaint", starts=dt.date(2026, 5, 1))
        with pytest.raises(NotYours):
            actions.map_centre(**OWN, centre="W99", service_id="complaint", starts=dt.date(2026, 5, 1))


def test_a_cost_is_charged_by_the_budget_and_put_right_by_what_was_spent(ledger):
    provided()
    agreed({"method": "full-cost", "shares": {"ASH": 1, "BOR": 1}}, vat="non-business")
    worked(2)
    row = drawn()
    # 91 days of £365.00 a year are £91.00, and Ashby bears half
    assert row.pence == 4_550
    with scoped(OF_PROVIDER):
        actions.send(statement_id=row.pk, **TOLD)
        told = {"at": dt.datetime(2027, 4, 7, 10, tzinfo=dt.UTC), "by": PROVIDER}
        end = actions.draw_true_up(provider_id=BORLEY, payer_id=ASHBY, day=dt.date(2027, 3, 1), **told)
        assert end.pence == 20_000 - 4_550
        assert queries.recomputed(end) == queries.recomputed(row) == []


def test_by_step_down_the_computing_goes_to_the_team_and_the_team_to_both(ledger):
    provided()
    steps = [{"centre": "ICT", "to": {"W10": 3, "BOR": 1}}, {"centre": "W10", "to": {"ASH": 1, "BOR": 2}}]
    agreed({"method": "step-down", "steps": steps}, vat="non-business")
    worked(1)
    # to 30 June: computing £100.00 x 91/365 = £24.93, three quarters of it (£18.70) on to the team's £91.00; a third
    # of £109.70 is £36.57
    assert drawn().pence == 3_657


def test_by_head_the_newest_estimate_counts(ledger):
    provided()
    agreed({"method": "by-head"}, vat="non-business")
    worked(1)
    with scoped(OF_PROVIDER):
        actions.note_residents(**OWN, starts=dt.date(2025, 4, 1), residents=30_000, source="Estimate")
    with scoped(OF_PAYER):
        told = {"body_id": ASHBY, "at": AT, "by": OF_PAYER.actor}
        actions.note_residents(**told, starts=dt.date(2024, 4, 1), residents=1, source="Estimate")
        actions.note_residents(**told, starts=dt.date(2025, 4, 1), residents=60_000, source="Estimate")
    assert drawn().pence == 6_067


def test_without_a_known_cost_nothing_is_charged(real_db):
    provided()
    agreed({"method": "full-cost"})
    worked(1)
    with pytest.raises(actions.NoBudget):
        drawn()


def sent_file(client, content, **more):
    form = {"kind": "actual", "do": "check", "file": SimpleUploadedFile("april.csv", content.encode()), **more}
    return client.post("/recharges/costs/take/", form)


def test_the_page_checks_takes_maps_and_gives_journals_back(ledger, client):
    as_staff(client, BORLEY, "finance")
    page = client.get("/recharges/costs/").content.decode()
    assert "£400.00 spent so far" in page
    more = "entry,date,centre,account,amount\n90,2026-06-01,W10,1,10.00\n"
    assert "1 lines that add up to £10.00 and no problem. Nothing was kept." in sent_file(client, more).content.decode()
    assert "is no amount" in sent_file(client, more.replace("10.00", "ten")).content.decode()
    assert sent_file(client, more, do="take").status_code == 422
    wrong = sent_file(client, more, do="take", control_rows="1", control_total="11.00")
    assert "you told 1 and £11.00" in wrong.content.decode()
    assert sent_file(client, more, do="take", control_rows="1", control_total="10.00").status_code == 302
    assert sent_file(client, STRUCTURE, kind="structure", do="take").status_code == 302
    mapped = {"centre": "ICT", "service": "missed-bin", "starts-day": "1", "starts-month": "4", "starts-year": "2026"}
    assert client.post("/recharges/costs/map/", mapped).status_code == 302
    assert client.post("/recharges/costs/map/", mapped).status_code == 302
    earlier = mapped | {"service": "complaint", "starts-year": "2025"}
    assert "Choose a day after that" in client.post("/recharges/costs/map/", earlier).content.decode()
    assert client.get("/recharges/journals.csv").content.decode().startswith("journal,line,date")


def test_a_body_notes_its_own_residents_and_everybody_reads_them(real_db, client):
    as_staff(client, BORLEY, "finance")
    noted = {"residents": "48900", "since-day": "1", "since-month": "4", "since-year": "2026", "source": "Estimate"}
    assert client.post("/recharges/costs/residents/", noted | {"residents": "many"}).status_code == 422
    for _click in range(2):
        assert client.post("/recharges/costs/residents/", noted).status_code == 302
    as_staff(client, ASHBY, "finance")
    assert "Borley District Council 48,900." in client.get("/recharges/costs/").content.decode()


def test_the_journals_of_recharges_balance(real_db, client):
    from tests.work_done import approved

    provided()
    agreed()
    worked(2)
    row = approved()
    with scoped(OF_PROVIDER):
        actions.post(statement_id=row.pk, **TOLD)
    as_staff(client, BORLEY, "finance")
    import csv

    lines = list(csv.DictReader(client.get("/recharges/journals.csv").content.decode().splitlines()))
    assert len(lines) == 3
    assert sum(round(float(one["debit"]) * 100) - round(float(one["credit"]) * 100) for one in lines) == 0


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_costs_are_readable(visit, ledger, width):
    from tests.world import account_of

    visit.check(visit("/recharges/costs/", width=width, account=account_of(BORLEY, "finance")))
