"""The doctor finds what is wrong and says how to mend it; each test breaks one thing."""

import datetime as dt
import os
import sys
from collections import namedtuple

import pytest
from django.db import connection, connections

from moothall.core import doctor, queue
from moothall.core.scope import Scope, scoped
from moothall.core.tests.conftest import COUNTY, scope, write

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def healthy(real_db, owner, settings, pango):
    """Make the small installation of a test a healthy one."""
    (settings.MOOTHALL_DATA / "assets").mkdir()
    for name in ("moothall.css", "moothall.js"):
        (settings.MOOTHALL_DATA / "assets" / name).touch()
    settings.SECRET_KEY = "x" * 60
    owner.execute("delete from core_auditunsealed")
    run("insert into procrastinate_workers (last_heartbeat) values (now())")
    return settings


def run(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def ill(name=None):
    found = {one.name: one for one in doctor.examine(NOW)}
    assert set(found) == {
        "database", "tables", "roles", "queue", "settings", "clock", "assets", "letters", "disk", "audit", "backup"
    }  # fmt: skip
    wrong = {one.name for one in found.values() if not one.well}
    assert all(one.mend for one in found.values() if not one.well), "every finding says how to mend it"
    if name:
        assert wrong == {name}
        return found[name]
    return wrong


def test_a_healthy_installation_is_found_well(healthy):
    assert ill() == set()


def test_no_database_is_found_and_all_other_checks_still_answer(healthy):
    place = connections["default"].settings_dict
    host = place["HOST"]
    connections["default"].close()
    connections["owner"].close()
    place["HOST"] = connections["owner"].settings_dict["HOST"] = "/nowhere"
    try:
        assert {"database", "tables", "roles", "queue", "clock", "audit"} == ill()
    finally:
        place["HOST"] = connections["owner"].settings_dict["HOST"] = host
        connections["default"].close()
        connections["owner"].close()


def test_a_migration_that_waits_is_named(healthy, owner):
    owner.execute("delete from django_migrations where app = 'core' and name > '0005'")
    assert "core.000" in ill("tables").says


def test_a_role_that_owns_a_table_is_found(healthy):
    settings_dict = connections["default"].settings_dict
    user = settings_dict["USER"]
    connections["default"].close()
    settings_dict["USER"] = connections["owner"].settings_dict["USER"]
    try:
        assert "owner of" in ill("roles").says
    finally:
        connections["default"].close()
        settings_dict["USER"] = user


def test_row_security_that_was_turned_off_is_found(healthy, owner):
    owner.execute("alter table core_file no force row level security")
    assert "core_file" in ill("roles").says


def test_a_worker_that_is_gone_is_found(healthy):
    run("update procrastinate_workers set last_heartbeat = now() - interval '5 minutes'")
    assert "no worker" in ill("queue").says


def test_late_and_given_up_jobs_are_found(healthy):
    with scoped(Scope(bodies=(COUNTY,))):
        queue.defer("core.seal", body=COUNTY, key="x", schedule=NOW - dt.timedelta(hours=1))
    assert "1 jobs are late" in ill("queue").says
    run("update procrastinate_jobs set status = 'failed'")
    assert "given up" in ill("queue").says


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DEBUG", True, "DEBUG"),
        ("SECRET_KEY", "short", "MOOTHALL_SECRET_KEY"),
        ("ALLOWED_HOSTS", ["*"], "MOOTHALL_HOSTS"),
        ("MOOTHALL_ADDRESS", "http://marchshire.example", "https"),
        ("MESSAGES", {"via": "pigeon"}, "pigeon"),
        ("MESSAGES", {"via": "notify", "notify": {"key": "", "templates": {"email": ""}}}, "NOTIFY_API_KEY"),
    ],
)
def test_an_unsafe_setting_is_found(healthy, name, value, says):
    setattr(healthy, name, value)
    assert says in ill("settings").mend


def test_a_secret_that_others_can_read_is_found(healthy):
    secret = healthy.MOOTHALL_DATA / "secrets" / "django"
    secret.parent.mkdir()
    secret.touch(mode=0o644)
    assert str(secret) in ill("settings").mend
    secret.chmod(0o600)
    assert ill() == set()


def test_a_clock_that_runs_ahead_is_found(healthy, monkeypatch):
    real = doctor.time.time
    monkeypatch.setattr(doctor.time, "time", lambda: real() - 30)
    assert "30.0 s ahead" in ill("clock").says


def test_assets_that_were_not_built_are_found(healthy):
    (healthy.MOOTHALL_DATA / "assets" / "moothall.css").unlink()
    assert "make assets" in ill("assets").mend


def test_a_full_disk_is_found(healthy, monkeypatch):
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: Usage(10**10, 10**10 - 1000, 1000))
    assert "Make room" in ill("disk").mend


def test_entries_that_nobody_seals_are_found(healthy, owner):
    with scope():
        write(2)
    assert ill() == set()
    owner.execute("alter table core_auditentry disable trigger user")
    owner.execute("update core_auditentry set recorded_at = now() - interval '1 hour'")
    assert "2 entries wait" in ill("audit").says


def test_a_backup_that_is_missing_or_old_is_found_outside_a_demo(healthy):
    healthy.MOOTHALL_ADDRESS, healthy.DEMO = "https://marchshire.example", False
    assert "every night" in ill("backup").mend
    manifest = healthy.MOOTHALL_DATA / "backups" / "one" / "manifest.json"
    manifest.parent.mkdir(parents=True)
    manifest.touch()
    assert ill() == set()
    os.utime(manifest, (0, NOW.timestamp() - 5 * 86400))
    assert "5 days old" in ill("backup").says


def test_a_machine_that_cannot_draw_letters_is_found(healthy, monkeypatch):
    class Lacking:
        def __getattr__(self, name):
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint", Lacking())
    assert "libpango" in ill("letters").mend
