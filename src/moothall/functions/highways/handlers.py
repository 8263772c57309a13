"""Highways hears what happens to the cases that reported defects, and says what of its own is about nobody."""

from moothall.casework import queries as casework
from moothall.casework.events import CaseCancelled, CaseHandedOver
from moothall.core import personal, ports, succession
from moothall.core.events import on
from moothall.core.scope import current_scope, scoped
from moothall.functions.highways import actions


@on(CaseCancelled)
def forget_the_case(event: CaseCancelled, *, at, by) -> None:
    """Stop waiting on behalf of a case that was withdrawn, whichever body was to mend it."""
    with scoped(current_scope().narrowed(bodies=(casework.provider(event.case_id),))):
        actions.withdraw(case_id=event.case_id, at=at, by=by)


@on(CaseHandedOver)
def leave_it_to_others(event: CaseHandedOver, *, at, by) -> None:
    """Stop waiting on behalf of a case that another body goes on with."""
    with scoped(current_scope().narrowed(bodies=(event.from_body_id,))):
        actions.withdraw(case_id=event.case_id, at=at, by=by)


ROAD = "a place on a road, not where somebody lives"
personal.free("highways_policy", "data", why="a table of risks, days and prices")
personal.free("highways_segment", "street", why=ROAD)
personal.free("highways_defect", "lat", "lon", "label", why=ROAD)
for table in ("highways_inspection", "highways_repair", "highways_qualitycheck"):
    personal.free(table, "note", why="what staff wrote about a road for each other")


@ports.succession.answer()
def passes_on() -> succession.Chapter:
    """Roads go with the land; what is known of a hole goes with its road, so that whoever mends it can read it."""
    by_defect = succession.heir_of("highways_defect", "t.defect_id")
    by_order = (
        "(select k.body_id from reorganisation_heir k join highways_workorder w on w.id = t.order_id "
        "where k.reorganisation_id = %(id)s and k.place_of = 'highways_defect' and k.key = w.defect_id::text)"
    )
    known = "what is known of a hole goes with its road"
    moves = succession.moves
    return succession.Chapter(
        fates={
            "highways_segment": moves("stretches of road", heir=succession.heir_of("highways_segment", "t.id")),
            "highways_defect": moves(known, heir=succession.heir_of("highways_defect", "t.id")),
            **{
                f"highways_{part}": moves(known, heir=by_defect)
                for part in ("report", "workorder", "inspection", "qualitycheck")
            },
            "highways_repair": moves(known, heir=by_order),
            "highways_policy": succession.stays("the policy of its day; the successor begins with a copy"),
        },
        places={
            "highways_segment": succession.Place("(t.west + t.east) / 2", "(t.south + t.north) / 2"),
            "highways_defect": succession.Place("t.easting", "t.northing"),
        },
        hooks=(succession.Hook("Begin with the highways policy in force", _copy_policy),),
        figures=(
            succession.Figure(
                "Holes in roads",
                "select state, count(*) from highways_defect where body_id = any(%(bodies)s) group by state",
            ),
            succession.Figure(
                "Spent on mending",
                "select 'repairs', coalesce(sum(cost_pence), 0) from highways_repair where body_id = any(%(bodies)s)",
                unit="pence",
            ),
        ),
        relaxed=("highways_inspection", "highways_qualitycheck", "highways_repair"),
        grows=("highways_policy",),
    )


def _copy_policy(moving: succession.Moving) -> None:
    """Give each successor of a highway authority the policy in force; one made by a plan undone before is kept."""
    moving.sql(
        """insert into highways_policy (body_id, starts, source, data)
        select distinct on (x.successor) x.successor, %(day)s, p.source, p.data
        from unnest(%(before)s::smallint[], %(after)s::smallint[]) as x(predecessor, successor)
        join highways_policy p on p.body_id = x.predecessor and p.starts <= %(day)s
        where not exists (select 1 from highways_policy o where o.body_id = x.successor and o.starts = %(day)s)
        order by x.successor, p.starts desc, x.predecessor""",
        before=[x.predecessor for x in moving.lines], after=[x.successor for x in moving.lines],
    )  # fmt: skip
