"""A council's own system that speaks Open311 does a step: linked by a file, heard by asking and by its updates."""

import datetime as dt
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from django.core.management import CommandError, call_command
from ruamel.yaml import YAML
from tests.world import ASHBY, DUNMERE

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue, spark
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.functions.links import actions, queries, tasks
from moothall.functions.links.models import Call
from moothall.functions.links.tests.conftest import free_port

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "401", DUNMERE)
DISTRICT = Scope(bodies=(DUNMERE,), purpose="test", actor=OFFICER)
NOBODY = Scope(purpose="front door", actor=Actor("contact"))
EXAMPLES = Path(__file__).parents[5] / "examples"
TERMS = YAML(typ="safe").load((EXAMPLES / "open311_terms.yaml").read_text())


class Theirs:
    """A system that speaks Open311, answering in the test; `status` is that of every request."""

    def __init__(self):
        self.taken, self.asked, self.status, self.notes, self.fail = {}, [], "open", "", None
        self.tokens, self.form = False, "json"

    def __call__(self, method, address, *, timeout=None, params=None, data=None, headers=None):
        path = urlsplit(address).path.removeprefix("/v2").rpartition(".")
        self.asked.append((method, path[0]))
        assert path[2] == self.form
        if self.fail == "before":
            raise httpx.ConnectError("refused")
        status, said = self.answer(method, path[0], data)
        if self.fail == "after" and method == "POST":
            raise httpx.ReadTimeout("lost")
        root = "errors" if status >= 400 else "service_requests"
        return httpx.Response(status, content=spark.write(self.form, root, said))

    def answer(self, method, path, data):
        if method == "POST":
            if data.get("api_key") != "theirs":
                return 403, [{"code": 403, "description": "not our key"}]
            number = f"DS-{len(self.taken) + 1}"
            self.taken[number] = data
            return 201, [{"token": f"t-{number}"} if self.tokens else {"service_request_id": number}]
        if path == "/services":
            return 200, [{"service_code": "FLY"}]
        if path.startswith("/tokens/"):
            number = path.removeprefix("/tokens/t-")
            return 200, [{"service_request_id": number if self.status != "open" else "", "token": f"t-{number}"}]
        wanted = path.removeprefix("/requests").strip("/")
        found = [self.shown(number) for number in self.taken if wanted in ("", number)]
        return (200, found) if found or not wanted else (404, [{"code": 404, "description": "no such request"}])

    def shown(self, number):
        return {"service_request_id": number, "status": self.status, "status_notes": self.notes,
                "description": self.taken[number]["description"]}  # fmt: skip


@pytest.fixture
def theirs(monkeypatch, settings, db):
    """Link Dunmere's clearing to a system that speaks Open311."""
    found = Theirs()
    monkeypatch.setattr(httpx, "request", found)
    settings.OPEN311_KEYS = {"dunmere.waste": "theirs"}
    link()
    return found


def link(address="https://streets.dunmere.example/v2", terms=TERMS):
    with scoped(DISTRICT):
        return actions.connect(body_id=DUNMERE, function="waste", name="Streets", address=address, terms=terms,
                               at=now(), by=OFFICER)  # fmt: skip


def dump_reported():
    """Report dumped rubbish in Dunmere as a resident does, and let the queue hand it on."""
    place = bodies.place(*bodies.spot_in(DUNMERE), "behind the bins")
    answers = {"where": place, "what": ["bags"], "amount": "bag", "land": "public", "blocks": False, "saw": False}
    with scoped(NOBODY):
        opened = casework.open_case(
            service_id="fly-tipping", answers=answers, place=place, contact={"email": "ann@example.org"},
            channel="web", at=now(), by=NOBODY.actor,
        )  # fmt: skip
    queue.run_pending(at=now())
    return opened


def call():
    with scoped(DISTRICT):
        return Call.objects.select_related("system").get()


def step(opened):
    with scoped(DISTRICT):
        return cases.case_file(opened.case_id).steps["clear"]


