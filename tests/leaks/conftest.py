"""One planted database for all tests of a module: planting is dear, and the tests of isolation change nothing."""

import psycopg
import pytest


@pytest.fixture(scope="module")
def admin(postgres_server, module_db):
    """Return a connection that row security and triggers do not stop."""
    with psycopg.connect(postgres_server.conninfo(module_db), autocommit=True) as connection:
        yield connection
