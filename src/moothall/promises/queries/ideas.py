"""Ideas as they stand, and what is left of the funds that let them be tried."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from moothall.bodies import queries as bodies
from moothall.core.refusal import NotYours
from moothall.core.years import year_of
from moothall.promises.models import Fund, Idea
from moothall.promises.rules.ideas import left


class UnknownIdea(NotYours):
    """We do not know that idea. Choose one from the list of ideas."""


@dataclass(frozen=True)
class Held:
    """A fund, what is left of it, and how many ideas drew on it."""

    row: Fund
    left: int
    ideas: int


def idea(reference: str) -> Idea:
    """Return an idea by its reference. Raises UnknownIdea."""
    found = Idea.objects.filter(reference=reference).first()
    if found is None:
        raise UnknownIdea
    return found


def ideas(*, body_id: int | None = None) -> list[Idea]:
    """Return ideas, newest first: of one body, or of all."""
    rows = Idea.objects.order_by("-proposed_at", "reference")
    return list(rows.filter(body_id__in=bodies.lineage(body_id)) if body_id else rows)


def funds(*, body_id: int | None = None) -> list[Held]:
    """Return the funds, newest year first, each with what is left: of one body, or of all."""
    drawn = defaultdict(list)
    for fund_id, grant, spent in Idea.objects.filter(fund__isnull=False).values_list("fund_id", "grant", "spent"):
        drawn[fund_id].append((grant, spent))
    rows = Fund.objects.order_by("-year", "body_id")
    rows = rows.filter(body_id__in=bodies.lineage(body_id)) if body_id else rows
    return [Held(row, left(row.pence, drawn[row.pk]), len(drawn[row.pk])) for row in rows]


def fund_left(row: Fund) -> int:
    """Return the pence that are left of a fund."""
    return left(row.pence, Idea.objects.filter(fund=row).values_list("grant", "spent"))


def fund_of(body_id: int, on: dt.date) -> Held | None:
    """Return a body's fund of the financial year of a day, or None."""
    first = year_of(on)[0]
    return next((one for one in funds(body_id=body_id) if one.row.year == first), None)
