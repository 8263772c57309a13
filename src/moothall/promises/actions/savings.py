"""Promise a saving, put on record what it needs, move it on, report what came of it, block it, give it up."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.core.years import named, year_of
from moothall.promises import queries
from moothall.promises.actions.partnerships import MeasuredInTheFuture, NotAMember, SourceMissing
from moothall.promises.models import Baseline, Saving, SavingEvent, SavingFigure
from moothall.promises.queries import Told
from moothall.promises.rules.savings import Amount, Part, divided, may_follow, missing
from moothall.promises.rules.told import words
from moothall.sharing import queries as sharing

LONGEST = 15
"""For how many years a saving may be promised: the longest outsourcing contracts run so long."""


class NotYourSaving(Refusal):
    """This saving is another body's. Only its own officers work on it."""

    status = 403


class FiguresMissing(Refusal):
    """Give a figure for at least one year: what it saves, and what making it costs in that year."""

    status = 422


class TooManyYears(Refusal):
    """A saving is promised for at most fifteen years. Give the figures of those."""

    status = 422


class UnitWrong(Refusal):
    """Say in which unit a benefit that frees no money is counted; money needs no unit."""

    status = 422


class CountedAlready(Refusal):
    """Another saving counts this service in these years already. Say how this one differs, so that no pound counts twice."""  # noqa: E501

    status = 422


class NotYet(Refusal):
    """Something is still missing. Put it on record first."""


class CannotFollow(Refusal):
    """That cannot follow from where the saving stands. Look at what comes next on its page."""


class Blocked(Refusal):
    """This saving is blocked. Say first that it is free again, or give it up."""


class NotBlocked(Refusal):
    """This saving is not blocked."""


class OwnerUnknown(Refusal):
    """Choose somebody who works for your body today."""

    status = 422


class PartsWrong(Refusal):
    """The parts must add up to 100 per cent. Give each part a whole number of per cent."""

    status = 422


class NoSuchBaseline(Refusal):
    """That baseline is not of this saving. Choose one that is stated."""

    status = 422


class NoSuchYear(Refusal):
    """Nothing was promised for that year. Choose a year that has a figure."""

    status = 422


class PromisedAtOnce(Refusal):
    """Somebody promised another saving in the same moment. Send yours again."""


def promise(
    *, body_id: int, title: str, kind: str, starts: dt.date, source: str, figures: dict[dt.date, Amount],
    title_cy: str = "", unit: str = "", service_id: str = "", partnership_id: UUID | None = None, differs: str = "",
    at: dt.datetime, by: Actor,
) -> Saving:  # fmt: skip
    """Put a saving on record as promised, for financial years named by their first days; everybody can read it.

    Raises FiguresMissing, TooManyYears, UnitWrong, SourceMissing, NotAMember, CountedAlready, PromisedAtOnce.
    """
    day = local(at).date()
    if not figures:
        raise FiguresMissing()
    if len(figures) > LONGEST:
        raise TooManyYears()
    if (kind == "non-cash") != bool(unit.strip()):
        raise UnitWrong(field="unit")
    if not source.strip():
        raise SourceMissing(field="source")
    if partnership_id and not sharing.partnership_of(partnership_id, day).concerns(body_id):
        raise NotAMember(field="partnership")
    body, number = bodies.body(body_id), Saving.objects.filter(body_id=body_id).count() + 1
    parts = [{"name": body.name, "weight": 100, "body_id": body_id}]
    row = Saving(
        body_id=body_id, reference=f"{body.code}-S{number}", title=title, title_cy=title_cy, kind=kind,
        unit=unit.strip(), service_id=service_id, partnership_id=partnership_id, starts=starts, source=source,
        differs=differs.strip(), parts=parts, promised_at=at,
    )  # fmt: skip
    others = queries.counted_already(row, {year_of(year)[0] for year in figures})
    if others and not row.differs:
        raise CountedAlready(
            f"{', '.join(others)} count{'' if others[1:] else 's'} this service in these years already. "
            "Say how yours differs, so that no pound counts twice.", field="differs",
        )  # fmt: skip
    with refusing({"promises_saving_reference": PromisedAtOnce}, hidden=NotYourSaving):
        row.save(force_insert=True)
    _say(row, "promised", figures, source, at, by)
    _told(row, "promised", day, at, by, words=source[:600])
    return row


