"""Our client and the stand-in, held against what the provider's own description says."""

import json
from urllib.parse import urlsplit

import httpx
import pytest

from moothall.ledger import provider, rules
from moothall.ledger.standin.server import StandIn

# From the GOV.UK Pay API description, version 1.0.3 (alphagov/pay-publicapi): the parts we rely on, in our own words.
CREATE_NEEDS = {"amount", "description", "reference", "return_url"}
PAYMENT_SAYS = {
    "amount": int,
    "created_date": str,
    "delayed_capture": bool,
    "description": str,
    "language": str,
    "moto": bool,
    "payment_id": str,
    "payment_provider": str,
    "reference": str,
    "refund_summary": dict,
    "return_url": str,
    "settlement_summary": dict,
    "state": dict,
    "_links": dict,
}
PAYMENT_MAY_SAY = set(PAYMENT_SAYS) | {"email", "metadata", "card_details", "provider_id"}
STATUSES = {"created", "started", "submitted", "capturable", "success", "failed", "cancelled", "error"}
REFUND_SAYS = {"amount": int, "created_date": str, "payment_id": str, "refund_id": str, "status": str, "_links": dict}
SEARCH_SAYS = {"count": int, "page": int, "results": list, "total": int, "_links": dict}
LINKS_MAY_BE = {"auth_url_post", "cancel", "capture", "events", "next_url", "next_url_post", "refunds", "self"}


class Kept:
    """Keeps the stand-in's messages instead of posting them."""

    def __init__(self):
        self.messages = []

    def send(self, message, *, after=0):
        self.messages.append((message, after))


class Clock:
    def __init__(self):
        self.time = 1_760_000_000.0

    def __call__(self):
        return self.time


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def standin(tmp_path, kept, clock):
    return StandIn(tmp_path / "pay.db", post=kept, base="https://pay.test", clock=clock)


def speak(standin, key="key-of-ashby"):
    return provider.Provider(url="https://pay.test", key=key, transport=httpx.WSGITransport(standin))


@pytest.fixture
def pay(standin):
    return speak(standin)


@pytest.fixture
def raw(standin):
    return httpx.Client(
        base_url="https://pay.test",
        transport=httpx.WSGITransport(standin),
        headers={"Authorization": "Bearer key-of-ashby"},
    )


def ask(pay, **more):
    wanted = {
        "reference": "ASH-P1",
        "pence": 4200,
        "description": "Bulky waste collection",
        "return_url": "https://council.test/pay/1/back/",
    }
    return pay.create(**(wanted | more))


def choose(standin, told, outcome):
    page = httpx.Client(base_url="https://pay.test", transport=httpx.WSGITransport(standin))
    path = urlsplit(told.next_url).path
    assert page.get(path).status_code == 200
    return page.post(path, data={"outcome": outcome})


def test_a_payment_says_what_the_description_promises(raw):
    wanted = {"amount": 4200, "reference": "r", "description": "d", "return_url": "https://council.test/"}
    answer = raw.post("/v1/payments", json=wanted)

    assert answer.status_code == 201
    said = answer.json()
    assert {name: type(said[name]) for name in PAYMENT_SAYS} == PAYMENT_SAYS
    assert set(said) <= PAYMENT_MAY_SAY
    assert set(said["_links"]) <= LINKS_MAY_BE
    assert said["state"] == {"status": "created", "finished": False}
    assert raw.get(f"/v1/payments/{said['payment_id']}").json() == said


@pytest.mark.parametrize("missing", sorted(CREATE_NEEDS))
def test_a_payment_without_a_needed_part_is_refused(raw, missing):
    wanted = {"amount": 4200, "reference": "r", "description": "d", "return_url": "https://council.test/"}
    del wanted[missing]

    answer = raw.post("/v1/payments", json=wanted)

    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == ("P0101", missing)


@pytest.mark.parametrize("amount", [0, -1, 10_000_001, "12", 1.5, True])
def test_an_amount_the_provider_would_not_take_is_refused(raw, amount):
    wanted = {"amount": amount, "reference": "r", "description": "d", "return_url": "https://council.test/"}
    assert raw.post("/v1/payments", json=wanted).status_code == 422


def test_every_status_the_provider_may_say_has_a_word_of_ours():
    assert {status for status, _ in rules.SAID} == STATUSES
    assert set(rules.SAID.values()) <= set(rules.NEXT)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("success", "paid"),
        ("declined", "declined"),
        ("cancel", "abandoned"),
        ("late", "submitted"),
        ("closed", "paid"),
        ("twice", "paid"),
        ("expired", "abandoned"),
    ],
)
def test_each_outcome_of_the_page_reaches_us_as_its_state(standin, pay, outcome, state):
    told = ask(pay)

    choose(standin, told, outcome)

    now = pay.get(told.provider_id)
    assert rules.state_of(now.status, now.code) == state


