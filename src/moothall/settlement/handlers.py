"""What settlement answers to those who ask every chapter, and what it says of its columns."""

import datetime as dt

from moothall.core import personal
from moothall.core.belongings import Share, between, part_of
from moothall.core.ports import belongings, succession, work_between
from moothall.core.succession import Chapter, Figure, Hook, Moving, moves, stays
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


HEADS = """
insert into settlement_headcount (body_id, starts, residents, source)
select s.successor, %(day)s, sum(h.residents)::int, 'Added up from its predecessors'
from (select distinct predecessor, successor from unnest(%(whole)s::smallint[], %(to)s::smallint[])
  as x(predecessor, successor)) s
join lateral (select residents from settlement_headcount n where n.body_id = s.predecessor and n.starts <= %(day)s
  order by starts desc limit 1) h on true
group by s.successor having not exists (select 1 from settlement_headcount k
  where k.body_id = s.successor and k.starts = %(day)s)
returning id"""


def _count_residents(moving: Moving) -> None:
    """Add up the residents of whole predecessors: recharges by head go on from the first day."""
    whole = [line for line in moving.lines if not line.divided]
    moving.add("settlement_headcount", HEADS, whole=[x.predecessor for x in whole], to=[x.successor for x in whole])


@succession.answer()
def passes_on() -> Chapter:
    """Statements on their way are settled by the successor; what is settled, and what work cost, is history."""
    on_its_way = "t.state in ('draft', 'sent', 'approved')"
    of_then = stays("which part of a statement between whom, as it was drawn up")
    costs = stays("what work cost the body of then")
    return Chapter(
        fates={
            "settlement_statement": (
                moves("a statement on its way is settled by the successor", on_its_way),
                moves("a statement on its way is settled by the successor", on_its_way, by="provider_id"),
            ),
            **dict.fromkeys(("settlement_section", "settlement_line", "settlement_dispute"), of_then),
            **dict.fromkeys((f"settlement_cost{part}" for part in ("centre", "map", "file", "line")), costs),
            "settlement_headcount": stays("counted on its day; the successor's is the sum"),
        },
        hooks=(Hook("Count the residents", _count_residents),),
        figures=(
            Figure(
                "Recharge statements",
                "select state, coalesce(sum(pence), 0) from settlement_statement "
                "where body_id = any(%(bodies)s) or provider_id = any(%(bodies)s) group by state",
                unit="pence",
            ),
        ),
    )
