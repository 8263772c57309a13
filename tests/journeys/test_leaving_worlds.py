"""Small worlds at random: one body leaves, killed at any moment, and what is its own arrives elsewhere to the letter.

Three worlds by default; MOOTHALL_WORLDS=50 plays fifty. A world is made by its number alone, so a failure comes again.
"""

import datetime as dt
import io
import json
import os
import random
import zipfile
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from tests.journeys.test_one_leaves import say_all, today
from tests.leaks.test_leak_archives import EMPTY
from tests.terms import as_body
from tests.work_done import ANSWERS
from tests.world import ASHBY, BORLEY, COVEHAM, DUNMERE

from moothall.bodies import queries as bodies
from moothall.bodies.queries import edition
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.casework.models import Message
from moothall.catalogue import queries as catalogue
from moothall.core import files, operations, owner, queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.models import Operation
from moothall.core.scope import Scope, scoped
from moothall.core.verify import verify
from moothall.leaving import actions, queries
from moothall.leaving.models import Archive
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared
from moothall.sharing.actions import adoptions

WORLDS = range(int(os.environ.get("MOOTHALL_WORLDS", "3")))
DISTRICTS = (ASHBY, BORLEY, COVEHAM, DUNMERE)
SERVICE, STARTS = "complaint", dt.date(2026, 4, 1)
GUARDED = (
    "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity"
)
RESIDENT = Actor("contact")


def by(body_id):
    return Actor("staff", str(100 + body_id), body_id)


def word(body_id):
    """Return the word that stands in all that a body's residents and staff write."""
    return f"CANARY-{bodies.body(body_id).code}"


class World:
    """Four districts that do each other's complaints by chance, and what their residents asked."""

    def __init__(self, number):
        self.chance, self.cases = random.Random(number), {}
        self.at = now() - dt.timedelta(days=30)
        self.share()
        for _ in range(self.chance.randint(4, 9)):
            self.ask()

    def share(self):
        """Let each district do its complaints itself or have another do them, on terms or without; and share desks."""
        for body_id in DISTRICTS:
            doer = self.chance.choice(DISTRICTS)
            told = {"at": self.at, "by": by(body_id)}
            if doer != body_id:
                with as_body(body_id, doer):
                    sharing.end_adoption(body_id=body_id, service_id=SERVICE, ends=STARTS, **told)
                    adoptions.adopt(body_id=body_id, service_id=SERVICE, version_id=catalogue.current(SERVICE).id,
                                  provider_id=doer, starts=STARTS, **told)  # fmt: skip
                    if self.chance.random() < 0.7:
                        self.agree(body_id, doer)
            desk = self.chance.choice(DISTRICTS)
            if desk != body_id:
                with as_body(body_id):
                    sharing.agree_desk(desk_id=desk, body_id=body_id, services=[SERVICE], basis="s.101", **told)

    def agree(self, payer, provider):
        """Agree a price by chance."""
        rule = self.chance.choice([
            {"method": "per-case", "pence": 421}, {"method": "fixed", "pence": 360_000},
            {"method": "by-band", "bands": [{"up_to": 2, "pence": 500}, {"pence": 300}]},
        ])  # fmt: skip
        sharing.agree_terms(
            payer_id=payer, provider_id=provider, service_id=SERVICE, vat="standard", starts=STARTS, rule=rule,
            basis="Joint decision", payer_post="Section 151 officer", provider_post="Section 151 officer",
            at=self.at, by=by(payer),
        )  # fmt: skip

    def ask(self):
        """Let somebody complain to a district; then it is done, cancelled, written about or left as it is."""
        body_id, at = self.chance.choice(DISTRICTS), self.at + dt.timedelta(hours=len(self.cases))
        said = word(body_id)
        contact = {"name": f"{said} Example", "email": f"{said.lower()}@example.org"}
        if self.chance.random() < 0.2:
            contact = {"name": f"{said} Example", "address": f"1 {said} Row\nAshby\nZM1 2AB"}
        with scoped(Scope(purpose="front door", actor=RESIDENT)):
            case_id = casework.open_case(
                service_id=SERVICE, answers=ANSWERS | {"happened": said}, body_id=body_id, contact=contact, place=None,
                channel="web", language=self.chance.choice(["en", "cy"]), at=at, by=RESIDENT,
            ).case_id  # fmt: skip
        queue.run_pending(at=at)
        self.cases[case_id] = body_id
        getattr(self, self.chance.choice(["leave", "cancel", "note", "work"]))(case_id, body_id, said, at)
        queue.run_pending(at=at)

    def leave(self, case_id, body_id, said, at):
        """Leave it as it is."""

    def cancel(self, case_id, body_id, said, at):
        """Let it be withdrawn."""
        with as_body(body_id):
            casework.cancel_case(case_id=case_id, reason=said, at=at, by=by(body_id))

    def note(self, case_id, body_id, said, at):
        """Write a note, and lay a file on it."""
        with as_body(body_id):
            casework.add_note(case_id=case_id, text=said, at=at, by=by(body_id))
            file = files.keep(
                io.BytesIO(said.encode() + b"\n"), name="note.txt", body_id=body_id, case_id=case_id,
                seen_by=tuple(cases.case_file(case_id).case.seen_by), at=at, by=by(body_id),
            )  # fmt: skip
            casework.attach(case_id=case_id, file_id=file.pk, at=at, by=by(body_id))

    def work(self, case_id, body_id, said, at):
        """Let whoever does it do one step, if somebody must."""
        with as_body(body_id):
            doer = cases.case_file(case_id).case.provider_id
        with as_body(doer):
            for task in [task for task in cases.tasks_of(case_id) if task.step_id][:1]:
                casework.refuse_step(step_id=task.step_id, reason="Not ours.", at=at, by=by(doer))

    def open_ones(self, leaver):
        """Return the open cases that a body answers for or does."""
        with as_body(leaver):
            return {case.pk: case.body_id for case in cases.open_cases(leaver)}


