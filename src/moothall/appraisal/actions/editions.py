"""Publish a frozen case: an edition that everybody may read, and that nobody changes."""

import datetime as dt
from uuid import UUID

from moothall.appraisal.actions.cases import Incomplete, NotAnAuthor
from moothall.appraisal.models import Case, Edition, Withheld
from moothall.appraisal.queries import cases as kept
from moothall.appraisal.queries import workings
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.reasons import reason
from moothall.appraisal.rules.withholding import (
    RESULT,
    Withholding,
    problems,
    public_document,
    public_result,
    secrets,
)
from moothall.core import audit, files
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing


class NotFrozen(Refusal):
    """Freeze the case first, so that what is published is what was looked at."""


class WithheldUnsoundly(Refusal):
    """What is withheld needs a reason, who decided, a public-interest test and a day. Correct what is marked."""

    status = 422


def publish(
    *, case_id: UUID, why: str, withheld: list[Withholding] | None = None, at: dt.datetime, by: Actor
) -> Edition:
    """Publish a frozen case as its next edition. Refuses NotFrozen, WithheldUnsoundly, NotAnAuthor."""
    withheld = withheld or []
    why = reason(why)
    row = kept.locked(case_id)
    if row.state != "frozen":
        raise NotFrozen()
    number = row.editions.count() + 1
    document = row.document | {"edition": number}
    if wrong := problems(document, withheld, local(at).date()):
        raise WithheldUnsoundly(problems=wrong, field=next(iter(wrong)))
    try:
        case, told = workings.read(document), workings.shown(document) | {"evidence": _evidence(row)}
    except CaseRefused as refused:
        raise Incomplete(problems=[str(fault) for fault in refused.faults]) from refused
    with refusing({}, hidden=NotAnAuthor):
        edition = Edition.objects.create(
            body_id=row.body_id, case_id=row.pk, number=number, title=row.title, slug=row.slug,
            closed=case.state == "closed", basis=told["basis"], document=public_document(document, withheld),
            result=public_result(told, document, withheld), withheld=[one.told(document) for one in withheld],
            published_at=at,
        )  # fmt: skip
        _keep_back(edition, told, document, withheld)
        _open_files(row, withheld, at, by)
    steps = [(("edition",), row.document.get("edition"), number)]
    row.keep(document, steps, why, by.body_id or row.body_id, str(by), at)
    audit.record(
        action="appraisal.published", object=f"appraisal:{row.pk}", body_id=row.body_id, data={"edition": number},
        at=at, by=by,
    )  # fmt: skip
    return edition


def _evidence(row: Case) -> list[dict]:
    """Return what was filed for each figure, as the edition tells it."""
    return [
        {"figure": one.figure, "title": one.title, "address": one.address, "digest": one.digest}
        for one in kept.evidence(row.pk)
    ]


def _open_files(row: Case, withheld: list[Withholding], at: dt.datetime, by: Actor) -> None:
    """Let everybody read the files behind what is published, those of a withheld figure from its day on."""
    until = {one.figure: one.expires for one in withheld}
    for one in kept.evidence(row.pk):
        if one.file_id:
            file = files.find_bytes(one.digest, body_id=row.body_id)
            if file.body_id != row.body_id:
                file = files.take_copy(row=file, body_id=row.body_id, at=at, by=by)
            day = until.get(one.figure, local(at).date())
            files.publish(row=file, seen_by=tuple(row.author_ids), public_from=day, at=at, by=by)


def _keep_back(edition: Edition, told: dict, document: dict, withheld: list[Withholding]) -> None:
    parts = secrets(document, withheld)
    if withheld:
        parts.append((RESULT, told, max(one.expires for one in withheld)))
    for path, value, expires in parts:
        Withheld.objects.create(
            body_id=edition.body_id, edition_id=edition.pk, path=list(path), value=value, expires=expires
        )
