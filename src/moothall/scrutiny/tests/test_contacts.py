"""How people reach a body: counted from its contacts, and published without what would name anybody."""

import csv
import datetime as dt
import io
import re
from types import SimpleNamespace

import pytest
from tests.world import ASHBY, BORLEY

from moothall.core.actor import Actor
from moothall.core.clock import LONDON
from moothall.core.scope import Scope, scoped
from moothall.desk import actions as desk
from moothall.scrutiny import actions, queries
from moothall.scrutiny.rules.contacts import Count, by_channel, by_month, by_service, guarded, guarded_table, served

MAY, JUNE = dt.date(2026, 5, 1), dt.date(2026, 6, 1)
BY = Actor("staff", "77", ASHBY)


def test_a_count_under_five_takes_the_smallest_other_with_it():
    assert guarded([40, 3, 12, 0]) == [40, None, None, 0]
    assert guarded([4, 2, 30]) == [None, None, 30], "two together give nothing away"


def test_in_a_table_neither_rows_nor_columns_give_a_small_count_away():
    shown = guarded_table([[40, 3, 12], [50, 20, 30], [60, 21, 31]])
    assert shown == [[40, None, None], [50, None, None], [60, 21, 31]]
    assert guarded_table([]) == []


def test_what_a_channel_cost_is_summed_at_the_price_of_each_month():
    counts = [Count(MAY, "phone", "", 10, 6, 720), Count(JUNE, "phone", "", 20), Count(JUNE, "web", "", 100)]
    phone = by_channel(counts, {("phone", MAY): 300, ("phone", JUNE): 250})[1]
    assert (phone.contacts, phone.pence, phone.tenths) == (30, 10 * 300 + 20 * 250, 20), "720 seconds of 6 are 2.0 each"
    assert by_channel(counts, {("phone", MAY): 300})[1].pence is None, "June has no price, so no sum is told"


def test_a_small_channel_is_not_told_by_what_its_group_adds_up_to():
    counts = [Count(MAY, "email", "", 50), Count(MAY, "post", "", 3), Count(MAY, "phone", "", 20)]
    told = {one.channel: one.contacts for one in by_channel(counts, {})}
    assert told == {"email": None, "post": None, "phone": None}, "the total, email and phone would each tell of post"
    more = [*counts, Count(MAY, "visit", "", 9), Count(MAY, "web", "", 90)]
    told = {one.channel: one.contacts for one in by_channel(more, {})}
    assert (told["post"], told["visit"]) == (None, None)
    assert (told["email"], told["web"]) == (50, 90)


def test_what_a_month_tells_of_a_group_gives_no_small_channel_away():
    counts = [
        Count(MAY, "email", "", 50),
        Count(MAY, "post", "", 3),
        Count(MAY, "phone", "", 7),
        Count(MAY, "web", "", 9),
    ]
    told = {one.channel: one.contacts for one in by_channel(counts, {})}
    assert told["email"] is None, "letters and emails together are told by month, so email would tell of letters"


def test_how_many_served_themselves_is_told_also_where_phone_and_visits_are_not():
    counts = [Count(MAY, "web", "", 40), Count(MAY, "phone", "", 21), Count(MAY, "visit", "", 3)]
    assert by_month(counts, [MAY]) == [[40, None, None]]
    assert served(counts, [MAY]) == [[40, 24]]


def test_months_put_channels_of_a_kind_together():
    counts = [
        Count(MAY, "web", "", 7),
        Count(MAY, "open311", "", 5),
        Count(MAY, "phone", "", 6),
        Count(JUNE, "sms", "", 8),
    ]
    assert by_month(counts, [MAY, JUNE]) == [[12, 6, 0], [0, 0, 8]]


def test_how_many_were_avoidable_is_told_only_where_neither_they_nor_the_rest_are_few():
    counts = [
        Count(MAY, "phone", "missed-bin", 40, avoidable=12, repeat=6),
        Count(MAY, "phone", "noise", 20, avoidable=17, repeat=7),
        Count(MAY, "phone", "", 30, avoidable=10, repeat=8),
    ]
    told = {one.service_id: one.avoidable for one in by_service(counts)}
    assert told == {"missed-bin": 12, "noise": None, "": None}, "three of noise were not, and another hides the sum"
    assert [one.repeat for one in by_service(counts)] == [6, 8, 7]


