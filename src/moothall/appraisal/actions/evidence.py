"""File what backs a figure: a document that is kept here, or the address of one."""

import datetime as dt
from typing import BinaryIO
from uuid import UUID

from moothall.appraisal.actions.cases import change
from moothall.appraisal.models import Evidence
from moothall.appraisal.queries import cases as kept
from moothall.appraisal.rules import draft
from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal


class BodyMissing(Refusal):
    """Evidence is filed by a body's staff. Choose for which body you act."""

    status = 422


def file_evidence(
    *, case_id: UUID, figure: str, title: str, address: str = "", file: BinaryIO | None = None, name: str = "",
    at: dt.datetime, by: Actor,
) -> Evidence:  # fmt: skip
    """File a document or an address for a figure of a case; the figure names it from then on.

    Raises UnknownFigure, BodyMissing, a Refusal of `core.files` for what is not taken, and those of `change`.
    """
    if not by.body_id:
        raise BodyMissing()
    row = kept.locked(case_id)
    path = ("inputs", figure)
    if draft.get(row.document, path) is None:
        raise kept.UnknownFigure()
    said, held = f"{title}, {address}", None
    if file:
        seen = tuple(row.author_ids)
        held = files.keep(file, name=name, body_id=by.body_id, seen_by=seen, at=at, by=by)
        said = f"{title} (file {held.name}, SHA-256 {held.digest[:16]})"
    made = Evidence.objects.create(
        case_id=row.pk, body_id=by.body_id, figure=figure, title=title, address=address, filed_at=at,
        file_id=held and held.pk, digest=held.digest if held else "",
    )  # fmt: skip
    there = draft.get(row.document, (*path, "evidence")) or []
    change(
        case_id=row.pk, changes=[((*path, "evidence"), [*there, said])], why=f"Evidence filed: {title}"[:500],
        seen=row.version, at=at, by=by,
    )  # fmt: skip
    return made
