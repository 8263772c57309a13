"""The leak matrix: every address, as everybody, with one's own, another's and no rows; and what it is worth."""

import psycopg
import pytest
from tests.leaks.matrix import ACTORS, addresses, walk
from tests.leaks.planting import CODES, plant

pytestmark = [pytest.mark.usefixtures("real_db"), pytest.mark.timeout(240)]


@pytest.fixture
def admin(postgres_server, real_db):
    """Return a connection that row security and triggers do not stop."""
    with psycopg.connect(postgres_server.conninfo(real_db), autocommit=True) as connection:
        yield connection


@pytest.fixture
def planted(admin):
    """Return what was planted in this test's own database."""
    return plant(admin)


def test_nobody_meets_a_foreign_canary_in_answers_mail_jobs_or_logs(planted, admin, caplog):
    assert len(addresses()) > 100
    assert all(len(rows) >= 8 for rows in planted["rows"].values()), "the planting has grown thin"
    wrong = [line for who in ACTORS for line in walk(planted, who)]
    assert wrong == [], "\n" + "\n".join(wrong)
    assert "CANARY-" not in caplog.text.upper()
    assert admin.execute("select id from procrastinate_jobs where args::text ilike '%%canary-%%'").fetchall() == []
    for body_id, code in CODES.items():
        crossed = admin.execute(
            "select o.template from core_outgoing o join core_outgoingwords w on w.outgoing_id = o.id "
            "where o.body_id <> %s and concat_ws(' ', w.recipient, w.subject, w.text) ilike %s",
            [body_id, f"%CANARY-{code}%"],
        ).fetchall()
        assert crossed == [], f"mail of others holds what is {code}'s"


def test_the_matrix_finds_a_canary_as_soon_as_one_policy_is_dropped(planted, admin):
    for table, who, start in (
        ("core_file", "Eastwold manager", "files/"),
        ("highways_defect", "Eastwold manager", "highways/"),
    ):
        clean = walk(planted, who, ("GET",), lambda address, start=start: address.startswith(start))
        assert clean == []
        admin.execute(f"drop policy scope on {table}")
        found = walk(planted, who, ("GET",), lambda address, start=start: address.startswith(start))
        assert any("tells" in line for line in found), f"{table} without its policy went unnoticed"
