"""The operator's page and the protocol's document."""

import jsonschema
import openapi_spec_validator
import pytest
from tests.world import ASHBY, BORLEY, as_staff

from moothall.core import queue
from moothall.core.clock import now
from moothall.core.queue import defer, failed_jobs, retry_job, task
from moothall.core.scope import scoped
from moothall.functions.links.tests.conftest import DISTRICT, calls, dump_reported


def test_the_protocol_is_a_sound_openapi_document_for_everybody(db, client):
    document = client.get("/api/external/openapi.json").json()
    openapi_spec_validator.validate(document)
    assert document["openapi"].startswith("3.1")


def test_what_we_send_fits_the_document(home, system, client):
    from moothall.functions.links import queries

    dump_reported()
    queue.run_pending(at=now())
    document = client.get("/api/external/openapi.json").json()
    schema = document["components"]["schemas"]["Request"] | {"components": document["components"]}
    with scoped(DISTRICT):
        jsonschema.validate(queries.message(queries.call(calls()[0].pk)), schema)


def test_the_page_says_who_does_what_and_how_much_waits(home, system, client):
    dump_reported()
    queue.run_pending(at=now())
    as_staff(client, BORLEY, "operator")
    page = client.get("/links/").content.decode()
    assert "Borley Clean Streets" in page
    assert "All is well: 1 step is under way" in page
    assert "Asked, not taken yet" in page


def test_an_empty_page_says_what_will_appear(db, client):
    as_staff(client, ASHBY, "operator")
    assert "No step is under way" in client.get("/links/").content.decode()


def test_a_demonstration_s_system_can_be_stopped_from_the_page_and_only_there(elsewhere, client, settings):
    settings.DEMO = False
    as_staff(client, BORLEY, "operator")
    assert "Stop the waste system" not in client.get("/links/").content.decode()
    assert client.post("/links/systems/waste/mode/", {"mode": "stop"}).status_code == 404
    settings.DEMO = True
    assert "Stop the waste system" in client.get("/links/").content.decode()
    assert client.post("/links/systems/waste/mode/", {"mode": "stop"}).status_code == 302
    dump_reported()
    queue.run_pending(at=now())
    assert "did not answer" in calls()[0].error


@task("links.tests.break")
def always_breaks(*, body, at, by):
    raise ValueError("broken on purpose")


def test_a_job_that_was_given_up_stays_visible_until_somebody_runs_it_again(real_db, client):
    with scoped(DISTRICT):
        defer("links.tests.break", body=BORLEY, key="break:1")
    from datetime import timedelta

    later = now()
    for _ in range(10):
        queue.run_pending(at=later)
        later += timedelta(hours=6)
    with scoped(DISTRICT):
        assert [job.name for job in failed_jobs(bodies=(BORLEY,))] == ["links.tests.break"]
        assert failed_jobs(bodies=(ASHBY,)) == []
        job_id = failed_jobs(bodies=(BORLEY,))[0].id
        assert not retry_job(job_id, bodies=(ASHBY,), at=now())
    as_staff(client, BORLEY, "operator")
    assert "Given up after" in client.get("/links/").content.decode()
    assert client.post(f"/links/jobs/{job_id}/retry/").status_code == 302
    assert "links.tests.break" not in client.get("/links/").content.decode()
    said = client.post(f"/links/jobs/{job_id}/retry/")
    assert (said.status_code, "There is nothing to try again" in said.content.decode()) == (409, True)


def test_the_demonstration_connects_borley_s_stand_in_once(real_db, settings):
    from moothall.functions.links import queries
    from moothall.functions.links.management.commands.elsewhere import EXAMPLE, Command

    keys = {Command().connect(8090) for _ in range(2)}
    with scoped(DISTRICT):
        (system,) = queries.systems()
        assert keys == {queries.key(system)}
        assert (system.function, system.address, system.on) == ("waste", "http://127.0.0.1:8090", True)
    assert EXAMPLE.exists()


@pytest.mark.parametrize("path", ["/links/"])
def test_a_stranger_is_asked_to_sign_in(db, client, path):
    assert client.get(path)["Location"].startswith("/sign-in/")


def test_a_crew_member_is_told_that_the_page_is_for_others(db, client):
    as_staff(client, BORLEY, "crew")
    assert client.get("/links/").status_code == 403


def told(*words) -> str:
    from io import StringIO

    from django.core.management import call_command

    said = StringIO()
    call_command("link", *words, stdout=said)
    return said.getvalue()


def test_an_operator_connects_a_system_by_one_command_and_gives_the_function_back(real_db):
    from moothall.functions.links import queries

    said = told("connect", "borley", "waste", "https://waste.borley.example/moothall/", "--name", "Clean Streets")
    with scoped(DISTRICT):
        (system,) = queries.systems()
        assert system.address == "https://waste.borley.example/moothall"
        assert queries.key(system) in said
        old = queries.key(system)
    assert told("key", "borley", "waste").strip() == old
    assert old not in told("change-key", "borley", "waste")
    assert "done here again" in told("disconnect", "borley", "waste")
    with scoped(DISTRICT):
        assert queries.system_for(body_id=BORLEY, performs="waste.clear", at=now()) is None


@pytest.mark.parametrize(
    ("words", "says"),
    [(("key", "nowhere", "waste"), "do not know that body"), (("key", "borley", "waste"), "no such system")],
)
def test_the_command_says_what_is_wrong(real_db, words, says):
    from django.core.management.base import CommandError

    with pytest.raises(CommandError, match=says):
        told(*words)