def ring(times, *, month, body_id=ASHBY, **words):
    """Let somebody ring a body some times in a month, for two minutes each."""
    for n in range(times):
        at = dt.datetime(month.year, month.month, 2 + n % 20, 10, tzinfo=LONDON)
        said = {"channel": "phone", "kind": "question", "outcome": "answered"} | words
        desk.record_contact(body_id=body_id, ended_at=at + dt.timedelta(minutes=2), at=at, by=BY, **said)


@pytest.fixture
def counted(db):
    """Let Ashby be rung and asked on the web in May and June, and count both."""
    with scoped(Scope(bodies=(ASHBY,), actor=BY)):
        desk.set_unit_cost(
            body_id=ASHBY, channel="phone", pence=300, starts=MAY, source="An example figure", at=JULY, by=BY
        )
        for month in (MAY, JUNE):
            ring(12, month=month)
            ring(8, month=month, kind="chase", service_id="missed-bin")
            ring(30, month=month, channel="web", kind="request", outcome="opened", service_id="missed-bin")
        found = actions.count_contacts(body_id=ASHBY, since=MAY, at=JULY, by=BY)
        assert found == 100
        assert actions.count_contacts(body_id=ASHBY, since=MAY, at=JULY, by=BY) == 100, "counted anew, not added"


JULY = dt.datetime(2026, 7, 5, 12, tzinfo=LONDON)


def test_everybody_reads_the_year_and_nobody_a_contact(counted):
    with scoped(Scope(purpose="front door")):
        told = queries.contacts(body_id=ASHBY, on=JULY.date())
        assert (told.total, told.self_share, told.avoidable_share) == (100, 60, 16)
        assert queries.contact_bodies(JULY.date()) == [ASHBY]
        phone = next(one for one in told.channels if one.channel == "phone")
        assert (phone.contacts, phone.tenths, phone.pence) == (40, 20, 12000)
        assert queries.contacts(body_id=BORLEY, on=JULY.date()).total is None


@pytest.fixture
def later(monkeypatch):
    """Let it be July on the pages."""
    monkeypatch.setattr("moothall.scrutiny.views.contacts.local", lambda at: SimpleNamespace(date=lambda: JULY.date()))


def test_the_page_says_the_finding_first_and_what_a_contact_costs(counted, later, client):
    assert "60 of 100 contacts needed no adviser" in client.get("/contacts/").content.decode()
    page = client.get("/contacts/ashby/").content.decode()
    assert "16 of 100 could have been spared" in page
    assert "one contact costs £3.00. Source: An example figure" in page
    assert "£120.00" in page
    assert re.search(r"Most contacts that could have been spared: [^,]*missed[^,]*, 16\.", page)
    assert client.get("/contacts/nowhere/").status_code == 404
    assert "/contacts/" in client.get("/performance/").content.decode()


def test_the_page_is_whole_in_welsh(counted, later, client):
    client.cookies["django_language"] = "cy"
    page = client.get("/contacts/ashby/").content.decode()
    assert "nid oedd angen cynghorydd ar 60 o bob 100 cyswllt" in page


def test_the_table_for_a_spreadsheet_says_the_same(counted, later, client):
    rows = list(csv.DictReader(io.StringIO(client.get("/contacts/ashby.csv").content.decode())))
    phone = next(row for row in rows if row["what"] == "phone" and row["table"] == "channel")
    assert (phone["contacts"], phone["minutes each"], phone["cost in pence"]) == ("40", "2.0", "12000")
    bins = next(row for row in rows if row["what"] == "missed-bin")
    assert (bins["contacts"], bins["avoidable"]) == ("76", "16")


def test_a_body_without_contacts_has_a_page_that_says_so(client, db):
    assert "too few contacts to publish" in client.get("/contacts/borley/").content.decode()
    assert client.get("/contacts/borley.csv").status_code == 200
