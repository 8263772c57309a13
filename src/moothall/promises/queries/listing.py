"""Lists of savings: a page at a time, what they add up to year by year, and what a body gets of others'."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from moothall.bodies import queries as bodies
from moothall.core.paging import cursor_after, read_cursor
from moothall.core.years import year_of
from moothall.promises.models import Saving, SavingFigure, Verification
from moothall.promises.queries.savings import Told, read_whole
from moothall.promises.rules.savings import Total

PAGE = 25
YEARS = """
with mine as (
  select id from promises_saving where kind = 'cash' and (%(bodies)s::smallint[] is null or body_id = any(%(bodies)s))
    and (%(partnership)s::uuid is null or partnership_id = %(partnership)s)
), said as (
  select distinct on (saving_id, year, stage) saving_id, year, stage, gross - cost as net from promises_savingfigure
  where saving_id in (select id from mine) order by saving_id, year, stage, id desc
), each_year as (
  select saving_id, year, sum(net) filter (where stage = 'promised') as promised,
    sum(net) filter (where stage = 'approved') as approved, sum(net) filter (where stage = 'realised') as realised
  from said group by saving_id, year
), proved as (
  select saving_id, make_date(extract(year from first - interval '3 months')::int, 4, 1) as year, sum(pence) as pence
  from promises_verification where withdrawn_at is null and saving_id in (select id from mine) group by 1, 2
)
select year, sum(coalesce(promised, 0))::bigint, sum(coalesce(approved, 0))::bigint,
  sum(coalesce(realised, pence, 0))::bigint, sum(coalesce(pence, 0))::bigint, count(*)
from each_year full join proved using (saving_id, year) group by year order by year"""


@dataclass(frozen=True)
class Page:
    """A page of savings, and where the next begins (None on the last)."""

    rows: list[Told]
    next: str | None = None


def page(*, body_id: int | None = None, state: str = "", after: str = "", limit: int = PAGE) -> Page:
    """Return a page of savings, newest first: of one body, of those that stand somewhere. Raises BadCursor."""
    rows = _of(body_id).order_by("-promised_at", "-id")
    if state:
        rows = _standing_at(rows).filter(stands=state)
    if after:
        moment, row_id = read_cursor(after)
        rows = rows.filter(Q(promised_at__lt=moment) | Q(promised_at=moment, id__lt=row_id))
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page(read_whole(found[:limit]), cursor_after(last.promised_at, last.pk) if last else None)


def states(*, body_id: int | None = None) -> set[str]:
    """Return where savings stand, of one body or of all: what `Told.state` says of some of them."""
    return set(_standing_at(_of(body_id)).order_by().values_list("stands", flat=True).distinct())


def whose() -> set[int]:
    """Return the bodies that promised a saving, and those that get a part of one."""
    rows = Saving.objects.order_by().values_list("body_id", "parts").distinct()
    return {body for own, parts in rows for body in (own, *(part["body_id"] for part in parts)) if body is not None}


def shared_with(body_id: int) -> list[Told]:
    """Return the savings of others of which a body gets a part, newest first; those given up are left out."""
    ours = bodies.lineage(body_id)
    part = Q()
    for one in ours:
        part |= Q(parts__contains=[{"body_id": one}])
    rows = Saving.objects.filter(part).exclude(Q(body_id__in=ours) | Q(state="given-up"))
    return read_whole(list(rows.order_by("-promised_at", "-id")))


def leaving(*, body_id: int | None = None) -> list[Told]:
    """Return the savings of money, not given up, of which somebody gets a part who is no public body here."""
    rows = _of(body_id).filter(kind="cash", parts__contains=[{"body_id": None}]).exclude(state="given-up")
    return read_whole(list(rows))


def yearly(*, body_id: int | None = None, partnership_id: UUID | None = None) -> list[Total]:
    """Return what savings that come out of a budget add up to, year by year; what was given up counts as promised.

    The same sums as `rules.savings.totals` over all of them, added up where they lie.
    """
    params = {"bodies": list(bodies.lineage(body_id)) if body_id else None, "partnership": partnership_id}
    with connection.cursor() as cursor:
        cursor.execute(YEARS, params)
        return [Total(*row) for row in cursor.fetchall()]


def this_year(years: list[Total], on: dt.date) -> Total:
    """Return the totals of the financial year of a day."""
    first = year_of(on)[0]
    return next((one for one in years if one.first == first), Total(first))


def _of(body_id: int | None) -> QuerySet[Saving]:
    return Saving.objects.filter(body_id__in=bodies.lineage(body_id)) if body_id else Saving.objects.all()


def _standing_at(rows: QuerySet[Saving]) -> QuerySet[Saving]:
    """Add where each saving stands, as `Told.state` says it."""
    proved = Verification.objects.filter(saving_id=OuterRef("pk"), withdrawn_at=None)
    reported = SavingFigure.objects.filter(saving_id=OuterRef("pk"), stage="realised")
    return rows.annotate(
        stands=Case(
            When(state="given-up", then=F("state")), When(~Q(blocked_by=""), then=Value("blocked")),
            When(~Q(state="implemented"), then=F("state")), When(Exists(proved), then=Value("verified")),
            When(Exists(reported), then=Value("realised")), default=F("state"),
        )
    )  # fmt: skip
