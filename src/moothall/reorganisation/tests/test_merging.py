"""Two districts become one: nothing is lost, open work goes on, history stays, and it can be put back."""

import datetime as dt
from uuid import uuid4

import pytest
from tests.world import ASHBY, BORLEY, COVEHAM, DUNMERE, EASTWOLD, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.booking import queries as places
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import audit, operations, privacy, queue
from moothall.core.actor import Actor
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.core.sealing import seal_body
from moothall.ledger import actions as ledger
from moothall.ledger import queries as money
from moothall.reorganisation import actions, queries
from moothall.reorganisation.actions.executing import Executor
from moothall.reorganisation.tests import lives
from moothall.sharing import queries as sharing

pytestmark = pytest.mark.timeout(300)
LATER = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
GOES_ON = ("core_operation", "core_receipt", "procrastinate_jobs", "procrastinate_events", "reorganisation_plan")
ANSWERED_BY_AN_OPPOSITE = {table for _, chapter in queries.chapters() for table in chapter.recounted}
ADDED_TO = ANSWERED_BY_AN_OPPOSITE | {table for _, chapter in queries.chapters() for table in chapter.grows}


def everything(owner) -> dict[str, set[str]]:
    """Return every row of every table as text."""
    found = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1"
    names = [row[0] for row in owner.execute(found)]
    return {
        name: {row[0] for row in owner.execute(f"select to_jsonb(t)::text from {name} t")}
        for name in names
        if name not in GOES_ON
    }


@pytest.fixture
def lived(real_db):
    expect_change()
    return lives.live()


@pytest.fixture
def merged(lived):
    """Return what was asked before, the plan and the new body, once it is carried out."""
    plan_id = lives.two_districts()
    found = lives.done(plan_id)
    assert (found.error, found.state) == ("", "done")
    return lived, plan_id, bodies.body("westmarch").id


def test_open_requests_keep_their_reference_clock_and_promise_and_ended_ones_stay(lived):
    with scoped(Scope(bodies=(ASHBY, BORLEY))):
        before = {one.case_id: cases.case_file(one.case_id).case for one in (*lived.open, lived.ended_complaint)}
    assert lives.done(lives.two_districts()).state == "done"
    new = bodies.body("westmarch").id
    with scoped(lives.staff(new)):
        for one in lived.open:
            case, was = cases.case_file(one.case_id).case, before[one.case_id]
            assert (case.body_id, case.provider_id, case.reference) == (new, new, was.reference)
            assert (case.promise_due, case.opened_at, case.state) == (was.promise_due, was.opened_at, was.state)
        ended = cases.case_file(lived.ended_complaint.case_id).case
        assert ended.body_id == ASHBY
        assert ended.reference.startswith("ASH-")


def test_the_work_is_in_the_new_body_s_queue_with_its_team_and_in_no_other(merged):
    lived, _, new = merged
    with scoped(lives.staff(new)):
        told = sharing.who_is_told(new, "complaint", LATER.date())
        assert [(one.named, one.moments) for one in told] == [("manager", ("late",)), ("officer", ("late",))]
        waiting = cases.queue(bodies=(new,), at=LATER).rows
        teams = {team.id for team in bodies.teams(new)}
    assert {row.case_id for row in waiting} >= {lived.open_complaint.case_id, lived.paid.case_id}
    assert {row.team_id for row in waiting} <= teams
    with scoped(lives.staff(MARCHSHIRE)):
        assert not {row.case_id for row in cases.queue(bodies=(MARCHSHIRE,), at=LATER).rows} & {
            one.case_id for one in lived.open
        }


def test_a_resident_follows_their_request_by_the_old_reference(merged):
    lived, _, _ = merged
    for one in (*lived.open, lived.ended_complaint):
        contact = "bob@example.org" if one is lived.ended_complaint else "ann@example.org"
        with scoped(lives.DOOR):
            assert cases.track(one.reference, contact) == one.case_id
            assert cases.track(one.reference, "somebody@example.org") is None


