"""The register of who owes which return: opened by hand or by a file, corrected and ended, each with a reason."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import IntegrityError, transaction

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.returns import models, queries, rules
from moothall.functions.returns.actions.telling import tell_of_day
from moothall.functions.returns.models import Change, Due, Entry
from moothall.ui.rules import date_words

LEAST_WORDS = 5
FILES = "returns.file"


class AlreadyEnded(Refusal):
    """This has ended already. Go back to the list of returns."""


class ReasonMissing(Refusal):
    """Write the reason in a few words: it stays with the history of this address."""

    status = 422


class AlreadyOwed(Refusal):
    """That address owes this return already. Find it in the list and correct it there."""


class NotAsked(Refusal):
    """Your body sees to no such return. Choose one from the list."""


class NotOurs(Refusal):
    """Another council does that at this address, so it is owed to them. Choose an address of your own area."""

    status = 422


class NoSuchDay(Refusal):
    """Give a day within the last year or the next five."""

    status = 422


class NothingNew(Refusal):
    """That is how it stands already. Change the day or the address, or go back."""


class HasProblems(Refusal):
    """Some lines are wrong. Correct them, or say that they are left out."""

    status = 422


class NothingGood(Refusal):
    """There is nothing new in it that could be taken in. Correct it and look again."""

    status = 422


def open_entry(
    *, body_id: int, service_id: str, uprn: str, due_on: dt.date | None, why: str, at: dt.datetime, by: Actor
) -> Entry:  # fmt: skip
    """Enter by hand that an address owes a return; return its entry. Without a day, the service's own rule gives it.

    Raises NotAsked, NotOurs, AlreadyOwed, NoSuchDay, ReasonMissing, and UnknownPlace for an address that is not there.
    """
    told = queries.rhythm_of(body_id, service_id, local(at).date())
    if told is None:
        raise NotAsked(field="kind")
    _reason(why)
    place = bodies.place_of_dwelling(uprn)
    if not queries.is_ours(body_id, service_id, place, local(at).date()):
        raise NotOurs(field="where")
    if queries.open_at(body_id=body_id, service_id=service_id, uprn=uprn, lock=True):
        raise AlreadyOwed(field="where")
    due_on = due_on or queries.first_due(told, local(at).date())
    _sensible(due_on, at)
    with _once():
        entry = Entry.objects.create(
            body_id=body_id, service_id=service_id, uprn=uprn, label=place["label"][:200], opened_at=at
        )
    Due.objects.create(body_id=body_id, entry=entry, number=1, due_on=due_on)
    _note(entry, models.OPENED, became=date_words(due_on, "en"), why=why, at=at, by=by)
    audit.record(action="returns.opened", object=f"return:{entry.pk}", body_id=body_id, at=at, by=by)
    return entry


def bring(
    *, body_id: int, service_id: str, text: str, leave_out: bool = False, at: dt.datetime, by: Actor
) -> rules.Report:  # fmt: skip
    """Enter all at once those whom a file names (`rules.read`); return what it held. An address is entered once.

    `leave_out` takes the good lines and leaves the others. Raises NotAsked, HasProblems, NothingGood.
    """
    today = local(at).date()
    told = queries.rhythm_of(body_id, service_id, today)
    if told is None:
        raise NotAsked(field="kind")
    report = queries.read_file(body_id=body_id, service_id=service_id, text=text, today=today)
    if report.problems and not leave_out:
        raise HasProblems(field="table")
    if not report.good:
        raise NothingGood(field="table")
    labels, usual = queries.labels([row.uprn for row in report.good]), queries.first_due(told, today)
    rows = [
        Entry(body_id=body_id, service_id=service_id, uprn=row.uprn, label=labels[row.uprn][:200], opened_at=at)
        for row in report.good
    ]
    days = [row.due_on or usual for row in report.good]
    with _once("One of these addresses was entered meanwhile. Look at the file again.", "table"):
        Entry.objects.bulk_create(rows)
    pairs = list(zip(rows, days, strict=True))
    Due.objects.bulk_create(Due(body_id=body_id, entry=row, number=1, due_on=day) for row, day in pairs)
    Change.objects.bulk_create(
        Change(body_id=body_id, entry=row, at=at, by=str(by), kind=models.BROUGHT, became=date_words(day, "en"))
        for row, day in pairs
    )
    audit.record(action="returns.brought", object=f"service:{service_id}", body_id=body_id, at=at, by=by,
                 data={"entries": len(rows), "left out": len(report.problems)})  # fmt: skip
    return report


def correct(
    *, entry_id: UUID, due_on: dt.date | None = None, uprn: str = "", why: str, at: dt.datetime, by: Actor
) -> None:  # fmt: skip
    """Correct the day on which an entry owes its next return, or its address; what is left out stays.

    Whoever filed last is told the new day, and reminded by it. Raises AlreadyEnded, ReasonMissing, NothingNew,
    NoSuchDay, NotOurs, AlreadyOwed.
    """
    entry = queries.entry(entry_id, lock=True)
    if entry.ended_on:
        raise AlreadyEnded()
    _reason(why)
    due = entry.dues.filter(filed_on=None).first()
    is_moved = bool(due and due_on and due_on != due.due_on)
    is_elsewhere = bool(uprn and uprn != entry.uprn)
    if not (is_moved or is_elsewhere):
        raise NothingNew(field="due")
    if is_moved:
        _sensible(due_on, at)
    if is_elsewhere:
        _readdress(entry, uprn, why, at, by)
    if is_moved:
        _move(entry, due, due_on, why, at, by)
    audit.record(action="returns.corrected", object=f"return:{entry.pk}", body_id=entry.body_id, at=at, by=by)


def _readdress(entry: Entry, uprn: str, why: str, at: dt.datetime, by: Actor) -> None:
    place = bodies.place_of_dwelling(uprn)
    if not queries.is_ours(entry.body_id, entry.service_id, place, local(at).date()):
        raise NotOurs(field="where")
    if queries.open_at(body_id=entry.body_id, service_id=entry.service_id, uprn=uprn, lock=True):
        raise AlreadyOwed(field="where")
    with _once():
        Entry.objects.filter(pk=entry.pk).update(uprn=uprn, label=place["label"][:200])
    _note(entry, models.READDRESSED, was=entry.label, became=place["label"], why=why, at=at, by=by)
    entry.label = place["label"]


def _move(entry: Entry, due: Due, day: dt.date, why: str, at: dt.datetime, by: Actor) -> None:
    Due.objects.filter(pk=due.pk).update(due_on=day)
    before, now = date_words(due.due_on, "en"), date_words(day, "en")
    _note(entry, models.MOVED, was=before, became=now, why=why, at=at, by=by)
    if entry.case_id is None:
        return
    outputs = {"next_due": day.isoformat(), "late_from": (day + dt.timedelta(days=1)).isoformat()}
    casework.change_day(
        case_id=entry.case_id, performs=FILES, outputs=outputs, before=due.due_on, day=day, at=at, by=by
    )
    tell_of_day(entry=entry, before=due.due_on, day=day, at=at, by=by)


def end(*, entry_id: UUID, why: str, at: dt.datetime, by: Actor) -> None:
    """Say that no more returns are owed for an address: it was sold, or the licence ended. Refuses without a reason."""
    entry = queries.entry(entry_id, lock=True)
    if entry.ended_on:
        raise AlreadyEnded()
    _reason(why)
    close(entry=entry, why=why, at=at, by=by)


def close(*, entry: Entry, why: str, at: dt.datetime, by: Actor) -> None:
    """End an open entry, whoever said so; what was filed stays, what was owed is owed no more."""
    Entry.objects.filter(pk=entry.pk).update(ended_on=local(at).date(), why=why.strip()[:300])
    Due.objects.filter(entry=entry, filed_on=None).delete()
    _note(entry, models.ENDED, why=why, at=at, by=by)
    audit.record(action="returns.ended", object=f"return:{entry.pk}", body_id=entry.body_id, at=at, by=by)


@contextmanager
def _once(says: str | None = None, beside: str = "where") -> Iterator[None]:
    """Refuse what somebody else entered at the same moment: the database holds an address to one open entry."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise AlreadyOwed(says, field=beside) from None


def _reason(why: str) -> None:
    if len(why.strip()) < LEAST_WORDS:
        raise ReasonMissing(field="why")


def _sensible(day: dt.date, at: dt.datetime) -> None:
    if not rules.sensible(day, local(at).date()):
        raise NoSuchDay(field="due")


def _note(entry: Entry, kind: str, *, was: str = "", became: str = "", why: str, at: dt.datetime, by: Actor) -> None:
    Change.objects.create(
        body_id=entry.body_id, entry=entry, at=at, by=str(by), kind=kind, was=was[:200], became=became[:200],
        why=why.strip()[:300],
    )  # fmt: skip
