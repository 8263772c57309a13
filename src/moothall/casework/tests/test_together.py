"""A life event: asked once, sent together to whoever does each, told in one summary."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client
from tests.world import ASHBY, BORLEY, EASTWOLD, home_in

from moothall.casework.models import Case, Draft
from moothall.casework.views import together as views
from moothall.catalogue import queries as catalogue
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.django_db
OF_BOTH = Scope(bodies=(ASHBY, BORLEY), purpose="test")
WANTED = ["alone", "bins", "rubbish"]
HOMES = ("old_home", "home", "new_home", "premises")


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def begin(client, wanted=WANTED, event="moved-home") -> str:
    """Choose what is wanted after something happened, and return the address that asks on."""
    return client.post(f"/life/{event}/", {"wanted": wanted}).headers["Location"]


def answered(client, address: str, old: str, new: str, day: dt.date = dt.date(2026, 6, 1)) -> str:
    """Answer what is asked once; return the list's address."""
    for _turn in range(4):
        name = address.split("/")[-2]
        given = {"day-day": day.day, "day-month": day.month, "day-year": day.year}
        if name in HOMES:
            given = {f"{name}-choice": old if name in HOMES[:2] else new}
        address = client.post(address, given).headers["Location"]
        if "/ask/" not in address:
            return address
    raise AssertionError(address)


def finish(client, listed: str) -> None:
    """Answer what is left of each request, as its own definition asks it."""
    for _turn in range(30):
        left = re.findall(r'href="(/drafts/[^"?]+)"', client.get(listed).content.decode())
        if not left:
            return
        draft_id, name = left[0].split("/")[2], left[0].split("/")[-2]
        with scoped(Scope(case=draft_id, purpose="test")):
            draft = Draft.objects.get(pk=draft_id)
        question = catalogue.definition(draft.version_id).ask[name]
        said = client.post(left[0], {name: _any(question)})
        assert said.status_code == 302, (name, said.content.decode())


def _any(question):
    """Return an answer that will do, as a browser posts it."""
    options = list(getattr(question, "options", {}))
    by_type = {"choice": options[:1], "many": options[:1], "yes-no": "yes", "declaration": "on", "number": "1"}
    return by_type.get(question.type, "" if question.optional else "Something")


def test_moving_from_one_council_to_another_is_told_once_and_opens_a_case_in_each(client):
    listed = answered(client, begin(client), home_in(ASHBY), home_in(BORLEY))
    page = client.get(listed).content.decode()
    assert "question left" in page or "questions left" in page
    assert "Ashby" in page
    assert "Borley" in page
    assert "Check and send" not in page
    finish(client, listed)
    client.post(f"{listed}contact/", {"email": "ann@example.org", "name": "Ann Example"})
    assert "Check and send" in client.get(listed).content.decode()
    check = client.get(f"{listed}check/").content.decode()
    assert check.count("ann@example.org") == 1
    done = client.post(f"{listed}check/", follow=True).content.decode()
    with scoped(OF_BOTH):
        cases = list(Case.objects.filter(reference__in=re.findall(r"[A-Z]{3}-\d{4}-\d{3}[0-9A-Z]", done)))
    assert sorted((case.service_id, case.body_id) for case in cases) == [
        ("bulky-waste", ASHBY),
        ("council-tax-discount", BORLEY),
        ("new-bin", BORLEY),
    ]
    assert len({case.promise_due for case in cases}) > 1, "each has a clock of its own"
    again = client.post(f"{listed}check/", follow=True).content.decode()
    with scoped(OF_BOTH):
        assert Case.objects.filter(pk__in=[case.pk for case in cases]).count() == 3
    assert all(case.reference in again for case in cases)


def test_what_nobody_here_does_is_signposted_and_the_rest_goes_on(client):
    listed = answered(client, begin(client), home_in(ASHBY), home_in(EASTWOLD))
    page = client.get(listed).content.decode()
    assert "Not done here" in page
    assert "Eastwold" in page
    assert "Large things taken away from the old home" in page
    assert len(re.findall(r'href="/drafts/', page)) == 1


def test_a_business_in_one_council_and_its_owner_s_home_in_another_are_told_of_once(client):
    listed = answered(client, begin(client, ["food", "driver"], "started-business"), home_in(BORLEY), home_in(ASHBY))
    page = client.get(listed).content.decode()
    assert re.search(r"register the place.*Ashby.*a licence to drive.*Borley", page, re.DOTALL)


