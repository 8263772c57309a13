"""A kept connection that the server has ended is noticed before it is used, without asking."""

import pytest
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.usefixtures("real_db")


def end_it_from_outside() -> None:
    """Do what a server does that stops: end the connection of this process."""
    connection.ensure_connection()
    number = connection.connection.info.backend_pid
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(%s, 5000)", [number])
        assert cursor.fetchone()[0]
    other.close()


def test_a_standing_connection_is_kept_without_a_statement():
    connection.ensure_connection()
    kept = connection.connection
    with CaptureQueriesContext(connection) as asked:
        close_old_connections()
        connection.close_if_health_check_failed()
    assert connection.connection is kept
    assert connection.is_usable()
    assert not asked.captured_queries


def test_a_connection_that_the_server_ended_is_not_usable():
    end_it_from_outside()
    assert not connection.is_usable()


def test_a_connection_left_inside_a_transaction_is_not_usable():
    connection.ensure_connection()
    connection.connection.execute("begin")
    assert not connection.is_usable()


def test_a_request_after_the_server_ended_the_connection_is_answered(client):
    assert client.get("/health/ready").status_code == 200
    end_it_from_outside()
    close_old_connections()  # as the beginning of a request does; the test client leaves it out
    assert client.get("/health/ready").status_code == 200