def name_owner(*, saving_id: UUID, owner_id: int, at: dt.datetime, by: Actor) -> None:
    """Say which officer owns a saving; everybody reads the post, and only colleagues the name. Raises OwnerUnknown."""
    row, day = _own(saving_id).row, local(at).date()
    post = next((one for one in bodies.staff(row.body_id, day) if one.account_id == owner_id), None)
    if post is None:
        raise OwnerUnknown(field="owner")
    said = post.team.name if post.team else bodies.body(row.body_id).name
    _change(row, owner_id=owner_id, owner_post=said[:80])
    _told(row, "owner", day, at, by, who=said[:120])


def say_how(*, saving_id: UUID, cause: str, quality: str, differs: str = "", at: dt.datetime, by: Actor) -> None:
    """Say what brings a saving about, what must not get worse by it, and how it differs from another."""
    row = _own(saving_id).row
    _change(row, cause=cause.strip(), quality=quality.strip(), differs=differs.strip())
    _told(row, "explained", local(at).date(), at, by, words=cause.strip())


def divide(*, saving_id: UUID, parts: list[Part], at: dt.datetime, by: Actor) -> None:
    """Say who gets which part of a saving, in per cent; a part that no public body here gets leaves the area.

    Raises PartsWrong.
    """
    row = _own(saving_id).row
    if sum(one.weight for one in parts) != 100 or any(one.weight < 1 for one in parts):
        raise PartsWrong()
    if len({(one.body_id, one.name) for one in parts}) != len(parts):
        raise PartsWrong("Somebody stands there twice. Name each of them once.")
    _change(row, parts=[{"name": one.name, "weight": one.weight, "body_id": one.body_id} for one in parts])
    said = "; ".join(f"{part.name} {weight} %" for part, weight in divided(100, parts))
    _told(row, "divided", local(at).date(), at, by, words=said[:600])


def state_baseline(
    *, saving_id: UUID, stated_by: str, pence: int, prices: dt.date, source: str, because: str = "", at: dt.datetime,
    by: Actor,
) -> Baseline:  # fmt: skip
    """Put on record what a year would cost without a saving, in the prices of a financial year; the first one counts.

    A second opens a dispute: both are shown until one is chosen. Raises SourceMissing, and NotYet without a reason.
    """
    told = _own(saving_id)
    if not source.strip():
        raise SourceMissing(field="source")
    if told.baselines and not because.strip():
        raise NotYet("Say why it is stated beside the one that is there.", field="because")
    row = Baseline.objects.create(
        body_id=told.row.body_id, saving_id=told.row.pk, stated_by=stated_by, pence=pence, prices=year_of(prices)[0],
        source=source, because=because.strip(), stated_at=at,
    )  # fmt: skip
    _change(told.row, baseline_id=None if told.baselines else row.pk)
    _told(told.row, "baseline", local(at).date(), at, by, who=stated_by, words=because.strip() or source)
    return row


def choose_baseline(*, saving_id: UUID, baseline_id: UUID, because: str, at: dt.datetime, by: Actor) -> None:
    """Say which of several baselines counts, and why; the others stay and are shown. Raises NoSuchBaseline."""
    told = _own(saving_id)
    chosen = next((one for one in told.baselines if one.pk == baseline_id), None)
    if chosen is None:
        raise NoSuchBaseline(field="baseline")
    _change(told.row, baseline_id=baseline_id)
    _told(told.row, "baseline-chosen", local(at).date(), at, by, who=chosen.stated_by, words=because)


def propose(*, saving_id: UUID, words: str = "", at: dt.datetime, by: Actor) -> None:
    """Propose a saving for decision. Raises NotYet naming what is missing, CannotFollow, Blocked."""
    _move(saving_id, "proposed", local(at).date(), at, by, words=words)


def approve(
    *, saving_id: UUID, decided_by: str, decided_on: dt.date, minute: str, councillor: str,
    figures: dict[dt.date, Amount], at: dt.datetime, by: Actor,
) -> None:  # fmt: skip
    """Record that a saving was approved: by whom, where that stands, who answers for it, and the sums for each year.

    Raises MeasuredInTheFuture, FiguresMissing, NotYet, CannotFollow, Blocked.
    """
    row = _own(saving_id).row
    if decided_on > local(at).date():
        raise MeasuredInTheFuture(field="decided_on")
    if not figures:
        raise FiguresMissing()
    with transaction.atomic():
        _change(row, councillor=councillor)
        _move(saving_id, "approved", decided_on, at, by, who=decided_by, words=minute)
        _say(row, "approved", figures, minute, at, by)


def implement(*, saving_id: UUID, day: dt.date, words: str, at: dt.datetime, by: Actor) -> None:
    """Record that what brings a saving about was done, and when. Raises MeasuredInTheFuture and as `propose`."""
    if day > local(at).date():
        raise MeasuredInTheFuture(field="day")
    _move(saving_id, "implemented", day, at, by, words=words)


