"""Every service shipped can be asked for at the front door: its own worked example, typed into its pages."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils.html import escape
from tests.world import MILL_LANE_14

from moothall.catalogue import queries as catalogue
from moothall.core.clock import local, now

pytestmark = pytest.mark.django_db
SERVICES = sorted(path.name for path in settings.SERVICES.iterdir() if (path / "service.yaml").exists())


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()


def boxes(question, answer, home):
    """Return what somebody types for an answer."""
    name = question.id
    if question.type in ("place", "address"):
        return {f"{name}-choice": f"uprn:{MILL_LANE_14}"} if answer else {f"{name}-search": ""}
    if answer is None or question.type == "file":
        return {}
    if isinstance(answer, dict):
        return {f"{name}-{part}": value for part, value in answer.items() if value}
    if question.type == "date":
        day = local(now()).date()  # the example's own day is too long ago for services that ask about this week
        if str(question.latest).startswith("today-"):
            day -= dt.timedelta(days=int(question.latest.removeprefix("today-")))
        return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    if question.type == "money":
        return {name: f"{answer / 100:.2f}"}
    return {name: {True: "yes", False: "no"}.get(answer, answer) if isinstance(answer, bool) else answer}


@pytest.mark.parametrize("service", SERVICES)
def test_it_goes_from_the_first_question_to_a_reference(client, service):
    definition = catalogue.current(service).definition
    story = next(s for s in catalogue.worked_examples(settings.SERVICES / service) if "problems" not in s.then)
    url = f"/services/{service}/ask"
    for _question in definition.questions:
        name = re.search(r"/ask/(\w+)/", url)
        question = definition.ask[name[1]] if name else definition.questions[0]
        assert client.get(url).status_code == 200
        answer = client.post(url, boxes(question, story.answers.get(question.id), MILL_LANE_14))
        errors = re.findall(r'error-message".*?</p>', answer.content.decode(), re.S)
        assert answer.status_code == 302, (question.id, errors, answer.content.decode()[-1500:])
        url = answer.headers["Location"]
        if "/contact/" in url:
            break
    reached = {"safe": "no"} if definition.urgent else {"email": "ann@example.org"}
    check = client.post(url, reached).headers["Location"]
    assert client.get(check).status_code == 200
    page = client.post(check, follow=True).content.decode()
    reference = re.search(r"[A-Z]{3}-\d{4}-\d{3}\w", page)[0]
    if definition.urgent:  # nobody looks it up who did not say that it is safe
        assert "Ring us now" in page
        assert client.get(f"/cases/{reference}/").url == f"/track/?reference={reference}"
        return
    assert escape(definition.title.en) in client.get(f"/cases/{reference}/").content.decode()
