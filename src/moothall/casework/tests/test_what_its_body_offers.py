"""A service is asked as the responsible body offers it: in its version, with its own words and its own evidence."""

import re
import shutil

import pytest
from django.conf import settings
from tests import world

from moothall.catalogue import actions as publishing
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local, now
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions as sharing
from moothall.sharing.actions import adoptions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]
OWN = {"asks_photo": True, "most_bins": 2, "put_out": {"en": "By the gate, by 6am.", "cy": ""}}
SAID = {"start": {"start": "new"}, "bins": {"bins": "2"}, "stand": {}, "agreed": {"agreed": "on"}}
ASHBY = Scope(bodies=(world.ASHBY,), purpose="tests", actor=world.BY)


@pytest.fixture
def offered():
    """Let Ashby offer garden waste with settings of its own, in the version that is published now."""
    told = {"body_id": world.ASHBY, "service_id": "garden-waste", "at": now(), "by": world.BY}
    with scoped(ASHBY):
        sharing.end_adoption(**told, ends=local(now()).date())
        adoptions.adopt(**told, version_id=catalogue.current("garden-waste").id, parameters=OWN)


@pytest.fixture
def newer(offered, tmp_path):
    """Publish a version that asks one thing more; nobody has taken it."""
    folder = shutil.copytree(settings.SERVICES, tmp_path / "services")
    path = folder / "garden-waste" / "service.yaml"
    more = "  soil: {type: yes-no, label: {en: Is there soil in it?, cy: Oes pridd ynddo?}}\n  agreed:\n"
    path.write_text(path.read_text().replace("  agreed:\n", more, 1).replace("en: How many bins?", "en: Bins wanted?"))
    with scoped(ASHBY):
        publishing.publish_folder(path=folder, at=now(), by=world.BY)


def asked(client):
    """Answer every question, and return the pages by question, and the address after the last one."""
    answer = client.post("/services/garden-waste/ask", {"where-search": "14 Mill Lane, Ashby"})
    pages = {}
    while name := re.search(r"/ask/(\w+)/", answer.headers["Location"]):
        pages[name[1]] = client.get(answer.headers["Location"]).content.decode()
        answer = client.post(answer.headers["Location"], SAID[name[1]])
        assert answer.status_code == 302, answer.content.decode()
    return pages, answer.headers["Location"]


def test_a_body_s_own_words_and_evidence_are_asked_for(client, offered):
    pages, _contact = asked(client)
    assert list(pages) == ["start", "bins", "stand", "agreed"]
    assert "By the gate, by 6am." in pages["agreed"]


def test_the_version_that_the_body_offers_is_asked_and_not_the_newest(client, newer):
    pages, contact = asked(client)
    assert "How many bins?" in pages["bins"]
    answer = client.post(contact, {"email": "ann@example.org", "name": "Ann Example"})
    sent = client.post(answer.headers["Location"], follow=True).content.decode()
    assert re.search(r"ASH-\d{4}-\d{3}\w", sent), sent


def test_the_desk_hears_what_the_body_at_the_place_allows(client, offered):
    world.as_staff(client, world.ASHBY, "adviser")
    page = "/desk/start/garden-waste/"
    assert "By the gate, by 6am." in client.get(page).content.decode()
    given = {"where-search": "14 Mill Lane, Ashby", "start": "here", "bins": "3", "agreed": "on"}
    given |= {"channel": "phone", "name": "Ann Example", "phone": "01632 960001"}
    html = client.post(page, given).content.decode()
    assert "That is more bins than we collect from one address." in html
