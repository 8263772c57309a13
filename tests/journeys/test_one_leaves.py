"""The day: services, requests, recharges and access go to whose they are; residents hear it once, whatever breaks."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from tests.terms import as_body
from tests.work_done import agreed, asked, provided, worked
from tests.world import ASHBY, BORLEY, COVEHAM, MARCHSHIRE, as_staff

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.casework.actions.opening import NotOffered
from moothall.casework.models import Case, Message, Task
from moothall.casework.tests.test_parts import dumped
from moothall.core import operations, ports, privacy, queue
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.models import Outgoing
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.leaving import actions, queries
from moothall.leaving.actions import carrying
from moothall.leaving.models import Archive, Handed
from moothall.settlement import queries as settlement
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared

AGO = dt.timedelta(days=20)
OFFICER = Actor("staff", "301", BORLEY)


def today():
    return local(now()).date()


def decided(days_ago=0, body_id=BORLEY):
    """Let Borley decide, some days ago, to leave on a day that has come."""
    at = now() - AGO
    with as_body(body_id):
        return actions.decide_to_leave(
            body_id=body_id, leaves=today() - dt.timedelta(days=days_ago), reason="We join another platform.",
            decided_by="Full council", minute="C/26/201", decided_on=at.date(), address="https://www.borley.example",
            phone="01632 960 000", at=at, by=OFFICER,
        )  # fmt: skip


def say_all(body_id=BORLEY, **others):
    """Say of every service that the body's own teams go on with it, but of some somebody else."""
    with as_body(body_id):
        for one in queries.ours(body_id, queries.departure(body_id), today()):
            name = others.get(one.service_id.replace("-", "_"), "")
            actions.say_afterwards(
                body_id=body_id, service_id=one.service_id, who="other" if name else "own", name=name, at=now(),
                by=OFFICER,
            )  # fmt: skip


def carried(body_id=BORLEY):
    """Carry it out, and all that follows; return how many jobs ran."""
    with as_body(body_id):
        actions.carry_out(body_id=body_id, at=now(), by=OFFICER)
    return queue.run_pending(at=now() + dt.timedelta(minutes=1))


def case_of(case_id, body_id):
    with as_body(body_id):
        return cases.case_file(case_id).case


def written(case_id, body_id):
    """Return what was written to the resident of a case about the leaving."""
    with as_body(body_id):
        return [m.text for m in Message.objects.filter(case_id=case_id, letter="", direction="out")]


@pytest.fixture
def work(real_db):
    """Borley does Ashby's complaints on terms: two are finished, one is open; and one of its own is open."""
    provided()
    agreed()
    worked(2)
    at = now() - AGO
    return {"theirs": asked(at), "own": asked(at, BORLEY)}


def test_open_requests_go_to_whose_they_are_and_residents_hear_it_once(work):
    decided()
    say_all(complaint="Fen District Council")
    carried()
    theirs, own = case_of(work["theirs"], ASHBY), case_of(work["own"], BORLEY)
    assert (theirs.body_id, theirs.provider_id, theirs.seen_by) == (ASHBY, ASHBY, [ASHBY])
    assert (own.body_id, own.provider_id, own.seen_by) == (BORLEY, BORLEY, [BORLEY])
    with as_body(ASHBY):
        assert Task.objects.get(case_id=work["theirs"], state="open").body_id == ASHBY
    (told,) = written(work["theirs"], ASHBY)
    assert "Until now Borley District Council did this work for Ashby" in told
    (told,) = written(work["own"], BORLEY)
    assert "Fen District Council goes on with it" in told
    assert "https://www.borley.example\nOr phone 01632 960 000." in told
    with scoped(Scope(bodies=(ASHBY, BORLEY), purpose="test", actor=OFFICER)):
        assert Outgoing.objects.filter(case_id__in=work.values(), template="complaint.message").count() == 2


def test_after_leaving_neither_sees_what_is_the_other_s(work):
    decided()
    say_all()
    carried()
    with as_body(BORLEY):
        with pytest.raises(NotYours):
            cases.case_file(work["theirs"])
        assert not Case.objects.filter(body_id=ASHBY).exists(), "nor what it finished long ago"
        assert not Task.objects.filter(service_id="complaint", state="open").exclude(case_id=work["own"]).exists()
        assert set(Task.objects.exclude(case_id=work["own"]).values_list("place_label", flat=True)) <= {""}
        assert len(settlement.statements(BORLEY)) == 1, "what both agreed, both keep"
    with as_body(ASHBY):
        assert len(settlement.statements(ASHBY)) == 1
        assert not Case.objects.filter(body_id=BORLEY).exists()


