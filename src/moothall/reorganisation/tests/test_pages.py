"""The pages of a plan: who opens them, what they ask for, and what they refuse."""

import datetime as dt
import io

import pytest
from tests.world import ASHBY, BORLEY, COVEHAM, EASTWOLD, MARCHSHIRE, as_staff

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.core import queue
from moothall.core.clock import local, now
from moothall.core.refusal import Refusal
from moothall.core.scope import scoped
from moothall.reorganisation import actions, queries
from moothall.reorganisation.actions.executing import Executor
from moothall.reorganisation.tests import lives

pytestmark = pytest.mark.timeout(300)
ASKED = {
    "title": "Ashby and Borley become Westmarch", "title_cy": "", "slug": "westmarch-2027",
    "basis": "The Marchshire (Structural Changes) Order 2026",
    "name_a": "Westmarch Council", "name_cy_a": "Cyngor Westmarch", "code_a": "wes", "kind_a": "district",
    "address_a": "https://westmarch.example/", "name_b": "", "name_cy_b": "", "code_b": "", "kind_b": "unitary",
    "address_b": "", f"to_{ASHBY}": "a", f"to_{BORLEY}": "a", "share": "50",
}  # fmt: skip


def on(day: dt.date) -> dict:
    """Return a day as the form asks for it."""
    return {"vesting-day": day.day, "vesting-month": day.month, "vesting-year": day.year}


@pytest.fixture
def officer(client, real_db):
    expect_change()
    return as_staff(client, ASHBY, "monitoring-officer")


def planned(client, agreed=True, **changes):
    """Plan by the form, for today, and let the others agree; return the plan."""
    answer = client.post("/staff/reorganisations/new/", ASKED | on(local(now()).date()) | changes)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    expect_change()
    with scoped(lives.staff(ASHBY)):
        found = queries.by_slug(ASKED["slug"])
    lives.helplines_chosen(found.row.pk)
    if agreed:
        lives.agreed(found.row.pk)
    return found


def test_a_plan_is_written_rehearsed_carried_out_and_confirmed_by_pages(officer):
    found = planned(officer)
    page = f"/staff/reorganisations/{found.row.pk}/"
    assert "Nothing has been changed yet" in officer.get(page).content.decode()
    for what, state in (("rehearse", "planned"), ("carry-out", "carried-out")):
        assert officer.post(f"{page}{what}/").status_code == 302
        queue.run_pending(at=now())
        expect_change()
        with scoped(lives.staff(ASHBY)):
            assert next((x.error, x.state) for x in queries.operations_of(found)) == ("", "done")
            assert queries.plan(found.row.pk).row.state == state
    shown = officer.get(page).content.decode()
    assert "It can be undone until it is confirmed" in shown
    assert "Westmarch Council" in shown
    assert officer.post(f"{page}confirm/").status_code == 302
    assert "It is confirmed" in officer.get(page).content.decode()
    assert officer.post(f"{page}undo/").status_code == 409


def test_a_rehearsal_changes_nothing_and_keeps_its_figures(officer, owner):
    found = planned(officer)
    before = owner.execute("select count(*), max(id) from core_auditentry").fetchone()
    officer.post(f"/staff/reorganisations/{found.row.pk}/rehearse/")
    queue.run_pending(at=now())
    with scoped(lives.staff(ASHBY)):
        row = queries.plan(found.row.pk).row
    assert row.state == "planned"
    assert row.rehearsal["differences"] == row.rehearsal["not_put_back"] == []
    assert row.rehearsal["figures"]["back"] == row.rehearsal["figures"]["before"]
    shown = officer.get(f"/staff/reorganisations/{found.row.pk}/").content.decode()
    assert "undone again there in" in shown
    assert "every figure was as before" in shown
    assert "were compared one by one, and all are as they were." in shown
    assert row.rehearsal["rows"]["rows"] > 1000
    assert row.rehearsal["rows"]["lost"] == row.rehearsal["rows"]["added"] == {}
    assert row.rehearsal["figures"]["before"]["Addresses"]["addresses"] > 100
    assert owner.execute("select count(*) from core_auditentry").fetchone()[0] == before[0] + 1, "that it was asked for"
    assert owner.execute("select count(*) from pg_database where datname like '%\\_try\\_%'").fetchone()[0] == 0