@contextmanager
def dying(after, monkeypatch):
    """Let the process die after so many steps of whatever it does."""
    whole, left = operations.Stage.advance, [after]

    def advance(stage, by=1):
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt
        whole(stage, by)

    with monkeypatch.context() as patched:
        patched.setattr(operations.Stage, "advance", advance)
        yield


def carried_out(world, leaver, monkeypatch):
    """Carry it out and make the archive, in as many processes as it takes; return how many died."""
    with as_body(leaver):
        actions.carry_out(body_id=leaver, at=now(), by=by(leaver))
    deaths = [world.chance.choice([1, 2, 5, 9, 60, 200, 300]) for _ in range(5)]
    died = 0
    for after in [*deaths, *[0] * 9]:
        with as_body(leaver):
            left = Operation.objects.exclude(state__in=["done", "failed"]).order_by("asked_at").first()
        if left is None:
            return died
        try:
            with dying(after, monkeypatch):
                operations.run(left.pk)
        except KeyboardInterrupt:
            died += 1
    raise AssertionError("it never ends")


def seen_by(body_id) -> str:
    """Return all that a body's staff can read of guarded tables, in capitals."""
    with as_body(body_id), connection.cursor() as cursor:
        cursor.execute(GUARDED)
        told = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'select t::text from "{table}" t')
            told += [row[0] for row in cursor.fetchall()]
    return " ".join(told).upper()


def rows(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (folder / "rows").iterdir()}


@pytest.mark.timeout(400)
@pytest.mark.parametrize("number", WORLDS)
def test_whoever_leaves_takes_what_is_its_own_and_nothing_else(
    real_db, fresh_clone, postgres_server, number, tmp_path, monkeypatch
):
    world = World(number)
    leaver = world.chance.choice(DISTRICTS)
    with as_body(leaver):
        actions.decide_to_leave(
            body_id=leaver, leaves=today(), reason="It joins another platform.", decided_by="Full council",
            minute="C/1", decided_on=world.at.date(), address="https://www.elsewhere.example", at=world.at,
            by=by(leaver),
        )  # fmt: skip
    say_all(leaver)
    touched = world.open_ones(leaver)
    assert carried_out(world, leaver, monkeypatch)
    queue.run_pending(at=now() + dt.timedelta(minutes=5))

    _nobody_sees_what_is_not_theirs(leaver)
    _each_resident_heard_once(world, touched)
    folder = _unpacked(leaver, tmp_path)
    told = " ".join(rows(folder).values()).upper()
    assert {code for one in DISTRICTS if (code := word(one)) in told} <= {word(leaver)}
    own = {str(case_id) for case_id, body_id in world.cases.items() if body_id == leaver}
    assert {json.loads(line)["id"] for line in rows(folder)["casework_case.jsonl"].splitlines()} == own
    _arrives_and_is_the_same(folder, leaver, fresh_clone, postgres_server, tmp_path)


def _nobody_sees_what_is_not_theirs(leaver):
    for one in DISTRICTS:
        told = seen_by(one)
        if one == leaver:
            assert not [other for other in DISTRICTS if other != leaver and word(other) in told]
        else:
            assert word(leaver) not in told
    assert all(leaver not in (row.body_id, row.provider_id) or row.body_id == row.provider_id == leaver
               for row in shared.adoptions(today()))  # fmt: skip


def _each_resident_heard_once(world, touched):
    for case_id, body_id in world.cases.items():
        with as_body(body_id):
            found = Message.objects.filter(case_id=case_id, letter="", direction="out").count()
            case = cases.case_file(case_id).case
        assert found == (case_id in touched), (case_id, body_id)
        assert case.seen_by == [body_id] or case_id not in touched


def _unpacked(leaver, tmp_path) -> Path:
    with as_body(leaver):
        row = Archive.objects.get()
    assert row.final
    packed = Path(settings.MOOTHALL_DATA) / "archives" / f"{row.name}.zip"
    assert queries.digest(packed) == row.digest
    with zipfile.ZipFile(packed) as file:
        file.extractall(tmp_path / "taken")
    folder = tmp_path / "taken" / row.name
    assert queries.wrong_sums(folder) == []
    return folder


def _arrives_and_is_the_same(folder, leaver, fresh_clone, postgres_server, tmp_path):
    there = tmp_path / "there"
    with fresh_clone("arrival") as name:
        with psycopg.connect(postgres_server.conninfo(name), autocommit=True) as admin:
            admin.execute(EMPTY)
        actions.bring_in(archive=folder, data=there, at=now(), by=RESIDENT)
        edition.forget()
        assert bodies.body(leaver).partner, "it works there, and the others do not"
        assert [one.id for one in bodies.bodies(partner=True)] == [leaver]
        with psycopg.connect(**owner.address()) as conn:
            assert verify(conn, there).sound
        again = actions.make_archive(
            body=bodies.body(leaver), data=there, to=tmp_path / "again", at=now(), by=RESIDENT
        ).folder
    assert rows(again) == rows(folder)
    kept = [path for path in (folder / "files").rglob("*") if path.is_file()] if (folder / "files").exists() else []
    assert all((again / path.relative_to(folder)).read_bytes() == path.read_bytes() for path in kept)
