"""Terms are written part by part, proposed, decided on, and read by everybody in two languages."""

import datetime as dt

import pytest
from tests.terms import SECRET, running
from tests.world import ASHBY, BORLEY, EASTWOLD, as_staff

from moothall.bodies import queries as bodies
from moothall.core.scope import Scope, scoped
from moothall.sharing import queries
from moothall.sharing.models import TermsDraft

pytestmark = pytest.mark.django_db
PAGE = "/partnerships/ashby-and-borley-waste/"
TODAY = dt.date.today()


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def councillor(body_id):
    with scoped(Scope(bodies=(body_id,))):
        return bodies.staff(body_id, TODAY, "councillor").first().name


def parts():
    """Return what is filled in on each page, in order."""
    soon, later = TODAY + dt.timedelta(days=300), TODAY + dt.timedelta(days=1500)
    aim = {"measure": "bins", "direction": "at-most", "target": "40"}
    yield "basics", {"name": "Ashby and Borley waste", "purpose": "More bins, fewer miles.", **day("starts", TODAY)}
    yield "members", {"members": [ASHBY, BORLEY]}
    yield "model", {"model": "lead-authority", "lead": ASHBY}
    yield "aims", {"words": "Fewer missed bins", "when": "near", **aim, **day("due", soon)}
    yield "aims", {"words": "One fleet", "when": "far", **aim, **day("due", later)}
    yield (
        "services",
        {"title": "Garden waste", "service_id": "garden-waste", "accountable": ASHBY, "provider": ASHBY,
         "councillor": councillor(ASHBY), "receivers": [BORLEY]},
    )  # fmt: skip
    yield "powers", {"what": "The yearly price", "who": "Both cabinets"}
    yield "interests", {"body_id": ASHBY, "what": "None"}
    yield "interests", {"body_id": BORLEY, "what": "None"}
    yield "costs", {"service": "Garden waste", "method": "per-case", "words": "£4.20 a bin"}
    yield "savings", {"pence_a_year": "12,000", **day("starts", soon), "source": "Joint report, page 3"}
    yield "exit", {"notice_months": "6", "cost_pence": "2500", "words": "Lorries stay."}
    yield "documents", {"title": "Joint report", "address": "https://www.ashby.example/report"}


def write(client):
    """Write a whole draft through its pages; return its address."""
    as_staff(client, ASHBY, "partnership-office")
    draft = client.post("/staff/partnerships/begin/").headers["Location"]
    for part, given in parts():
        answer = client.post(f"{draft}{part}/", given)
        assert answer.status_code == 302, (part, answer.content.decode())
    return draft


def test_terms_are_written_proposed_agreed_and_published(client):
    draft = write(client)
    assert "Propose these terms" in client.get(draft).content.decode()
    assert client.post(f"{draft}propose/", {"because": "Both reports say so."}).status_code == 302
    assert not TermsDraft.objects.exists()
    for body, role in ((ASHBY, "councillor"), (BORLEY, "monitoring-officer")):
        as_staff(client, body, role)
        at = "/staff/partnerships/at/ashby-and-borley-waste/"
        assert "Record our decision" in client.get(at).content.decode()
        answer = client.post(
            f"{at}versions/1/",
            {"agree": "yes", "decided_by": "Cabinet", "minute": "C/26/1", **day("decided_on", TODAY)},
        )
        assert answer.status_code == 302, answer.content.decode()
    client.logout()
    page = client.get(PAGE).content.decode()
    assert "It has run since" in page
    told = ["£4.20 a bin", "£12,000.00 a year", "with 6 months", "£2,500.00", "Both cabinets", "Joint report"]
    for said in [*told, f"Ashby District Council: {councillor(ASHBY)}", "Value Added Tax Act 1994"]:
        assert said in page, said
    assert "agreed: Cabinet, C/26/1" in client.get(f"{PAGE}versions/1/").content.decode()


def test_a_draft_says_what_is_missing_and_cannot_be_proposed(client):
    as_staff(client, ASHBY, "partnership-office")
    draft = client.post("/staff/partnerships/begin/").headers["Location"]
    client.post(f"{draft}basics/", dict(parts())["basics"])
    page = client.get(draft).content.decode()
    assert "You can propose the terms once every part" in page
    assert "To do" in page
    answer = client.post(f"{draft}propose/", {"because": "Because"})
    assert answer.status_code == 422
    assert "Complete the parts that are named" in answer.content.decode()


