"""Cases, their changes and their editions, as they are kept."""

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from moothall.appraisal.models import Case, Change, Edition, Evidence, Fork, Withheld
from moothall.appraisal.rules import draft
from moothall.appraisal.rules.draft import Path
from moothall.appraisal.rules.withholding import RESULT
from moothall.core.refusal import NotYours, Refusal


class UnknownCase(NotYours):
    """We cannot find that appraisal, or your body does not write it. Choose it from the list of appraisals."""


class UnknownFigure(Refusal):
    """The case has no such figure. Choose it from the list of figures."""

    status = 404


class UnknownEdition(Refusal):
    """We cannot find that appraisal. Look for it in the list of published appraisals."""

    status = 404


class UnknownFork(Refusal):
    """There is nothing at this address, or its 90 days are over. Work the appraisal out anew from its own page."""

    status = 404


@dataclass(frozen=True)
class Public:
    """One edition as everybody may read it on a day: what was withheld stands in it once its day has come."""

    id: UUID
    case_id: UUID
    body_id: int
    slug: str
    number: int
    title: str
    closed: bool
    basis: str
    document: dict
    told: dict
    withheld: tuple[dict, ...]
    published_at: dt.datetime

    @property
    def until(self) -> str:
        """Return the last day on which something is still withheld; empty where nothing is."""
        return max((one["expires"] for one in self.withheld), default="")


def cases() -> list[Case]:
    """Return the cases that the scope's bodies write, the newest change first."""
    return list(Case.objects.order_by("-changed_at").defer("document"))


def case(slug: str) -> Case:
    """Return a case by its address. Raises UnknownCase."""
    row = Case.objects.filter(slug=slug).first()
    if row is None:
        raise UnknownCase()
    return row


def locked(case_id: UUID) -> Case:
    """Return a case that nobody else changes before this transaction ends. Raises UnknownCase."""
    row = Case.objects.select_for_update().filter(pk=case_id).first()
    if row is None:
        raise UnknownCase()
    return row


def history(case_id: UUID, path: Path = (), most: int = 200) -> list[Change]:
    """Return what was changed at a place of a case and below it, the newest first."""
    rows = Change.objects.filter(case_id=case_id).order_by("-version", "number")
    if not path:
        return list(rows[:most])
    return [one for one in rows if one.path and draft.overlap(tuple(one.path), path)][:most]


def change(case_id: UUID, change_id: UUID) -> Change | None:
    """Return one change of a case."""
    return Change.objects.filter(case_id=case_id, pk=change_id).first()


def last_changed(row: Case) -> tuple[dict | None, list[Change]]:
    """Return (a case's document as it stood before what was changed last, what that was); None where it only began."""
    steps = list(Change.objects.filter(case_id=row.pk, version=row.version).order_by("number"))
    document = row.document
    for one in reversed(steps):
        if not one.path:
            return None, steps
        document = draft.put(document, tuple(one.path), one.before)
    return document, steps


def evidence(case_id: UUID, figure: str = "") -> list[Evidence]:
    """Return the evidence filed for a case, or for one of its figures, oldest first."""
    rows = Evidence.objects.filter(case_id=case_id).order_by("filed_at", "id")
    return list(rows.filter(figure=figure) if figure else rows)


def published() -> list[Edition]:
    """Return the newest edition of every published case, the newest first."""
    rows = Edition.objects.order_by("case_id", "-number").distinct("case_id").defer("document")
    return sorted(rows, key=lambda one: one.published_at, reverse=True)


def editions(slug: str) -> list[Edition]:
    """Return the editions of a case, the newest first, without their documents."""
    return list(Edition.objects.filter(slug=slug).order_by("-number").defer("document", "result"))


def edition(slug: str, number: int, on: dt.date) -> Public:
    """Return one edition as everybody may read it on a day; number 0 is the newest. Raises UnknownEdition."""
    rows = Edition.objects.filter(slug=slug)
    row = (rows.filter(number=number) if number else rows.order_by("-number")).first()
    if row is None:
        raise UnknownEdition()
    return _public(row, on)


def edition_of(edition_id: UUID, on: dt.date) -> Public:
    """Return an edition by its id, as everybody may read it on a day."""
    return _public(Edition.objects.get(pk=edition_id), on)


def digest(secret: str) -> str:
    """Return the hash by which the secret part of a fork's address is found; the secret itself is kept nowhere."""
    return hashlib.sha256(secret.encode()).hexdigest()


def fork(secret: str, on: dt.date) -> Fork:
    """Return what somebody made of an edition, by the secret part of its address. Raises UnknownFork."""
    row = Fork.objects.filter(digest=digest(secret), expires__gt=on).first()
    if row is None:
        raise UnknownFork()
    return row


def _public(row: Edition, on: dt.date) -> Public:
    found = Public(
        row.pk, row.case_id, row.body_id, row.slug, row.number, row.title, row.closed, row.basis, row.document,
        row.result, tuple(one for one in row.withheld if one["expires"] > on.isoformat()), row.published_at,
    )  # fmt: skip
    if not row.withheld:
        return found
    document, told = found.document, found.told
    for one in Withheld.objects.filter(edition_id=row.pk, expires__lte=on):
        if tuple(one.path) == RESULT:
            told = one.value
        else:
            document = draft.put(document, tuple(one.path), one.value)
    return replace(found, document=document, told=told)