def test_the_timeline_says_who_took_it_over(merged):
    lived, _, new = merged
    with scoped(lives.staff(new)):
        told = [line for line in cases.timeline(lived.open_complaint.case_id) if line.kind == "succeeded"]
        assert [line.data for line in told] == [{"from_body": BORLEY, "to_body": new}]
        assert not [x for x in cases.timeline(lived.ended_complaint.case_id) if x.kind == "succeeded"]


def test_the_books_close_to_nothing_and_open_with_the_same_balances(merged):
    _, _, new = merged
    for body in (ASHBY, BORLEY):
        with scoped(lives.staff(body)):
            assert [(x.debit, x.credit) for x in money.trial_balance(body).lines if x.debit or x.credit] == []
            assert money.prove(body) == []
            assert {period.state for period in money.periods(body)} == {"closed"}
    with scoped(lives.staff(new)):
        assert {x.code: x.debit - x.credit for x in money.trial_balance(new).lines if x.debit or x.credit} == {
            "1000": 4000, "1100": 4000, "4000": -8000,
        }  # fmt: skip
        assert money.prove(new) == []


def test_a_charge_that_waited_is_paid_to_the_new_body(merged):
    lived, _, new = merged
    with scoped(lives.staff(new)):
        owed = money.charges_for(lived.due.case_id)[0]
        assert (owed.body_id, owed.state) == (new, "due")
        ledger.record_payment(charge_id=owed.id, how="counter", at=LATER, by=Actor("staff", "301", new))
    queue.run_pending(at=LATER)
    with scoped(lives.staff(new)):
        assert money.balance(new, "1100") == 0
        assert cases.case_file(lived.due.case_id).steps["pay"].state == "done"


def test_what_was_paid_before_is_given_back_by_the_new_body(merged):
    lived, _, new = merged
    with scoped(lives.staff(new)):
        casework.cancel_case(case_id=lived.paid.case_id, reason="Sold it", at=lives.ON_THE_DAY, by=lives.RESIDENT)
    queue.run_pending(at=lives.ON_THE_DAY)
    with scoped(lives.staff(new)):
        assert money.prove(new) == []
        assert money.charges_for(lived.paid.case_id)[0].state == "refunded"
        assert money.balance(new, "1000") + money.balance(new, "2000") == 0, "the money is on its way back"
        assert money.charges_for(lived.due.case_id)[0].state == "cancelled", "nobody paid it in a day"
        assert money.balance(new, "4000") == 0


def test_a_booked_day_stays_booked_and_its_place_is_let_go_once(merged):
    lived, _, new = merged
    with scoped(lives.DOOR.narrowed(case=lived.paid.case_id)):
        mine = places.of_case(lived.paid.case_id)
        assert (mine.body_id, mine.state) == (new, "booked")
        free = {one.id: one.free for one in places.free(new, "bulky-waste", at=LATER)}
    with scoped(lives.staff(new)):
        casework.cancel_case(case_id=lived.paid.case_id, reason="Sold it", at=lives.ON_THE_DAY, by=lives.RESIDENT)
    queue.run_pending(at=lives.ON_THE_DAY)
    with scoped(lives.DOOR):
        now = {one.id: one.free for one in places.free(new, "bulky-waste", at=LATER)}
    assert {number: now[number] - free[number] for number in free if now[number] != free[number]} in (
        {},
        {mine.slot_id: 1},
        {mine.slot_id: mine.units},
    )


def test_an_ended_request_opened_again_is_the_new_body_s(merged):
    lived, _, new = merged
    with scoped(lives.staff(new)):
        casework.reopen_case(case_id=lived.ended_complaint.case_id, reason="Not so", at=LATER,
                             by=Actor("staff", "301", new))  # fmt: skip
        case = cases.case_file(lived.ended_complaint.case_id).case
        assert (case.body_id, case.provider_id, case.state) == (new, new, "open")
        assert case.reference == lived.ended_complaint.reference
    queue.run_pending(at=LATER)
    with scoped(lives.staff(new)):
        assert lived.ended_complaint.case_id in {r.case_id for r in cases.queue(bodies=(new,), at=LATER).rows}


