"""Pages of savings: officers take one from promise to proof, everybody follows each pound to its entries."""

import csv
import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.savings import AT, LAST, SPENT, YEAR, actor, baseline, carried_out, ledger, promised, reported, verified
from tests.terms import as_body, running
from tests.world import ASHBY, BORLEY, EASTWOLD, account_of, as_staff

from moothall.core.clock import now
from moothall.core.money import pounds
from moothall.core.years import year_of
from moothall.promises import actions, queries
from moothall.promises.rules.savings import Amount, Part
from moothall.promises.rules.told import sentence

pytestmark = pytest.mark.django_db
WELSH = {"Accept-Language": "cy"}


def read(client, address, **more):
    answer = client.get(address, **more)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("&#x27;", "'")


def day(name, moment):
    return {f"{name}-day": moment.day, f"{name}-month": moment.month, f"{name}-year": moment.year}


def test_an_officer_takes_a_saving_from_promise_to_report_page_by_page(client):
    today = now().date()
    year = year_of(today)[0]
    manager = account_of(ASHBY, "manager")
    as_staff(client, ASHBY, "manager")
    assert "has promised no saving yet" in read(client, "/staff/savings/")
    given = {"title": "One lorry less", "kind": "cash", "source": "Budget, page 4", "service_id": "garden-waste",
             f"{year.year}-gross": "1,000", f"{year.year}-cost": "50", **day("starts", today)}  # fmt: skip
    wrong = client.post("/staff/savings/promise/", given | {"source": "", f"{year.year}-gross": "lots"})
    assert (wrong.status_code, "Say where it stands." in wrong.content.decode()) == (422, True)
    assert client.post("/staff/savings/promise/", given).url == "/staff/savings/ASH-S1/"
    assert client.post("/staff/savings/promise/", given).status_code == 422, "the same service is counted already"
    hours = given | {"kind": "non-cash", "service_id": "", "unit": ""}
    assert "Say what it is counted in." in client.post("/staff/savings/promise/", hours).content.decode()
    page = read(client, "/staff/savings/ASH-S1/")
    assert "Before that can be done:" in page
    assert "State what it would have cost without it" in page
    early = client.get("/staff/savings/ASH-S1/approve/")
    assert early.url == "/staff/savings/ASH-S1/"
    with as_body(ASHBY):
        councillor = str(queries.saving("ASH-S1").row.councillor) or _councillor()
    for verb, said in (
        ("owner", {"owner_id": manager.pk}),
        ("how", {"cause": "The rounds are planned anew.", "quality": "Missed bins"}),
        ("baseline", {"stated_by": "Finance", "pence": "6,000", "prices": year.isoformat(), "source": "Book"}),
        ("parts", {"outside": "The lender", "outside-percent": "10"}),
        ("propose", {"words": "Cabinet, to approve"}),
        ("approve", {"decided_by": "Cabinet", "minute": "C/1", "councillor": councillor, **day("decided_on", today),
                     f"{year.year}-gross": "900", f"{year.year}-cost": "50"}),
        ("done", {"words": "The lorry went back.", **day("day", today)}),
        ("report", {"year": year.isoformat(), "gross": "600", "cost": "50", "source": "Half-year report",
                    **day("until", today)}),
    ):  # fmt: skip
        assert client.get(f"/staff/savings/ASH-S1/{verb}/").status_code == 200, verb
        answer = client.post(f"/staff/savings/ASH-S1/{verb}/", said)
        assert answer.status_code == 302, (verb, answer.content.decode()[:3000])
    one = queries.saving("ASH-S1")
    assert (one.state, one.years[0].approved, one.years[0].realised) == (
        "realised", Amount(90_000, 5_000), Amount(60_000, 5_000),
    )  # fmt: skip
    assert one.parts == (Part("Ashby District Council", 90, ASHBY), Part("The lender", 10))
    assert client.get("/staff/savings/ASH-S1/verify/").status_code == 403, "a manager is no finance officer"


def _councillor():
    from moothall.bodies import queries as bodies

    return bodies.staff(ASHBY, AT.date(), "councillor").first().name


