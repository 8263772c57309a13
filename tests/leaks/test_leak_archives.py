"""A body's archive holds all that is its own, no word of anybody else's, and a fresh Moothall serves what came."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import psycopg
import pytest
from django.db import connections
from django.test import Client
from tests.leaks.words import CODES, OF_STAFF, met, staff_account
from tests.world import ASHBY, BORLEY, MARCHSHIRE, sign_in

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.sealing import seal_body
from moothall.core.verify import verify
from moothall.leaving import actions as leaving
from moothall.leaving import queries as archive
from moothall.site import database

pytestmark = pytest.mark.timeout(400)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY = Actor.system("test")
PUBLISHED = {"sharing_terms.jsonl"}
"""Rows that everybody may read, so that they name other bodies' councillors."""
READER = Path(__file__).parents[2] / "examples" / "read_archive.py"
EMPTY = """do $$ declare one text; begin
  set local session_replication_role = replica;
  for one in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    and relname not in ('django_migrations', 'django_content_type', 'auth_permission') loop
    execute format('truncate %I cascade', one);
  end loop; end $$"""


def made(body_id: int, data: Path, to: Path):
    """Seal the trail and write the archive, as the command does."""
    seal_body(body=body_id, at=AT, by=Actor.system("test", body_id))
    return leaving.make_archive(body=bodies.body(body_id), data=data, to=to, at=AT, by=BY)


def rows(folder: Path) -> dict[str, str]:
    """Return what every table's file says."""
    return {path.name: path.read_text() for path in (folder / "rows").iterdir()}


@pytest.fixture(scope="module")
def archives(planted, data_folder, tmp_path_factory):
    """Return the archive of every body that has words planted."""
    to = tmp_path_factory.mktemp("archives")
    return {body_id: made(body_id, data_folder, to / code) for body_id, code in CODES.items()}


@pytest.fixture
def fresh_place(fresh_clone, postgres_server, tmp_path, settings):
    """Point Django at a migrated database in which nobody is, with a data folder of its own."""
    settings.MOOTHALL_DATA = tmp_path / "data"
    with fresh_clone("arrival") as name:
        with psycopg.connect(postgres_server.conninfo(name), autocommit=True) as admin:
            admin.execute(EMPTY)
        yield settings.MOOTHALL_DATA


@pytest.mark.parametrize("body_id", CODES)
def test_an_archive_holds_the_body_s_own_words_and_nobody_else_s(archives, body_id):
    told = " ".join(text for name, text in rows(archives[body_id].folder).items() if name not in PUBLISHED).upper()
    assert met(told, OF_STAFF[body_id]) == []
    assert set(met(told, set())) >= {CODES[body_id], f"IN{CODES[body_id]}"}


@pytest.mark.parametrize("body_id", CODES)
def test_a_case_goes_with_the_body_that_answers_for_it_and_with_no_other(archives, admin, body_id):
    lines = rows(archives[body_id].folder)
    cases = {json.loads(line)["id"] for line in lines["casework_case.jsonl"].splitlines()}
    own = admin.execute("select id::text from casework_case where body_id = %s", [body_id]).fetchall()
    assert cases == {case_id for (case_id,) in own} != set()
    for name in ("payload", "step", "note", "message", "event", "attachment", "task", "follower"):
        kept = [json.loads(line) for line in lines[f"casework_{name}.jsonl"].splitlines()]
        assert {row["case_id"] for row in kept} <= cases


@pytest.mark.parametrize("body_id", CODES)
def test_every_line_is_as_its_schema_says(archives, body_id):
    folder = archives[body_id].folder
    for table in archives[body_id].manifest["tables"]:
        schema = jsonschema.Draft202012Validator(json.loads((folder / "schemas" / f"{table['name']}.json").read_text()))
        lines = (folder / "rows" / f"{table['name']}.jsonl").read_text().splitlines()
        assert len(lines) == table["rows"]
        assert [error.message for line in lines[:50] for error in schema.iter_errors(json.loads(line))] == []


