"""All ways of sharing side by side: to the penny, with each partner's difference, for the provider alone."""

import datetime as dt

import pytest
from tests.work_done import AT, OF_PAYER, OF_PROVIDER, TOLD, agreed, asked, finish, provided, worked
from tests.world import ASHBY, BORLEY, EASTWOLD, as_staff

from moothall.core.scope import scoped
from moothall.settlement import actions, queries
from moothall.settlement.rules.ways import Year, cost_of, ways
from moothall.sharing.queries import PriceRule, Work, price_of_year

CASES, HEADS = {"BOR": 120, "ASH": 61, "COV": 0}, {"BOR": 30_001, "ASH": 60_000, "COV": 7}


@pytest.mark.parametrize("cost", [1, 99, 100_000, 1_234_567])
def test_no_way_charges_more_than_the_cost_and_shared_costs_are_shared_to_the_penny(cost):
    year = Year(CASES, HEADS, cost, overheads=cost // 7)
    for method, data in ways(year).items():
        rule = PriceRule.model_validate(data)
        borne = [
            price_of_year(rule, Work(receiver=code, cases=CASES[code], heads=HEADS, cost_pence=cost_of(method, year)))
            for code in CASES
        ]
        assert sum(borne) <= cost_of(method, year), method
        if method in ("by-head", "full-cost", "step-down"):
            assert sum(borne) == cost_of(method, year), method


def test_a_way_without_its_figure_is_left_out():
    assert set(ways(Year({"ASH": 0, "BOR": 0}, {}, 1_000))) == {"fixed"}
    assert "by-head" not in ways(Year(CASES, {}, 1_000))
    assert "per-case" not in ways(Year({"ASH": 5}, {}, 4)), "a price of nothing is no price"


@pytest.fixture
def shared(real_db):
    """Borley finished three cases for Ashby at £4.21, and one of its own; it cost £40.00, computing £8.00 beside it."""
    provided()
    agreed(vat="non-business")
    worked(3)
    mine = asked(dt.datetime(2026, 5, 20, 9, tzinfo=dt.UTC), body_id=BORLEY)
    finish(mine, dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC))
    lines = "entry,date,centre,account,amount\n1,2026-05-01,W10,1,40.00\n2,2026-05-01,ICT,1,8.00\n"
    own = {"body_id": BORLEY, **TOLD}
    with scoped(OF_PROVIDER):
        actions.take_centres(**own, content="code,title,parent\nW10,Complaints,\nICT,Computing,\n")
        actions.map_centre(**own, centre="W10", service_id="complaint", starts=dt.date(2026, 4, 1))
        actions.take_costs(**own, kind="actual", title="x", content=lines, control_rows=2, control_pence=4_800)
        actions.note_residents(**own, starts=dt.date(2025, 4, 1), residents=30_000, source="Estimate")
    with scoped(OF_PAYER):
        actions.note_residents(
            body_id=ASHBY, starts=dt.date(2025, 4, 1), residents=50_000, source="Estimate", at=AT, by=OF_PAYER.actor
        )


def test_each_way_is_worked_out_on_last_year_s_work(shared):
    with scoped(OF_PROVIDER):
        found = queries.compare(BORLEY, "complaint", AT.date())
    assert found.year.cases == {"BOR": 1, "ASH": 3}
    assert (found.year.cost, found.year.overheads) == (4_000, 800)
    assert found.now == {"BOR": 4_000 - 1_263, "ASH": 1_263}
    said = {way.method: way.pence["ASH"] for way in found.ways}
    # 5/8 of the residents; bands do not bite at three cases; full cost and step by step carry the computing too
    assert said == {"per-case": 3_000, "per-unit": 3_000, "by-head": 2_500, "by-band": 3_000, "fixed": 2_000,
                    "full-cost": 3_600, "step-down": 3_500}  # fmt: skip
    for way in found.ways:
        assert sum(way.pence.values()) == 4_000 + (800 if way.method in ("full-cost", "step-down") else 0)
        assert way.change["ASH"] == way.pence["ASH"] - 1_263


def test_the_page_says_who_would_pay_least_and_most(shared, client, monkeypatch):
    monkeypatch.setattr("moothall.site.middleware.now", lambda: AT)
    as_staff(client, BORLEY, "finance")
    page = client.get("/recharges/compare/").content.decode()
    assert "Ashby District Council would pay least by “the same for each”, £20.00 (£7.37 more than now)" in page
    assert "most by “full cost by cases”, £36.00" in page
    table = client.get("/recharges/compare/?format=csv").content.decode().splitlines()
    assert len(table) == 1 + 2 + 7 * 2
    assert "£80.00" in client.get("/recharges/compare/?service=complaint&cost=160").content.decode()
    assert "in pounds" in client.get("/recharges/compare/?service=complaint&cost=dear").content.decode()


def test_the_payer_and_an_outsider_are_told_that_they_do_no_work_for_others(shared, client, monkeypatch):
    monkeypatch.setattr("moothall.site.middleware.now", lambda: AT)
    for body_id in (ASHBY, EASTWOLD):
        as_staff(client, body_id, "finance")
        page = client.get("/recharges/compare/?service=complaint").content.decode()
        assert "We do no work for others on terms" in page
        assert "£40.00" not in page


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_ways_are_readable(visit, shared, width):
    from tests.world import account_of

    visit.check(visit("/recharges/compare/?service=complaint&cost=160", width=width,
                      account=account_of(BORLEY, "finance")))  # fmt: skip
