"""Carries a worked example to another day and place: what it asks stays, where and when become the body's own."""

import datetime as dt

NOWHERE = (52.4, -2.0)
"""Where the requests to a body without land of its own are said to be: it does not matter to any of its services."""
PLACES = ("place", "address")


def same_weekday(opened: dt.datetime, at: dt.datetime) -> dt.datetime:
    """Return the first moment from `at`'s day on with the weekday and the time of day of an example.

    Rounds, weekends and working days then fall as in the example.

    >>> same_weekday(dt.datetime(2026, 6, 1, 10), dt.datetime(2026, 11, 24, 15))
    datetime.datetime(2026, 11, 30, 10, 0)
    """
    weeks = -((opened.date() - at.date()).days // 7)
    return opened + dt.timedelta(weeks=weeks)


def moved(definition, answers: dict, place: dict, later: dt.timedelta) -> dict:
    """Return an example's answers as plain values, its days moved by so much and its places set to one."""
    kinds = {question.id: question.type for question in definition.questions}
    found = {}
    for name, value in answers.items():
        if kinds.get(name) in PLACES and value:
            found[name] = place
        elif isinstance(value, dt.date):
            found[name] = (value + later).isoformat()
        else:
            found[name] = value
    return found


def unexpected(problems: dict, expected: dict) -> list[str]:
    """Return the sentences about answers that the example does not expect, and those that it expects in vain.

    >>> unexpected({"wanted": "Write it"}, {"wanted": "Write it"})
    []
    """
    came = [f"{name}: {said}" for name, said in problems.items() if name not in expected]
    return came + [f"{name}: nothing was said, though something is wrong." for name in expected if name not in problems]
