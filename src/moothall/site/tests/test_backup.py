"""The drill: a county loses its server and gets everything back under the same seal; erased people stay erased."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from moothall.site import backup, database, postgres, restore

BEFORE = """
import io, datetime as dt
from uuid import UUID
from PIL import Image
from moothall.core import audit, files, sealing
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
at, by = now(), Actor("staff", "12", 1)
def photo(colour):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return io.BytesIO(out.getvalue())
with scoped(Scope(bodies=(1,), purpose="drill", actor=by)):
    for n, colour in ((1, "red"), (2, "blue")):
        files.keep(photo(colour), name="hole.jpg", body_id=1, person_id=UUID(int=n), at=at, by=by)
    for n in range(20):
        audit.record(action="case.noted", object=f"case:{n}", body_id=1, at=at, by=by, data={"n": n})
    sealing.seal(body_id=1, at=at)
"""
AFTER = """
import datetime as dt
from uuid import UUID
from moothall.core import audit, privacy, queue, sealing
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
at, by = now(), Actor("staff", "12", 1)
with scoped(Scope(bodies=(1,), purpose="drill", actor=by)):
    privacy.ask_for_erasure(person_ids=[UUID(int=1)], body_id=1, because="asked for in person", at=at, by=by)
queue.run_pending(at=now())
with scoped(Scope(bodies=(1,), purpose="drill", actor=by)):
    sealing.seal(body_id=1, at=now())
"""
TELL = """
import json
from uuid import UUID
from moothall.core import audit, files
from moothall.core.models import File, PrivacyRequest
from moothall.core.scope import Scope, scoped
with scoped(Scope(bodies=(1,), purpose="drill")):
    rows = {row.person_id.int: row for row in File.objects.filter(person_id__isnull=False)}
    print("TOLD " + json.dumps({
        "heads": [head.hash().hex() for head in audit.heads(body_id=1, limit=50)][::-1],
        "erased": sorted(n for n, row in rows.items() if row.erased_at),
        "on_disk": sorted(n for n, row in rows.items() if files.path_of(row).exists()),
        "restored": [e["data"] for e in audit.search(body_id=1, action="system.restored")],
    }))
"""


class County:
    """An installation of its own, worked by the command line as an operator would."""

    def __init__(self, data: Path):
        self.data = data
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("MOOTHALL_", "DATABASE_", "DJANGO_"))}
        self.env |= {"MOOTHALL_DATA": str(data), "PYTHONPATH": "src:.", "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *words, fails=False):
        done = subprocess.run(
            [sys.executable, "-m", "moothall.site", *words], env=self.env, capture_output=True, text=True, timeout=240
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def play(self, script):
        return self.run("shell", "--no-imports", "-c", script)

    def tell(self, first=""):
        line = next(line for line in self.play(first + TELL).splitlines() if line.startswith("TOLD "))
        return json.loads(line.removeprefix("TOLD "))

    def crash(self):
        place = postgres.place(self.data / "pg")
        if place.data.exists():
            postgres.stop(place, mode="immediate", force=True)

    def remove(self):
        """Take away what the server kept outside the test's own folder."""
        data = postgres.place(self.data / "pg").data
        for path in data.parent.glob(f"{data.name}*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture
def county(tmp_path):
    built = County(tmp_path / "county")
    yield built
    built.crash()
    built.remove()


@pytest.mark.timeout(600)
def test_after_a_crash_everything_acknowledged_is_back_and_after_a_step_back_erasures_are_done_again(county):
    county.run("migrate")
    county.play(BEFORE)
    said = county.run("backup")
    assert "22 sealed audit entries" in said
    moment = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 1))
    time.sleep(2)
    last = county.tell(first=AFTER)
    assert (last["erased"], last["on_disk"], len(last["heads"])) == ([1], [2], 2)

    users = postgres.place(county.data / "pg").data / "moothall.users"
    users.write_text(str(os.getpid()))
    assert "Moothall is running: stop it first" in county.run("restore", fails=True)
    county.crash()
    said = county.run("restore")
    assert "The trail is sound." in said
    assert "1 files of people who are erased were removed" in said
    assert county.tell() == last, "all that was acknowledged is back, under the same audit seal"

    county.crash()
    said = county.run("restore", "--until", moment)
    assert "1 erasures were done again" in said
    assert "The trail is sound." in said
    back = county.tell()
    assert back["heads"][0] == last["heads"][0]
    assert last["heads"][1] not in back["heads"]
    assert (back["erased"], back["on_disk"]) == ([1], [2]), "who was erased stays erased"
    assert back["restored"][0]["lost_seals"] == 1


