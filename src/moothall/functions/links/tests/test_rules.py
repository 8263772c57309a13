from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.functions.links import rules

NOW = 1_780_000_000
BODY = rules.canonical({"state": "done"})


def received(key="secret", sent_at=NOW, body=BODY):
    return rules.headers(key, message_id="m-1", sent_at=sent_at, body=body)


def test_a_genuine_message_is_accepted():
    assert rules.check(["secret"], received(), BODY, now=NOW).good


def test_a_message_signed_with_the_old_key_is_accepted_while_keys_change():
    assert rules.check(["new", "old"], received("old"), BODY, now=NOW).good


def test_a_message_signed_with_another_key_is_refused():
    assert not rules.check(["secret"], received("guess"), BODY, now=NOW).good


@pytest.mark.parametrize("name", ["Moothall-Message-Id", "Moothall-Timestamp", "Moothall-Signature"])
def test_a_message_without_one_of_its_headers_is_refused(name):
    headers = received()
    del headers[name]
    assert "Send" in rules.check(["secret"], headers, BODY, now=NOW).why


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Moothall-Message-Id", "m-2"),
        ("Moothall-Timestamp", str(NOW + 1)),
        ("Moothall-Timestamp", "soon"),
        ("Moothall-Signature", "v1=" + "0" * 64),
        ("Moothall-Signature", "v1=é"),
    ],
)
def test_a_message_with_a_changed_header_is_refused(name, value):
    assert not rules.check(["secret"], {**received(), name: value}, BODY, now=NOW).good


def test_a_recorded_message_cannot_be_played_again_later():
    assert not rules.check(["secret"], received(), BODY, now=NOW + rules.FRESH_SECONDS + 1).good


@given(st.binary(max_size=60))
def test_any_other_body_is_refused(body):
    assert rules.check(["secret"], received(), body, now=NOW).good == (body == BODY)


def test_waits_grow_and_end_with_a_person():
    at = datetime(2026, 6, 1, tzinfo=UTC)
    waits = [rules.next_attempt(n, at) - at for n in range(1, len(rules.WAITS) + 1)]
    assert waits == sorted(waits)
    assert waits[0] < timedelta(seconds=5)
    assert rules.next_attempt(len(rules.WAITS) + 1, at) is None


@pytest.mark.parametrize(
    ("status", "text", "state"),
    [
        (200, b'{"state": "done", "outputs": {"collected": true}}', "done"),
        (202, b'{"state": "accepted"}', "accepted"),
        (200, b'{"state": "refused", "reason": "No bin is known here."}', "refused"),
        (200, b"<html>broken</html>", "again"),
        (200, b"[]", "again"),
        (200, b'{"state": "perhaps"}', "again"),
        (200, b'{"state": "refused"}', "again"),
        (500, b"", "again"),
        (429, b"", "again"),
        (404, b"", "unknown"),
        (401, b"who are you", "broken"),
        (422, b"no", "broken"),
    ],
)
def test_every_answer_has_a_meaning(status, text, state):
    assert rules.read_answer(status, text).state == state


def test_a_finished_call_never_changes_again():
    assert not any(rules.may_follow("done", state) for state in rules.FOLLOWS)
    assert not any(rules.may_follow("refused", state) for state in rules.FOLLOWS)
