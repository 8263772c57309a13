"""The files of a partnership's terms: kept while they are written, published with them, a copy with each member."""

import datetime as dt
from typing import BinaryIO
from uuid import UUID

from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.sharing import queries
from moothall.sharing.models import TermsDraft
from moothall.sharing.queries.partnerships import papers_of
from moothall.sharing.rules.terms import Terms


class PaperMissing(Refusal):
    """A document of these terms is not kept here any more. Send it again."""

    status = 422


def keep_paper(*, draft_id: UUID, upload: BinaryIO, name: str, at: dt.datetime, by: Actor) -> dict:
    """Keep a document of terms that are being written; return what the terms say of it (`rules.terms.Kept`).

    Nobody else reads it before the terms are proposed. Refuses what `core.files.keep` refuses.
    """
    body_id = queries.draft(draft_id).body_id
    row = files.keep(upload, name=name, body_id=body_id, at=at, by=by)
    return {"digest": row.digest, "name": row.name, "kind": row.kind, "size": row.size}


def publish_papers(*, terms: Terms, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Let members read the files of terms that are proposed, and everybody: at once, or once they are withheld no more.

    Refuses PaperMissing.
    """
    hidden, today = terms.hidden("documents"), local(at).date()
    for paper in terms.papers:
        try:
            row = files.find_bytes(paper.digest, body_id=body_id)
        except NotYours:
            raise PaperMissing(f"“{paper.name}” is not kept here any more. Send it again.") from None
        if row.body_id != body_id:
            row = files.take_copy(row=row, body_id=body_id, at=at, by=by)
        files.publish(
            row=row, seen_by=terms.member_ids, public_from=hidden.expires if hidden else today, at=at, by=by
        )  # fmt: skip


def take_papers(*, terms: Terms, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Give a member that agrees to terms a copy of its own of each of their files."""
    for paper in terms.papers:
        row = files.find_bytes(paper.digest, body_id=body_id)
        if row.body_id != body_id:
            files.take_copy(row=row, body_id=body_id, at=at, by=by)


def forget_papers(*, before: dict, draft: TermsDraft | None, body_id: int, at: dt.datetime, by: Actor) -> None:
    """Erase the files that a draft held before and holds no more, but what is published or in another draft."""
    others = TermsDraft.objects.filter(body_id=body_id).exclude(pk=draft.pk if draft else None)
    still = {digest for one in others for digest in papers_of(one.data)} | papers_of(draft.data if draft else {})
    gone = papers_of(before) - still
    unread = files.unpublished(digests=gone, body_id=body_id)
    files.erase(file_ids=unread, because="taken out of terms before they were proposed", at=at, by=by)