def test_a_restore_without_a_backup_says_where_it_looked(county):
    said = county.run("restore", fails=True)
    assert "There is no such backup" in said
    assert "backups" in said


@pytest.fixture
def given_server(real_db, postgres_server, monkeypatch):
    """Point DATABASE_URL and DATABASE_OWNER_URL at a database, as on a server that others run."""

    def point(name):
        address = f"{name}?host={postgres_server.sock}&port=5432"
        monkeypatch.setenv("DATABASE_URL", f"postgresql://{database.APP}@/{address}")
        monkeypatch.setenv("DATABASE_OWNER_URL", f"postgresql://{database.OWNER}@/{address}")

    point(real_db)
    empty = f"{real_db}_empty"
    with psycopg.connect(postgres_server.conninfo(), autocommit=True) as admin:
        admin.execute(f'drop database if exists "{empty}" with (force)')
        database.make(admin, empty, lambda name: psycopg.connect(postgres_server.conninfo(name), autocommit=True))
        yield point, empty
        admin.execute(f'drop database "{empty}" with (force)')


def counts(role):
    """Return the number of rows of some tables, and of policies, as a role sees them."""
    tables = ("core_auditentry", "core_auditpayload", "bodies_body", "catalogue_version", "django_migrations")
    with psycopg.connect(database.conninfo(database.connection_settings(role))) as conn:
        found = {table: conn.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}
        found["policies"] = conn.execute("select count(*) from pg_policies").fetchone()[0]
    return found


def test_a_given_server_is_kept_as_a_dump_with_every_row_and_policy(given_server, tmp_path, settings):
    point, empty = given_server
    at = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
    (tmp_path / "files" / "1" / "ab").mkdir(parents=True)
    (tmp_path / "files" / "1" / "ab" / "abcd").write_bytes(b"a photo")
    made = backup.take(data=tmp_path, to=tmp_path / "backups", at=at)
    before = {role: counts(role) for role in ("owner", "app")}
    assert before["owner"]["core_auditpayload"] > before["app"]["core_auditpayload"] == 0
    with pytest.raises(restore.RestoreRefused, match="not empty"):
        restore.bring_back(made, data=tmp_path, at=at)
    point(empty)
    (tmp_path / "files" / "1" / "ab" / "abcd").unlink()
    done = restore.bring_back(made, data=tmp_path, at=at)
    assert {role: counts(role) for role in ("owner", "app")} == before
    assert [path.read_bytes() for path in done.files] == [b"a photo"]
    with pytest.raises(restore.RestoreRefused, match="own log"):
        restore.bring_back(made, data=tmp_path, at=at, until=at)


def test_a_backup_that_fails_leaves_nothing_half_made_and_the_oldest_go(given_server, tmp_path, monkeypatch):
    to = tmp_path / "backups"
    monkeypatch.setattr(backup, "_dump", lambda half: (half / "database.dump").write_bytes(b"x"))
    for day in range(1, 5):
        backup.take(data=tmp_path, to=to, at=dt.datetime(2026, 11, day, tzinfo=dt.UTC), keep=2)
    assert [one.name for one in backup.all_in(to)] == ["20261104T000000Z", "20261103T000000Z"]

    def full(half):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_dump", full)
    with pytest.raises(backup.BackupFailed, match="Is there room"):
        backup.take(data=tmp_path, to=to, at=dt.datetime(2026, 11, 9, tzinfo=dt.UTC))
    assert len(list(to.iterdir())) == 2
