"""Stop it, break it, kill it, let it answer twice: nothing is lost and nothing is done twice."""

import datetime as dt

import httpx
import pytest
from tests.world import ASHBY, BORLEY, EASTWOLD, as_staff

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.clock import now
from moothall.core.ids import new_id
from moothall.core.models import Fact
from moothall.core.scope import Scope, scoped
from moothall.functions.links import actions, queries, rules, tasks
from moothall.functions.links.models import Call
from moothall.functions.links.tests.conftest import (
    DISTRICT,
    OPERATOR,
    calls,
    dump_reported,
    home_in_borley,
    post_back,
    step,
    work,
)


def done_facts(opened) -> int:
    """Count how often casework told that the clearing was done."""
    with scoped(DISTRICT):
        return Fact.objects.filter(
            name="casework.StepDone", payload__case_id=str(opened.case_id), payload__step_name="clear"
        ).count()


def handed_over(opened=None):
    """Open a case and run its jobs once, so that its step is handed to the other system."""
    opened = opened or dump_reported()
    queue.run_pending(at=now())
    return opened, calls()[-1]


def test_another_system_does_the_step_and_the_case_goes_on(elsewhere):
    opened = dump_reported()
    work(lambda: step(opened).state == "done")
    with scoped(DISTRICT):
        case = cases.case_file(opened.case_id).case
        assert (case.state, case.outcome) == ("closed", "cleared")
    call = calls()[0]
    assert (call.state, call.their_reference, call.attempts) == ("done", "BW-0001", 1)
    assert call.request == {}, "what was sent is kept only until it is answered"


def test_a_stopped_system_loses_nothing(elsewhere):
    elsewhere.mode("stop")
    opened = dump_reported()
    work(lambda: calls() and calls()[0].error)
    assert step(opened).state == "waiting"
    elsewhere.mode("ok")
    work(lambda: step(opened).state == "done")
    assert done_facts(opened) == 1


def test_a_killed_system_goes_on_where_it_was(elsewhere):
    elsewhere.delay = 1.5
    elsewhere.kill()
    elsewhere.start()
    opened = dump_reported()
    work(lambda: calls() and calls()[0].state == "accepted")
    elsewhere.kill()
    elsewhere.start()
    work(lambda: step(opened).state == "done")
    assert done_facts(opened) == 1
    assert calls()[0].their_reference == "BW-0001"


def test_a_broken_system_is_asked_again_until_it_works(elsewhere):
    elsewhere.mode("break")
    opened = dump_reported()
    work(lambda: calls() and "500" in calls()[0].error)
    elsewhere.mode("ok")
    work(lambda: step(opened).state == "done")
    assert calls()[0].attempts >= 2


def test_a_system_that_answers_twice_moves_the_case_once(elsewhere):
    elsewhere.mode("twice")
    opened = dump_reported()
    work(lambda: calls() and calls()[0].repeats >= 1)
    assert done_facts(opened) == 1


def test_the_same_message_again_is_the_same_message(home, system):
    _, call = handed_over()
    said = {"id": str(call.pk), "state": "accepted", "reference": "BW-7"}
    assert [post_back(home, system, said).status_code for _ in range(3)] == [200, 200, 200]
    assert calls()[0].repeats == 2


def test_a_second_answer_that_says_otherwise_changes_nothing(home, system):
    opened, call = handed_over()
    good = {"id": str(call.pk), "state": "done", "outputs": {"cleared": True, "evidence": False}}
    assert post_back(home, system, good, number="m-1").json() == {"state": "done"}
    other = {"id": str(call.pk), "state": "refused", "reason": "Changed our mind."}
    assert post_back(home, system, other, number="m-2").json() == {"state": "done"}
    assert step(opened).state == "done"


