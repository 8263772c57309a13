"""What settlement answers to those who ask every chapter, and what it says of its columns."""

import datetime as dt

from moothall.core import personal
from moothall.core.ports import work_between
from moothall.settlement import queries


@work_between.answer("settlement_line")
def charged_between(body_ids: list[int], first: dt.date, last: dt.date) -> list[tuple[int, int, int, int]]:
    """Return (provider, receiver, cases, pence) of the work on statements sent, as far as the scope shows them."""
    return queries.work_between(body_ids, first, last)


personal.free("settlement_dispute", "reason", why="why an amount is not accepted; its form asks to name no person")
