"""Contacts by channel, by month and by service, and what may be published of them.

Counts under five are not published, nor what would give them away: where just one figure of a row, a column or a list
is withheld, the smallest other one is withheld with it, since their sum would tell.
"""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from moothall.scrutiny.rules.figures import FEWEST

GROUPS = {
    "self": ("web", "api", "open311"),
    "phone": ("phone",),
    "other": ("visit", "email", "post", "fax", "sms"),
}
"""Channels that are shown together by month: "self" are those on which people serve themselves."""


@dataclass(frozen=True)
class Count:
    """One count as known inside: a month, a channel, a service ("" for none)."""

    month: dt.date
    channel: str
    service_id: str
    contacts: int
    timed: int = 0
    seconds: int = 0
    avoidable: int = 0
    repeat: int = 0


@dataclass(frozen=True)
class ByChannel:
    """A year of one channel. `contacts` None is withheld, and then so is all else.

    `tenths` are minutes for one contact in tenths, on average; `pence` what they cost together at the unit costs of
    their months. None where too few were timed, or nobody has said what one costs.
    """

    channel: str
    contacts: int | None
    tenths: int | None = None
    pence: int | None = None


@dataclass(frozen=True)
class ByService:
    """A year of one service ("" for none): how many contacts, how many avoidable, how many repeated. None: withheld."""

    service_id: str
    contacts: int | None
    avoidable: int | None
    repeat: int | None


def guarded(values: list[int]) -> list[int | None]:
    """
    Return what may be published of figures whose sum is published.

    >>> guarded([40, 3, 12, 0]), guarded([4, 2, 30]), guarded([40, 12, 0])
    ([40, None, None, 0], [None, None, 30], [40, 12, 0])
    """
    shown: list[int | None] = [None if 0 < value < FEWEST else value for value in values]
    if shown.count(None) == 1:
        others = [(value, place) for place, value in enumerate(shown) if value]
        if others:
            shown[min(others)[1]] = None
    return shown


def guarded_table(rows: list[list[int]]) -> list[list[int | None]]:
    """
    Return what may be published of a table whose rows and columns are summed up.

    >>> guarded_table([[40, 3, 12], [50, 20, 30], [60, 21, 31]])
    [[40, None, None], [50, None, None], [60, 21, 31]]
    """
    shown: list[list[int | None]] = [[None if 0 < value < FEWEST else value for value in row] for row in rows]
    while True:
        before = [list(row) for row in shown]
        for row in shown:
            _hide_another(row)
        for place in range(len(shown[0]) if shown else 0):
            column = [row[place] for row in shown]
            _hide_another(column)
            for row, value in zip(shown, column, strict=True):
                row[place] = value
        if shown == before:
            return shown


def _hide_another(values: list[int | None]) -> None:
    others = [(value, place) for place, value in enumerate(values) if value]
    if values.count(None) == 1 and others:
        values[min(others)[1]] = None


def by_month(counts: list[Count], months: list[dt.date]) -> list[list[int | None]]:
    """Return for each month how many contacts there were by each of GROUPS, as far as it may be published."""
    rows = []
    for month in months:
        mine = [count for count in counts if count.month == month]
        rows.append([sum(c.contacts for c in mine if c.channel in names) for names in GROUPS.values()])
    return guarded_table(rows)


def served(counts: list[Count], months: list[dt.date]) -> list[list[int | None]]:
    """Return for each month (how many served themselves, how many did not), as far as it may be published."""
    rows = []
    for month in months:
        own, total = self_served([count for count in counts if count.month == month])
        rows.append([own, total - own])
    return guarded_table(rows)


def by_channel(counts: list[Count], costs: dict[tuple[str, dt.date], int]) -> list[ByChannel]:
    """Return a year by channel, the most used first. `costs`: what one contact costs in pence, by channel and month."""
    known = {channel: list(mine) for channel, mine in groupby(sorted(counts, key=_channel), _channel)}
    totals = {channel: sum(one.contacts for one in mine) for channel, mine in known.items()}
    hidden = {name for name, shown in zip(totals, guarded(list(totals.values())), strict=True) if shown is None}
    for names in GROUPS.values():  # a group's year can be added up from its months
        members = [name for name in names if name in totals]
        once = [name for name in members if name in hidden]
        if len(once) == 1 and len(members) > 1:
            hidden.add(min((totals[name], name) for name in members if name not in hidden)[1])
    found = [_channel_told(channel, mine, channel in hidden, costs) for channel, mine in known.items()]
    return sorted(found, key=lambda one: (-(one.contacts or 0), one.channel))


def _channel(count: Count) -> str:
    return count.channel


def _channel_told(channel: str, counts: list[Count], hidden: bool, costs: dict) -> ByChannel:
    if hidden:
        return ByChannel(channel, None)
    timed, seconds = sum(one.timed for one in counts), sum(one.seconds for one in counts)
    prices = [costs.get((channel, one.month)) for one in counts]
    known = [one.contacts * pence for one, pence in zip(counts, prices, strict=True) if pence is not None]
    return ByChannel(
        channel,
        sum(one.contacts for one in counts),
        (seconds + 3 * timed) // (6 * timed) if timed >= FEWEST else None,
        sum(known) if len(known) == len(counts) else None,
    )


def by_service(counts: list[Count]) -> list[ByService]:
    """Return a year by service, the most asked about first; how many were avoidable, and how many came again."""
    sums: dict[str, list[int]] = {}
    for one in counts:
        so_far = sums.setdefault(one.service_id, [0, 0, 0])
        sums[one.service_id] = [so_far[0] + one.contacts, so_far[1] + one.avoidable, so_far[2] + one.repeat]
    order = sorted(sums, key=lambda name: (-sums[name][0], name))
    totals = guarded([sums[name][0] for name in order])
    avoidable = _parts([(sums[name][0], sums[name][1]) for name in order])
    repeat = _parts([(sums[name][0], sums[name][2]) for name in order])
    return [
        ByService(name, total, None if total is None else spared, None if total is None else again)
        for name, total, spared, again in zip(order, totals, avoidable, repeat, strict=True)
    ]


def _parts(pairs: list[tuple[int, int]]) -> list[int | None]:
    """Return the parts of (total, part) that may be published: neither the part nor the rest may be under five."""
    shown: list[int | None] = [
        None if 0 < part < FEWEST or 0 < total - part < FEWEST else part for total, part in pairs
    ]
    _hide_another(shown)
    return shown


def share(part: int, whole: int) -> int:
    """
    Return how many of a hundred, half up.

    >>> share(1, 3), share(1, 200), share(0, 0)
    (33, 1, 0)
    """
    return (200 * part + whole) // (2 * whole) if whole else 0


def self_served(counts: list[Count]) -> tuple[int, int]:
    """Return (how many served themselves, of how many)."""
    return sum(one.contacts for one in counts if one.channel in GROUPS["self"]), sum(one.contacts for one in counts)


def spared(counts: list[Count]) -> int:
    """Return how many contacts could have been spared."""
    return sum(one.avoidable for one in counts)
