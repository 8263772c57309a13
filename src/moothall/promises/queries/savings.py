"""Savings as they stand: what each stage said of each year, what the ledger proved, and what the tests make of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import Abs

from moothall.bodies import queries as bodies
from moothall.core.refusal import NotYours
from moothall.core.years import year_of
from moothall.promises.models import Baseline, Saving, SavingEvent, SavingFigure, SavingLine, Verification
from moothall.promises.queries.keeping import Ask, kept_of
from moothall.promises.rules import nao, slipping
from moothall.promises.rules.health import Alarm
from moothall.promises.rules.savings import Amount, Base, Part, Written, Year
from moothall.promises.rules.thresholds import thresholds

LIMITS = "savings_thresholds.yaml"


class UnknownSaving(NotYours):
    """We do not know that saving. Choose one from the list of savings."""


@dataclass(frozen=True)
class Told:
    """A saving with its years (oldest first), its baselines, its verifications that stand, and who else counts it."""

    row: Saving
    years: tuple[Year, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    verifications: tuple[Verification, ...] = ()
    recharged: int = 0
    others: tuple[str, ...] = field(default=())

    @property
    def is_money(self) -> bool:
        """Return whether it is counted in pence."""
        return self.row.kind != "non-cash"

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return who gets which part."""
        return tuple(Part(**one) for one in self.row.parts)

    @property
    def bases(self) -> tuple[Base, ...]:
        """Return the baselines as the rules read them."""
        chosen = self.row.baseline_id
        return tuple(Base(b.stated_by, b.pence, b.prices, b.source, b.pk == chosen) for b in self.baselines)

    @property
    def state(self) -> str:
        """Return the word of where it stands: blocked or given up, else how far its money has come."""
        if self.row.blocked_by and self.row.state != "given-up":
            return "blocked"
        if self.row.state != "implemented":
            return self.row.state
        stages = {year.stage for year in self.years}
        return next((one for one in ("verified", "realised") if one in stages), "implemented")

    @property
    def total(self) -> int | None:
        """Return what is verified of all years; None where nothing is."""
        found = [year.verified for year in self.years if year.verified is not None]
        return sum(found) if found else None


def saving(reference: str) -> Told:
    """Return one saving by its reference, as everybody may read it. Raises UnknownSaving."""
    row = Saving.objects.filter(reference=reference).first()
    if row is None:
        raise UnknownSaving
    return read_whole([row])[0]


def saving_of(saving_id: UUID) -> Told:
    """Return one saving by its id. Raises UnknownSaving."""
    row = Saving.objects.filter(pk=saving_id).first()
    if row is None:
        raise UnknownSaving
    return read_whole([row])[0]


def savings(*, body_id: int | None = None, partnership_id: UUID | None = None, service_id: str = "") -> list[Told]:
    """Return savings, newest first: of one body, of one partnership, of one service."""
    rows = Saving.objects.order_by("-promised_at", "reference")
    rows = rows.filter(body_id__in=bodies.lineage(body_id)) if body_id else rows
    rows = rows.filter(partnership_id=partnership_id) if partnership_id else rows
    return read_whole(list(rows.filter(service_id=service_id) if service_id else rows))


def verified_by_partnership() -> dict[UUID, int]:
    """Return the pence that ledger entries show of each partnership's savings; those without any are left out."""
    rows = _standing().filter(saving__kind="cash", saving__partnership_id__isnull=False)
    sums = rows.order_by("saving__partnership_id").values_list("saving__partnership_id").annotate(Sum("pence"))
    return dict(sums)


def written(told: Told, on: dt.date) -> Written:
    """Return what is on record of one's own body's saving, for `rules.savings.missing`."""
    row = told.row
    return Written(
        state=row.state, blocked=bool(row.blocked_by), has_owner=has_owner(row, on), cause=row.cause,
        quality=row.quality, councillor=row.councillor, figures=any(year.expected for year in told.years),
        baselines=len(told.baselines), chosen=row.baseline_id is not None, is_money=told.is_money,
    )  # fmt: skip


