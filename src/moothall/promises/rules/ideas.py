"""Ideas and the small fund that lets them be tried: what may follow what, and what is left of a fund."""

from collections.abc import Iterable
from datetime import date

from moothall.promises.rules.health import Alarm

STATES = ("proposed", "granted", "declined", "ended")
FOLLOWS = {"proposed": ("granted", "declined"), "granted": ("ended",), "declined": (), "ended": ()}
RESULTS = ("worked", "partly", "not")


def left(pence: int, drawn: Iterable[tuple[int, int | None]]) -> int:
    """Return what is left of a fund: each idea takes its grant, and once it has ended what it really spent.

    >>> left(500_000, [(100_000, None), (80_000, 62_500)])
    337500
    """
    return pence - sum(grant if spent is None else spent for grant, spent in drawn)


def alarms(state: str, ends: date | None, on: date) -> list[Alarm]:
    """Return what warns of an idea: its trial is over and nobody has said what came of it.

    >>> alarms("granted", date(2026, 5, 1), date(2026, 5, 2))[0].key
    'result:2026-05-01'
    """
    if state != "granted" or ends is None or ends >= on:
        return []
    return [Alarm(f"result:{ends}", "result", {"ends": ends})]