def test_a_rehearsal_says_which_rows_its_undoing_did_not_put_back(officer, monkeypatch):
    real = Executor.put_back

    def put_back(self, name, chapter):
        real(self, name, chapter)
        if name == "casework":
            self.sql("update casework_task set title = 'Something else' where id = (select min(id::text)::uuid "
                     "from casework_task)")  # fmt: skip

    monkeypatch.setattr(Executor, "put_back", put_back)
    with scoped(lives.DOOR):
        lives.complained(ASHBY, at=now())
    found = planned(officer)
    officer.post(f"/staff/reorganisations/{found.row.pk}/rehearse/")
    queue.run_pending(at=now())
    with scoped(lives.staff(ASHBY)):
        row = queries.plan(found.row.pk).row
    assert row.rehearsal["rows"]["lost"] == row.rehearsal["rows"]["added"] == {"casework_task": 1}
    assert row.rehearsal["not_put_back"] == [], "the figures alone do not show it"
    shown = officer.get(f"/staff/reorganisations/{found.row.pk}/").content.decode()
    assert "1 in casework task not as before, 1 in casework task left over. Do not carry it out" in shown


def test_nothing_is_carried_out_before_the_day(officer):
    found = planned(officer, **on(local(now()).date() + dt.timedelta(days=90)))
    page = f"/staff/reorganisations/{found.row.pk}/"
    assert "or later" in officer.get(page).content.decode()
    answer = officer.post(f"{page}carry-out/")
    assert answer.status_code == 409
    assert "The vesting day has not come" in answer.content.decode()


def test_what_is_wrong_with_a_plan_is_said_beside_the_question(officer):
    for changes, words in (
        ({"title": ""}, "Give it a name"),
        (on(dt.date(2020, 4, 1)), "has gone by"),
        ({f"to_{ASHBY}": ""}, "must be one that ends"),
        ({f"to_{ASHBY}": "both"}, "second council"),
    ):
        answer = officer.post("/staff/reorganisations/new/", ASKED | on(local(now()).date()) | changes)
        assert answer.status_code in (200, 422)
        assert words in answer.content.decode()


def test_others_neither_see_nor_carry_out_a_plan(officer, client):
    found = planned(officer)
    page = f"/staff/reorganisations/{found.row.pk}/"
    for body in (COVEHAM, MARCHSHIRE):
        other = as_staff(client, body, "monitoring-officer")
        assert other.get(page).status_code == 404
        for what in ("rehearse", "carry-out", "undo", "confirm"):
            assert other.post(f"{page}{what}/").status_code == 404
    manager = as_staff(client, BORLEY, "manager")
    assert manager.post(f"{page}carry-out/").status_code == 403


def test_nobody_is_merged_who_has_not_agreed(officer, client):
    found = planned(officer, agreed=False)
    page = f"/staff/reorganisations/{found.row.pk}/"
    assert "Waits for Borley District Council" in officer.get(page).content.decode()
    officer.post(f"{page}agree/")
    for what in ("rehearse", "carry-out"):
        answer = officer.post(f"{page}{what}/")
        assert answer.status_code == 409
        assert "has agreed" in answer.content.decode()
    with scoped(lives.staff(ASHBY)), pytest.raises(Refusal):
        actions.agree(plan_id=found.row.pk, body_id=COVEHAM, at=now(), by=lives.RESIDENT)
    as_staff(client, BORLEY, "monitoring-officer").post(f"{page}agree/")
    as_staff(client, ASHBY, "monitoring-officer")
    assert client.post(f"{page}rehearse/").status_code == 302


