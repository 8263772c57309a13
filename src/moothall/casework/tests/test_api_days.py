"""What a system does for somebody by the API after it asked: a day is chosen and changed, and what is owed is told."""

import json
import re

import pytest
from django.core.cache import cache
from tests import world

from moothall.core.clock import now
from moothall.core.queue import run_pending

CONTACT = {"name": "Ann Example", "email": "ann@example.org"}
AS_ANN = {"Contact": CONTACT["email"]}
HELPED = {"how": "visit", "about": "money"}
SOFA = {"home": True, "items": ["sofa"], "count": 1, "low_income": False, "put_out": "front", "agreed": True}


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def asked(client, service, answers, **contact) -> dict:
    """Ask for a service at 14 Mill Lane and let its first steps run; return what was answered."""
    new = {"service": service, "answers": answers, "place": {"uprn": world.MILL_LANE_14}, "contact": CONTACT | contact}
    answer = client.post("/api/v1/cases", json.dumps(new), content_type="application/json")
    assert answer.status_code == 201, answer.content
    run_pending(at=now())
    return answer.json()


def read(client, reference, more=""):
    return client.get(f"/api/v1/cases/{reference}{more}", headers=AS_ANN).json()


def choose(client, reference, slot):
    answer = client.put(
        f"/api/v1/cases/{reference}/day", json.dumps({"slot": slot}), content_type="application/json", headers=AS_ANN
    )
    run_pending(at=now())
    return answer


def test_a_day_is_chosen_told_and_changed(client, real_db):
    reference = asked(client, "appointment", HELPED)["reference"]
    assert read(client, reference)["day_to_choose"]
    days = read(client, reference, "/days")
    assert days == sorted(days, key=lambda one: one["starts"])

    assert choose(client, reference, days[0]["id"]).json()["day"]["starts"] == days[0]["starts"]
    told = read(client, reference)
    assert (told["day"], told["day_to_choose"]) == (days[0], False)
    assert choose(client, reference, days[0]["id"]).status_code == 200  # the same again
    assert choose(client, reference, days[-1]["id"]).json()["day"] == days[-1]


def test_a_time_of_another_diary_or_for_a_case_without_one_is_refused(client, real_db):
    visit = asked(client, "appointment", HELPED)["reference"]
    sofa = asked(client, "bulky-waste", SOFA)["reference"]
    other = read(client, sofa, "/days")[0]["id"]
    refused = choose(client, visit, other)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/slot-taken")
    assert read(client, visit)["day"] is None

    bin_ = asked(client, "new-bin", {"which": "food", "why": "none"})["reference"]
    assert read(client, bin_, "/days") == []
    assert choose(client, bin_, other).json()["type"] == "/problems/no-day-to-choose"


def test_what_is_owed_is_told_with_where_to_pay_it_and_how_it_ended_in_words(client, real_db):
    reference = asked(client, "new-bin", {"which": "rubbish", "why": "missing"})["reference"]
    owed = read(client, reference)["to_pay"]
    assert owed["pence"] == 3000
    assert client.get(owed["address"].removeprefix("http://localhost:8000")).status_code == 200
    assert read(client, reference)["outcome_title"] == ""


@pytest.mark.parametrize(("safe", "found"), [("write", 200), ("ring", 404), (None, 404)])
def test_who_refers_somebody_says_whether_it_is_safe_to_write(client, real_db, safe, found):
    said = {"safe": safe, "when": "mornings"} if safe else {}
    answers = {"who": "authority", "agreed": True, "referrer": "Ward 4", "tonight": "today"}
    reference = asked(client, "homelessness", answers, phone="01632 960001", **said)["reference"]
    assert client.get(f"/api/v1/cases/{reference}", headers=AS_ANN).status_code == found
    world.as_staff(client, world.ASHBY, "officer", "housing-options")
    listed = client.get("/staff/queue/").content.decode()
    assert reference in listed
    page = client.get(re.search(r'href="(/staff/cases/[^"]+/)"', listed)[1]).content.decode()
    assert ("mornings" in page) == bool(safe)