def test_a_late_answer_comes_when_its_time_has_come(standin, pay, clock, kept):
    told = ask(pay)
    choose(standin, told, "late")
    assert kept.messages[0][1] == 20

    clock.time += 21

    assert pay.get(told.provider_id).status == "success"


def test_a_page_nobody_uses_expires_after_ninety_minutes(pay, clock):
    told = ask(pay)
    clock.time += 90 * 60 + 1

    now = pay.get(told.provider_id)

    assert (now.status, now.code, now.next_url) == ("failed", "P0020", None)


def test_a_payment_is_found_by_our_reference_and_only_with_the_key_that_made_it(standin, pay):
    first, second = ask(pay), ask(pay)
    ask(pay, reference="ASH-P2")

    assert {told.provider_id for told in pay.find("ASH-P1")} == {first.provider_id, second.provider_id}
    assert speak(standin, "key-of-eastwold").find("ASH-P1") == []
    with pytest.raises(provider.Rejected) as no:
        speak(standin, "key-of-eastwold").get(first.provider_id)
    assert (no.value.status, no.value.code) == (404, "P0200")


def test_all_payments_of_a_day_are_listed_page_after_page(pay, clock, monkeypatch):
    monkeypatch.setattr(provider, "PAGE", 3)
    made = {ask(pay, reference=f"r{n}").provider_id for n in range(7)}

    listed = list(pay.payments(from_date="2025-10-09T00:00:00Z", to_date="2025-10-10T00:00:00Z"))

    assert {told.provider_id for told in listed} == made
    assert list(pay.payments(from_date="2025-10-10T00:00:00Z", to_date="2025-10-11T00:00:00Z")) == []


def test_a_refund_sent_twice_goes_out_once(standin, pay):
    told = ask(pay)
    choose(standin, told, "success")

    refund = pay.refund(told.provider_id, pence=4200, available=4200)
    with pytest.raises(provider.Rejected) as no:
        pay.refund(told.provider_id, pence=4200, available=4200)

    assert (no.value.status, no.value.code) == (412, "P0604")
    assert pay.refunds(told.provider_id) == [refund]
    assert pay.get(told.provider_id).refunded == 4200


def test_a_refund_says_what_the_description_promises(standin, pay, raw):
    told = ask(pay)
    choose(standin, told, "success")
    answer = raw.post(f"/v1/payments/{told.provider_id}/refunds", json={"amount": 100, "refund_amount_available": 4200})

    assert answer.status_code == 202
    assert {name: type(value) for name, value in answer.json().items()} == REFUND_SAYS
    listed = raw.get(f"/v1/payments/{told.provider_id}/refunds").json()
    assert listed["_embedded"]["refunds"] == [answer.json()]
    assert {name: type(value) for name, value in raw.get("/v1/payments").json().items()} == SEARCH_SAYS


def test_more_than_was_paid_is_never_given_back(standin, pay):
    told = ask(pay)
    choose(standin, told, "success")
    with pytest.raises(provider.Rejected):
        pay.refund(told.provider_id, pence=4201, available=4200)


def test_a_finished_payment_cannot_be_cancelled_and_an_open_one_can(standin, pay):
    told = ask(pay)
    pay.cancel(told.provider_id)
    assert pay.get(told.provider_id).code == "P0040"
    with pytest.raises(provider.Rejected):
        pay.cancel(told.provider_id)


def test_a_request_without_a_key_is_turned_away(standin):
    nobody = httpx.Client(base_url="https://pay.test", transport=httpx.WSGITransport(standin))
    assert nobody.get("/v1/payments").status_code == 401


def test_a_provider_that_does_not_answer_is_told_apart_from_one_that_refuses():
    def silent(request):
        raise httpx.ReadTimeout("nothing", request=request)

    for transport in (httpx.MockTransport(silent), httpx.MockTransport(lambda request: httpx.Response(502))):
        pay = provider.Provider(url="https://pay.test", key="k", transport=transport)
        with pytest.raises(provider.Unanswered):
            pay.get("abc")


def test_the_page_has_no_place_for_a_card_number_and_shows_no_markup_of_ours(standin, pay):
    told = ask(pay, description="<script>alert(1)</script>")
    page = httpx.Client(base_url="https://pay.test", transport=httpx.WSGITransport(standin))

    text = page.get(urlsplit(told.next_url).path).text

    assert "<script>" not in text
    assert 'type="text"' not in text
    assert 'name="outcome"' in text
    assert page.post(urlsplit(told.next_url).path, data={}).status_code == 400


def test_messages_are_signed_with_our_secret_and_nobody_elses():
    body = json.dumps({"event_type": "card_payment_succeeded"}).encode()
    given = provider.signature("secret", body)

    assert provider.signed("secret", body, given)
    assert not provider.signed("other", body, given)
    assert not provider.signed("secret", body + b" ", given)
    assert not provider.signed("", body, provider.signature("", body))
