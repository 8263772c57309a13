"""The pages on which two bodies agree what one pays the other, in each of the seven ways."""

import pytest
from django.test import Client
from tests.world import ASHBY, BORLEY, COVEHAM, as_staff

from moothall.core.scope import Scope, scoped
from moothall.sharing import queries as sharing

pytestmark = pytest.mark.django_db
FORM = {
    "way": "we-are-paid", "other": str(BORLEY), "service": "garden-waste", "method": "per-case", "amount": "4.20",
    "vat": "non-business", "starts-day": "1", "starts-month": "4", "starts-year": "2027", "basis": "Minute 14",
    "post": "Section 151 officer",
}  # fmt: skip
WAYS = {
    "per-case": ({"amount": "4.20"}, "£4.20 a case"),
    "per-unit": ({"amount": "1.05", "unit": "bin"}, "£1.05"),
    "by-band": ({"bands": "up to 500: 4.20\nafter that: 3.90"}, "£3.90"),
    "fixed": ({"amount": "9,000"}, "£9,000.00 a year"),
    "by-head": ({}, "number of residents"),
    "full-cost": ({"shares": "ASH 3\nBOR 1"}, "cost"),
    "step-down": ({"steps": "Depot 12,000: ASH 2, BOR 1, Vehicles 3\nVehicles: ASH 1, BOR 1"}, "Depot"),
}


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("method", WAYS)
def test_a_price_of_every_kind_is_proposed_agreed_and_in_force(client, method):
    ours, theirs = as_staff(client, ASHBY, "finance"), as_staff(Client(), BORLEY, "section-151-officer")
    more, words = WAYS[method]
    form = {name: value for name, value in FORM.items() if name != "amount"} | more | {"method": method}
    answer = ours.post("/recharges/prices/propose/", form)
    assert answer.status_code == 302, text(answer)
    address = answer["Location"]
    assert words in text(ours.get(address))
    assert "1 proposal waits for our answer" in text(theirs.get("/recharges/prices/"))
    assert theirs.post(f"{address}answer/", {"answer": "agree", "post": "Treasurer"}).status_code == 302
    with scoped(Scope(bodies=(BORLEY,), purpose="test")):
        (row,) = sharing.terms_between(ASHBY, BORLEY, sharing.proposals(BORLEY)[0].starts)
    assert words in sharing.price_words(row.price)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"method": "full-cost", "shares": "ASH three"}, "Write one body a line with its share"),
        ({"method": "full-cost", "shares": "XYZ 3"}, "We know no body and no later cost centre “XYZ”"),
        ({"method": "step-down", "steps": "Depot: Depot 1"}, "passes its cost back"),
        ({"method": "step-down", "steps": "Depot ASH 1"}, "Write one cost centre a line"),
        ({"method": "per-unit", "unit": ""}, "Write what is counted"),
        ({"amount": "four"}, "Enter an amount in pounds"),
        ({"basis": ""}, "Write which decision it rests on"),
        ({"starts-day": "31", "starts-month": "2"}, "Enter a real date"),
    ],
)
def test_what_is_wrong_stands_beside_its_box_and_nothing_is_lost(client, changes, says):
    answer = as_staff(client, ASHBY, "finance").post("/recharges/prices/propose/", FORM | changes)
    assert answer.status_code == 422
    assert says in text(answer)
    assert "Minute 14" in text(answer) or "basis" in changes


def test_declining_says_why_and_the_price_stays_as_it_was(client):
    address = as_staff(client, ASHBY, "finance").post("/recharges/prices/propose/", FORM)["Location"]
    theirs = as_staff(Client(), BORLEY, "section-151-officer")
    assert "Say why" in text(theirs.post(f"{address}answer/", {"answer": "decline", "post": "Treasurer"}))
    theirs.post(f"{address}answer/", {"answer": "decline", "post": "Treasurer", "reason": "Dearer than our own"})
    assert "Dearer than our own" in text(client.get(address))
    assert "£4.20" not in text(client.get("/recharges/prices/")).partition("Earlier proposals")[0]


def test_only_who_may_decides_and_a_third_body_finds_nothing(client):
    address = as_staff(client, ASHBY, "finance").post("/recharges/prices/propose/", FORM)["Location"]
    given = {"answer": "agree", "post": "Treasurer"}
    assert as_staff(Client(), COVEHAM, "section-151-officer").get(address).status_code == 404
    assert as_staff(Client(), BORLEY, "manager").post(f"{address}answer/", given).status_code == 403
    assert as_staff(Client(), ASHBY, "section-151-officer").post(f"{address}answer/", given).status_code == 403
    assert client.post(f"{address}withdraw/").status_code == 302
    assert as_staff(Client(), BORLEY, "section-151-officer").post(f"{address}answer/", given).status_code == 409