def test_a_worker_killed_between_asking_and_writing_down_the_answer_does_not_ask_twice(elsewhere):
    elsewhere.mode("stop")
    opened, call = handed_over()
    elsewhere.mode("ok")
    with scoped(DISTRICT):
        actions.calls.begin(call_id=call.pk, at=now(), by=OPERATOR)
        call = queries.call(call.pk)
    assert queries.ask(call, first=False, at=now()).state == "accepted"  # and here the worker dies
    work(lambda: step(opened).state == "done")
    assert (elsewhere.folder / "book.json").read_text().count('"reference"') == 1
    assert done_facts(opened) == 1


def test_an_answer_that_overtakes_our_own_note_of_asking_is_kept(home, system):
    opened, call = handed_over()
    post_back(home, system, {"id": str(call.pk), "state": "done", "outputs": {"cleared": True, "evidence": False}})
    with scoped(DISTRICT):
        actions.send(call_id=call.pk, answer=rules.Answer("accepted", {}), at=now(), by=OPERATOR)
    assert calls()[0].state == "done"
    assert step(opened).state == "done"


def test_a_lost_call_back_is_found_by_asking(elsewhere, home):
    elsewhere.kill()
    opened, call = handed_over()
    elsewhere.start()
    with scoped(DISTRICT):
        # accepted, and its answer never arrives here: as if our network swallowed it
        nowhere = queries.message(call) | {"callback": "http://127.0.0.1:9/"}
        Call.objects.filter(pk=call.pk).update(state="accepted", next_at=now())
    body = rules.canonical(nowhere)
    headers = rules.headers(queries.key(elsewhere.system), message_id="x", sent_at=int(now().timestamp()), body=body)
    assert httpx.post(f"{elsewhere.system.address}/requests", content=body, headers=headers).status_code == 202

    minutes = iter(range(6, 1000, 6))

    def chased():
        tasks.chase(body=BORLEY, at=now() + dt.timedelta(minutes=next(minutes)), by=OPERATOR)
        return step(opened).state == "done"

    work(chased)
    assert done_facts(opened) == 1


def test_a_step_the_other_system_lost_is_sent_again(elsewhere):
    opened, call = handed_over()
    elsewhere.kill()
    (elsewhere.folder / "book.json").unlink(missing_ok=True)
    elsewhere.start()
    with scoped(DISTRICT):
        Call.objects.filter(pk=call.pk).update(state="accepted", next_at=now())
    tasks.chase(body=BORLEY, at=now() + dt.timedelta(minutes=6), by=OPERATOR)
    work(lambda: step(opened).state == "done")


def test_after_the_last_attempt_a_person_sees_it_and_asks_again(elsewhere, monkeypatch, client):
    monkeypatch.setattr(rules.signed, "WAITS", (0.01, 0.01))
    elsewhere.mode("break")
    opened = dump_reported()
    work(lambda: calls() and calls()[0].state == "failed")
    assert step(opened).state == "failed"
    as_staff(client, BORLEY, "operator")
    page = client.get("/links/").content.decode()
    assert "1 thing needs somebody: nothing is lost" in page
    assert "The other system answered 500." in page

    elsewhere.mode("ok")
    assert client.post(f"/links/calls/{calls()[0].pk}/retry/").status_code == 302
    work(lambda: step(opened).state == "done")
    assert "needs somebody" not in client.get("/links/").content.decode()


def test_outputs_that_do_not_fit_stay_visible_instead_of_breaking_the_case(home, system):
    opened, call = handed_over()
    answer = post_back(home, system, {"id": str(call.pk), "state": "done", "outputs": {"cleared": "perhaps"}})
    assert answer.json() == {"state": "failed"}
    assert "do not fit" in calls()[0].error
    assert step(opened).state == "failed"


def test_a_refusal_reaches_the_resident_in_the_other_system_s_words(home, system):
    opened, call = handed_over()
    post_back(home, system, {"id": str(call.pk), "state": "refused", "reason": "It is on private land."})
    assert (step(opened).state, step(opened).reason) == ("refused", "It is on private land.")