def test_services_come_home_and_terms_offers_desks_and_partnerships_end(work):
    with as_body(BORLEY, COVEHAM):
        sharing.agree_desk(desk_id=BORLEY, body_id=COVEHAM, services=["complaint"], basis="s.101", at=now() - AGO,
                           by=OFFICER)  # fmt: skip
    decided()
    say_all()
    carried()
    queries_day = today()
    assert shared.adoption(ASHBY, "complaint", queries_day).provider_id == ASHBY
    assert shared.adoption(BORLEY, "complaint", queries_day).provider_id == BORLEY, "its own go along"
    assert shared.terms_of(BORLEY, queries_day) == []
    assert shared.desks(BORLEY, queries_day) == []
    assert shared.offers(queries_day, body_id=BORLEY) == []


def test_the_last_statement_is_drawn_up_and_sent_for_the_days_that_were_on_none(work):
    decided()
    say_all()
    with as_body(BORLEY):
        meant = queries.meaning(BORLEY, queries.departure(BORLEY), today(), today())
        (span,) = meant.uncharged
        assert (span.provider_id, span.payer_id, span.first) == (BORLEY, ASHBY, dt.date(2026, 4, 1))
    carried()
    with as_body(ASHBY):
        (row,) = settlement.statements(ASHBY)
        assert (row.state, row.pence, row.last) == ("sent", 2 * 421, today() - dt.timedelta(days=1))


def test_the_front_door_shows_the_way_and_staff_have_no_access_but_those_who_settle(work, client):
    decided()
    say_all()
    carried()
    body = bodies.body(BORLEY)
    assert (body.partner, body.signpost_url) == (False, "https://www.borley.example")
    assert BORLEY not in [one.id for one in bodies.bodies(partner=True)]
    assert as_staff(client, BORLEY, "officer").get("/staff/queue/").status_code == 403
    assert as_staff(client, BORLEY, "finance").get("/recharges/").status_code == 200
    assert "has left" in client.get("/leaving/borley/").content.decode()
    assert client.get("/b/borley/")["Location"] == "/bodies/borley/"
    with pytest.raises(NotOffered):
        asked(now(), BORLEY)


def test_the_last_archive_is_made_by_itself_and_says_that_it_is_final(work):
    decided()
    say_all()
    carried()
    with as_body(BORLEY):
        row = Archive.objects.get()
    packed = Path(settings.MOOTHALL_DATA) / "archives" / f"{row.name}.zip"
    assert row.final
    assert queries.digest(packed) == row.digest
    with zipfile.ZipFile(packed) as file:
        assert f"{row.name}/SHA256SUMS" in file.namelist()
        assert file.testzip() is None


def test_it_is_refused_before_its_day_and_while_something_is_unsaid(work):
    with as_body(BORLEY):
        actions.decide_to_leave(
            body_id=BORLEY, leaves=today() + dt.timedelta(days=9), reason="x", decided_by="Council", minute="1",
            decided_on=today(), address="https://b.example", at=now(), by=OFFICER,
        )  # fmt: skip
        with pytest.raises(actions.NotYet):
            actions.carry_out(body_id=BORLEY, at=now(), by=OFFICER)
        with pytest.raises(actions.Unready, match="Make a complaint"):
            actions.carry_out(body_id=BORLEY, at=now() + dt.timedelta(days=10), by=OFFICER)


@pytest.mark.parametrize("stage", [name for name, _, _ in carrying.STAGES])
def test_killed_in_any_stage_it_goes_on_and_nothing_is_done_twice(work, stage, monkeypatch):
    decided()
    say_all()
    with as_body(BORLEY):
        operation = actions.carry_out(body_id=BORLEY, at=now(), by=OFFICER)
    monkeypatch.setattr(carrying, "STAGES", tuple(_torn(one, stage) for one in carrying.STAGES))
    with pytest.raises(KeyboardInterrupt):
        operations.run(operation)
    monkeypatch.undo()
    assert operations.run(operation)
    queue.run_pending(at=now() + dt.timedelta(minutes=1))
    with as_body(BORLEY):
        assert operations.get(operation).state == "done"
        assert Handed.objects.count() == 2
        assert Archive.objects.count() == 1
        assert len(settlement.statements(BORLEY)) == 1
    assert (len(written(work["theirs"], ASHBY)), len(written(work["own"], BORLEY))) == (1, 1)
    assert case_of(work["theirs"], ASHBY).seen_by == [ASHBY]
    assert not bodies.body(BORLEY).partner


def _torn(one, stage):
    """Let a stage do its work and the process die before anybody hears of it; cases die after the first."""
    name, words, do = one
    if name != stage:
        return one

    def dies(*, departure, advance, at, by):
        if name == "cases":
            do(departure=departure, advance=_stop, at=at, by=by)
        do(departure=departure, advance=advance, at=at, by=by)
        raise KeyboardInterrupt

    return name, words, dies


def _stop(by=1):
    raise KeyboardInterrupt


