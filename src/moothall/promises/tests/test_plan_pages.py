"""Pages of plans and ideas: officers write and carry out, front-line staff propose, everybody reads what came of it."""

import csv
import io

import pytest
from tests.plans import adopted, written
from tests.terms import as_body
from tests.world import ASHBY, BORLEY, account_of, as_staff

from moothall.bodies import queries as bodies
from moothall.core.clock import now
from moothall.core.years import year_of
from moothall.promises import actions, queries

pytestmark = pytest.mark.django_db
WELSH = {"Accept-Language": "cy"}


def read(client, address, **more):
    answer = client.get(address, **more)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("&#x27;", "'")


def day(name, moment):
    return {f"{name}-day": moment.day, f"{name}-month": moment.month, f"{name}-year": moment.year}


def post(client, address, given):
    assert client.get(address).status_code == 200, address
    answer = client.post(address, given)
    assert answer.status_code == 302, (address, answer.content.decode()[-3000:])
    return answer.url


def test_an_officer_writes_a_plan_with_those_it_concerns_and_carries_it_out(client):
    today, year = now().date(), year_of(now().date())[0]
    manager = account_of(ASHBY, "manager")
    as_staff(client, ASHBY, "manager")
    assert "no improvement plan yet" in read(client, "/staff/plans/")
    page = post(client, "/staff/plans/begin/", {"service_id": "garden-waste", "year": year.isoformat()})
    assert page == "/staff/plans/ASH-P1/"
    lacking = read(client, page)
    for words in ("Say what comes first.", "Put at least one action into it.", "what they said: front-line staff."):
        assert words in lacking
    assert client.post(f"{page}adopt/", {}).status_code == 422
    post(client, f"{page}priorities/", {"priorities": "Fewer missed bins"})
    costs = {f"{year.year + n}-cost": "100" for n in range(3)}
    action = {"title": "Plan anew", "owner_id": manager.pk, "effect": "Fewer misses", **costs, **day("starts", today),
              **day("due", today)}  # fmt: skip
    assert client.post(f"{page}action/", action | {"effect": ""}).status_code == 422
    post(client, f"{page}action/", action)
    post(client, f"{page}action/", action | {"title": "Never mind"})
    for group in ("users", "community", "staff", "unions"):
        post(client, f"{page}voice/", {"group": group, "asked": "An evening", "said": f"{group} ask for more"})
    with as_body(ASHBY):
        one = queries.plan("ASH-P1")
    assert "Answer: “users ask for more”" in read(client, page)
    for voice in one.voices:
        post(client, f"{page}voice/{voice.pk}/", {"answer": "The first action does it."})
    client.post(f"{page}action/{one.actions[1].pk}/out/")
    post(client, f"{page}action/{one.actions[0].pk}/", action | {"title": "Plan the rounds anew"})
    with as_body(ASHBY):
        councillor = bodies.staff(ASHBY, today, "councillor").first().name
    given = {"adopted_by": "Cabinet", "minute": "C/1", "councillor": councillor, **day("adopted_on", today)}
    post(client, f"{page}adopt/", given)
    assert client.post(f"{page}action/{one.actions[0].pk}/", {"state": "done"}).status_code == 422
    post(client, f"{page}action/{one.actions[0].pk}/", {"state": "done", "outcome": "28 a month"})
    post(client, f"{page}action/{one.actions[0].pk}/owner/", {"owner_id": manager.pk})
    post(client, f"{page}lesson/", {"words": "Ask the crews first."})
    client.logout()
    public = read(client, "/plans/ASH-P1/")
    for words in ("1 of 1 actions are done.", "28 a month", "Ask the crews first.", "users ask for more", "£100.00 in"):
        assert words in public, words


