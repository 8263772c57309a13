"""Reads; row security has the last word on what they return."""

from moothall.core.years import quarters_over
from moothall.settlement.queries.comparing import Compared, Way, compare, shared_services
from moothall.settlement.queries.costs import Centre, centre, centre_sums, centres, cost, cost_files, cost_lines, heads
from moothall.settlement.queries.outstanding import Uncharged, charged_lately, uncharged
from moothall.settlement.queries.recomputing import recomputed, reopened
from moothall.settlement.queries.statements import (
    NotAParty,
    Page,
    Totals,
    all_lines,
    disputes,
    line,
    lines,
    locked,
    payers,
    sections,
    settled_lines,
    statement,
    statements,
    totals,
    work_between,
)
from moothall.settlement.queries.working import needs_cost, true_up, work_out

__all__ = [
    "Centre",
    "Compared",
    "NotAParty",
    "Page",
    "Totals",
    "Uncharged",
    "Way",
    "all_lines",
    "centre",
    "centre_sums",
    "centres",
    "charged_lately",
    "compare",
    "cost",
    "cost_files",
    "cost_lines",
    "disputes",
    "heads",
    "line",
    "lines",
    "locked",
    "needs_cost",
    "payers",
    "quarters_over",
    "recomputed",
    "reopened",
    "sections",
    "settled_lines",
    "shared_services",
    "statement",
    "statements",
    "totals",
    "true_up",
    "uncharged",
    "work_between",
    "work_out",
]
