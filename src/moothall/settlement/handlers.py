"""What settlement answers to those who ask every chapter, and what it says of its columns."""

import datetime as dt

from moothall.core import personal
from moothall.core.belongings import Share, between, part_of
from moothall.core.ports import belongings, work_between
from moothall.settlement import queries


@work_between.answer("settlement_line")
def charged_between(body_ids: list[int], first: dt.date, last: dt.date) -> list[tuple[int, int, int, int]]:
    """Return (provider, receiver, cases, pence) of the work on statements sent, as far as the scope shows them."""
    return queries.work_between(body_ids, first, last)


personal.free("settlement_dispute", "reason", why="why an amount is not accepted; its form asks to name no person")


@belongings.answer()
def goes_along() -> dict[str, Share]:
    """A statement goes with both bodies, once the one that pays has been sent it."""
    statement = between("provider_id", "statements between the body and others", also="sent_at is not null")
    of_it = part_of("settlement_statement", statement, "statement_id")
    return {
        "settlement_statement": statement,
        "settlement_section": of_it,
        "settlement_line": of_it,
        "settlement_dispute": part_of("settlement_line", of_it, "line_id"),
    }