def test_the_day_begins_by_itself_once_and_says_what_is_missing(work):
    decided()
    queue.fan("leaving.due", "one", bodies=(BORLEY,))
    queue.run_pending(at=now())
    with as_body(BORLEY):
        assert queries.departure(BORLEY).state == "planned"
        assert Outgoing.objects.filter(template="leaving-unready").exists()
    say_all()
    for tick in ("two", "three"):
        queue.fan("leaving.due", tick, bodies=(BORLEY,))
        queue.run_pending(at=now() + dt.timedelta(minutes=1))
    with as_body(BORLEY):
        assert queries.the_departure(BORLEY).state == "gone"
        assert len(operations.of(BORLEY, carrying.KIND)) == 1


def test_those_concerned_are_told_when_it_is_decided(work):
    decided()
    queue.run_pending(at=now())
    with as_body(ASHBY):
        told = Outgoing.objects.filter(template="body-leaves")
        assert told.exists()
    with as_body(COVEHAM):
        assert not Outgoing.objects.filter(template="body-leaves").exists()


def test_a_body_that_did_the_work_for_the_one_that_leaves_sees_it_no_more(work):
    decided(body_id=ASHBY)
    say_all(ASHBY)
    carried(ASHBY)
    case = case_of(work["theirs"], ASHBY)
    assert (case.provider_id, case.seen_by) == (ASHBY, [ASHBY])
    with as_body(BORLEY):
        assert not Case.objects.filter(body_id=ASHBY).exists()
    assert shared.adoption(ASHBY, "complaint", today()).provider_id == ASHBY


def test_a_request_that_it_finished_is_opened_again_by_whoever_does_it_now(real_db):
    provided()
    (done,) = worked(1)
    decided()
    say_all()
    carried()
    with as_body(ASHBY):
        casework.reopen_case(case_id=done, reason="It is not right.", at=now(), by=Actor("staff", "201", ASHBY))
    case = case_of(done, ASHBY)
    assert (case.provider_id, case.seen_by) == (ASHBY, [ASHBY])


def test_a_handed_over_request_goes_on_and_is_answered_by_whose_it_is(work):
    decided()
    say_all()
    carried()
    by = Actor("staff", "201", ASHBY)
    with as_body(ASHBY):
        waiting = [task for task in cases.tasks_of(work["theirs"]) if task.step_id]
        assert waiting
        casework.refuse_step(step_id=waiting[0].step_id, reason="It is not ours.", at=now(), by=by)


@pytest.mark.parametrize("leaver", [ASHBY, MARCHSHIRE])
def test_a_part_that_another_body_has_in_a_request_comes_home(real_db, leaver):
    case_id = dumped().case_id
    decided(body_id=leaver)
    say_all(leaver)
    carried(leaver)
    assert case_of(case_id, ASHBY).seen_by == [ASHBY]
    with as_body(ASHBY):
        assert Task.objects.get(case_id=case_id, state="open").body_id == ASHBY
    with as_body(MARCHSHIRE):
        assert not Task.objects.filter(case_id=case_id, state="open").exists()
    assert len(written(case_id, ASHBY)) == 1


def test_what_it_took_along_is_erased_here_in_time_and_nothing_that_is_others(work, owner):
    decided()
    say_all()
    carried()
    assert BORLEY in privacy.keepers()
    held = {
        "mine": "select count(*) from casework_payload where body_id = %s and data::text like '%%@%%'",
        "words": "select count(*) from core_outgoingwords w join core_outgoing o on o.id = w.outgoing_id "
        "where o.body_id = %s and w.recipient is not null",
    }

    def kept(body_id):
        owner.commit()
        return [owner.execute(statement, [body_id]).fetchone()[0] for statement in held.values()]

    before, theirs = kept(BORLEY), kept(ASHBY)
    assert all(before)
    with as_body(BORLEY):
        archive = Path(settings.MOOTHALL_DATA) / "archives" / f"{Archive.objects.get().name}.zip"
    for days, erased, thrown_away in ((89, False, False), (91, True, False), (367, True, True)):
        with as_body(BORLEY):
            privacy.run_retention(body=BORLEY, at=now() + dt.timedelta(days=days), by=OFFICER)
        assert (kept(BORLEY) == [0, 0], archive.exists()) == (erased, not thrown_away)
        assert kept(BORLEY) in (before, [0, 0])
    assert kept(ASHBY) == theirs
    with as_body(ASHBY):
        assert len(settlement.statements(ASHBY)) == 1


def test_every_table_that_runs_out_of_time_is_erased_for_a_body_that_has_left():
    kept = {"core_account", "core_outgoing", "core_auditpayload", "core_privacyrequest"}  # the trail and its evidence
    kept |= {"casework_draft"}  # of whoever writes it; thirty days
    assert ports.retention.tables() - ports.forget_body.tables() == kept