def report(
    *, saving_id: UUID, year: dt.date, amount: Amount, until: dt.date, source: str, at: dt.datetime, by: Actor
) -> SavingFigure:
    """Report what came of a saving in a financial year up to a day: realised, and unverified until entries show it.

    Raises NoSuchYear, MeasuredInTheFuture, SourceMissing, CannotFollow, Blocked, NotYet.
    """
    told = _own(saving_id)
    row = told.row
    if row.state != "implemented":
        raise CannotFollow("Only what was carried out can have an outcome. Record first that it was.")
    _ready(told, "realised", at)
    if year not in {one.first for one in told.years}:
        raise NoSuchYear(field="year")
    if until > local(at).date() or year_of(until)[0] != year:
        raise MeasuredInTheFuture(f"Give a day of {named(year)} that is not in the future.", field="until")
    if not source.strip():
        raise SourceMissing(field="source")
    (figure,) = _say(row, "realised", {year: amount}, source, at, by, until=until)
    _told(row, "reported", local(at).date(), at, by, words=source)
    return figure


def block(*, saving_id: UUID, blocked_by: str, why: str, at: dt.datetime, by: Actor) -> None:
    """Record who blocks a saving, and why; it goes no further until it is freed. Raises Blocked, CannotFollow."""
    row = _own(saving_id).row
    if row.blocked_by:
        raise Blocked()
    if row.state == "given-up":
        raise CannotFollow()
    _change(row, blocked_by=blocked_by, blocked_why=why)
    _told(row, "blocked", local(at).date(), at, by, who=blocked_by, words=why)


def free(*, saving_id: UUID, words: str, at: dt.datetime, by: Actor) -> None:
    """Record that a saving is not blocked any more, and how that came. Raises NotBlocked."""
    row = _own(saving_id).row
    if not row.blocked_by:
        raise NotBlocked()
    _change(row, blocked_by="", blocked_why="")
    _told(row, "freed", local(at).date(), at, by, words=words)


def give_up(*, saving_id: UUID, who: str, words: str, at: dt.datetime, by: Actor) -> None:
    """Record that a saving is given up, by whom and why; its promise stays on record. Raises CannotFollow."""
    _move(saving_id, "given-up", local(at).date(), at, by, who=who, words=words)


def _move(saving_id: UUID, then: str, day: dt.date, at, by, *, who: str = "", words: str = "") -> None:
    told = _own(saving_id)
    row = told.row
    if row.blocked_by and then != "given-up":
        raise Blocked()
    if not may_follow(row.state, bool(row.blocked_by), then):
        raise CannotFollow()
    _ready(told, then, at)
    _change(row, state=then)
    _told(row, then, day, at, by, who=who, words=words)


def _ready(told: Told, then: str, at: dt.datetime) -> None:
    """Refuse NotYet naming everything that is missing before a saving can be in a state."""
    lacks = missing(queries.written(told, local(at).date()), then)
    if lacks:
        raise NotYet(" ".join(words()["needs"][one] for one in lacks), missing=lacks)


def _own(saving_id: UUID) -> Told:
    """Return a saving of the scope's body; everybody reads others', and nobody else writes them."""
    if Saving.objects.filter(pk=saving_id).select_for_update().first() is None:
        raise NotYourSaving()
    return queries.saving_of(saving_id)


def _change(row: Saving, **changes) -> None:
    if not Saving.objects.filter(pk=row.pk).update(**changes):
        raise NotYourSaving()


def _say(row: Saving, stage: str, figures: dict, source: str, at, by: Actor, until: dt.date | None = None) -> list:
    said_by = int(by.id) if by.kind == "staff" else None
    return SavingFigure.objects.bulk_create(
        SavingFigure(body_id=row.body_id, saving_id=row.pk, stage=stage, year=year_of(year)[0], gross=amount.gross,
                     cost=amount.cost, until=until, source=source, said_at=at, said_by=said_by)
        for year, amount in sorted(figures.items())
    )  # fmt: skip


def _told(row: Saving, kind: str, day: dt.date, at: dt.datetime, by: Actor, *, who: str = "", words: str = "") -> None:
    SavingEvent.objects.create(
        body_id=row.body_id, saving_id=row.pk, kind=kind, day=day, who=who, words=words, at=at, by=str(by)
    )
    told = {"reference": row.reference}
    audit.record(action=f"saving.{kind}", object=f"saving:{row.pk}", body_id=row.body_id, data=told, at=at, by=by)
