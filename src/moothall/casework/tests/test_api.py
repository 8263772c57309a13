"""The JSON API, as an integrator uses it."""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moothall.casework.tests.conftest import CONTACT, POTHOLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def new_case(place, **changes):
    spot = {"lat": place["lat"], "lon": place["lon"], "note": "by the post box"}
    return {"service": "report-pothole", "answers": POTHOLE, "place": spot, "contact": CONTACT} | changes


def post(client, content, **headers):
    return client.post("/api/v1/cases", json.dumps(content), content_type="application/json", headers=headers)


def test_a_case_is_opened_and_its_reference_and_tracking_address_are_told(client, place):
    answer = post(client, new_case(place))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["reference"].startswith("MAR-")
    assert told["tracking"].endswith(f"/cases/{told['reference']}/")
    assert told["promise_due"]


def test_the_same_key_makes_one_case_and_other_content_is_refused(client, place):
    first = post(client, new_case(place), **{"Idempotency-Key": "k-1"})
    again = post(client, new_case(place), **{"Idempotency-Key": "k-1"})
    other = post(
        client, new_case(place, answers=POTHOLE | {"width": "larger", "avoiding": True}), **{"Idempotency-Key": "k-1"}
    )
    assert first.json() == again.json()
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/key-used-differently"


def test_wrong_answers_are_a_problem_document_that_names_each(client, place):
    answer = post(client, new_case(place, answers={"surface": "sea"}))
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert set(problem["errors"]) == {"surface", "width", "depth", "avoiding"} or {"surface", "width", "depth"} <= set(
        problem["errors"]
    )


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"service": 7}', '{"service": "report-pothole", "answers": {}, "more": 1}']
)
def test_what_is_not_as_the_document_says_is_a_problem_document_too(client, content):
    answer = client.post("/api/v1/cases", content, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_request_without_a_place_is_told_that_it_needs_one_or_a_body(client, place):
    answer = post(client, {"service": "report-pothole", "answers": POTHOLE, "contact": CONTACT})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/nobody-responsible")
    assert "name the body" in answer.json()["errors"]["place"]


def test_a_service_that_does_not_exist_is_a_problem_document(client, place):
    assert post(client, new_case(place, service="fly-to-the-moon")).status_code == 404
    assert client.get("/api/v1/services/fly-to-the-moon").headers["Content-Type"] == "application/problem+json"


def test_a_case_is_read_by_who_knows_a_contact_of_it(client, place):
    reference = post(client, new_case(place)).json()["reference"]
    case = client.get(f"/api/v1/cases/{reference}", headers={"Contact": "zm12ab"}).json()
    assert case["state"] == "open"
    assert case["body"] == "marchshire"
    assert case["steps"][0]["name"] == "inspect"
    events = client.get(f"/api/v1/cases/{reference}/events", headers={"Contact": CONTACT["email"]}).json()
    assert events[0]["kind"] == "opened"


def test_a_wrong_contact_and_no_such_case_are_answered_alike(client, place):
    reference = post(client, new_case(place)).json()["reference"]
    wrong = client.get(f"/api/v1/cases/{reference}", headers={"Contact": "bob@example.org"})
    none = client.get("/api/v1/cases/MAR-0999-999Z", headers={"Contact": "bob@example.org"})
    assert (wrong.status_code, wrong.content) == (none.status_code, none.content) == (404, none.content)
    assert client.get(f"/api/v1/cases/{reference}").status_code == 401


def test_services_are_listed_found_and_shown_with_the_schema_of_their_answers(client):
    assert {s["id"] for s in client.get("/api/v1/services").json()} >= {"report-pothole", "complaint"}
    assert client.get("/api/v1/services", {"find": "hole in the road"}).json()[0]["id"] == "report-pothole"
    service = client.get("/api/v1/services/report-pothole").json()
    assert service["answers"]["properties"]["width"]["enum"][0] == "dinner-plate"
    assert service["title"]["cy"]


def test_the_document_is_openapi_3_1_and_declares_every_refusal(client):
    from openapi_spec_validator import validate

    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    validate(document)
    for ways in document["paths"].values():
        for operation in ways.values():
            assert {"400", "401", "403", "404", "409", "422", "429"} <= set(operation["responses"])
    assert document["paths"]["/api/v1/cases"]["post"]["responses"]["201"]["links"]["case"]["operationId"] == "get_case"


def test_the_document_is_a_page_without_scripts_of_its_own(client):
    text = client.get("/api/v1/docs").content.decode()
    assert "POST /api/v1/cases" in text
    assert "Idempotency-Key" in text


def test_asking_too_often_is_refused_with_when_to_come_back(client, settings):
    settings.API_PER_MINUTE = 3
    answers = [client.get("/api/v1/services") for _ in range(4)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_a_submission_takes_five_statements(client, place):
    post(client, new_case(place))  # reads what is kept: the homes of the street among it
    with CaptureQueriesContext(connection) as asked:
        assert post(client, new_case(place), **{"Idempotency-Key": "k-2"}).status_code == 201
    assert [begins(q["sql"]) for q in asked] == [
        "savepoint",  # BEGIN of a request that is not inside a test's transaction
        "scope",
        "scope, number and key",
        "case, event, payload, step, message, place, audit, facts, jobs",
        "scope",  # only inside a test's transaction
        "release",  # COMMIT
    ]


KNOWN = {
    "SAVEPOINT": "savepoint",
    "RELEASE": "release",
    "select set_config": "scope",
    "with in_casework_case": "case, event, payload, step, message, place, audit, facts, jobs",
}


def begins(sql):
    """Name a statement."""
    if "casework_begin" in sql:
        return "scope, number and key"
    return next((name for start, name in KNOWN.items() if sql.startswith(start)), sql[:80])
