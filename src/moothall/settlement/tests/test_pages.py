"""The pages of recharges, for finance officers of both bodies."""

import datetime as dt
import io
import json

import pytest
from pypdf import PdfReader
from tests.work_done import BY_PAYER, OF_PAYER, OF_PROVIDER, SERVICE, agreed, approved, drawn, provided, sent, worked
from tests.world import ASHBY, BORLEY, EASTWOLD, as_staff

from moothall.casework import actions as casework
from moothall.catalogue import actions as catalogue
from moothall.core import clock
from moothall.core.scope import scoped
from moothall.settlement import actions, queries

LATER = dt.datetime(2026, 7, 7, 9, tzinfo=dt.UTC)


@pytest.fixture
def three(real_db, monkeypatch):
    """Three cases done, and today is 7 July 2026."""
    monkeypatch.setattr(clock, "now", lambda: LATER)
    monkeypatch.setattr("moothall.site.middleware.now", lambda: LATER, raising=False)
    provided()
    agreed()
    worked(3)


def text(answer) -> str:
    return answer.content.decode()


def first_line(row):
    with scoped(OF_PAYER):
        return queries.lines(row.pk).lines[0]


def test_from_the_form_to_both_bodies_books(three, client):
    as_staff(client, BORLEY, "finance")
    assert "£4.21 a case" in text(client.get("/recharges/prices/"))
    page = text(client.get("/recharges/"))
    assert "April to June 2026" in page
    form = {"payer": ASHBY, "days": "work/2026-04-01/2026-06-30"}
    address = client.post("/recharges/draw/", form)["Location"]
    assert client.post("/recharges/draw/", form)["Location"] == address  # a double click is one draft
    page = text(client.get(address))
    assert "Ashby District Council owes Borley District Council £15.15, of which VAT is £2.52." in page
    for _click in range(2):
        assert client.post(f"{address}send/").status_code == 302
    client.post(f"{address}approve/")
    as_staff(client, ASHBY, "section-151-officer")
    for _click in range(2):
        assert client.post(f"{address}approve/").status_code == 302
        assert client.post(f"{address}post/").status_code == 302
    page = text(client.get(address))
    assert "In the books" in page
    assert "entry" in page


def test_what_cannot_be_drawn_up_is_said_beside_the_form(three, client):
    sent()
    as_staff(client, BORLEY, "finance")
    answer = client.post("/recharges/draw/", {"payer": ASHBY, "days": "work/2026-04-01/2026-06-30"})
    assert answer.status_code == 422
    assert "on another statement already" in text(answer)
    answer = client.post("/recharges/draw/", {"payer": EASTWOLD, "days": "work/2026-04-01/2026-06-30"})
    assert answer.status_code == 422


def test_a_line_leads_to_its_case_and_is_disputed_and_settled(three, client):
    row = sent()
    line = first_line(row)
    address = f"/recharges/lines/{line.pk}/"
    as_staff(client, ASHBY, "finance")
    page = text(client.get(address))
    assert line.reference in page
    assert f"/staff/cases/{line.case_id}/" in page
    assert client.post(f"{address}dispute/", {"reason": ""}).status_code == 422
    for _click in range(2):
        assert client.post(f"{address}dispute/", {"reason": "It was ours"}).status_code == 302
    assert "1 line of £5.05 is held by a dispute" in text(client.get(f"/recharges/{row.pk}/"))
    as_staff(client, BORLEY, "finance")
    page = text(client.get(address))
    assert "It was ours" in page
    assert "Take this line off" in page
    assert client.post(f"{address}settle/", {"answer": "You are right"}).status_code == 302
    assert "took the line off" in text(client.get(address))
    assert "Taken off" in text(client.get(f"/recharges/{row.pk}/"))


def test_either_body_works_it_out_again(three, client):
    row = sent()
    for body_id in (ASHBY, BORLEY):
        as_staff(client, body_id, "auditor")
        assert "Every figure is right: 3 lines" in text(client.get(f"/recharges/{row.pk}/check/"))


def test_a_case_that_was_opened_again_is_named(three, client):
    row = sent()
    line = first_line(row)
    as_staff(client, ASHBY, "finance")
    assert "Each of its cases is still closed" in text(client.get(f"/recharges/{row.pk}/check/"))
    with scoped(OF_PAYER):
        casework.reopen_case(case_id=line.case_id, reason="Not right", **BY_PAYER)
    assert f"one case was opened again: {line.reference}." in text(client.get(f"/recharges/{row.pk}/check/"))