@pytest.mark.parametrize("wrong", [{"key": "guess"}, {"at": now() - dt.timedelta(hours=1)}])
def test_an_answer_that_is_forged_or_stale_is_refused(home, system, wrong):
    opened, call = handed_over()
    said = {"id": str(call.pk), "state": "done", "outputs": {"cleared": True, "evidence": False}}
    assert post_back(home, system, said, **wrong).status_code == 401
    assert step(opened).state == "waiting"


@pytest.mark.parametrize("said", [{"state": "done"}, {"id": "x", "state": "done"}, {"id": str(new_id()), "state": "?"}])
def test_an_answer_that_makes_no_sense_is_refused_with_what_to_send(home, system, said):
    answer = post_back(home, system, said)
    assert answer.status_code == 422
    assert "Send state" in answer.json()["title"]


def test_an_answer_to_what_was_never_asked_is_refused(home, system):
    said = {"id": str(new_id()), "state": "done", "outputs": {}}
    assert post_back(home, system, said).status_code == 404


def test_a_neighbour_s_system_cannot_answer_for_this_one(home, system):
    _, call = handed_over()
    scope = Scope(bodies=(ASHBY,), purpose="test", actor=OPERATOR)
    with scoped(scope):
        other = actions.connect(body_id=ASHBY, function="waste", name="Ashby's", address="http://127.0.0.1:9",
                                at=now(), by=OPERATOR)  # fmt: skip
    said = {"id": str(call.pk), "state": "done", "outputs": {"cleared": True, "evidence": False}}
    assert post_back(home, system, said, key=queries.key(other)).status_code == 401
    with scoped(scope), pytest.raises(actions.calls.UnknownCall):
        actions.hear(system=other, message_id="m", said=said, at=now(), by=OPERATOR)


def test_both_keys_are_believed_while_one_is_changed_and_the_old_one_no_longer_than_that(home, system):
    _, call = handed_over()
    old = queries.key(system)
    with scoped(DISTRICT):
        new = actions.change_key(system=system, at=now(), by=OPERATOR)
        with pytest.raises(actions.systems.KeyChanging):
            actions.change_key(system=system, at=now(), by=OPERATOR)
    said = {"id": str(call.pk), "state": "accepted"}
    assert post_back(home, system, said, key=old, number="a").status_code == 200
    assert post_back(home, system, said, key=new, number="b").status_code == 200
    assert queries.keys(system, now() + dt.timedelta(days=9)) == [new]
    with scoped(DISTRICT):
        actions.end_old_key(system=system, at=now(), by=OPERATOR)
    assert post_back(home, system, said, key=old, number="c").status_code == 401


def test_a_withdrawn_case_is_forgotten_and_a_late_answer_changes_nothing(home, system):
    opened, call = handed_over()
    with scoped(DISTRICT):
        casework.cancel_case(case_id=opened.case_id, reason="Gone.", at=now(), by=OPERATOR)
    queue.run_pending(at=now())
    assert calls()[0].request == {}
    said = {"id": str(call.pk), "state": "done", "outputs": {"cleared": True, "evidence": False}}
    assert post_back(home, system, said).status_code == 200
    assert step(opened).state == "cancelled"


def test_a_disconnected_function_works_here_again(home, system):
    with scoped(DISTRICT):
        actions.disconnect(system=system, at=now(), by=OPERATOR)
    opened = dump_reported()
    queue.run_pending(at=now())
    assert calls() == []
    assert step(opened).state == "waiting"


def test_nothing_of_who_asked_is_told_to_the_other_system(home, system):
    _, call = handed_over()
    with scoped(DISTRICT):
        told = rules.canonical(queries.message(queries.call(call.pk))).decode()
    assert "ann@example.org" not in told
    assert home_in_borley()["label"] in told


def test_an_outsider_sees_no_system_and_no_call(home, system):
    handed_over()
    with scoped(Scope(bodies=(EASTWOLD,), purpose="test", actor=OPERATOR)):
        assert queries.systems() == []
        assert Call.objects.count() == 0