def test_what_a_resident_wants_erased_is_erased_in_what_the_predecessors_left(merged, owner):
    lived, _, new = merged
    person = uuid4()
    owner.execute("insert into people_person (id, made_at) values (%s, %s)", [person, lives.AT])
    owner.execute("update casework_case set person_id = %s where id = %s", [person, lived.ended_complaint.case_id])
    owner.commit()
    with scoped(lives.staff(new)):
        why, by = "Asked for on 24 November, no duty to keep", Actor("staff", "301", new)
        privacy.ask_for_erasure(person_ids=[person], body_id=new, because=why, at=LATER, by=by)
    queue.run_pending(at=LATER)
    asked = "select count(*) from casework_payload where case_id = %s and erased_at is null and data <> '{}'"
    assert owner.execute(asked, [lived.ended_complaint.case_id]).fetchone()[0] == 0


def test_new_requests_go_to_the_new_body_and_count_from_one(merged):
    _, _, new = merged
    opened = lives.complained(new, at=LATER)
    assert opened.reference.startswith("WES-0000-001")
    place = bodies.place_of_dwelling(lives.a_home(new).uprn)
    assert bodies.responsible("waste-collection", place).body_id == new
    assert bodies.responsible("highways", place).body_id == MARCHSHIRE


def test_staff_work_for_the_new_body_in_their_teams_and_what_they_were_stays_written(merged):
    _, _, new = merged
    account = None
    with scoped(Scope(bodies=(ASHBY, new))):
        old = bodies.staff(ASHBY, lives.AT.date(), "officer").first()
        account = old.account_id
    with scoped(Scope(bodies=(ASHBY, new), account=account)):
        assert {row.body_id for row in bodies.staff_of(account, lives.AT.date())} == {ASHBY}
        now = bodies.staff_of(account, lives.DAY)
        assert {row.body_id for row in now} == {new}
        assert now[0].roles == old.roles
        assert (now[0].team.code if now[0].team else None) == (old.team.code if old.team else None)


def test_services_go_on_from_the_day_and_the_desk_still_takes_the_county_s_potholes(merged):
    _, _, new = merged
    with scoped(lives.DOOR):
        offered = {row.service_id for row in sharing.adoptions(lives.DAY, body_id=new)}
        before = {row.service_id for row in sharing.adoptions(lives.AT.date(), body_id=ASHBY)}
        assert offered == before
        assert all(row.provider_id == new for row in sharing.adoptions(lives.DAY, body_id=new))
        assert sharing.adoptions(lives.DAY, body_id=ASHBY) == []
        assert sharing.may_take(new, MARCHSHIRE, "report-pothole", lives.DAY)
        assert not sharing.may_take(new, COVEHAM, "report-pothole", lives.DAY)


def test_an_outsider_and_the_neighbours_see_nothing_more(merged):
    lived, _, _ = merged
    for outside in (EASTWOLD, DUNMERE, MARCHSHIRE):
        with scoped(lives.staff(outside)):
            for one in (*lived.open, lived.ended_complaint):
                with pytest.raises(NotYours):
                    cases.by_reference(one.reference)


def test_the_trails_stay_sound_and_the_new_one_names_the_last_seals(lived):
    for body in (ASHBY, BORLEY):
        seal_body(body=body, at=lives.AT, by=Actor.system("test", body))
    with scoped(lives.staff(ASHBY)):
        head = audit.heads(body_id=ASHBY)[0]
    assert lives.done(lives.two_districts()).state == "done"
    new = bodies.body("westmarch").id
    for body in (ASHBY, BORLEY, new):
        seal_body(body=body, at=lives.ON_THE_DAY, by=Actor.system("test", body))
    with scoped(lives.staff(new)):
        said = {row["object"]: row["data"] for row in audit.search(body_id=new, action="body.succeeds")}
    assert said[f"body:{ASHBY}"]["number"] == head.number
    assert said[f"body:{ASHBY}"]["hash"] == head.hash().hex()


