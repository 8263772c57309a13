"""Two neighbours report the hole that came back; it is mended at the contractor's cost, and everyone can read that."""

import re

import pytest
from tests.world import EASTWOLD, MARCHSHIRE, as_staff

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.functions.highways.tests.conftest import COUNTY, mill_lane
from moothall.ledger import queries as ledger


def number_in(page) -> str:
    return re.search(r'name="number" value="([0-9a-f-]{36})"', page.content.decode())[1]


def report(metres, email):
    place = mill_lane(metres)
    answers = {"where": place, "surface": "road", "width": "dinner-plate", "depth": "fist"}
    with scoped(Scope(purpose="front door")):
        opened = casework.open_case(
            service_id="report-pothole", answers=answers, place=place, contact={"name": "Ann", "email": email},
            channel="web", at=now(), by=Scope().actor,
        )  # fmt: skip
    queue.run_pending(at=now())
    return opened


def send(client, address, **said):
    """Fill in a staff form and send it twice, as on a bad signal."""
    said["number"] = number_in(client.get(address))
    answers = [client.post(address, said) for _ in range(2)]
    queue.run_pending(at=now())
    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.usefixtures("real_db")
def test_the_contractor_pays_for_the_hole_that_came_back(client):
    one, two = report(0, "ann@example.org"), report(8, "bob@example.org")

    as_staff(client, MARCHSHIRE, "officer")
    listed = client.get("/highways/").content.decode()
    (address,) = set(re.findall(r'href="(/highways/defects/[^"]+/inspect/)"', listed))
    send(client, address, impact="4", likelihood="4", cause="surfacing")

    as_staff(client, MARCHSHIRE, "crew")
    (job,) = set(re.findall(r'href="(/crew/[0-9a-f-]{36}/)"', client.get("/crew/").content.decode()))
    assert "Arden Vale Surfacing Limited pays" in client.get(job).content.decode()
    send(client, f"{job}mended/", method="patch")

    client.logout()
    page = client.get("/deductions/").content.decode()
    assert page.count("£334.20") == 2  # the sum and the one line: two reports, one hole, one deduction
    with scoped(COUNTY):
        assert ledger.balance(body_id=MARCHSHIRE, account="1300") == 33420

    as_staff(client, MARCHSHIRE, "officer")
    send(client, address.replace("inspect", "check"), passed="yes")
    with scoped(COUNTY):
        for opened in (one, two):
            page = cases.case(opened.case_id, at=now())
            assert (page.case.outcome, page.case.promise_kept) == ("mended", True)
            assert [message.letter for message in page.messages].count("mended") == 1

    as_staff(client, EASTWOLD, "officer")
    assert client.get(address).status_code == 404
    assert "Mill Lane" not in client.get("/highways/").content.decode()
