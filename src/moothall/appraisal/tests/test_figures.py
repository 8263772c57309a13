"""Where figures come from: evidence that is filed and published with the case, and what the platform itself knows."""

import datetime as dt
import io

import pytest
from tests.terms import cases as requests
from tests.world import ASHBY, BORLEY, EASTWOLD, as_staff

from moothall.appraisal import actions
from moothall.appraisal.models import Case, Change
from moothall.appraisal.queries import live
from moothall.appraisal.rules import draft
from moothall.appraisal.tests.test_workbench import AT, BY, SECRET, as_body, begun
from moothall.core.actor import Actor
from moothall.sharing import actions as sharing
from moothall.sharing.queries import PriceRule

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OF_ASHBY = {"at": AT, "by": Actor("staff", "1", ASHBY)}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MOOTHALL_DATA = tmp_path


def figure(name):
    with as_body():
        return draft.get(Case.objects.get().document, ("inputs", name))


def publish(row, withheld=()):
    with as_body():
        actions.freeze(case_id=row.pk, why="Ready", **OF_ASHBY)
        return actions.publish(case_id=row.pk, why="For everybody", withheld=list(withheld), **OF_ASHBY)


def test_a_file_is_filed_on_a_page_named_by_its_figure_and_read_by_everybody_once_published(client):
    row = begun()
    as_staff(client, ASHBY, "finance")
    url = f"/staff/appraisals/at/{row.slug}/evidence/for/cost_then/"
    assert client.post(url, {"title": "Quotation"}).status_code == 422
    upload = io.BytesIO(PDF)
    upload.name = "quotation.pdf"
    page = client.post(url, {"title": "Quotation of July", "file": upload}, follow=True).content.decode()
    assert "Quotation of July" in page
    (said,) = figure("cost_then")["evidence"]
    assert said.startswith("Quotation of July (file quotation.pdf, SHA-256 ")
    client.logout()
    edition = publish(row)
    public = client.get(f"/appraisals/{edition.slug}/1/").content.decode()
    address = public.split("/evidence/")[1].split('"')[0]
    answer = client.get(f"/appraisals/{edition.slug}/1/evidence/{address}", follow=True)
    assert b"".join(answer.streaming_content) == PDF
    assert client.get(f"/appraisals/{edition.slug}/1/evidence/{'0' * 64}/").status_code == 404


def test_evidence_of_a_withheld_figure_is_withheld_with_it(client):
    row = begun()
    with as_body():
        actions.file_evidence(
            case_id=row.pk, figure="cost_then", title="The bid", file=io.BytesIO(PDF), name="bid.pdf", **OF_ASHBY
        )
    edition = publish(row, [SECRET])
    assert "The bid" not in client.get(f"/appraisals/{edition.slug}/1/").content.decode()
    with as_body(EASTWOLD):
        from moothall.core.models import File

        assert File.objects.count() == 0


def test_an_address_is_filed_and_a_figure_that_is_not_there_has_no_evidence(client):
    row = begun()
    with as_body():
        about = {"case_id": row.pk, "title": "Budget book", "address": "https://www.ashby.example/budget"}
        actions.file_evidence(figure="cost_now", **about, **OF_ASHBY)
        with pytest.raises(Exception, match="no such figure"):
            actions.file_evidence(figure="none", **about, **OF_ASHBY)
    assert figure("cost_now")["evidence"] == ["Budget book, https://www.ashby.example/budget"]
    as_staff(client, ASHBY, "finance")
    assert "Budget book" in client.get(f"/staff/appraisals/at/{row.slug}/in/inputs/cost_now/").content.decode()


def test_requests_are_read_with_where_and_when_and_read_again(client):
    row = begun()
    requests(ASHBY, 7, ASHBY, days_ago=3)
    as_staff(client, ASHBY, "manager")
    url = f"/staff/appraisals/at/{row.slug}/live/"
    assert "Take a figure from live data" in client.get(url).content.decode()
    sent = {
        "name": "asked", "what": "requests", "service": "garden-waste", "first-day": 1, "first-month": 1,
        "first-year": 2026, "last-day": 31, "last-month": 12, "last-year": 2027,
    }  # fmt: skip
    page = client.post(url, sent, follow=True).content.decode()
    found = figure("asked")
    assert (found["value"], found["unit"]) == (7.0, "requests")
    assert "Requests of Ashby District Council, Garden waste bin, 1 January 2026 to" in found["source"]
    assert "Read it again" in page
    requests(ASHBY, 2, ASHBY, days_ago=2)
    client.post(f"/staff/appraisals/at/{row.slug}/live/asked/again/")
    assert figure("asked")["value"] == 9.0
    with as_body():
        assert Change.objects.order_by("-version", "-number").first().why.startswith("Read: Requests of Ashby")
        assert draft.missing(Case.objects.get().document) == []
    nothing = client.post(url, sent | {"what": "cost"})
    assert b"Bring the ledger in first" in nothing.content


def test_an_offer_s_price_is_read_and_what_is_no_single_figure_is_not():
    row = begun()
    with as_body(BORLEY):
        sharing.offer_service(
            body_id=BORLEY, service_id="garden-waste", provision="own-staff", capacity=20,
            price=PriceRule(method="per-case", pence=420), vat="non-business", clock=10, terms="Every two weeks.",
            languages=["en", "cy"], hours="Weekdays", starts=AT.date(), at=AT, by=BY,
        )  # fmt: skip
    days = {"first": AT.date(), "last": AT.date() + dt.timedelta(days=1), "service_id": "garden-waste"}
    with as_body():
        actions.read_figure(case_id=row.pk, name="price", what="price", provider_id=BORLEY, **days, **OF_ASHBY)
        with pytest.raises(live.NothingToRead):
            actions.read_figure(case_id=row.pk, name="price", what="price", provider_id=EASTWOLD, **days, **OF_ASHBY)
    assert (figure("price")["value"], figure("price")["unit"]) == (4.2, "£ a request")
    assert figure("price")["read"]["body"] == "Borley District Council"