def test_nothing_chosen_says_what_to_do_and_begins_nothing(client):
    page = client.post("/life/moved-home/", {}).content.decode()
    assert "Choose at least one" in page, page
    assert "bundles" not in client.session


def test_nobody_else_opens_it(client):
    address = begin(client)
    assert Client().get(address).status_code == 404
    assert Client().get("/life/moved-nowhere/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/services/", "/services/find?q=moving+house"])
def test_it_is_found_on_the_front_door_among_all_services_and_by_words(client, address):
    assert "/life/moved-home/" in client.get(address).content.decode()


@pytest.mark.parametrize(("new", "asked"), [(ASHBY, {"within"}), (BORLEY, {"in", "out"})])
def test_council_tax_is_told_once_where_both_homes_are_in_one_council(client, new, asked):
    answered(client, begin(client, ["into", "out"]), home_in(ASHBY), home_in(new))
    bundle = next(iter(client.session["bundles"].values()))
    left = [draft for name, draft in bundle["drafts"].items() if name not in bundle["joined"]]
    said = []
    for draft_id in left:
        with scoped(Scope(case=draft_id, purpose="test")):
            said.append(Draft.objects.get(pk=draft_id))
    assert {draft.answers["what"] for draft in said} == asked
    where = [draft.answers.get("before", draft.answers.get("after")) for draft in said]
    assert all(re.fullmatch(r"[^,]+, \w+, ZM\d \d\w\w", label) for label in where), where  # the postcode once


def test_an_answer_changed_on_the_way_back_changes_whose_it_is(client):
    address = begin(client, ["into", "out"])
    listed = answered(client, address, home_in(ASHBY), home_in(BORLEY))
    answered(client, address, home_in(ASHBY), home_in(ASHBY))
    assert len(re.findall('href="/drafts/', client.get(listed).content.decode())) == 1
    answered(client, address, home_in(ASHBY), home_in(EASTWOLD))
    page = client.get(listed).content.decode()
    assert "Not done here" in page
    assert len(re.findall('href="/drafts/', page)) == 1


def test_what_a_service_would_not_take_it_asks_itself(client):
    """A day to come is no day since when somebody lives alone."""
    day = now().date() + dt.timedelta(days=9)
    listed = answered(client, begin(client, ["alone"]), home_in(ASHBY), home_in(ASHBY), day=day)
    draft_id = re.search('href="/drafts/([^/]+)/', client.get(listed).content.decode())[1]
    with scoped(Scope(case=draft_id, purpose="test")):
        assert Draft.objects.get(pk=draft_id).answers.keys() == {"where", "reason"}


def test_what_is_refused_stands_there_still_and_the_rest_was_sent_once(client, monkeypatch):
    listed = answered(client, begin(client, ["bins", "rubbish"]), home_in(ASHBY), home_in(BORLEY))
    finish(client, listed)
    client.post(f"{listed}contact/", {"email": "ann@example.org"})
    really = views.send_draft

    def busy(request, draft):
        if draft.service_id == "bulky-waste":
            raise Refusal("Too many at once. Send it again in a minute.")
        really(request, draft)

    monkeypatch.setattr(views, "send_draft", busy)
    page = client.post(f"{listed}check/").content.decode()
    assert "Send it again in a minute." in page
    assert "Large things taken away from the old home" in page
    assert "A bin for the new home" not in page, "it was sent"
    (sent,) = client.session["cases"]
    monkeypatch.setattr(views, "send_draft", really)
    done = client.post(f"{listed}check/", follow=True).content.decode()
    references = set(re.findall(r"[A-Z]{3}-\d{4}-\d{3}[0-9A-Z]", done))
    assert (len(references), sent in references) == (2, True), "what was sent first stayed sent"


def test_what_was_left_empty_is_not_asked_again_when_an_answer_before_it_changes(client):
    address = begin(client, ["alone"])
    listed = answered(client, address, home_in(ASHBY), home_in(ASHBY))
    finish(client, listed)
    answered(client, address, home_in(ASHBY), home_in(BORLEY))
    assert not re.search(r"questions? left", client.get(listed).content.decode())
