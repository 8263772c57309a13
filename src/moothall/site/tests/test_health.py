"""Health addresses, metrics and logs."""

import json
import logging

import pytest

from moothall.site.logs import JsonLines

pytestmark = pytest.mark.django_db


def test_it_is_live_and_ready(client):
    assert client.get("/health/live").content == b"live\n"
    assert client.get("/health/ready").json()["ready"] is True


def test_it_counts_requests_and_jobs(client):
    client.get("/health/live")

    assert 'moothall_jobs{status="failed"}' in client.get("/metrics").content.decode()


def test_each_answer_carries_a_reference(client):
    first, second = (client.get("/health/live")["X-Request-Id"] for _ in range(2))

    assert first
    assert first != second


def test_a_log_line_holds_only_what_is_listed_and_no_text_of_an_error():
    try:
        raise ValueError("Mary Smith, mary@example.org")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "failed", (), (type(error), error, error.__traceback__)
        )
    record.email = "mary@example.org"
    record.case = "MAR-0012-345K"

    line = JsonLines().format(record)

    assert "mary" not in line.lower()
    assert json.loads(line)["case"] == "MAR-0012-345K"
    assert json.loads(line)["error"] == "ValueError"