def test_an_entry_can_be_changed_and_taken_out(client):
    draft = write(client)
    assert client.post(f"{draft}powers/1/", {"what": "The yearly price", "who": "Ashby"}).status_code == 302
    assert written(ASHBY)["powers"] == [{"what": "The yearly price", "who": "Ashby"}]
    client.post(f"{draft}powers/1/", {"remove": "yes"})
    assert written(ASHBY)["powers"] == []
    assert client.get(f"{draft}powers/1/").status_code == 404
    client.post(f"{draft}savings/", {"remove": "yes"})
    assert "savings" not in written(ASHBY)
    client.post(f"{draft}drop/")
    assert client.get(draft).status_code == 404


def written(body_id):
    with scoped(Scope(bodies=(body_id,))):
        return queries.drafts(body_id)[0].data


def test_a_wrong_amount_is_asked_for_again_and_what_was_typed_stays(client):
    draft = write(client)
    page = client.post(f"{draft}exit/", {"notice_months": "6", "cost_pence": "a lot", "words": "Lorries"})
    assert page.status_code == 200
    assert "Enter an amount in pounds" in page.content.decode()
    assert "a lot" in page.content.decode()


def test_everybody_reads_why_a_part_is_withheld_and_only_members_what_it_says(client):
    running(withheld=[SECRET])
    page = client.get(PAGE).content.decode()
    assert "Not shown until 1 January 2999" in page
    assert "Prices are being negotiated." in page
    assert "£4.20" not in page
    as_staff(client, EASTWOLD, "manager")
    assert "£4.20" not in client.get(PAGE).content.decode()
    as_staff(client, BORLEY, "manager")
    assert "£4.20" in client.get(PAGE).content.decode()


def test_new_terms_begin_from_those_in_force_and_say_what_changed(client):
    running()
    as_staff(client, BORLEY, "manager")
    draft = client.post("/staff/partnerships/at/ashby-and-borley-waste/amend/").headers["Location"]
    client.post(f"{draft}basics/", dict(parts())["basics"] | {"purpose": "The same, in fewer words."})
    client.post(f"{draft}exit/", {"notice_months": "12", "cost_pence": "2500", "words": "Lorries stay."})
    answer = client.post(f"{draft}propose/", {"because": "Six months were too short."})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(PAGE).content.decode()
    assert "Notice to leave: 6 months became 12 months." in page
    assert "Yet to decide: Ashby District Council, Borley District Council." in page
    welsh = client.get(PAGE, headers={"Accept-Language": "cy"}).content.decode()
    assert "Rhybudd i adael: aeth 6 mis yn 12 mis." in welsh
    assert "Gwastraff Ashby a Borley" in welsh
    assert "Pwy sy&#x27;n ateb am beth" in welsh or "Pwy sy'n ateb am beth" in welsh


def test_a_body_leaves_or_proposes_an_end_on_its_pages(client):
    running()
    as_staff(client, BORLEY, "councillor")
    at = "/staff/partnerships/at/ashby-and-borley-waste/"
    named = {"decided_by": "Council", "minute": "C/2", **day("decided_on", TODAY), "reason": "Too far."}
    page = client.post(f"{at}leave/", named | day("leaves", TODAY))
    assert page.status_code == 422
    assert "The terms ask for notice until" in page.content.decode()
    ending = {"why": "Too little gained.", "continuing": ["Garden waste"], **day("ends", TODAY)}
    assert client.post(f"{at}end/", ending).status_code == 302
    assert "Its members go on with: Garden waste." in client.get(f"{PAGE}versions/2/").content.decode()
    answer = client.post(f"{at}leave/", named | day("leaves", TODAY + dt.timedelta(days=400)))
    assert answer.status_code == 302
    assert "gave notice to leave" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "address",
    ["", "at/ashby-and-borley-waste/", "at/ashby-and-borley-waste/versions/1/", "at/ashby-and-borley-waste/leave/"],
)
def test_a_stranger_is_asked_to_sign_in(client, address):
    running()
    assert client.get(f"/staff/partnerships/{address}").status_code == 302


def test_an_outsider_s_staff_read_the_public_page_and_no_other(client):
    running()
    as_staff(client, EASTWOLD, "councillor")
    assert client.get(PAGE).status_code == 200
    at = "/staff/partnerships/at/ashby-and-borley-waste/"
    assert [client.get(f"{at}{page}").status_code for page in ("", "versions/1/", "leave/", "end/")] == [404] * 4
    as_staff(client, EASTWOLD, "manager")
    assert client.post(f"{at}amend/").status_code == 404


def test_what_is_not_there_is_said_to_be_missing(client):
    assert client.get("/partnerships/nowhere/").status_code == 404
    running()
    assert client.get(f"{PAGE}versions/7/").status_code == 404


def test_an_empty_list_says_what_will_appear(client):
    as_staff(client, ASHBY, "manager")
    assert "Your body shares with nobody yet" in client.get("/staff/partnerships/").content.decode()
