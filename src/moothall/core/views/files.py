"""Kept files, shown only to whom row security shows their row."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from moothall.core import audit, files, guard
from moothall.core.clock import local
from moothall.core.models import File
from moothall.core.refusal import NotYours

POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
SHOWN = ("image/jpeg", "image/png")  # encoded anew by ourselves; everything else is only ever saved


@require_safe
@guard.anyone("row security decides: the file's case, its person, or the bodies that may see it")
def download(request: HttpRequest, file_id: UUID) -> FileResponse:
    """Send a file to be saved."""
    return _send(request, files.find(file_id), saved=True)


@require_safe
@guard.anyone("row security decides: the file's case, its person, or the bodies that may see it")
def picture(request: HttpRequest, file_id: UUID) -> FileResponse:
    """Show a picture in the page."""
    row = files.find(file_id)
    if row.kind not in SHOWN:
        raise NotYours()
    return _send(request, row, saved=False)


def _send(request: HttpRequest, row: File, *, saved: bool) -> FileResponse:
    if row.public_from is None or row.public_from > local(request.at).date():
        _noted(request, row)
    try:
        content = files.path_of(row).open("rb")
    except FileNotFoundError:
        raise files.FileMissing() from None
    response = FileResponse(content, as_attachment=saved, filename=row.name, content_type=row.kind)
    response["Content-Length"] = row.size
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _noted(request: HttpRequest, row: File) -> None:
    """Write down who read it; what is published anybody reads unwatched."""
    about = f"case:{row.case_id}" if row.case_id else f"file:{row.pk}"
    about = audit.person_object(row.person_id) if row.person_id else about
    reader = request.actor.body_id or row.body_id
    audit.read(object=about, body_id=reader, at=request.at, by=request.actor, what="a file that was sent or made")
