"""Mischief sent over HTTP: a page or a problem document says what is wrong, nothing breaks, nothing is given back."""

import json
import re
from uuid import uuid4

import pytest
from django.core.cache import cache

from moothall.casework import actions
from moothall.casework.models import Case, Draft
from moothall.casework.tests.conftest import CONTACT, NOBODY, RESIDENT, a_place
from moothall.catalogue import queries as catalogue
from moothall.core.clock import now
from moothall.core.scope import scoped

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('moot')</script>"
TYPED = [SCRIPT, "\x00", "a" * 30_000, "9" * 400]
SENT = [
    SCRIPT, "a\x00b", "\ud800", "1e999999", 10**30, [SCRIPT], {"lat": 999, "lon": 0}, {"uprn": ["1"]}, {"note": 7},
    {"name": {"$ne": 1}, "note": "x"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _many_tries(settings):
    cache.clear()
    settings.API_PER_MINUTE = 100_000


def asked():
    """Return a service and question of each type that the shipped services ask."""
    found = {}
    for published in catalogue.services():
        for question in published.definition.questions:
            if published.definition.urgent is None and question.when is None:
                found.setdefault(question.type, (published.service_id, question))
    return found


def draft_of(client, service_id):
    draft_id = uuid4()
    with scoped(NOBODY.narrowed(case=draft_id)):
        draft_id = actions.save_draft(
            draft_id=None, service_id=service_id, answers={}, body_id=None, person_id=None, language="en", at=now(),
            by=RESIDENT,
        )  # fmt: skip
    session = client.session
    session["drafts"] = [str(draft_id)]
    session.save()
    return draft_id


def answers_of(draft_id):
    with scoped(NOBODY.narrowed(case=draft_id)):
        return Draft.objects.get(pk=draft_id).answers


def test_what_is_typed_into_any_kind_of_box_breaks_no_page_and_is_not_run(client):
    kinds = asked()
    assert len(kinds) >= 13
    for service_id, question in kinds.values():
        draft_id = draft_of(client, service_id)
        where = f"/drafts/{draft_id}/ask/{question.id}/"
        boxes = set(re.findall(r'name="([^"]+)"', client.get(where).text)) - {"csrfmiddlewaretoken", "viewport"}
        for typed in TYPED:
            answer = client.post(where, dict.fromkeys(boxes, typed))
            assert answer.status_code in (200, 302), (service_id, question.id, typed[:20])
            assert SCRIPT not in answer.text
            if answer.status_code == 200:
                assert "There is a problem" in answer.text, (service_id, question.id, typed[:20])
        kept = answers_of(draft_id)
        assert kept.keys() <= {question.id}
        assert "\x00" not in json.dumps(kept, ensure_ascii=False)


def post(client, content, **headers):
    raw = content if isinstance(content, bytes | str) else json.dumps(content)
    return client.post("/api/v1/cases", raw, content_type="application/json", headers=headers)


def test_any_answer_of_any_shape_to_any_question_gets_a_problem_document(client):
    before = Case.objects.count()
    for service_id, question in asked().values():
        for sent in SENT:
            new = {"service": service_id, "answers": {question.id: sent}, "contact": CONTACT, "body": "marchshire"}
            answer = post(client, new)
            assert 400 <= answer.status_code < 500, (service_id, question.id, sent, answer.content[:300])
            assert answer.headers["Content-Type"] == "application/problem+json"
            problem = answer.json()
            assert problem["title"]
            assert SCRIPT not in json.dumps(problem)
    assert Case.objects.count() == before


COMPLAINT = {"service": "report-pothole", "body": "marchshire"}


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000, b'{"a":' * 5000, b"\xff\xfe", b"", b"null", b"7", b'"x"', b"{}",
        b'{"service": "report-pothole", "answers": ' + b"9" * 6000 + b"}",
        COMPLAINT | {"answers": {"\x00": 1, "__proto__": {}}},
        COMPLAINT | {"service": "a\x00b", "answers": {}},
        COMPLAINT | {"body": "a\x00b", "answers": {}},
        COMPLAINT | {"answers": {}, "language": "<script>"},
        COMPLAINT | {"answers": {}, "place": {"lat": 1e308, "lon": 0}},
        COMPLAINT | {"answers": {}, "place": {"usrn": "a\x00b", "uprn": "\ud800"}},
    ],
    ids=lambda content: str(content)[:40],
)  # fmt: skip
def test_a_body_that_is_no_request_is_refused(client, content):
    answer = post(client, content)
    assert 400 <= answer.status_code < 500, answer.content[:300]


@pytest.mark.parametrize("nasty", ["a\x00b", "\ud800", "\u202etxt.exe", SCRIPT])
def test_a_contact_or_a_note_of_hidden_characters_is_kept_visible_or_refused(client, nasty, functions):
    place = a_place()
    new = {
        "service": "report-pothole", "answers": {"surface": "road", "width": "dinner-plate", "depth": "fist"},
        "place": {"lat": place["lat"], "lon": place["lon"], "note": nasty}, "contact": CONTACT | {"name": nasty},
    }  # fmt: skip
    answer = post(client, new, **{"Idempotency-Key": "k"})
    assert answer.status_code in (201, 400, 422), answer.content[:300]


@pytest.mark.parametrize(
    "where",
    [
        "/api/v1/services/a%00b", "/api/v1/services?find=%00%ff", "/api/v1/cases/%00", "/api/v1/cases/%F0%9F%98%80",
        "/services/?q=%00", "/services/?q=%ED%A0%80", "/find/?q=%00", "/cases/%00/", "/track/?reference=%00",
        "/services/find?q=%00", "/open311/v2/requests.json?service_code=%00",
    ],
)  # fmt: skip
def test_an_address_of_hidden_characters_is_answered(client, where):
    answer = client.get(where, headers={"Contact": "ann@example.org"})
    assert answer.status_code < 500