def test_a_finance_officer_sees_what_the_entries_come_to_before_it_is_verified(client):
    ledger()
    reported()
    as_staff(client, ASHBY, "finance")
    bare = read(client, "/staff/savings/ASH-S1/verify/")
    assert f"6 entries, {pounds(sum(SPENT.values()))}" in bare
    address = f"/staff/savings/ASH-S1/verify/?purse={ASHBY}:actual:STR10"
    assert read(client, address).count('name="entries"') == 6
    assert read(client, f"{address}-nowhere").count('name="entries"') == 6, "the first purse is shown"
    given = {"from_baseline": "yes", "entries": [f"{ASHBY}:actual:A-{month}" for month in SPENT]}
    worked = client.post(address, given | {"do": "work"}).content.decode()
    net = 600_000 * 183 // 365 - sum(SPENT.values())
    assert f"in 6 entries: {pounds(net)} is verified." in worked
    assert queries.saving("ASH-S1").total is None
    assert client.post(address, given | {"do": "verify", "baseline_pence": "1"}).status_code == 422
    assert client.post(address, given | {"do": "verify"}).url == "/staff/savings/ASH-S1/"
    assert queries.saving("ASH-S1").total == net
    again = read(client, address + "".join(f"&{k}={v}" for k, v in (day("first", YEAR) | day("last", LAST)).items()))
    assert "behind <a" in again
    ((proof, _),) = queries.lines_of(queries.saving("ASH-S1").row.pk)
    withdraw = f"/staff/savings/ASH-S1/verify/{proof.pk}/withdraw/"
    client.post(withdraw, {"why": ""})
    assert queries.saving("ASH-S1").total == net
    client.post(withdraw, {"why": "The wrong months"})
    assert queries.saving("ASH-S1").total is None


def test_everybody_follows_a_pound_to_its_entries_in_two_languages(client):
    ledger()
    row = reported()
    done = verified(row)
    page = read(client, "/savings/ASH-S1/")
    for words in ("One lorry less for garden waste", "Verified", f"{pounds(done.pence)}", "A-4", "£400.04",
                  "From 1 April 2026 to 30 September 2026, verified on 20 November 2026: Section 151 officer.",
                  "Are the costs of making it taken off?", "Cabinet"):  # fmt: skip
        assert words in page, words
    welsh = read(client, "/savings/ASH-S1/", headers=WELSH)
    for words in ("Un lori'n llai i wastraff gardd", "Cadarnhawyd", "A dynnir y costau o'i wneud?"):
        assert words in welsh, words
    rows = list(csv.DictReader(io.StringIO(client.get("/savings/ASH-S1/entries.csv").content.decode())))
    assert len(rows) == 6
    assert {line["verified"] for line in rows} == {f"{done.pence // 100}.{done.pence % 100:02d}"}
    assert client.get("/savings/ASH-S99/").status_code == 404


def test_the_list_says_what_came_of_the_year_and_keeps_apart_what_is_no_money(client):
    assert "No saving has been promised yet" in read(client, "/savings/")
    ledger()
    verified(reported())
    promised(kind="non-cash", unit="hours of staff time", title="Fewer calls", service_id="missed-bin",
             figures={YEAR: Amount(120, 0)})  # fmt: skip
    lost = promised(BORLEY, title="A dear merger", figures={YEAR: Amount(1_000, 9_000)})
    with as_body(BORLEY):
        actions.block(saving_id=lost.pk, blocked_by="The cabinet", why="Too dear", at=AT, by=actor("manager", BORLEY))
    page = read(client, "/savings/")
    assert sentence(queries.this_year(queries.yearly(), now().date())) in page
    assert "Apart: what frees no money" in page
    assert "120 hours of staff time expected, all years" in page
    assert "by The cabinet" in page
    assert "-£80" in page
    only = read(client, "/savings/?body=borley&state=blocked")
    assert "A dear merger" in only
    assert "One lorry less" not in only
    assert "All of what is expected stays with public bodies here." in page
    assert "No saving stands there." in read(client, "/savings/?body=borley&state=verified")
    assert "Arbedion" in read(client, "/savings/", headers=WELSH)
    rows = list(csv.DictReader(io.StringIO(client.get("/savings.csv").content.decode())))
    assert [row["promised"] for row in rows if row["reference"] == "BOR-S1"] == ["-80.00"]
    assert [row["promised"] for row in rows if row["unit"] == "hours of staff time"] == ["120"]


def test_a_disputed_baseline_shows_the_result_by_each(client):
    ledger()
    row = reported()
    done = verified(row)
    other = baseline(row, 480_000, stated_by="The union", because="The spare lorry was never used.")
    page = read(client, "/savings/ASH-S1/")
    assert "What it would have cost, as each side states it" in page
    assert "2 baselines are stated" in page
    as_staff(client, ASHBY, "manager")
    chosen = {"baseline_id": queries.saving_of(row.pk).baselines[0].pk, "because": "Audited"}
    assert client.post("/staff/savings/ASH-S1/choose/", chosen).status_code == 302
    assert other.pence == 480_000
    by_union = done.pence - done.baseline_pence + (2 * done.baseline_pence * 480_000 + 600_000) // (2 * 600_000)
    assert f"By this baseline the verified saving would be {pounds(by_union)}." in read(client, "/savings/ASH-S1/")


def test_what_leaves_the_area_is_said(client):
    row = carried_out()
    with as_body(ASHBY):
        actions.divide(saving_id=row.pk, at=AT, by=actor("manager"),
                       parts=[Part("Ashby", 75, ASHBY), Part("A firm from elsewhere", 25)])  # fmt: skip
    page = read(client, "/savings/ASH-S1/")
    assert "Leaves the area" in page
    assert "£487.50 of it leaves the public bodies here." in page
    assert "Of what is expected in all years, £487.50 leaves the public bodies here." in read(client, "/savings/")