def test_it_is_a_table_data_and_a_tagged_paper(three, client):
    row = sent()
    as_staff(client, ASHBY, "finance")
    table = text(client.get(f"/recharges/{row.pk}.csv")).splitlines()
    assert table[0].startswith("line,case,day")
    assert sum(int(one.split(",")[5]) for one in table[1:]) == 1263
    data = json.loads(client.get(f"/recharges/{row.pk}.json").content)
    assert sum(one["vat_pence"] for one in data["lines"]) == data["vat_pence"] == 252
    assert data["sections"][0]["rule"] == {"method": "per-case", "pence": 421}
    paper = client.get(f"/recharges/{row.pk}.pdf").content
    found = PdfReader(io.BytesIO(paper))
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "£15.15" in "".join(page.extract_text() for page in found.pages)


def test_an_outsider_and_a_resident_find_nothing(three, client):
    row = sent()
    line = first_line(row)
    addresses = [f"/recharges/{row.pk}/", f"/recharges/{row.pk}/check/", f"/recharges/{row.pk}.csv",
                 f"/recharges/{row.pk}.json", f"/recharges/{row.pk}.pdf", f"/recharges/lines/{line.pk}/"]  # fmt: skip
    for address in (*addresses, "/recharges/"):
        assert client.get(address).status_code == 302
    as_staff(client, EASTWOLD, "finance")
    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.post(f"/recharges/{row.pk}/approve/").status_code == 404
    assert "No statement has been drawn up yet" in text(client.get("/recharges/"))


def test_a_draft_is_not_there_for_the_payer(three, client):
    row = drawn()
    as_staff(client, ASHBY, "finance")
    assert client.get(f"/recharges/{row.pk}/").status_code == 404


@pytest.mark.parametrize("role", ["adviser", "councillor", "officer"])
def test_other_roles_are_turned_away(three, client, role):
    row = sent()
    as_staff(client, ASHBY, role)
    assert client.get(f"/recharges/{row.pk}/").status_code == 403
    assert client.post(f"/recharges/{row.pk}/approve/").status_code == 403


def test_an_auditor_reads_and_changes_nothing(three, client):
    row = sent()
    as_staff(client, ASHBY, "auditor")
    assert "Approve it" not in text(client.get(f"/recharges/{row.pk}/"))
    assert client.post(f"/recharges/{row.pk}/approve/").status_code == 403


def test_a_refusal_says_what_to_do(three, client):
    row = sent()
    as_staff(client, ASHBY, "section-151-officer")
    answer = client.post(f"/recharges/{row.pk}/post/")
    assert answer.status_code == 409
    assert "Ask the one that has not" in text(answer)


def test_the_list_takes_few_statements_however_long(three, client, django_assert_max_num_queries):
    row = approved()
    with scoped(OF_PAYER):
        actions.post(statement_id=row.pk, **BY_PAYER)
    as_staff(client, ASHBY, "finance")
    client.get("/recharges/")
    with django_assert_max_num_queries(20):
        client.get("/recharges/")
    with django_assert_max_num_queries(25):
        client.get(f"/recharges/{row.pk}/")


def test_a_statement_outlives_the_service_that_it_is_for(three, client):
    row = sent()
    with scoped(OF_PAYER):
        catalogue.withdraw(service_id=SERVICE, **BY_PAYER)
    as_staff(client, ASHBY, "section-151-officer")
    for path in ("", f"{row.pk}/", f"{row.pk}/check/", f"lines/{first_line(row).pk}/"):
        answer = client.get(f"/recharges/{path}")
        assert answer.status_code == 200, path
    assert "Make a complaint" in text(client.get(f"/recharges/{row.pk}/"))
    assert client.get("/recharges/compare/").status_code == 200


def test_the_form_is_there_on_the_twenty_ninth_of_february(three):
    with scoped(OF_PROVIDER):
        assert queries.payers(BORLEY, dt.date(2028, 2, 29)) == [ASHBY]
    with scoped(OF_PAYER):
        assert queries.payers(ASHBY, dt.date(2028, 2, 29)) == []
