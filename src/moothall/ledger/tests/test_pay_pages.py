"""The payer's pages: whoever was sent the address pays that charge, once, and sees nothing else."""

import json
from uuid import uuid4

import pytest
from tests.world import ASHBY, EASTWOLD

from moothall.core import queue
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions, provider, queries
from moothall.ledger.models import Charge, Payment

pytestmark = pytest.mark.django_db


def page(client, owed, where="", **more):
    return client.get(f"/pay/{owed.id}/{where}", **more)


def to_card(client, owed):
    """Press Pay and follow to the provider's page; return its address."""
    answer = client.post(f"/pay/{owed.id}/")
    assert answer.url == f"/pay/{owed.id}/card/"
    return client.get(answer.url).url


def stands(owed):
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        return Charge.objects.get(id=owed.id).state


@pytest.fixture(autouse=True)
def open_month(owed):
    """Open the month in which the tests run: the pages read the clock."""
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        actions.open_books(body_id=ASHBY, month=now().date(), months=2, at=now(), by=queue.Actor("system", "test"))


def test_it_says_what_is_paid_to_whom_and_leads_to_the_card_page(client, owed, practice):
    shown = page(client, owed)

    assert "£42.00" in shown.text
    assert "Ashby" in shown.text
    assert owed.reference in shown.text
    assert "https://pay.test" in shown.headers["Content-Security-Policy"].partition("form-action")[2].partition(";")[0]
    assert to_card(client, owed).startswith("https://pay.test/card/")


def test_coming_back_paid_shows_so_and_the_books_agree(client, owed, practice):
    practice.choose(to_card(client, owed), "success")

    assert "You paid £42.00" in page(client, owed, "back/").text
    assert stands(owed) == "paid"
    assert "You paid £42.00" in page(client, owed).text
    assert client.post(f"/pay/{owed.id}/").status_code == 409


def test_who_paid_in_another_window_is_not_asked_again(client, owed, practice):
    practice.choose(to_card(client, owed), "closed")

    assert "You paid £42.00" in page(client, owed).text
    assert stands(owed) == "paid"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("declined", "did not accept the card"), ("cancel", "was not finished"), ("expired", "was not finished")],
)
def test_coming_back_unpaid_says_nothing_was_taken_and_offers_to_try_again(client, owed, practice, outcome, words):
    practice.choose(to_card(client, owed), outcome)

    shown = page(client, owed, "back/").text
    assert "Nothing was taken" in shown
    assert words in shown
    assert "Try again" in shown
    practice.choose(to_card(client, owed), "success")
    assert "You paid" in page(client, owed, "back/").text


def test_a_slow_bank_is_said_to_be_slow_and_nobody_is_asked_to_pay_again(client, owed, practice):
    practice.choose(to_card(client, owed), "late")

    assert "You do not have to pay again" in page(client, owed, "back/").text
    assert "Pay by card" not in page(client, owed).text
    practice.time += 30
    assert "You paid" in page(client, owed, "back/").text


def test_a_silent_provider_is_said_to_be_silent_and_takes_nothing(client, owed, practice):
    practice.transport.lose_request = 1
    client.post(f"/pay/{owed.id}/")

    silent = page(client, owed, "card/")

    assert silent.status_code == 503
    assert "You have not been charged" in silent.text
    assert page(client, owed, "card/").url.startswith("https://pay.test/card/")


def test_an_unknown_charge_is_not_found_and_signed_in_outsiders_learn_no_more(client, owed):
    assert client.get(f"/pay/{uuid4()}/").status_code == 404
    from tests.world import as_staff

    as_staff(client, EASTWOLD, "officer")
    assert "£42.00" in page(client, owed).text, "the address alone is the key"
    with scoped(Scope(bodies=(EASTWOLD,), purpose="test")):
        assert queries.charge(owed.id) is None


def test_the_purpose_opens_one_charge_and_nothing_else(owed):
    with scoped(Scope(purpose="front door")):
        assert queries.payer(owed.id) is None
    with scoped(Scope(purpose="ledger.pay")):
        assert queries.payer(owed.id) == (ASHBY, owed.case_id)
        assert Charge.objects.count() == 0


def send(client, practice, message, secret="our-secret"):
    body = json.dumps(message).encode()
    return client.post(
        "/pay/webhook/",
        body,
        content_type="application/json",
        headers={"Pay-Signature": provider.signature(secret, body)},
    )


def test_a_message_from_the_provider_settles_what_the_payer_left_behind(client, owed, practice):
    practice.choose(to_card(client, owed), "closed")
    [(message, _)] = practice.kept.messages

    for _ in range(2):
        assert send(client, practice, message).status_code == 204
    queue.run_pending(at=now())

    assert stands(owed) == "paid"
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        assert queries.balance(ASHBY, "1050") == 4200


def test_a_message_only_says_that_there_is_news_and_the_provider_s_word_counts(client, owed, practice):
    practice.choose(to_card(client, owed), "declined")
    [(message, _)] = practice.kept.messages
    lie = message | {"event_type": "card_payment_succeeded"}
    lie["resource"] = message["resource"] | {"state": {"status": "success", "finished": True}}

    assert send(client, practice, lie).status_code == 204
    queue.run_pending(at=now())

    assert stands(owed) == "due"


def test_a_message_not_signed_with_our_secret_is_turned_away(client, owed, practice):
    practice.choose(to_card(client, owed), "closed")
    [(message, _)] = practice.kept.messages

    assert send(client, practice, message, secret="guessed").status_code == 403
    assert client.post("/pay/webhook/", b"{}", content_type="application/json").status_code == 403
    assert send(client, practice, {"hello": 1}).status_code == 400
    queue.run_pending(at=now())
    assert stands(owed) == "due"


def test_a_message_about_somebody_else_s_payment_is_taken_and_forgotten(client, practice):
    assert send(client, practice, {"webhook_message_id": "1", "resource": {"reference": "x"}}).status_code == 204


def test_the_practice_page_stands_on_this_site(client, owed, practice):
    practice.standin.base = None
    address = to_card(client, owed)
    assert address.startswith("http://testserver/stand-ins/pay/card/")

    shown = client.get(address)
    assert "How should this payment go?" in shown.text
    form = {"data": "outcome=success", "content_type": "application/x-www-form-urlencoded"}
    assert client.post(address, **form).headers["Location"] == f"http://testserver/pay/{owed.id}/back/"
    assert "You paid" in page(client, owed, "back/").text
    with scoped(Scope(bodies=(ASHBY,), purpose="test")):
        assert Payment.objects.get(charge=owed).state == "paid"
