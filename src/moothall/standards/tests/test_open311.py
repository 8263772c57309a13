"""Open311 GeoReport v2, as another system uses it."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from tests.world import ASHBY, BORLEY, EASTWOLD, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.casework import queries as cases
from moothall.core import fetch, queue
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.core.steps import Done
from moothall.standards import actions, queries
from moothall.standards.models import ApiKey
from moothall.standards.tests.conftest import MARCH, NOBODY, OFFICER, POTHOLE, a_place, open_pothole, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]
MARCHES = {"jurisdiction_id": "marchshire"}


def get(client, path, **params):
    return client.get(f"/open311/v2/{path}", MARCHES | params)


def reported(body_id=MARCHSHIRE) -> list[str]:
    """Return the ids of what is published of a body."""
    with scoped(NOBODY):
        return [str(place.pk) for place, _ in cases.published(bodies=(body_id,))]


def errors(answer, status) -> str:
    """Return what is said to be wrong, once every error has this status as its code."""
    assert answer.status_code == status, answer.content
    found = answer.json()
    assert found
    assert all(set(one) == {"code", "description"} and one["code"] == status for one in found)
    return " ".join(one["description"] for one in found)


def test_discovery_names_the_address_the_formats_and_the_councils(client):
    said = client.get("/open311/v2/discovery.json").json()
    (endpoint,) = said["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"].endswith("/open311/v2")
    assert "marchshire" in said["contact"]
    root = ElementTree.fromstring(client.get("/open311/v2/discovery.xml").content)
    assert (root.tag, [f.text for f in root.iter("format")]) == ("discovery", ["text/xml", "application/json"])


def test_a_council_lists_what_can_be_reported_to_it_and_nothing_else(client):
    answer = get(client, "services.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert [one["service_code"] for one in answer.json()] == ["report-pothole", "street-light"]
    assert set(answer.json()[0]) == {
        "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
    }  # fmt: skip
    ashby = client.get("/open311/v2/services.xml", {"jurisdiction_id": "ashby"})
    assert ashby["Content-Type"] == "text/xml; charset=utf-8"
    codes = {one.findtext("service_code") for one in ElementTree.fromstring(ashby.content).iter("service")}
    assert "fly-tipping" in codes
    assert not codes & {"bulky-waste", "missed-bin", "complaint", "report-pothole"}


def test_the_attributes_of_a_service_are_its_questions(client):
    said = get(client, "services/report-pothole.json").json()
    assert said["service_code"] == "report-pothole"
    assert said["attributes"][0]["datatype"] == "singlevaluelist"
    root = ElementTree.fromstring(get(client, "services/report-pothole.xml").content)
    assert root.find("attributes/attribute/values/value/key").text == "road"
    welsh = client.get("/open311/v2/services/report-pothole.json", MARCHES, headers={"Accept-Language": "cy"})
    assert welsh.json()["attributes"][0]["values"][0]["name"] == "Ffordd"


@pytest.mark.parametrize(
    ("path", "params", "status", "says"),
    [
        ("services.json", {"jurisdiction_id": ""}, 400, "jurisdiction_id was not provided"),
        ("services.json", {"jurisdiction_id": "atlantis"}, 404, "jurisdiction_id was not found"),
        ("services.json", {"jurisdiction_id": "eastwold"}, 404, "jurisdiction_id was not found"),
        ("services/garden-waste.json", {}, 404, "service_code was not found"),
        ("requests.json", {"start_date": "2026-01-01"}, 400, "with its zone"),
        ("requests.json", {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, 400, "90 days"),
        ("requests.json", {"status": "fixed"}, 400, "open, closed"),
        ("requests/0192f000-0000-7000-8000-000000000000.json", {}, 404, "service_request_id was not found"),
        ("requests/12.json", {}, 404, "service_request_id was not found"),
        ("tokens/12.json", {}, 404, "service_request_id was not found"),
    ],
)
def test_what_cannot_be_answered_is_a_list_of_errors_that_say_what_to_send(client, path, params, status, says):
    assert says in errors(get(client, path, **params), status)


def test_errors_are_xml_to_who_asked_for_xml(client):
    answer = client.get("/open311/v2/services.xml")
    root = ElementTree.fromstring(answer.content)
    assert (answer.status_code, root.tag, root.findtext("error/code")) == (400, "errors", "400")


def test_a_report_becomes_a_case_and_its_number_is_told(client, report):
    answer = report()
    (told,) = answer.json()
    file = page(told["service_request_id"]).file
    case = file.case
    assert case.reference in told["service_notice"]
    assert f"/cases/{case.reference}/" in told["service_notice"]
    assert (case.channel, case.opened_at.date()) == ("open311", now().date())
    assert file.answers["more"] == "Deep, by the post box"
    assert file.contact == {"name": "Ann Example", "email": "ann@example.org"}
    root = ElementTree.fromstring(report("xml", **{"attribute[fixmystreet_id]": "9"}).content)
    assert root.findtext("request/service_request_id")


def test_what_is_shown_of_a_report_says_nothing_of_who_sent_it(client, report):
    number = report(phone="01632 960 001").json()[0]["service_request_id"]
    (shown,) = get(client, f"requests/{number}.json").json()
    assert (shown["status"], shown["service_code"], shown["agency_responsible"]) == (
        "open", "report-pothole", "Marchshire County Council",
    )  # fmt: skip
    assert shown["description"].startswith("Report a pothole, ")
    assert shown["requested_datetime"].endswith("Z")
    assert shown["expected_datetime"] > shown["requested_datetime"]
    everything = get(client, "requests.json").content + get(client, "requests.xml").content
    case = page(number).case
    for secret in ("Ann", "example.org", "960 001", "post box", case.reference, str(case.pk)):
        assert secret.encode() not in everything
    assert get(client, f"tokens/{number}.json").json() == [{"service_request_id": number, "token": number}]


def test_reports_of_every_channel_are_listed_by_span_service_and_status(client, functions):
    at = now()
    functions["highways.inspect"] = Done({"risk": "high"})
    open_pothole()
    queue.run_pending(at=now())
    (closed,) = get(client, "requests.json", status="closed").json()
    assert closed["status_notes"] == "Mended"
    assert get(client, "requests.json", status="open").json() == []
    assert len(get(client, "requests.json", service_code="report-pothole,street-light").json()) == 1
    assert get(client, "requests.json", service_code="street-light").json() == []
    before = (at - dt.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert get(client, "requests.json", end_date=before).json() == []
    by_id = get(client, "requests.json", end_date=before, service_request_id=f"x,{closed['service_request_id']}")
    assert len(by_id.json()) == 1, "service_request_id overrides all others"
    assert client.get("/open311/v2/requests.json", {"jurisdiction_id": "ashby"}).json() == []


def test_what_became_of_a_report_is_told_step_by_step(client, functions):
    functions["highways.inspect"] = Done({"risk": "high"})
    open_pothole()
    queue.run_pending(at=now())
    said = get(client, "servicerequestupdates.json").json()
    assert [(one["status"], one["description"]) for one in said] == [
        ("open", "Done: We look at it"), ("open", "Done: We mend it"), ("open", "Done: We check the work"),
        ("closed", "Mended"),
    ]  # fmt: skip
    root = ElementTree.fromstring(get(client, "servicerequestupdates.xml").content)
    assert (root.tag, len(root.findall("request_update"))) == ("service_request_updates", 4)


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"api_key": "guess"}, 403, "api_key is missing"),
        ({"api_key": None}, 403, "api_key is missing"),
        ({"jurisdiction_id": "ashby"}, 403, "api_key is missing"),
        ({"service_code": None}, 400, "service_code was not provided"),
        ({"service_code": "bulky-waste"}, 404, "service_code was not found"),
        ({"lat": None}, 400, "lat and long"),
        ({"lat": None, "long": None}, 400, "Say where it is"),
        ({"lat": None, "long": None, "address_string": "Nowhere Xyzzy"}, 400, "not found on our map"),
        ({"attribute[width]": None}, 400, "width: Choose how wide it is"),
        ({"attribute[width]": "huge"}, 400, "width: Choose one of the answers"),
        ({"attribute[surface]": "motorway"}, 400, "National Highways"),
        ({"attribute[colour]": "red"}, 400, "no attribute colour"),
        ({"description": "x" * 4001}, 400, "4,000 characters"),
    ],
)
def test_a_report_that_cannot_be_taken_is_refused_with_what_to_do(report, changes, status, says):
    assert says in errors(report(**changes), status)
    assert reported() == []


def test_a_report_at_another_council_s_place_names_that_council(client, db):
    with scoped(Scope(bodies=(ASHBY,), purpose="test", actor=OFFICER)):
        _, key = actions.make_key(body_id=ASHBY, name="App", per_hour=5, at=now(), by=OFFICER)
    lat, lon = bodies.spot_in(BORLEY)
    answer = client.post("/open311/v2/requests.json", {
        "jurisdiction_id": "ashby", "api_key": key, "service_code": "fly-tipping", "lat": lat,
        "long": lon, "attribute[what][]": ["bags", "tyres"], "attribute[amount]": "bag",
        "attribute[land]": "public", "attribute[blocks]": "no", "attribute[saw]": "no",
    })  # fmt: skip
    assert "jurisdiction_id=borley" in errors(answer, 400)
    assert reported(BORLEY) == reported(ASHBY) == []


def test_a_report_may_name_its_place_in_words_or_by_number(report):
    place = a_place()
    nowhere = {"lat": None, "long": None}
    assert report(**nowhere, address_id=place["usrn"]).status_code == 200
    assert report(**nowhere, address_string="Mill Lane").status_code == 200
    assert [page(number).case.street for number in reported()] == ["Mill Lane", "Mill Lane"]


def test_a_report_sent_twice_is_one_report(report):
    assert report().json() == report().json()
    assert len(reported()) == 1
    named = {"headers": {"Idempotency-Key": "r-1"}}
    assert report(**named).json() == report(**named).json()
    numbered = {"attribute[fixmystreet_id]": "77"}
    assert report(**numbered).json() == report(**numbered).json()
    assert len(reported()) == 3
    assert "different content" in errors(report(**named, description="Another"), 400)


def test_a_key_sends_no_more_than_its_limit_and_nothing_once_taken_back(report):
    with scoped(MARCH):
        (row,) = queries.keys()
        actions.limit_key(key_id=row.pk, per_hour=1, at=now(), by=OFFICER)
    assert report().status_code == 200
    answer = report()
    assert "too often" in errors(answer, 429)
    assert int(answer["Retry-After"]) <= 3600
    with scoped(MARCH):
        assert ApiKey.objects.get(pk=row.pk).used_on
        actions.revoke_key(key_id=row.pk, at=now(), by=OFFICER)
    assert "api_key" in errors(report(), 403)


def test_only_the_hash_of_a_key_is_kept_and_only_its_body_sees_that(key):
    with scoped(MARCH):
        row = ApiKey.objects.get()
        assert key not in " ".join(str(value) for value in vars(row).values())
        assert row.hint in key
    with scoped(Scope(bodies=(EASTWOLD,), purpose="test", actor=OFFICER)):
        assert queries.keys() == []


def test_what_is_said_elsewhere_is_added_to_the_report_once(client, report, key):
    number = report().json()[0]["service_request_id"]
    said = MARCHES | {"api_key": key, "service_request_id": number, "update_id": "5", "description": "It grew",
                      "status": "OPEN", "updated_datetime": "2026-06-01T09:00:00Z"}  # fmt: skip
    answers = [client.post("/open311/v2/servicerequestupdates.json", said).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert set(answers[0][0]) == {"update_id"}
    assert [line.text for line in page(number).timeline if line.kind == "information-added"] == ["It grew"]
    missing = said | {"service_request_id": "12"}
    assert "service_request_id" in errors(client.post("/open311/v2/servicerequestupdates.json", missing), 404)
    other = said | {"api_key": "x"}
    assert "api_key" in errors(client.post("/open311/v2/servicerequestupdates.json", other), 403)
    empty = said | {"update_id": "6", "description": ""}
    assert "Write something" in errors(client.post("/open311/v2/servicerequestupdates.json", empty), 400)


def test_a_photo_at_an_address_is_laid_on_the_case_or_a_note_says_why_not(report, monkeypatch):
    import io

    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    found = {"https://photos.example/1.png": picture.getvalue(), "https://photos.example/2.png": b"<script>"}
    monkeypatch.setattr(fetch, "bring", found.__getitem__)
    number = report(media_url=list(found)).json()[0]["service_request_id"]
    queue.run_pending(at=now())
    assert [row.kind for row in page(number).attachments] == ["information"]
    (note,) = page(number).notes
    assert "https://photos.example/2.png" in note.text


@pytest.mark.parametrize(
    "address",
    ["http://photos.example/1.png", "https://127.0.0.1/x", "https://10.0.0.8/x", "https://[::1]/", "file:///etc/passwd",
     "https://169.254.169.254/latest", "https://ann:b@photos.example/", "https://localhost/", "https://x:8443/", "x",
     "https://[oops"],
)  # fmt: skip
def test_a_stranger_s_address_never_leads_into_our_own_network(address):
    with pytest.raises(fetch.Unreachable):
        fetch.bring(address)


def test_a_method_that_is_not_there_and_a_body_that_is_no_form_are_told_so(client, key):
    assert client.post("/open311/v2/services.json").status_code == 405
    assert client.head("/open311/v2/services.json", MARCHES).status_code == 200
    answer = client.post("/open311/v2/requests.json", '{"service_code": "x"}', content_type="application/json")
    assert "jurisdiction_id" in errors(answer, 400)
    strange = MARCHES | {"api_key": key, "service_code": "report-pothole", "lat": "1e400", "long": "2"} | POTHOLE
    assert errors(client.post("/open311/v2/requests.json", strange), 400)
    in_the_address = client.post(f"/open311/v2/requests.json?api_key={key}", MARCHES | {"service_code": "x"})
    assert "api_key is missing" in errors(in_the_address, 403)
    nulls = MARCHES | {"api_key": key, "service_code": "report-pothole\x00"}
    assert "attribute" not in errors(client.post("/open311/v2/requests.json", nulls), 400)


def test_a_report_about_what_is_outside_our_map_is_refused_and_nothing_is_kept(report):
    assert errors(report(lat="10", long="10"), 400)
    assert reported() == []


def test_a_cookie_of_staff_changes_nothing(client, report):
    from tests.world import as_staff

    number = report().json()[0]["service_request_id"]
    before = get(client, f"requests/{number}.json").content
    as_staff(client, MARCHSHIRE, "officer")
    assert get(client, f"requests/{number}.json").content == before
