"""A transaction that a frozen process leaves open does not keep its locks."""

import os

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from moothall.site import database
from moothall.site.management.commands.worker import Command as Worker


def test_what_a_process_of_ours_leaves_open_the_database_ends_after_a_minute(real_db, monkeypatch):
    monkeypatch.setenv("PGOPTIONS", "")
    monkeypatch.delenv("PGOPTIONS")
    database.leave_nothing_open()

    with psycopg.connect(database.conninfo(connections["default"].settings_dict)) as conn:
        assert conn.execute("show idle_in_transaction_session_timeout").fetchone() == ("1min",)


@pytest.mark.parametrize("command", ["web", "worker"])
def test_web_and_worker_leave_nothing_open(command, monkeypatch):
    for name in ("PGOPTIONS", "MOOTHALL_AS_OWNER"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr("os.execv", lambda *_: None)
    monkeypatch.setattr(Worker, "work", lambda *_: None)

    call_command(command, **({"alone": True} if command == "worker" else {}))

    assert "idle_in_transaction_session_timeout" in os.environ["PGOPTIONS"]
