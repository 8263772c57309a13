"""A statement worked out again: from what it kept, and from the cases as they are now."""

import numpy as np

from moothall.bodies import queries as bodies
from moothall.casework import queries as cases
from moothall.settlement.models import Line, Statement
from moothall.settlement.queries.statements import all_lines, sections
from moothall.settlement.queries.working import Figures, due
from moothall.settlement.rules.spreading import line_pence, vat_of_lines
from moothall.settlement.rules.states import DROPPED
from moothall.sharing import queries as sharing

PART = 5000


def recomputed(statement: Statement) -> list[str]:
    """Work a statement out again from what it kept, and return what differs, in sentences; none: it is right.

    Either body can do it, for all that a statement rests on is kept in it: prices, figures, cases and VAT rates.
    """
    found, whole, taxes = [], 0, {}
    payer = bodies.body(statement.body_id).code
    for section in sections(statement.pk):
        rule, kept = sharing.PriceRule.model_validate(section.rule), section.working
        before, to_date = Figures(**kept["before"]), Figures(**kept["to_date"])
        already = due(rule, payer, before) if statement.kind == "work" else kept["due_before"]
        pence = due(rule, payer, to_date) - already
        if pence != section.pence:
            found.append(f"{section.service_id}: {pence} pence, not {section.pence}.")
        found += _lines(section, rule, before.cases)
        whole += section.pence
        group = taxes.setdefault((section.vat, section.vat_basis_points), [0, 0])
        group[0], group[1] = group[0] + section.pence, group[1] + section.vat_pence
    for (code, rate), (net, said) in taxes.items():
        if sharing.vat(net, rate) != said:
            found.append(f"VAT {code}: {sharing.vat(net, rate)} pence, not {said}.")
    if (whole, sum(said for _, said in taxes.values())) != (statement.pence, statement.vat_pence):
        found.append(f"The sections add up to {whole} pence, the statement says {statement.pence}.")
    return found


def reopened(statement: Statement) -> list[str]:
    """Return the references of the statement's cases that are being worked on again, as far as the scope shows them.

    They were done and charged once; when they are done again they are not charged a second time.
    """
    ids = [row.case_id for row in all_lines(statement.pk) if row.case_id and row.state != DROPPED]
    parts = (ids[start : start + PART] for start in range(0, len(ids), PART))
    return sorted(row.reference for part in parts for row in cases.by_ids(part) if row.closed_at is None)


def _lines(section, rule, before):
    rows = list(Line.objects.filter(section=section).order_by("number"))
    pence = np.array([row.pence for row in rows], dtype=np.int64)
    taxes = np.array([row.vat_pence for row in rows], dtype=np.int64)
    if len(rows) == 1 and rows[0].case_id is None:
        again = np.array([section.pence], dtype=np.int64)
    else:
        again = line_pence(rule, section.pence, np.array([row.units for row in rows], dtype=np.int64), before)
    wrong = [f"Line {row.number}: {int(new)} pence, not {row.pence}."
             for row, new in zip(rows, again, strict=True) if new != row.pence]  # fmt: skip
    if not np.array_equal(vat_of_lines(section.vat_pence, pence), taxes):
        wrong.append(f"{section.service_id}: the VAT of its lines is shared otherwise.")
    return wrong
