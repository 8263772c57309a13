"""A key is changed without a day on which the two ends do not understand each other; and any step may go elsewhere."""

import datetime as dt

import httpx
import pytest
from django.core.management import CommandError, call_command
from tests.world import ASHBY, BORLEY, as_staff

from moothall.core.clock import now
from moothall.core.ids import new_id
from moothall.core.scope import scoped
from moothall.core.steps import StepContext, Waiting, perform, registry
from moothall.functions.links import actions, queries, rules
from moothall.functions.links.models import Call
from moothall.functions.links.tests.conftest import DISTRICT, OPERATOR

DAY = dt.timedelta(days=1)
ASKED = {"at": now(), "by": OPERATOR}


@pytest.fixture
def system(db):
    return connected()


def connected(function="waste", steps=(), **more):
    with scoped(DISTRICT):
        return actions.connect(
            body_id=BORLEY, function=function, name="Borley Clean Streets", address="http://waste.example/m",
            steps=steps, **ASKED, **more,
        )  # fmt: skip


def context(service="complaint", name="stage_one") -> StepContext:
    return StepContext(new_id(), new_id(), BORLEY, service, "BOR-1", name, parameters={"options": {"yes": "Yes"}})


def believing(monkeypatch, *keys):
    """Let the other system believe these keys alone; return what is sent there."""
    sent = []

    def answer(method, url, *, content, headers, timeout):
        sent.append(url)
        good = rules.check(list(keys), headers, content, now=int(headers["Moothall-Timestamp"])).good
        return httpx.Response(404 if good else 401)

    monkeypatch.setattr(httpx, "request", answer)
    return sent


def test_we_sign_with_the_new_key_a_day_later_and_until_then_with_the_old_one(system):
    old = queries.key(system)
    with scoped(DISTRICT):
        new = actions.change_key(system=system, **ASKED)
    assert queries.keys(system, now()) == [old, new]
    assert queries.keys(system, now() + DAY) == [new, old]
    with scoped(DISTRICT):
        actions.sign_with_new_key(system=system, **ASKED)
    assert queries.keys(system, now()) == [new, old]
    with scoped(DISTRICT), pytest.raises(actions.systems.KeyNotChanging):
        actions.sign_with_new_key(system=system, **ASKED)


def test_an_end_that_has_the_new_key_already_or_not_yet_is_understood_either_way(system, monkeypatch):
    old = queries.key(system)
    with scoped(DISTRICT):
        new = actions.change_key(system=system, **ASKED)
    for known, sent in ((old, 1), (new, 2), ("another", 2)):
        asked = believing(monkeypatch, known)
        state = queries.knock(system, at=now()).state
        assert (state, len(asked)) == ("broken" if known == "another" else "unknown", sent)


def test_one_step_of_one_service_goes_elsewhere_and_the_same_step_of_others_stays(db):
    connected("complaints-app", ("complaint/stage_one",))
    with scoped(DISTRICT):
        assert perform("casework.decide", context(), **ASKED) == Waiting(external="Borley Clean Streets", due=None)
        call = Call.objects.get()
        assert (call.performs, call.request["name"], call.request["asks"]["options"]) == (
            "casework.decide", "stage_one", {"yes": "Yes"},
        )  # fmt: skip
        for other in (context(name="stage_two"), context("fly-tipping")):
            assert perform("casework.decide", other, **ASKED) == registry["casework.decide"].run(other, **ASKED)


def test_a_named_step_comes_before_its_function_and_a_service_s_own_before_both(db):
    for function, steps in (("waste", ()), ("bins-app", ("waste.clear",)), ("one", ("fly-tipping/clear",))):
        connected(function, steps)
    with scoped(DISTRICT):
        asked = {"body_id": BORLEY, "at": now()}
        assert queries.system_for(performs="waste.subscribe", part="garden-waste/join", **asked).function == "waste"
        assert queries.system_for(performs="waste.clear", part="abandoned/clear", **asked).function == "bins-app"
        assert queries.system_for(performs="waste.clear", part="fly-tipping/clear", **asked).function == "one"


@pytest.mark.parametrize("step", ["waste.fly", "complaint/dance", "no-service/step"])
def test_a_step_that_nobody_knows_is_refused_by_name(db, step):
    with pytest.raises(CommandError, match=f"There is no step “{step}”. Name what performs it"):
        call_command("link", "connect", "borley", "waste", "http://waste.example", "--steps", step)


def test_the_command_says_which_steps_it_does(db, capsys):
    call_command("link", "connect", "borley", "app", "http://app.example", "--steps", "waste.clear,complaint/stage_one")
    assert "does waste.clear, complaint/stage_one for Borley" in capsys.readouterr().out


def test_an_operator_changes_a_key_on_a_page_that_shows_it_once(system, client, monkeypatch):
    as_staff(client, BORLEY, "operator")
    url = "/links/systems/waste/"
    assert f'href="{url}"' in client.get("/links/").content.decode()
    believing(monkeypatch, queries.key(system))
    assert "It answers, and believes our signature." in client.get(f"{url}?try=1").content.decode()
    shown = client.post(f"{url}key/").content.decode()
    with scoped(DISTRICT):
        system.refresh_from_db()
    assert queries.key(system) in shown
    page = client.get(url).content.decode()
    assert queries.key(system) not in page
    assert "The key before" in page
    assert client.post(f"{url}key/use/").status_code == 302
    assert client.post(f"{url}key/end-old/").status_code == 302
    assert "The key before" not in client.get(url).content.decode()
    assert client.post(f"{url}key/end-old/").status_code == 409


def test_a_manager_sees_the_keys_times_and_does_not_change_them_and_a_neighbour_sees_nothing(system, client):
    as_staff(client, BORLEY, "manager")
    assert "Make a new key" not in client.get("/links/systems/waste/").content.decode()
    assert client.post("/links/systems/waste/key/").status_code == 403
    as_staff(client, ASHBY, "operator")
    assert client.get("/links/systems/waste/").status_code == 404
