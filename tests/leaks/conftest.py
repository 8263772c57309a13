"""One planted database for all these tests: planting is dear, and whoever is kept out changes nothing."""

import logging

import psycopg
import pytest
from django.conf import settings as configured
from tests.leaks import crawling, planting
from tests.leaks.walkers import BROWSERS, EVERY, NOBODY, RESIDENTS

from moothall.site.logs import JsonLines


@pytest.fixture(scope="package")
def data_folder(tmp_path_factory):
    """Return where the planted files are kept."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(autouse=True)
def _own_data_folder(data_folder, settings):
    """Keep files where the planted ones are, and be the real thing: the demo shows mail to everybody."""
    settings.MOOTHALL_DATA, settings.DEMO = data_folder, False


@pytest.fixture(scope="package")
def county(fresh_clone):
    """Point Django at one clone for all these tests; return its name."""
    with fresh_clone("leaks") as name:
        yield name


@pytest.fixture(scope="package")
def admin(postgres_server, county):
    """Return a connection that row security and triggers do not stop."""
    with psycopg.connect(postgres_server.conninfo(county), autocommit=True) as connection:
        yield connection


class Lines(logging.Handler):
    """Keeps every line that the logs would hold, from planting to the last walk."""

    def __init__(self):
        super().__init__(logging.INFO)
        self.setFormatter(JsonLines())
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture(scope="package")
def log_lines():
    """Return the lines that were logged so far by every logger, ours from info up."""
    kept, ours = Lines(), logging.getLogger("moothall")
    level, passed_on = ours.level, ours.propagate
    for logger in (logging.getLogger(), ours):
        logger.addHandler(kept)
    ours.setLevel(logging.INFO)
    ours.propagate = False
    yield kept.lines
    ours.setLevel(level)
    ours.propagate = passed_on
    for logger in (logging.getLogger(), ours):
        logger.removeHandler(kept)


@pytest.fixture(scope="package")
def planted(admin, data_folder, log_lines):
    """Return the planted cases by code."""
    BROWSERS.clear()
    before, configured.MOOTHALL_DATA = configured.MOOTHALL_DATA, data_folder
    cases = planting.plant(admin)
    configured.MOOTHALL_DATA = before
    return cases


@pytest.fixture(scope="package")
def sights(planted, admin, data_folder):
    """Return what those who have every role of a body, the residents and nobody can read, by walker."""
    before = configured.MOOTHALL_DATA, configured.DEMO
    configured.MOOTHALL_DATA, configured.DEMO = data_folder, False
    cases = [f"/staff/cases/{case_id}/" for (case_id,) in admin.execute("select id from casework_case").fetchall()]
    staff = {walker: crawling.crawl(walker, walker.browser(), cases) for walker in EVERY}
    found = staff | {walker: crawling.crawl(walker, walker.browser(), []) for walker in (*RESIDENTS, NOBODY)}
    configured.MOOTHALL_DATA, configured.DEMO = before
    return found