def chase(minutes=6):
    tasks.chase(body=DUNMERE, at=now() + dt.timedelta(minutes=minutes), by=OFFICER)


def test_a_step_goes_out_as_a_request_and_its_status_comes_back_by_asking(theirs):
    opened = dump_reported()
    sent = theirs.taken["DS-1"]
    assert (sent["service_code"], sent["api_key"], sent["attribute[SIZE]"]) == ("FLY", "theirs", "bag")
    assert opened.reference in sent["description"]
    assert "ann@example.org" not in str(sent)
    assert (call().state, call().their_reference) == ("accepted", "DS-1")
    chase()
    assert step(opened).state == "waiting"
    theirs.status = "closed"
    chase(12)
    assert (step(opened).state, step(opened).outputs) == ("done", {"cleared": True, "evidence": False})
    assert call().request == {}


def test_a_request_whose_answer_was_lost_is_found_and_not_sent_again(theirs):
    theirs.fail = "after"
    opened = dump_reported()
    assert call().state == "waiting"
    theirs.fail = None
    queue.run_pending(at=now() + dt.timedelta(seconds=5))
    assert (call().state, call().their_reference, len(theirs.taken)) == ("accepted", "DS-1", 1)
    assert step(opened).state == "waiting"


def test_a_request_that_never_arrived_is_sent_again(theirs):
    theirs.fail = "before"
    dump_reported()
    theirs.fail = None
    queue.run_pending(at=now() + dt.timedelta(seconds=5))
    assert (call().state, len(theirs.taken)) == ("accepted", 1)


def test_a_request_that_is_refused_stands_still_until_somebody_looks(theirs, settings):
    settings.OPEN311_KEYS = {}
    opened = dump_reported()
    assert (call().state, step(opened).state) == ("failed", "failed")
    assert "403: not our key" in call().error


def test_what_they_will_not_do_is_refused_in_their_words(theirs):
    opened = dump_reported()
    theirs.status, theirs.notes = "not_councils_responsibility", "It lies on railway land."
    chase()
    assert (step(opened).state, step(opened).reason) == ("refused", "It lies on railway land.")


def test_xml_is_spoken_where_they_speak_it_and_a_token_is_exchanged_for_the_number(theirs):
    link(terms=TERMS | {"format": "xml"})
    theirs.form, theirs.tokens = "xml", True
    opened = dump_reported()
    assert call().their_reference == "token:t-DS-1"
    chase()
    assert call().state == "accepted"
    theirs.status = "fixed"
    chase(12)
    assert (step(opened).state, call().their_reference) == ("done", "DS-1")


def updated(client, **changes):
    with scoped(DISTRICT):
        system = queries.system(body_id=DUNMERE, function="waste")
    said = {"api_key": queries.key(system), "service_request_id": "DS-1", "update_id": "1", "status": "CLOSED",
            "updated_datetime": "2026-06-01T09:00:00Z", "description": "Cleared"} | changes  # fmt: skip
    return client.post("/api/external/dunmere/waste/servicerequestupdates.json", said)


def test_an_update_of_theirs_moves_the_step_once(theirs, client):
    opened = dump_reported()
    assert updated(client, status="OPEN", update_id="0").json() == [{"update_id": "0"}]
    assert step(opened).state == "waiting"
    assert [updated(client).status_code for _ in range(2)] == [200, 200]
    assert step(opened).state == "done"
    assert updated(client, update_id="2", status="no_further_action").status_code == 200
    assert (step(opened).state, call().repeats) == ("done", 2)


@pytest.mark.parametrize(
    ("changes", "status"), [({"api_key": "guess"}, 403), ({"api_key": ""}, 403), ({"service_request_id": "DS-9"}, 404)]
)
def test_an_update_that_is_not_theirs_to_send_changes_nothing(theirs, client, changes, status):
    opened = dump_reported()
    answer = updated(client, **changes)
    assert (answer.status_code, answer.json()[0]["code"]) == (status, status)
    assert step(opened).state == "waiting"
    xml = client.post("/api/external/ashby/waste/servicerequestupdates.xml", {"api_key": "x"})
    assert (xml.status_code, xml["Content-Type"]) == (404, "text/xml; charset=utf-8")


