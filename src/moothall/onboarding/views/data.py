"""What a body brings with it: files that are read line by line, and taken in by an operation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.core import guard, operations
from moothall.onboarding import actions, queries
from moothall.onboarding.forms import FileForm, TakeForm
from moothall.onboarding.models import KINDS, STATES
from moothall.onboarding.rules.columns import COLUMNS
from moothall.onboarding.views.joining import MAY
from moothall.onboarding.views.setting_up import told


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*MAY)
def data(request: HttpRequest) -> HttpResponse:
    """List the files that were brought, and ask for another."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        row = actions.bring_file(
            kind=given["kind"], system=given["system"], title=form.title, content=given["file"], **told(request)
        )
        return redirect("onboarding:file", row.pk)
    rows = [{"row": row, "state": STATES[row.state]} for row in queries.imports(request.acting_body.id)]
    is_live = queries.works_here(request.acting_body.id)
    context = {
        "heading": "What it brings with it",
        "form": form,
        "rows": rows,
        "columns": [(KINDS[kind], said) for kind, said in COLUMNS.items()],
        "back_url": reverse("onboarding:joining" if is_live else "onboarding:ours"),
        "back_text": "Bodies that join" if is_live else "How far we are",
    }
    return render(request, "onboarding/data.html", context)


@require_safe
@guard.staff(*MAY)
def file(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show what a file holds, what is wrong with it, and how far it is taken in."""
    row = queries.one_import(import_id)
    counts = [(what, count) for what, count in row.counts.items() if what not in ("wrong", actions.ALIKE)]
    context = {
        "heading": row.title,
        "row": row,
        "kind": KINDS[row.kind],
        "state": STATES[row.state],
        "unit": "file" if row.kind == "papers" else "line",
        "counts": counts,
        "wrong": row.counts.get("wrong", 0),
        "alike": row.counts.get(actions.ALIKE, 0),
        "form": TakeForm(),
        "operation": operations.get(row.operation_id) if row.operation_id else None,
        "back_url": reverse("onboarding:data"),
        "back_text": "What it brings with it",
    }
    return render(request, "onboarding/file.html", context)


@require_POST
@guard.staff(*MAY)
def take(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take a file in that was read; what is wrong with it is left out only where that was said."""
    leave_out = "leave_out" in request.POST
    try:
        actions.begin_taking(import_id=import_id, leave_out=leave_out, at=request.at, by=request.actor)
    except (actions.HasProblems, actions.NothingGood) as refusal:
        messages.error(request, refusal.message)
    return redirect("onboarding:file", import_id)


@require_POST
@guard.staff(*MAY)
def again(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Go on with what has stopped."""
    row = queries.one_import(import_id)
    if row.operation_id is None:
        raise actions.NotToBeTaken
    operations.again(row.operation_id, at=request.at, by=request.actor)
    return redirect("onboarding:file", import_id)


@require_POST
@guard.staff(*MAY)
def put_away(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Put a file away that is not to be taken in."""
    actions.put_away(import_id=import_id, at=request.at, by=request.actor)
    messages.success(request, "The file is put away, and erased here.")
    return redirect("onboarding:data")