def test_fees_that_differ_are_shown_side_by_side_and_must_be_decided(officer, client):
    from moothall.sharing import actions as sharing
    from moothall.sharing import queries as adopted
    from moothall.sharing.actions import adoptions

    at, day = now(), local(now()).date()
    with scoped(lives.staff(BORLEY)):
        before = adopted.adoption(BORLEY, "bulky-waste", day)
        name = "fee_pence"
        sharing.end_adoption(body_id=BORLEY, service_id="bulky-waste", ends=day - dt.timedelta(days=3), at=at,
                             by=lives.RESIDENT)  # fmt: skip
        adoptions.adopt(body_id=BORLEY, service_id="bulky-waste", version_id=before.version_id,
                      parameters=before.parameters | {name: 5_500}, starts=day - dt.timedelta(days=3), at=at,
                      by=lives.RESIDENT)  # fmt: skip
    found = planned(officer)
    page = f"/staff/reorganisations/{found.row.pk}/"
    shown = officer.get(f"{page}services/").content.decode()
    assert "£55.00" in shown
    assert "£40.00" in shown
    assert officer.post(f"{page}carry-out/").status_code == 409, "not before it is decided"
    with scoped(lives.staff(ASHBY)):
        (one,) = queries.undecided(found)
    way = next(x for x in one.ways if x.body.id == BORLEY)
    address = f"{page}services/{one.successor.id}/bulky-waste/adoption/"
    assert "Choose one" in officer.post(address, {"decided_by": "Shadow executive", "minute": "S/1"}).content.decode()
    said = {"way": way.key, "decided_by": "Shadow executive", "minute": "S/1"}
    assert officer.post(address, said).status_code == 302
    officer.post(f"{page}carry-out/")
    queue.run_pending(at=now())
    expect_change()
    with scoped(lives.DOOR):
        from moothall.core import kept

        kept.forget_all()
        new = bodies.body("westmarch").id
        assert adopted.adoption(new, "bulky-waste", day).parameters[name] == 5_500


def test_the_transfer_list_is_downloaded_mended_and_taken_in(officer):
    found = planned(officer)
    page = f"/staff/reorganisations/{found.row.pk}/staff/"
    lines = officer.get(f"{page}?as=csv").content.decode().splitlines()
    assert lines[0] == "appointment,name,roles,team now,successor,team"
    wrong = "\n".join([lines[0], lines[1].replace(",WES,", ",ABC,")])
    answer = officer.post(page, {"file": io.BytesIO(wrong.encode())})
    assert "Line 2: write WES, or nothing" in answer.content.decode()
    stays = "\n".join([lines[0], lines[1].replace(",WES,", ",,")])
    assert officer.post(page, {"file": io.BytesIO(stays.encode())}).status_code == 302
    assert "Does not transfer" in officer.get(page).content.decode()


def test_residents_read_what_happens_in_english_and_welsh(officer, client):
    planned(officer)
    client.logout()
    assert "Until then nothing changes" in client.get(f"/your-council/{ASKED['slug']}/").content.decode()
    client.cookies["django_language"] = "cy"
    shown = client.get(f"/your-council/{ASKED['slug']}/").content.decode()
    assert "Cyngor Westmarch" in shown
    assert "Beth sy’n digwydd i’ch cyngor" in shown


def test_staff_of_the_new_council_read_what_the_old_one_left_and_change_nothing_of_it(officer):
    ended = lives.complained(ASHBY, at=now())
    found = planned(officer)
    assert lives.done(found.row.pk, at=now()).error == ""
    assert "Acting for" in officer.get("/staff/audit/").content.decode()
    assert officer.post("/staff/body/", {"body": str(ASHBY)}).status_code == 302
    trail = officer.get("/staff/audit/").content.decode()
    assert "body.succeeded" in trail
    assert "Ashby District Council" in trail
    answer = officer.post("/staff/reorganisations/new/", ASKED)
    assert answer.status_code == 409
    assert "only read" in answer.content.decode()
    assert officer.post("/staff/body/", {"body": str(bodies.body("westmarch").id)}).status_code == 302
    assert officer.post("/staff/reorganisations/new/", ASKED).status_code != 409
    assert ended.reference.startswith("ASH-")
    assert officer.get("/b/ashby/", follow=True).status_code == 200


def test_nobody_reads_as_a_council_that_is_not_before_their_own(officer):
    found = planned(officer)
    assert lives.done(found.row.pk, at=now()).error == ""
    for body in (COVEHAM, MARCHSHIRE, EASTWOLD):
        assert officer.post("/staff/body/", {"body": str(body)}).status_code == 403
