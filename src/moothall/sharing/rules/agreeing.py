"""Where a partnership stands, worked out from its versions and its members' decisions; none of them ever changes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Version:
    """One version of the terms: `ends` is the last day of it all where this version ends the partnership."""

    number: int
    member_ids: tuple[int, ...]
    starts: dt.date
    ends: dt.date | None = None


@dataclass(frozen=True)
class Decided:
    """What one body decided, on a day: agree or refuse a version, or leave from a day on."""

    body_id: int
    kind: str
    number: int
    day: dt.date
    effective: dt.date | None = None


@dataclass(frozen=True)
class Standing:
    """How it stands on a day.

    `state` is proposed, running, ended or refused; `number` the version in force (or last in force; None before any);
    `since` the first day of the partnership; `ended` the first day without it; `members` {body: (from, until or None)};
    `waiting` {version: bodies that have yet to decide}; `refused` {version: bodies that said no}.
    """

    state: str
    number: int | None
    since: dt.date | None
    ended: dt.date | None
    members: dict[int, tuple[dt.date, dt.date | None]]
    waiting: dict[int, tuple[int, ...]]
    refused: dict[int, tuple[int, ...]]
    holds_from: dict[int, dt.date]


def standing(versions: Sequence[Version], decisions: Sequence[Decided], on: dt.date) -> Standing:
    """Work out how a partnership stands on a day.

    A version holds from its own first day, or from the day its last member agreed if that is later; until then the one
    before it holds on. A body's last word on a version counts. Who has left need not agree. Fewer than two members is
    the end of it.
    """
    left = {d.body_id: d.effective for d in decisions if d.kind == "leave"}
    word = {(d.number, d.body_id): d for d in decisions if d.kind in ("agree", "refuse")}
    holds, waiting, refused = {}, {}, {}
    for one in versions:
        asked = [b for b in one.member_ids if b not in left or left[b] > one.starts]
        waiting[one.number] = tuple(b for b in asked if (one.number, b) not in word)
        refused[one.number] = tuple(
            b for b in asked if (one.number, b) in word and word[one.number, b].kind == "refuse"
        )
        if not waiting[one.number] and not refused[one.number]:
            holds[one.number] = max([one.starts, *(word[one.number, b].day for b in asked)])
    in_force = [one for one in versions if one.number in holds and holds[one.number] <= on]
    last = max(in_force, key=lambda v: v.number, default=None)
    agreed = [one for one in versions if one.number in holds]
    since = min(holds.values(), default=None)
    members = _members(agreed, holds, left)
    ended = _ended(agreed, members)
    waiting = {n: who for n, who in waiting.items() if who and n not in holds and n > (last.number if last else 0)}
    state = "proposed"
    if last is not None:
        state = "ended" if ended and ended <= on else "running"
    elif versions and refused[versions[-1].number]:
        state = "refused"
    return Standing(
        state, last.number if last else None, since, ended, members, waiting,
        {n: who for n, who in refused.items() if who}, holds,
    )  # fmt: skip


def _members(agreed, holds, left) -> dict[int, tuple[dt.date, dt.date | None]]:
    found = {}
    for one in agreed:
        for body in one.member_ids:
            found.setdefault(body, (holds[one.number], None))
        for body in [b for b in found if b not in one.member_ids and found[b][1] is None]:
            found[body] = (found[body][0], holds[one.number])
    return {b: (first, min(filter(None, (until, left.get(b))), default=None)) for b, (first, until) in found.items()}


def _ended(agreed, members) -> dt.date | None:
    """Return the first day without the partnership: by an ending that all agreed, or by too few members left."""
    days = [one.ends for one in agreed if one.ends]
    staying = sum(until is None for _, until in members.values())
    if members and staying < 2:
        days.append(sorted((until for _, until in members.values() if until), reverse=True)[1 - staying])
    return min(days, default=None)


def may_leave_on(decided: dt.date, notice_months: int) -> dt.date:
    """Return the first day on which a member that decides today is no longer bound: `notice_months` later.

    >>> may_leave_on(dt.date(2026, 8, 31), 6)
    datetime.date(2027, 3, 1)
    """
    months = decided.year * 12 + decided.month - 1 + notice_months
    year, month = divmod(months, 12)
    try:
        return decided.replace(year=year, month=month + 1)
    except ValueError:  # no such day in that month: the next month's first
        months += 1
        return dt.date(months // 12, months % 12 + 1, 1)
