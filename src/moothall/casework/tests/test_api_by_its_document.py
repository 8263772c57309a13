"""The API keeps to its own document: schemathesis writes requests from it, right and wrong ones, and judges answers."""

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as some
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from moothall.casework.api.tracking import api
from moothall.catalogue import queries as catalogue

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
READ = [
    ("/api/v1/services", "GET"), ("/api/v1/services/{service_id}", "GET"), ("/api/v1/cases/{reference}", "GET"),
    ("/api/v1/cases/{reference}/events", "GET"), ("/api/v1/cases/{reference}/days", "GET"),
    ("/api/v1/cases/{reference}/day", "PUT"),
]  # fmt: skip


def few(examples):
    return trying(
        max_examples=examples, database=None, deadline=None, derandomize=True, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.fixture
def document(settings):
    """The API's document, with the answers that each of the services takes in the place of any object."""
    cache.clear()
    settings.API_PER_MINUTE = 100_000
    written = api.get_openapi_schema()
    written = {**written, "paths": {**written["paths"]}, "components": {**written["components"]}}
    schemas = written["components"]["schemas"] = {**written["components"]["schemas"]}
    new, services = schemas["NewCase"], catalogue.services()
    assert len(services) > 30
    schemas["NewCase"] = {
        "anyOf": [
            new | {"properties": new["properties"] | {
                "service": {"const": one.service_id, "type": "string"},
                "answers": catalogue.answers_schema(one.definition),
            }}
            for one in services
        ]
    }  # fmt: skip
    return schemathesis.openapi.from_dict(written), services


@pytest.fixture(autouse=True)
def _one_connection():
    """Let every request use the test's own connection, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def judge(case):
    plain = {"Accept-Encoding": "identity"}  # its client of WSGI asks for compressed answers and does not read them
    case.call_and_validate(app=get_wsgi_application(), checks=CHECKS, headers=plain)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_requests_for_every_service_are_answered_as_the_document_says(document, mode):
    written, _ = document

    @few(15)
    @given(case=written["/api/v1/cases"]["POST"].as_strategy(generation_mode=mode))
    def judged(case):
        judge(case)

    judged()


def test_what_is_read_is_answered_as_the_document_says(document):
    written, _ = document
    reads = some.one_of(written[path][method].as_strategy() for path, method in READ)

    @few(20)
    @given(case=reads)
    def judged(case):
        judge(case)

    judged()