def has_owner(row: Saving, on: dt.date) -> bool:
    """Return whether a saving of one's own body has an owner who still works there."""
    return row.owner_id in _work_for(row.body_id, on)


def _work_for(body_id: int, on: dt.date) -> frozenset[int]:
    """Return the accounts of who works on a day for a body, or for one whose place it took."""
    return frozenset(post.account_id for one in bodies.lineage(body_id) for post in bodies.staff(one, on))


def events(saving_id: UUID) -> list[SavingEvent]:
    """Return what happened to a saving, oldest first."""
    return list(SavingEvent.objects.filter(saving_id=saving_id).order_by("id"))


def judged(told: Told, on: dt.date) -> tuple[nao.Judged, ...]:
    """Return the outcome of every test of a saving on a day."""
    return _judged([told], on)[told.row.pk]


def colours(found: Sequence[Told], on: dt.date) -> dict[UUID, str]:
    """Return the colour of each saving on a day, by id."""
    return {key: nao.colour(one) for key, one in _judged(found, on).items()}


def _judged(found: Sequence[Told], on: dt.date) -> dict[UUID, tuple[nao.Judged, ...]]:
    """Judge savings by every test; how their services kept their promises is asked once for all of them."""
    counts, limits = _kept(found, on), thresholds(on, LIMITS)
    judged = {}
    for one in found:
        row, (before, after) = one.row, counts[one.row.pk]
        known = nao.Known(
            kind=row.kind, years=one.years, baselines=one.bases, cause=row.cause, quality=row.quality,
            kept_before=before, kept_after=after, recharged=one.recharged, others=one.others, differs=row.differs,
        )  # fmt: skip
        judged[row.pk] = nao.judge(known, limits)
    return judged


def _kept(found: Iterable[Told], on: dt.date) -> dict[UUID, tuple]:
    """Return how often the service of each saving kept its promises before it was to show, and since; None: unknown."""
    asks = {one.row.pk: _before_and_after(one.row, on) for one in found}
    counts = kept_of({ask for pair in asks.values() for ask in pair})
    return {key: tuple(counts.get(ask) for ask in pair) or (None, None) for key, pair in asks.items()}


def _before_and_after(row: Saving, on: dt.date) -> tuple[Ask, ...]:
    """Return what is asked of a service's promises: the year before a saving is to show, and from then on."""
    if not row.service_id or row.starts >= on:
        return ()
    before = (row.starts - dt.timedelta(days=365), row.starts)
    return tuple((row.body_id, row.service_id, *span) for span in (before, (row.starts, on)))


def alarms(found: Sequence[Told], on: dt.date) -> dict[UUID, list[Alarm]]:
    """Return what warns of each of one's own body's savings on a day, by id; asked once for all of them."""
    kinds = ("approved", "implemented", "reported")
    moved = SavingEvent.objects.filter(saving_id__in=[one.row.pk for one in found], kind__in=kinds)
    last = dict(moved.order_by().values_list("saving_id").annotate(Max("day")))
    limits, ours, kept = thresholds(on, LIMITS), cache(partial(_work_for, on=on)), _kept(found, on)
    return {
        one.row.pk: slipping.alarms(
            slipping.Standing(
                one.row.state, one.row.owner_id in ours(one.row.body_id), one.row.starts, last.get(one.row.pk),
                one.years, one.is_money, *kept[one.row.pk],
            ), on, limits,
        )
        for one in found
    }  # fmt: skip


def _standing() -> QuerySet[Verification]:
    return Verification.objects.filter(withdrawn_at=None)


