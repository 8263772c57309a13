"""What two bodies have not settled yet: days that no statement charges, and what terms came to lately."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from moothall.core.years import year_before, year_of
from moothall.settlement.models import Line, Statement
from moothall.settlement.rules.states import DRAFT, DROPPED, WITHDRAWN
from moothall.sharing import queries as sharing

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Uncharged:
    """Days, both inclusive and of one financial year, on which terms held and that are on no statement."""

    provider_id: int
    payer_id: int
    first: dt.date
    last: dt.date


def uncharged(body_id: int, until: dt.date) -> list[Uncharged]:
    """Return the days up to one, inclusive, for which a body pays or is paid and no statement is drawn up.

    Of the financial year of that day and the one before it, as far as the scope shows statements; oldest first.
    """
    found = []
    for year in (year_before(until), year_of(until)):
        last = min(year[1], until)
        spans: dict[tuple[int, int], list] = {}
        for terms in sharing.terms_of(body_id, year[0], last):
            ends = min(last, terms.ends - DAY) if terms.ends else last
            spans.setdefault((terms.provider_id, terms.body_id), []).append((max(year[0], terms.starts), ends))
        for (provider_id, payer_id), held in spans.items():
            rows = Statement.objects.filter(provider_id=provider_id, body_id=payer_id, kind="work")
            known = rows.exclude(state=WITHDRAWN).filter(first__lte=last, last__gte=year[0])
            charged = sorted(known.values_list("first", "last"))
            gaps = _gaps(min(first for first, _ in held), max(end for _, end in held), charged)
            found += [Uncharged(provider_id, payer_id, *gap) for gap in gaps]
    return sorted(found, key=lambda one: (one.first, one.provider_id, one.payer_id))


def _gaps(first: dt.date, last: dt.date, charged: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Return the spans from one day to another, both inclusive, that these leave free."""
    found = []
    for begins, ends in charged:
        if begins > first:
            found.append((first, min(begins - DAY, last)))
        first = max(first, ends + DAY)
    return [(a, b) for a, b in [*found, (first, last)] if a <= b]


def charged_lately(terms_id: UUID, first: dt.date, last: dt.date) -> int | None:
    """Return the net pence that statements sent charged under terms for days between two, inclusive; None: nothing."""
    rows = Line.objects.filter(section__terms_id=terms_id, day__range=(first, last)).exclude(state=DROPPED)
    return rows.exclude(statement__state__in=(DRAFT, WITHDRAWN)).aggregate(pence=Sum("pence"))["pence"]
