"""The rules, each by an example that an officer could check by hand."""

import datetime as dt
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as some

from moothall.casework.rules import contact, contents, promise, queue, states
from moothall.core.workdays import Calendar

CALENDAR = Calendar({dt.date(2026, 12, 25), dt.date(2026, 12, 28)})
UTC = dt.UTC


def at(day, hour=10, month=11):
    return dt.datetime(2026, month, day, hour, tzinfo=UTC)


def end(day, month=11):
    return dt.datetime(2026, month, day, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("module", [contact, contents, promise, queue, states])
def test_the_examples_in_the_rules_are_true(module):
    assert doctest.testmod(module).failed == 0


def test_every_state_that_may_follow_is_a_state_itself():
    for table in states.MAY_FOLLOW.values():
        for after in table.values():
            assert after <= set(table)


def test_what_may_not_follow_is_refused():
    assert states.follow("step", "waiting", "done") == "done"
    for thing, state, wanted in [("case", "closed", "cancelled"), ("step", "done", "ready"), ("task", "done", "open")]:
        with pytest.raises(states.CannotFollow):
            states.follow(thing, state, wanted)


@pytest.mark.parametrize(
    ("within", "due", "paused", "resumed", "expected"),
    [
        ({"days": 28}, end(18, 12), at(28), at(8, month=12), end(28, 12)),  # twenty days were left on 28 November
        ({"days": 28}, end(18, 12), at(28), at(28, 15), end(18, 12)),  # within a day nothing is lost
        ({"working_days": 5}, end(27), at(24), at(30), end(3, 12)),  # three working days were left on the Tuesday
        ({"working_days": 5}, end(27), at(24), at(23, month=12), end(30, 12)),  # Christmas and its Monday do not count
        ({"hours": 2}, at(20, 12), at(20, 11), at(20, 15), at(20, 16)),  # an hour was left
        ({"days": 1}, end(20), at(21), at(30), end(20)),  # it was missed already
        ({"by": "dates.offer"}, end(18, 12), at(28), at(8, month=12), end(18, 12)),  # a day that is set stays
    ],
)
def test_what_was_left_when_the_clock_stopped_is_left_when_it_starts_again(within, due, paused, resumed, expected):
    assert promise.resumed_due(due, paused, resumed, within, CALENDAR) == expected


@given(
    days=some.integers(1, 60),
    before=some.integers(0, 40),
    pause=some.integers(0, 90),
    unit=some.sampled_from(["days", "working_days"]),
)
def test_a_pause_never_brings_a_promise_forward(days, before, pause, unit):
    opened = at(2)
    due = CALENDAR.due(opened, **{unit: days})
    stopped = opened + dt.timedelta(days=before)
    resumed = promise.resumed_due(due, stopped, stopped + dt.timedelta(days=pause), {unit: days}, CALENDAR)
    assert due <= resumed <= due + dt.timedelta(days=pause + 8)


def test_the_due_second_itself_keeps_the_promise():
    assert promise.kept(end(20), end(20)) is True
    assert promise.kept(end(20), end(20) + dt.timedelta(seconds=1)) is False
    assert promise.kept(None, end(20)) is None


def test_a_paused_promise_is_late_only_if_it_was_before():
    assert promise.late(end(20), None, at(21))
    assert not promise.late(end(20), at(19), at(21))
    assert promise.late(end(20), at(21), at(22))
    assert not promise.late(None, None, at(21))


def test_an_unknown_list_or_filter_is_refused():
    for show, filters in [("everything", {}), ("all", {"colour": "red"}), ("all", {"team": "x"})]:
        with pytest.raises(queue.UnknownFilter):
            queue.conditions(show, filters)


def test_an_empty_filter_narrows_nothing():
    assert queue.conditions("all", {"service": "", "late": False, "team": None}) == (["true"], {})


def test_the_same_contact_has_the_same_digest_however_it_was_typed():
    same = contact.digest("s", "postcode", "zm1 2ab"), contact.digest("s", "postcode", " ZM12AB ")
    assert same[0] == same[1] != contact.digest("other", "postcode", "zm1 2ab")
    assert len(contact.digests("s", {"email": "a@b.c", "phone": "", "name": "Ann"})) == 1


def test_a_commitment_holds_for_its_salt_and_content_only():
    proof = contents.commitment(b"salt", {"a": 1, "b": [2]})
    assert proof == contents.commitment(b"salt", {"b": [2], "a": 1})
    assert proof != contents.commitment(b"other", {"a": 1, "b": [2]})
    assert proof != contents.commitment(b"salt", {"a": 2, "b": [2]})
