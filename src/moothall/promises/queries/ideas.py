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


def funds_for(body_id: int, on: dt.date) -> list[Held]:
    """Return the funds that ideas of a body may draw on in the financial year of a day, its own first.

    Where bodies became one, what each of them set aside is there for the ideas of all.
    """
    first, now = year_of(on)[0], bodies.stands_for(body_id)
    found = [one for one in funds(body_id=now) if one.row.year == first]
    return sorted(found, key=lambda one: one.row.body_id != body_id)
