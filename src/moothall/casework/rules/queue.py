"""How the officer's queue is filtered and sorted: one table of filters, one of orders."""

import datetime as dt

from moothall.core.refusal import Refusal

#: Whose work: the name of a list -> condition on the task `t`. Parameters are named like the asker's own facts.
LISTS = {
    "mine": "t.assigned_to = %(account)s",
    "team": "t.team_id = m.team_id",  # of each of the asker's teams `m`, so that an index gives them in order
    "all": "true",
}

#: What else narrows a list: the name of a filter -> (condition, how its value is read).
FILTERS = {
    "service": ("t.service_id = %(service)s", str),
    "team": ("t.team_id = %(team)s", int),
    "late": ("t.due_at < %(at)s", bool),
    "unassigned": ("t.assigned_to is null", bool),
    "ward": ("t.ward = %(ward)s", str),
}

#: How a list is sorted: the name of an order -> (the moment it goes by, its direction).
ORDERS = {"due": ("due_at", "asc"), "oldest": ("opened_at", "asc"), "newest": ("opened_at", "desc")}

#: Work without a clock sorts last.
NO_DUE = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


class UnknownFilter(Refusal):
    """We do not know that filter. Choose one from the list."""

    status = 422


class UnknownOrder(Refusal):
    """We do not know that order. Sort by what is due first, the oldest or the newest."""

    status = 422


def conditions(show: str, filters: dict) -> tuple[list[str], dict]:
    """Return the SQL conditions of a list and filters, with the parameters that the filters bring.

    >>> conditions("mine", {"late": True})
    (['t.assigned_to = %(account)s', 't.due_at < %(at)s'], {})
    """
    if show not in LISTS:
        raise UnknownFilter(field="show")
    parts, values = [LISTS[show]], {}
    for name, value in filters.items():
        if name not in FILTERS:
            raise UnknownFilter(field=name)
        if value in (None, "", False):
            continue
        condition, read = FILTERS[name]
        try:
            value = read(value)
        except ValueError:
            raise UnknownFilter(field=name) from None
        parts.append(condition)
        if read is not bool:
            values[name] = value
    return parts, values


def ordering(order: str) -> tuple[str, str, str]:
    """Return the column an order goes by, its SQL, and the condition on what comes after a cursor's row.

    >>> ordering("newest")
    ('opened_at', 't.opened_at desc, t.id desc', '(t.opened_at, t.id) < (%(after_moment)s, %(after_id)s)')
    """
    if order not in ORDERS:
        raise UnknownOrder(field="order")
    column, direction = ORDERS[order]
    beyond = ">" if direction == "asc" else "<"
    return (
        column,
        f"t.{column} {direction}, t.id {direction}",
        f"(t.{column}, t.id) {beyond} (%(after_moment)s, %(after_id)s)",
    )
