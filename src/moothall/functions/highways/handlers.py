"""Highways hears what happens to the cases that reported defects, and says what of its own is about nobody."""

from moothall.casework.events import CaseCancelled
from moothall.core import personal
from moothall.core.events import on
from moothall.functions.highways import actions


@on(CaseCancelled)
def forget_the_case(event: CaseCancelled, *, at, by) -> None:
    """Stop waiting on behalf of a case that was withdrawn."""
    actions.withdraw(case_id=event.case_id, at=at, by=by)


ROAD = "a place on a road, not where somebody lives"
personal.free("highways_policy", "data", why="a table of risks, days and prices")
personal.free("highways_segment", "street", why=ROAD)
personal.free("highways_defect", "lat", "lon", "label", why=ROAD)
for table in ("highways_inspection", "highways_repair", "highways_qualitycheck"):
    personal.free(table, "note", why="what staff wrote about a road for each other")