def test_what_a_provider_did_in_a_case_goes_with_the_case(archives):
    def steps(body_id):
        lines = rows(archives[body_id].folder)["casework_step.jsonl"].splitlines()
        return {json.loads(line)["body_id"] for line in lines}

    assert steps(ASHBY) >= {ASHBY, BORLEY}
    assert steps(BORLEY) == {BORLEY}


def test_nobody_can_sign_in_with_what_an_archive_holds(archives):
    for line in rows(archives[MARCHSHIRE].folder)["core_account.jsonl"].splitlines():
        assert json.loads(line)["password"] == "!"
    assert not {"mfa_authenticator.jsonl", "django_session.jsonl"} & set(rows(archives[MARCHSHIRE].folder))


@pytest.mark.parametrize("body_id", [MARCHSHIRE, ASHBY])
def test_a_fresh_moothall_serves_what_came_and_writes_the_same_archive(archives, fresh_place, tmp_path, body_id):
    whole = archives[body_id]
    staff = "select a.id from core_account a join bodies_staff s on s.account_id = a.id where s.body_id = %s"
    packed = shutil.make_archive(str(tmp_path / "downloaded"), "zip", whole.folder.parent, whole.folder.name)
    leaving.bring_in(archive=Path(packed), data=fresh_place, at=AT, by=BY)
    with psycopg.connect(database.conninfo(connections["owner"].settings_dict)) as owner:
        assert owner.execute(staff, [body_id]).fetchone()
        verdict = verify(owner, fresh_place)
    assert (verdict.sound, [str(one) for one in verdict.findings]) == (True, [])
    assert verdict.entries > 20
    assert sign_in(Client(), staff_account(body_id, "officer")).get("/staff/queue/").status_code == 200
    again = leaving.make_archive(body=bodies.body(body_id), data=fresh_place, to=tmp_path / "again", at=AT, by=BY)
    assert rows(again.folder) == rows(whole.folder)
    assert again.manifest["files"] == whole.manifest["files"]
    assert (again.folder / archive.SUMS).read_text() == (whole.folder / archive.SUMS).read_text()


def test_an_archive_that_was_changed_is_refused_and_nothing_comes(archives, fresh_place, tmp_path):
    folder = tmp_path / "changed"
    shutil.copytree(archives[ASHBY].folder, folder)
    with open(folder / "rows" / "casework_note.jsonl", "a") as file:
        file.write("{}\n")
    with pytest.raises(leaving.ArrivalRefused, match="casework_note"):
        leaving.bring_in(archive=folder, data=fresh_place, at=AT, by=BY)
    with psycopg.connect(database.conninfo(connections["owner"].settings_dict)) as owner:
        assert owner.execute("select count(*) from bodies_body").fetchone()[0] == 0


def test_an_archive_is_refused_where_bodies_are_already(archives, data_folder):
    with pytest.raises(leaving.ArrivalRefused, match="fresh Moothall"):
        leaving.bring_in(archive=archives[ASHBY].folder, data=data_folder, at=AT, by=BY)


def test_an_archive_never_takes_the_place_of_another(archives, data_folder):
    with pytest.raises(leaving.LeavingRefused, match="there already"):
        made(ASHBY, data_folder, archives[ASHBY].folder)


def test_one_that_was_killed_half_way_is_begun_anew(planted, data_folder, tmp_path):
    half = tmp_path / ".again.part"
    half.mkdir()
    (half / "torn.jsonl").write_text('{"half a li')
    whole = made(BORLEY, data_folder, tmp_path / "again")
    assert not (whole.folder / "torn.jsonl").exists()
    assert not half.exists()
    assert archive.wrong_sums(whole.folder) == []


def test_anybody_can_read_an_archive_with_plain_python(archives):
    told = subprocess.run([sys.executable, "-I", READER, archives[ASHBY].folder], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert "Ashby" in told.stdout
    assert "The audit trail is whole" in told.stdout
    assert "ASH-" in told.stdout
