"""A database for tests: one private server, one template made by migrations and the test world, clones of it.

`db`        the usual: a test in a transaction that is rolled back, as the app's role, so row security is always on.
`real_db`   a fresh clone of its own for tests that commit, kill, or use several connections.
`fresh_clone` makes such a clone for as long as a fixture of a wider scope needs it.
`owner`     a psycopg connection as the owner, to the same database, for looking behind row security.
"""

import contextlib
import gc
import hashlib
import os
import shutil
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.utils import translation

from moothall.bodies.queries import edition
from moothall.core import kept
from moothall.site import database, postgres

ROOT = Path(__file__).parent
ROOM = 2 * 1024**3
pytest_plugins = ["tests.browser"]


LONGEST = ROOT / "tests/journeys/test_every_service.py"
LONG = ("tests/leaks", "tests/test_chaos", "test_backup", "test_kill", "browser", "tests/journeys")


def _rank(path: Path, with_database: bool) -> int:
    """Return when a file of tests is run: the longest has the database made while others run what needs none.

    Long ones come next, so that no process is left with one when the others have ended.
    """
    if path == LONGEST:
        return 0
    if not with_database:
        return 1
    return 2 if any(part in str(path) for part in LONG) else 3


def pytest_collection_modifyitems(items):
    """Put each file in its rank; files of one rank stay in their order."""
    using = {i.path for i in items if "template_db" in i.fixturenames or i.get_closest_marker("django_db")}
    items.sort(key=lambda item: _rank(item.path, item.path in using))


def pytest_collection_finish():
    """Never look again at what was imported and collected, and seldom at the rest: a sixth less to compute."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _fingerprint() -> str:
    """Return a hash of all that the template is made of: migrations, the test world, the shipped services."""
    digest = hashlib.sha256()
    files = [*ROOT.glob("src/**/migrations/*.py"), *ROOT.glob("src/**/*.sql"), *ROOT.glob("services/**/*.*")]
    files += [*ROOT.glob("src/**/actions*.py"), *ROOT.glob("src/**/actions/*.py"), ROOT / "tests/world.py"]
    files += [*ROOT.glob("src/moothall/core/*.py"), *ROOT.glob("src/moothall/catalogue/rules/**/*.py")]
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _admin(place, name="postgres"):
    return psycopg.connect(place.conninfo(name), autocommit=True)


def _point(place, name):
    for alias, user in (("default", database.APP), ("owner", database.OWNER)):
        connections[alias].close()
        connections[alias].settings_dict.update(HOST=str(place.sock), PORT="5432", NAME=name, USER=user, PASSWORD="")
    kept.forget_all()
    edition.forget()


def _make_template(place, name):
    with _admin(place) as admin:
        database.make(admin, name, lambda n: _admin(place, n))
    _point(place, name)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    from tests import world

    world.build()
    for connection in connections.all():
        connection.close()


def _throwaway_folder() -> Path:
    """Return where the tests' server keeps its data: in memory where there is room (clones are many small files).

    Each checkout has its own, and each PostgreSQL in it: one cannot read what another wrote.
    """
    programs = hashlib.sha256(str(postgres.find_bin()).encode()).hexdigest()[:6]
    kept = Path(os.environ["MOOTHALL_DATA"]).absolute() / f"pg-{programs}"
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it, for tests only
    if not memory.is_dir() or not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ROOM:
        return kept
    return memory / f"moothall-{hashlib.sha256(str(kept).encode()).hexdigest()[:10]}" / "pg"


@pytest.fixture(scope="session")
def postgres_server():
    """Start the tests' own server."""
    place = postgres.start(_throwaway_folder(), throwaway=True)
    yield place
    postgres.stop(place)


@pytest.fixture(scope="session")
def template_db(postgres_server, django_db_blocker):
    """Return the name of a migrated database that holds the test world; made once per state of the code."""
    name = f"template_{_fingerprint()}"
    with _admin(postgres_server) as admin, django_db_blocker.unblock():
        admin.execute("select pg_advisory_lock(4711)")
        if not admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            for (old,) in admin.execute("select datname from pg_database where datname like 'template\\_%'").fetchall():
                with contextlib.suppress(psycopg.Error):
                    admin.execute(f'drop database "{old}"')
            try:
                _make_template(postgres_server, name)
            except BaseException:
                for connection in connections.all():
                    connection.close()
                admin.execute(f'drop database if exists "{name}" with (force)')
                raise
        admin.execute("select pg_advisory_unlock(4711)")
    return name


def _clone(place, template, name):
    with _admin(place) as admin:
        admin.execute(f'drop database if exists "{name}" with (force)')
        admin.execute("select pg_advisory_lock(4711)")
        admin.execute(f'create database "{name}" template "{template}" owner {database.OWNER} strategy file_copy')
        admin.execute("select pg_advisory_unlock(4711)")


@pytest.fixture(scope="session")
def clone_name(worker_id="main"):
    """Return a name for this test process's database."""
    return f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


@pytest.fixture(scope="session")
def django_db_setup(postgres_server, template_db, clone_name, django_db_blocker):
    """Give this test process a clone of the template; pytest-django's `db` works in it."""
    with django_db_blocker.unblock():
        _clone(postgres_server, template_db, clone_name)
        _point(postgres_server, clone_name)
        yield
        for connection in connections.all():
            connection.close()


@pytest.fixture(scope="session")
def fresh_clone(postgres_server, template_db, clone_name, django_db_setup, django_db_blocker):
    """Return what points Django at a fresh clone of its own: `with fresh_clone("leaks") as name:`, and back after."""

    @contextlib.contextmanager
    def pointed_at(purpose):
        name, before = f"{clone_name}_{purpose}", connections["default"].settings_dict["NAME"]
        with django_db_blocker.unblock():
            _clone(postgres_server, template_db, name)
            _point(postgres_server, name)
            try:
                yield name
            finally:
                _point(postgres_server, before)
                with _admin(postgres_server) as admin:
                    admin.execute(f'drop database if exists "{name}" with (force)')

    return pointed_at


@pytest.fixture
def real_db(fresh_clone):
    """Point Django at a fresh clone of its own; transactions are real."""
    with fresh_clone("real") as name:
        yield name


@pytest.fixture
def owner(postgres_server, django_db_setup):
    """Yield a connection as the owner (autocommit) to the database in use, outside a test's open transaction."""
    info = database.conninfo(connections["owner"].settings_dict)
    with psycopg.connect(info, autocommit=True) as connection:
        yield connection


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    """Tries that a test before has made are forgotten: all tests of a process come from one address."""
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_kept_and_nothing_grows_old(monkeypatch):
    """What a process keeps for seconds is read once in each test, however slow the machine: statements are counted."""
    kept.forget_all()
    monkeypatch.setattr(kept, "clock", lambda: 0.0)


@pytest.fixture(autouse=True)
def _speak_english_again():
    """A page that was asked for in Welsh leaves its language in the thread: the next test starts afresh."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path, settings):
    settings.MOOTHALL_DATA = tmp_path


assert settings  # pytest-django has loaded them


@pytest.fixture
def pango():
    """Skip where letters cannot be drawn, saying what to install; fail when CI=true."""
    from tools import letters

    if not letters.ready():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(letters.HOW)