def test_a_step_that_the_terms_do_not_name_stays_here(theirs):
    with scoped(DISTRICT):
        takes = [
            queries.system_for(body_id=DUNMERE, performs=one, at=now()) for one in ("waste.clear", "waste.subscribe")
        ]
    assert takes[0].name == "Streets"
    assert takes[1] is None


def test_steps_of_one_case_under_one_code_are_one_request_until_it_is_opened_again(theirs):
    terms = {
        "steps": {"waste.clear": {"code": "F"}, "waste.return_visit": {"code": "F"}, "waste.subscribe": {"code": "G"}}
    }
    system, opened = link(terms=terms), dump_reported()
    with scoped(DISTRICT):
        refers = {
            name: queries.earlier_reference(system, case_id=opened.case_id, performs=name) for name in terms["steps"]
        }
    assert refers == {"waste.clear": "", "waste.return_visit": "DS-1", "waste.subscribe": ""}


def test_the_command_links_it_by_a_file_alone_and_says_what_the_other_end_does_not_know(theirs, tmp_path, capsys):
    path = tmp_path / "terms.yaml"
    path.write_text("steps: {waste.clear: {code: FLY}}")
    where = ("dunmere", "waste", "https://streets.dunmere.example/v2")
    call_command("link", "connect", *where, "--open311", str(path))
    said = capsys.readouterr().out
    assert "It lists FLY." in said
    assert "/api/external/dunmere/waste/servicerequestupdates.json" in said
    path.write_text("steps: {waste.clear: {code: OTHER}}")
    call_command("link", "connect", *where, "--open311", str(path))
    assert "It does not list OTHER" in capsys.readouterr().out
    path.write_text("steps: {highways.repair: {code: FLY}}")
    with pytest.raises(CommandError, match="no step of waste"):
        call_command("link", "connect", *where, "--open311", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("link", "connect", *where, "--open311", str(tmp_path / "none"))


def test_the_demonstration_s_stand_in_is_linked_before_it_starts(db, settings, monkeypatch):
    settings.DEMO, settings.OPEN311_KEYS = True, {"dunmere.waste": "k"}
    started = []
    monkeypatch.setattr(os, "execv", lambda path, command: started.append(command))
    monkeypatch.setattr(os, "environ", os.environ.copy())
    call_command("elsewhere_open311", port=4, seconds=1)
    assert started[0][1].endswith("examples/external_open311.py")
    assert os.environ["OPEN311_UPDATES"].endswith("/api/external/dunmere/waste/servicerequestupdates.json")
    with scoped(DISTRICT):
        system = queries.system(body_id=DUNMERE, function="waste")
        assert (system.protocol, system.address) == ("open311", "http://127.0.0.1:4")
        assert os.environ["OPEN311_UPDATES_KEY"] == queries.key(system)


def test_the_page_of_links_says_that_it_speaks_open311(theirs, client):
    from tests.world import as_staff

    as_staff(client, DUNMERE, "operator")
    assert "Streets (by Open311)" in client.get("/links/").content.decode()
    as_staff(client, ASHBY, "operator")
    assert "Streets" not in client.get("/links/").content.decode()


def test_the_stand_in_takes_a_report_closes_it_and_tells_us(db, settings, tmp_path):
    settings.OPEN311_KEYS = {"dunmere.waste": "k"}
    port = free_port()
    link(f"http://127.0.0.1:{port}")
    running = subprocess.Popen(
        [sys.executable, str(EXAMPLES / "external_open311.py"), str(port), str(tmp_path / "book.json"), "0.3"],
        env=os.environ | {"OPEN311_KEY": "k"},
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        opened = dump_reported()
        assert call().their_reference == "DS-0001"
        time.sleep(0.3)
        chase()
        assert step(opened).state == "done"
    finally:
        running.kill()
        running.wait()