def test_undoing_puts_every_row_back(lived, owner):
    plan_id = lives.two_districts()
    before = everything(owner)
    assert lives.done(plan_id).error == ""
    found = lives.done(plan_id, "undo")
    assert (found.error, found.state) == ("", "done")
    after = everything(owner)
    lost = {name for name in before if before[name] - after[name]}
    assert lost <= ANSWERED_BY_AN_OPPOSITE
    assert {name for name in before if after[name] - before[name]} <= ADDED_TO
    for body in (ASHBY, BORLEY, bodies.body("westmarch").id):
        with scoped(lives.staff(body)):
            assert money.prove(body) == []
    with scoped(lives.staff(BORLEY)):
        assert money.balance(BORLEY, "1100") == 4000
        assert cases.case_file(lived.due.case_id).case.body_id == BORLEY


def test_it_can_be_carried_out_again_after_it_was_undone(lived):
    plan_id = lives.two_districts()
    assert lives.done(plan_id).error == lives.done(plan_id, "undo").error == ""
    found = lives.done(plan_id, at=lives.ON_THE_DAY + dt.timedelta(hours=1))
    assert (found.error, found.state) == ("", "done")


def test_what_was_begun_with_the_new_body_keeps_it_from_being_undone(merged):
    _, plan_id, new = merged
    lives.complained(new, at=LATER)
    found = lives.done(plan_id, "undo", at=LATER)
    assert found.state == "failed"
    assert "Confirm it instead" in found.error


def test_what_is_confirmed_is_not_undone(merged):
    _, plan_id, new = merged
    with scoped(lives.staff(new)):
        actions.confirm(plan_id=plan_id, at=LATER, by=Actor("staff", "301", new))
        assert queries.plan(plan_id).row.state == "confirmed"
    found = lives.done(plan_id, "undo", at=LATER)
    assert found.state == "failed"
    assert "has been confirmed" in found.error


def test_nothing_is_carried_out_before_the_day(lived):
    found = lives.done(lives.two_districts(), at=lives.AT)
    assert found.state == "failed"
    assert "vesting day" in found.error


def stop_at(monkeypatch, stop):
    """Let passing on cases stop once, in the middle of its work."""
    real, left = Executor.move, [stop]

    def move(self, table, fate):
        found = real(self, table, fate)
        if table == "casework_task" and left:
            raise left.pop()
        return found

    monkeypatch.setattr(Executor, "move", move)


def test_one_that_was_killed_goes_on_where_it_was(lived, monkeypatch, owner):
    plan_id = lives.two_districts()
    stop_at(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        lives.done(plan_id)
    done = "select array_agg(name) from reorganisation_stage where reorganisation_id = %s"
    assert "casework" not in owner.execute(done, [plan_id]).fetchone()[0]
    left = "select count(*) from casework_case where body_id = any(%s) and closed_at is null"
    assert owner.execute(left, [[ASHBY, BORLEY]]).fetchone()[0] == 3, "half a chapter is no chapter"
    owner.commit()
    number = owner.execute("select id from core_operation where state = 'running'").fetchone()[0]
    operations.run(number)
    with scoped(lives.staff(ASHBY)):
        assert (operations.get(number).error, operations.get(number).state) == ("", "done")
        assert queries.plan(plan_id).row.state == "carried-out"


def test_one_that_stopped_half_way_is_undone_or_taken_up_again(lived, monkeypatch, owner):
    plan_id = lives.two_districts()
    before = everything(owner)
    stop_at(monkeypatch, ZeroDivisionError())
    assert lives.done(plan_id).state == "failed"
    found = lives.done(plan_id, "undo")
    assert (found.error, found.state) == ("", "done")
    after = everything(owner)
    assert {name for name in before if before[name] - after[name]} <= ANSWERED_BY_AN_OPPOSITE
    stop_at(monkeypatch, ZeroDivisionError())
    assert lives.done(plan_id).state == "failed"
    assert lives.done(plan_id).error == ""
