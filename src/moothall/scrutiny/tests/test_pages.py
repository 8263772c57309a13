"""The public page: findings first, small counts withheld, a table and a CSV beside each chart."""

import csv
import datetime as dt
import io
from uuid import uuid4

import pytest
from django.core.management import call_command
from tests import world
from tests.plans import adopted
from tests.savings import promised
from tests.terms import as_body

from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.scope import Scope, scoped
from moothall.scrutiny import actions
from moothall.scrutiny.models import Figure
from moothall.scrutiny.rules.figures import add_months, month_of

pytestmark = pytest.mark.django_db
BY = Actor.system("tests")
THIS_MONTH = month_of(local(now()).date())


def promise(kept, missed, months_ago, service="report-pothole", body=world.MARCHSHIRE):
    day = add_months(THIS_MONTH, -months_ago) + dt.timedelta(days=0)
    at = dt.datetime.combine(day, dt.time(12), dt.UTC)
    with scoped(Scope(bodies=(body,), purpose="tests")):
        for n in range(kept + missed):
            actions.count_promise(
                body_id=body, service_id=service, case_id=uuid4(), promise_due=at, kept=n < kept, at=at, by=BY
            )


@pytest.fixture
def _year():
    promise(87, 13, 1)
    promise(80, 20, 2)
    promise(30, 2, 3)
    promise(3, 0, 4)
    promise(60, 6, 1, service="missed-bin", body=world.ASHBY)


def page(client, address, **given):
    response = client.get(address, given)
    assert response.status_code == 200
    return response.content.decode()


def test_before_any_promise_fell_due_it_says_what_will_stand_here(client):
    assert "No promise has fallen due yet" in page(client, "/performance/")


@pytest.mark.usefixtures("_year")
def test_every_body_s_services_are_told_in_a_sentence_and_one_body_can_be_chosen(client):
    html = page(client, "/performance/")
    assert "87 of 100 promises kept" in html
    assert "60 of 66 promises kept" in html
    narrowed = page(client, "/performance/", body="ashby")
    assert "60 of 66" in narrowed
    assert "87 of 100" not in narrowed


@pytest.mark.usefixtures("_year")
def test_a_service_has_chart_table_and_csv_that_agree(client):
    html = page(client, "/performance/marchshire/report-pothole/")
    assert 'role="img"' in html
    assert "87 of 100 promises kept" in html
    sheet = list(csv.DictReader(io.StringIO(page(client, "/performance/marchshire/report-pothole.csv"))))
    assert len(sheet) == 12
    assert (sheet[-2]["promises"], sheet[-2]["kept"], sheet[-2]["missed"]) == ("100", "87", "13")
    assert f">{sheet[-2]['period']}<" in html


def test_days_promised_stand_beside_the_days_it_took_in_chart_table_and_csv(client):
    done = dt.datetime.combine(add_months(THIS_MONTH, -1), dt.time(12), dt.UTC)
    asked, due = done - dt.timedelta(days=19), done + dt.timedelta(days=9)
    with scoped(Scope(bodies=(world.MARCHSHIRE,), purpose="tests")):
        for n in range(20):
            actions.count_promise(
                body_id=world.MARCHSHIRE, service_id="report-pothole", case_id=uuid4(), promise_due=due, kept=True,
                opened_at=asked - dt.timedelta(days=n % 2), at=done, by=BY,
            )  # fmt: skip
    html = page(client, "/performance/marchshire/report-pothole/")
    assert "took 19.5 days on average; 28.5 days were promised." in html
    assert html.count('role="img"') == 2
    row = list(csv.DictReader(io.StringIO(page(client, "/performance/marchshire/report-pothole.csv"))))[-2]
    assert (row["days promised"], row["days taken"]) == ("28.5", "19.5")
    assert (
        "cymerodd"
        in client.get("/performance/marchshire/report-pothole/", headers={"Accept-Language": "cy"}).content.decode()
    )


@pytest.mark.usefixtures("_year")
def test_counts_under_five_are_in_neither_page_nor_csv(client):
    html = page(client, "/performance/marchshire/report-pothole/")
    sheet = list(csv.DictReader(io.StringIO(page(client, "/performance.csv"))))
    assert "not shown" in html
    for row in sheet:
        for column in ("promises", "kept", "missed"):
            assert row[column] in ("", "0") or int(row[column]) >= 5


@pytest.mark.usefixtures("_year")
def test_the_service_s_own_page_says_how_often_its_promise_is_kept(client):
    html = page(client, "/services/report-pothole/")
    assert "We kept this promise 87 times out of 100 in" in html
    assert 'href="/performance/marchshire/report-pothole/"' in html
    client.cookies["django_language"] = "cy"
    assert "Cadwasom yr addewid hwn 87 o weithiau o 100" in page(client, "/services/report-pothole/")


@pytest.mark.usefixtures("_year")
def test_the_public_page_speaks_welsh_in_its_findings_too(client):
    client.cookies["django_language"] = "cy"
    assert "cadwyd 87 o 100 addewid" in page(client, "/performance/")
    html = page(client, "/performance/marchshire/report-pothole/")
    assert "Pwy sy&#x27;n atebol" in html or "Pwy sy'n atebol" in html
    assert "promises kept" not in html.split("<main")[1]


def test_an_unknown_body_or_service_is_not_found(client):
    assert client.get("/performance/atlantis/report-pothole/").status_code == 404
    assert client.get("/performance/marchshire/dragons/").status_code == 404


@pytest.mark.usefixtures("_year")
def test_all_findings_cost_one_look_at_the_figures(client, django_assert_max_num_queries):
    page(client, "/performance/")
    # scope, session and savepoints of a request; services; figures; deductions and their sum
    with django_assert_max_num_queries(10):
        page(client, "/performance/")


def test_counting_again_by_command_leaves_what_the_facts_tell():
    out = io.StringIO()
    call_command("recount", stdout=out)
    assert "Marchshire County Council: 0 promises." in out.getvalue()
    assert not Figure.objects.exists()


def test_a_saving_and_a_plan_show_how_their_service_kept_its_promises_in_time_and_in_days(client):
    row, plan = promised(service_id="garden-waste"), adopted()
    assert "how it kept that in the last year" not in page(client, f"/savings/{row.reference}/")
    done = now() - dt.timedelta(days=40)
    with as_body(world.ASHBY):
        for n in range(20):
            ask = {"promise_due": done + dt.timedelta(days=4), "opened_at": done - dt.timedelta(days=6)}
            actions.count_promise(body_id=world.ASHBY, service_id="garden-waste", case_id=uuid4(), kept=n < 12, at=done,
                                   by=BY, **ask)  # fmt: skip
    for address in (f"/savings/{row.reference}/", f"/plans/{plan.reference}/"):
        html = page(client, address)
        for words in ("how it kept that in the last year", "12 of 20 promises kept", "took 6 days on average; 10 days",
                      "/performance/ashby/garden-waste.csv"):  # fmt: skip
            assert words in html, (address, words)
        assert "cymerodd" in client.get(address, headers={"Accept-Language": "cy"}).content.decode()