def test_who_gets_a_part_of_another_s_saving_reads_it_among_its_own_said_as_such(client):
    row = carried_out()
    parts = [Part("Ashby", 75, ASHBY), Part("Borley", 25, BORLEY)]
    with as_body(ASHBY):
        actions.divide(saving_id=row.pk, parts=parts, at=AT, by=actor("manager"))
    page = read(client, "/savings/?body=borley")
    assert "Savings of others of which Borley District Council gets a part" in page
    assert "25 %, £487.50 expected, all years" in page
    assert "No saving of money was promised" in page, "the sums are the promising body's"
    assert "of which Ashby District Council gets a part" not in read(client, "/savings/?body=ashby")
    assert "One lorry less" not in read(client, "/savings/?body=borley&state=blocked")
    as_staff(client, BORLEY, "manager")
    assert "25 %, £487.50 expected" in read(client, "/staff/savings/")


def test_a_long_list_goes_on_by_key_and_its_sums_are_of_all_of_it(client):
    for number in range(27):
        promised(title=f"Number {number:02d}", service_id="", at=AT + dt.timedelta(minutes=number // 2))
    seen, address, sums = [], "/savings/?body=ashby&state=promised", set()
    while address:
        page = read(client, address)
        seen += re.findall(r">(Number \d\d)<", page)
        sums.add("£25,650" in page)  # 27 times 950
        found = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/savings/" + found[1].replace("&amp;", "&") if found else ""
    assert sorted(seen, reverse=True) == sorted({f"Number {number:02d}" for number in range(27)}, reverse=True)
    assert sums == {True}
    assert client.get("/savings/?after=nowhere").status_code == 422
    as_staff(client, ASHBY, "manager")
    first = read(client, "/staff/savings/")
    rest = read(client, "/staff/savings/" + re.search(r'rel="next" href="([^"]+)"', first)[1])
    assert ("need somebody to act" in first, "need somebody to act" in rest) == (True, False)
    assert (rest.count("Number 0"), rest.count("Number 2")) == (2, 0)


def test_only_the_body_s_own_officers_work_on_its_savings(client):
    carried_out()
    as_staff(client, EASTWOLD, "manager")
    for address in ("", "owner/", "report/"):
        assert client.get(f"/staff/savings/ASH-S1/{address}").status_code == 404
    as_staff(client, EASTWOLD, "finance")
    assert client.get("/staff/savings/ASH-S1/verify/").status_code == 404
    as_staff(client, ASHBY, "adviser")
    assert client.get("/staff/savings/").status_code == 403
    as_staff(client, ASHBY, "manager")
    assert client.get("/staff/savings/ASH-S1/nothing/").status_code == 404


def test_lists_are_read_in_a_few_statements_however_many_there_are(client, django_assert_max_num_queries):
    for number in range(20):
        promised(title=f"Saving {number}", service_id="")
    client.get("/savings/")
    with django_assert_max_num_queries(17):  # the scope, five of a page, four of all, what is kept for seconds
        client.get("/savings/")


def several(number: int) -> None:
    """Promise savings of two services, each to show from another day."""
    for n in range(number):
        promised(title=f"Saving {n}", differs=f"Another part, {n}", starts=YEAR + dt.timedelta(days=n),
                 service_id=("garden-waste", "missed-bin")[n % 2])  # fmt: skip


@pytest.mark.parametrize("address", ["/savings/", "/savings.csv"])
def test_lists_ask_once_how_services_kept_their_promises_however_many_savings_there_are(
    address, client, django_assert_max_num_queries
):
    several(16)
    client.get(address)
    with django_assert_max_num_queries(18):  # as above, and one of promises kept
        read(client, address)


def test_what_warns_of_a_body_s_savings_is_asked_once_for_all(client):
    as_staff(client, ASHBY, "manager")
    taken = []
    for _ in range(2):
        several(3)
        client.get("/staff/savings/")
        with CaptureQueriesContext(connection) as found:
            assert "Nobody owns this saving." in read(client, "/staff/savings/")
        taken.append(len(found))
    assert taken[1] < taken[0] + 3, "three more savings; what is kept for seconds may be asked anew"


def test_the_public_register_reads_a_partnership_s_verified_pounds_from_here(client):
    ledger()
    partnership = running(at=now()).partnership_id
    done = verified(reported(carried_out(promised(partnership_id=partnership))))
    page = read(client, "/partnerships/")
    assert pounds(done.pence) in page
    assert "For 1 of them a saving is verified from a ledger." in page
    assert 'href="/savings/"' in read(client, "/partnerships/ashby-and-borley-waste/").partition("<footer")[0]
