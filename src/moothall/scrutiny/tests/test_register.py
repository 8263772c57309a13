"""The register of shared arrangements: read line by line, searched by everybody, and never a made-up figure."""

import csv
import datetime as dt
import io
import json

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.terms import SECRET, running
from tests.world import ASHBY, BORLEY, EASTWOLD, as_staff

from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.scrutiny import actions
from moothall.scrutiny.models import Arrangement
from moothall.scrutiny.rules.register import COLUMNS, as_csv, narrowed, read

TODAY = dt.date(2026, 11, 22)
GOOD = {
    "reference": "T1", "name": "Two towns' tills", "kind": "lead-authority",
    "members": "Overby Council; Netherby Council",
    "services": "Payments", "starts": "2012-05", "ends": "", "why_ended": "", "promised_pounds": "12,000",
    "verified_pounds": "", "verified_source": "", "source": "Joint report 2012, p3",
}  # fmt: skip


def table(*rows):
    out = io.StringIO()
    sheet = csv.DictWriter(out, COLUMNS)
    sheet.writeheader()
    sheet.writerows([GOOD | row for row in rows])
    return out.getvalue()


def test_a_sound_line_becomes_a_row():
    rows, problems = read(table({}), today=TODAY)
    assert problems == []
    assert rows[0].members == ("Overby Council", "Netherby Council")
    assert (rows[0].promised_pence, rows[0].verified_pence, rows[0].state) == (1200000, None, "running")


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"name": ""}, "Write “name”."),
        ({"source": " "}, "Write “source”."),
        ({"kind": "club"}, "“kind” is one of: alone, lead-authority"),
        ({"starts": "May 2012"}, "as 2012, 2012-05 or 2012-05-17"),
        ({"starts": "2012-02-30"}, "as 2012, 2012-05 or 2012-05-17"),
        ({"ends": "2013-04"}, "Write why it ended."),
        ({"ends": "2011", "why_ended": "Too small"}, "It cannot end before it starts."),
        ({"promised_pounds": "lots"}, "Write “promised_pounds” in pounds"),
        ({"verified_pounds": "5"}, "A verified saving needs its source"),
        ({"name": "x" * 201}, "“name” is too long."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(change, asks):
    rows, problems = read(table({"reference": "T0"}, change), today=TODAY)
    assert len(rows) == 1
    assert [line for line, _ in problems] == [3]
    assert asks in problems[0][1]


def test_a_table_without_its_columns_or_lines_or_with_a_reference_twice_is_sent_back():
    assert read("reference,colour\n", today=TODAY)[1][0][0] == 1
    assert "Take out “colour”." in read("reference,colour\n", today=TODAY)[1][0][1]
    assert "no line below" in read(table(), today=TODAY)[1][0][1]
    assert "stands on line 2 already" in read(table({}, {}), today=TODAY)[1][0][1]
    assert "more cells than columns" in read(table({}).rstrip() + ",more\n", today=TODAY)[1][0][1]


def test_an_arrangement_has_ended_when_its_day_has_come():
    soon, now = {"ends": "2026-12", "why_ended": "Agreed"}, {"reference": "T2", "ends": "2026", "why_ended": "x"}
    rows, _ = read(table(soon, now), today=TODAY)
    assert [row.state for row in rows] == ["running", "ended"]


def test_rows_are_narrowed_and_written_so_that_they_can_be_read_again():
    bins = {"reference": "T2", "name": "Joint bins", "kind": "contract", "members": "Overby Council"}
    rows, _ = read(table({}, bins), today=TODAY)
    assert [r.reference for r in narrowed(rows, words="OVERBY bins")] == ["T2"]
    assert [r.reference for r in narrowed(rows, kind="lead-authority")] == ["T1"]
    assert [r.reference for r in narrowed(rows, member="Netherby Council")] == ["T1"]
    assert narrowed(rows, state="ended") == []
    taken = [{k: v for k, v in row.items() if k in COLUMNS} for row in csv.DictReader(io.StringIO(as_csv(rows)))]
    again = io.StringIO()
    sheet = csv.DictWriter(again, COLUMNS)
    sheet.writeheader()
    sheet.writerows(taken)
    assert read(again.getvalue(), today=TODAY) == (rows, [])


AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def register(text, body=ASHBY):
    with scoped(Scope(bodies=(body,), purpose="tests")):
        return actions.register_arrangements(body_id=body, table=text, at=AT, by=Actor("staff", "1", body))


@pytest.mark.django_db
def test_a_table_is_registered_whole_or_not_at_all_and_again_brings_it_up_to_date():
    with pytest.raises(actions.TableUnsound):
        register(table({}, {"reference": "T2", "kind": "club"}))
    assert not Arrangement.objects.exists()
    assert register(table({}, {"reference": "T2"})) == (2, 0)
    assert register(table({}, {"reference": "T2", "ends": "2020", "why_ended": "Merged"})) == (0, 1)
    assert register(table({}), BORLEY) == (1, 0)


@pytest.mark.django_db
def test_another_body_cannot_change_what_one_registered():
    register(table({}))
    with scoped(Scope(bodies=(EASTWOLD,), purpose="tests")):
        assert Arrangement.objects.update(name="Ours now") == 0


@pytest.mark.django_db
def test_everybody_finds_what_runs_here_and_elsewhere(client):
    running()
    register(table({"ends": "2013-04", "why_ended": "Too little gained"}))
    page = client.get("/partnerships/").content.decode()
    assert "2 shared arrangements: 1 running, 1 ended." in page
    assert "No saving of any of them is verified from a ledger yet." in page
    assert "ended April 2013: Too little gained" in page
    assert '<a class="govuk-link" href="/partnerships/ashby-and-borley-waste/">Ashby and Borley waste</a>' in page
    assert "Two towns" not in client.get("/partnerships/", {"state": "running"}).content.decode()
    assert "Nothing matches" in client.get("/partnerships/", {"q": "zeppelin"}).content.decode()
    welsh = client.get("/partnerships/", headers={"Accept-Language": "cy"}).content.decode()
    assert "Gwastraff Ashby a Borley" in welsh
    assert "dim wedi&#x27;i gadarnhau" in welsh or "dim wedi'i gadarnhau" in welsh


@pytest.mark.django_db
def test_it_can_be_taken_away_by_a_stated_schema(client):
    running(savings={"pence_a_year": 500000, "starts": "2027-04-01", "source": "Report"},
            withheld=[SECRET | {"part": "savings"}])  # fmt: skip
    register(table({"verified_pounds": "10", "verified_source": "Audit 2014"}))
    said = json.loads(client.get("/partnerships/register.json").content)
    schema = json.loads(client.get("/partnerships/schema.json").content)
    jsonschema.validate(said, schema)
    assert [row["verified_pence"] for row in said["arrangements"]] == [None, 1000]
    assert [row["promised_pence"] for row in said["arrangements"]] == [None, 1200000]
    assert said["arrangements"][0]["promised_words"] == "withheld until 2999-01-01"
    assert said["schema"] == "http://testserver/partnerships/schema.json"
    sheet = client.get("/partnerships/register.csv", {"q": "tills"}).content.decode().splitlines()
    assert len(sheet) == 2


@pytest.mark.django_db
def test_staff_check_a_table_line_by_line_before_it_is_registered(client):
    as_staff(client, ASHBY, "partnership-office")
    address = "/staff/partnerships/register/"
    wrong = client.post(address, {"table": table({"kind": "club"}), "do": "register"})
    assert wrong.status_code == 422
    assert "Line 2: “kind” is one of" in wrong.content.decode()
    file = SimpleUploadedFile("t.csv", table({}).encode(), "text/csv")
    checked = client.post(address, {"file": file, "do": "check"}).content.decode()
    assert "All 1 line can be registered. Nothing is registered yet." in checked
    assert not Arrangement.objects.exists()
    assert client.post(address, {"table": table({}), "do": "register"}).status_code == 302
    assert Arrangement.objects.get().body_id == ASHBY
    assert "Choose a file, or paste" in client.post(address, {"table": "", "do": "check"}).content.decode()
    latin = SimpleUploadedFile("t.csv", "Ynys Môn".encode("latin-1"), "text/csv")
    assert "in UTF-8" in client.post(address, {"file": latin, "do": "check"}).content.decode()


@pytest.mark.django_db
def test_an_empty_register_says_what_will_appear(client):
    assert "Nobody shares anything yet" in client.get("/partnerships/").content.decode()


@pytest.mark.django_db
def test_the_list_is_read_in_a_few_statements(client, django_assert_max_num_queries):
    running()
    register(table(*[{"reference": f"T{n}"} for n in range(60)]))
    client.get("/partnerships/")
    with django_assert_max_num_queries(12):  # the scope, three of partnerships and their parts, one of arrangements
        client.get("/partnerships/")