def read_whole(rows: Sequence[Saving]) -> list[Told]:
    """Return savings with all that was said and proved of them: a few statements, however many."""
    ids = [row.pk for row in rows]
    said, proved, bases, charged = defaultdict(dict), defaultdict(list), defaultdict(list), {}
    for one in SavingFigure.objects.filter(saving_id__in=ids).order_by("id"):
        said[one.saving_id][one.year, one.stage] = one
    for one in _standing().filter(saving_id__in=ids).select_related("baseline").order_by("first"):
        proved[one.saving_id].append(one)
    for one in Baseline.objects.filter(saving_id__in=ids).order_by("stated_at", "id"):
        bases[one.saving_id].append(one)
    lines = SavingLine.objects.filter(verification__saving_id__in=ids, released=False, posting="recharge")
    charged = dict(lines.order_by().values_list("verification__saving_id").annotate(charged=Sum(Abs("pence"))))
    others = _others(rows, {row.pk: {year for year, _ in said[row.pk]} for row in rows})
    return [
        Told(row, _years(said[row.pk], proved[row.pk]), tuple(bases[row.pk]), tuple(proved[row.pk]),
             charged.get(row.pk, 0), others.get(row.pk, ()))
        for row in rows
    ]  # fmt: skip


def _years(said: dict, proved: list[Verification]) -> tuple[Year, ...]:
    """Return the years of which anything is said, oldest first."""
    firsts = {year for year, _ in said} | {year_of(one.first)[0] for one in proved}
    found = []
    for first in sorted(firsts):
        amounts = {stage: said.get((first, stage)) for stage in ("promised", "approved", "realised")}
        mine = [one for one in proved if year_of(one.first)[0] == first]
        found.append(Year(
            first, **{stage: Amount(one.gross, one.cost) if one else None for stage, one in amounts.items()},
            realised_until=amounts["realised"].until if amounts["realised"] else None,
            verified=sum(one.pence for one in mine) if mine else None,
            verified_until=max((one.last for one in mine), default=None),
        ))  # fmt: skip
    return tuple(found)


def counted_already(row: Saving, years: set[dt.date]) -> tuple[str, ...]:
    """Return the references of savings that count the service of one that is to be promised, in some of its years."""
    return _others([row], {row.pk: years}).get(row.pk, ())


def _others(rows: Sequence[Saving], mine: dict[UUID, set[dt.date]]) -> dict[UUID, tuple[str, ...]]:
    """Return the references of other savings that count the same service in the same years, by saving."""
    services = {row.service_id for row in rows if row.service_id}
    partnerships = {row.partnership_id for row in rows if row.partnership_id}
    near = Saving.objects.filter(Q(service_id__in=services) | Q(partnership_id__in=partnerships)).exclude(
        Q(state="given-up") | Q(kind="non-cash")
    )
    near = list(near) if services or partnerships else []
    years, by = defaultdict(set), {}
    said = SavingFigure.objects.filter(saving__in=near).order_by("-id").values_list("saving_id", "year", "body_id")
    for saving_id, year, body_id in said:
        years[saving_id].add(year)
        by[saving_id] = body_id
    return {
        row.pk: tuple(sorted(
            one.reference for one in near
            if years[one.pk] & mine[row.pk] and counts_the_same(row, one, by.get(row.pk, row.body_id), by[one.pk])
        ))
        for row in rows
        if row.kind != "non-cash" and row.state != "given-up"
    }  # fmt: skip


def counts_the_same(one: Saving, other: Saving, by: int, other_by: int) -> bool:
    """Return whether two savings might count the same pounds: same service, in one body or one partnership.

    `by` and `other_by` promised them: what two bodies promised before one took their place are two budgets.
    """
    in_one = one.body_id == other.body_id and (by == other_by or one.body_id in (by, other_by))
    together = in_one or (one.partnership_id and one.partnership_id == other.partnership_id)
    bare = one.service_id == "" == other.service_id and not one.partnership_id
    return one.pk != other.pk and bool(together) and one.service_id == other.service_id and not bare