def test_everybody_reads_adopted_plans_in_two_languages_and_nobody_another_s_draft(client):
    assert "No plan has been adopted yet" in read(client, "/plans/")
    row = written()
    assert client.get(f"/plans/{row.reference}/").status_code == 404
    as_staff(client, BORLEY, "manager")
    assert client.get(f"/staff/plans/{row.reference}/").status_code == 404
    client.logout()
    adopted(row)
    assert "0 of 2 actions are done." in read(client, "/plans/")
    welsh = read(client, f"/plans/{row.reference}/", headers=WELSH)
    for words in ("Undebau", "Cynlluniwyd", "Ateb:"):
        assert words in welsh, words
    rows = list(csv.DictReader(io.StringIO(client.get(f"/plans/{row.reference}/actions.csv").content.decode())))
    assert [line["action"] for line in rows] == ["Plan the rounds anew", "Tell residents the day before"]
    as_staff(client, BORLEY, "manager")
    assert client.get(f"/staff/plans/{row.reference}/").status_code == 404, "it is read on its public page"


def test_front_line_staff_propose_a_manager_grants_and_what_came_of_it_is_public(client):
    assert "No idea is written down yet" in read(client, "/ideas/")
    today = now().date()
    as_staff(client, ASHBY, "finance")
    for year in (year_of(today)[0], year_of(today)[0].replace(year=year_of(today)[0].year + 1)):
        post(client, "/staff/ideas/fund/", {"year": year.isoformat(), "pence": "1,000", "most": "600",
                                            "decided_by": "Cabinet", "minute": "C/2"})  # fmt: skip
    assert client.get("/staff/ideas/fund/").url == "/staff/ideas/", "both are set"
    as_staff(client, ASHBY, "crew")
    post(client, "/staff/ideas/new/", {"title": "Stickers", "words": "In four languages.", "origin": "staff",
                                       "service_id": "garden-waste"})  # fmt: skip
    assert client.get("/staff/ideas/ASH-I1/grant/").status_code == 403
    as_staff(client, ASHBY, "manager")
    grant = {"pence": "700", "decided_by": "Board", "reason": "Cheap", "shows": "Fewer misses", **day("ends", today)}
    dear = client.post("/staff/ideas/ASH-I1/grant/", grant)
    assert (dear.status_code, "at most £600.00" in dear.content.decode()) == (422, True)
    post(client, "/staff/ideas/ASH-I1/grant/", grant | {"pence": "500"})
    assert "£500.00 of £1,000.00 is left" in read(client, "/staff/ideas/")
    assert client.post("/staff/ideas/ASH-I1/decline/", {"decided_by": "x", "reason": "x"}).status_code == 409
    post(client, "/staff/ideas/ASH-I1/result/", {"result": "worked", "learnt": "Pictures work.", "spent": "420"})
    assert client.get("/staff/ideas/ASH-I1/nothing/").status_code == 404
    as_staff(client, BORLEY, "manager")
    assert client.get("/staff/ideas/ASH-I1/grant/").status_code == 404
    client.logout()
    page = read(client, "/ideas/")
    for words in (
        "Tried: 1. Worked: 1.",
        "It worked",
        "Pictures work.",
        "£420.00 was spent.",
        "£580.00 of £1,000.00",
    ):
        assert words in page, words
    assert "Gweithiodd" in read(client, "/ideas/", headers=WELSH)
    (row,) = csv.DictReader(io.StringIO(client.get("/ideas.csv").content.decode()))
    assert (row["spent"], row["result"]) == ("420.00", "worked")


def test_lists_of_plans_are_read_in_a_few_statements(client, django_assert_max_num_queries):
    adopted()
    client.get("/plans/")
    with django_assert_max_num_queries(11):  # the scope, services, three of plans, what is kept for seconds
        client.get("/plans/")


def test_an_action_that_is_late_stands_on_the_body_s_own_page(client):
    row = adopted()
    one = queries.plan(row.reference)
    with as_body(ASHBY):
        actions.move_action(plan_id=row.pk, action_id=one.actions[1].pk, state="dropped", outcome="Too dear", at=now(),
                            by=actor())  # fmt: skip
    as_staff(client, ASHBY, "manager")
    assert "Dropped" in read(client, f"/staff/plans/{row.reference}/")


def actor():
    from tests.savings import actor as found

    return found("manager")
