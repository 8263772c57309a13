"""Make an archive with its progress, and take a copy of one for a purpose that is written down."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from moothall.core.refusal import Refusal
from moothall.leaving import actions, queries
from moothall.leaving.forms import PurposeForm
from moothall.leaving.views.who import keepers


class ArchiveAway(Refusal):
    """The file of this archive is not here any more. Make another."""

    status = 404


@require_POST
@keepers
def make(request: HttpRequest) -> HttpResponse:
    """Ask for an archive of everything that the body owns."""
    actions.ask_for_archive(body_id=request.acting_body.id, at=request.at, by=request.actor)
    messages.success(request, "The archive is being made.")
    return redirect("leaving:leaving")


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def download(request: HttpRequest, archive_id: UUID) -> HttpResponse:
    """Say what an archive is, and send it to whoever writes down what for."""
    row = queries.archive(archive_id)
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = actions.note_download(archive_id=row.pk, **form.cleaned_data, at=request.at, by=request.actor)
        return _sent(row)
    said = {"row": row, "form": form, "back_url": reverse("leaving:leaving"), "back_text": "Leaving"}
    return render(request, "leaving/archive.html", said)


def _sent(row) -> FileResponse:
    try:
        content = (Path(settings.MOOTHALL_DATA) / "archives" / f"{row.name}.zip").open("rb")
    except FileNotFoundError:
        raise ArchiveAway() from None
    answer = FileResponse(content, as_attachment=True, filename=f"{row.name}.zip", content_type="application/zip")
    answer["Content-Length"] = row.bytes
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
