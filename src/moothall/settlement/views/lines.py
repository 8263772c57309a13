"""One line of a statement: its case, why it is disputed, and how that ends."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from moothall.core.guard import staff
from moothall.core.refusal import Refusal
from moothall.settlement import actions, queries
from moothall.settlement.forms import AnswerForm, DisputeForm
from moothall.settlement.rules.states import DISPUTABLE, HELD, STANDS
from moothall.settlement.views.statements import about, sections_said
from moothall.settlement.views.who import KEEPERS, READERS, keeps


@require_safe
@staff(*READERS)
def line(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Show a line, what was said against it, and the form that fits."""
    return _page(request, queries.line(line_id))


def _page(request: HttpRequest, row, form=None, status: int = 200) -> HttpResponse:
    pays = request.actor.body_id == row.body_id
    doing = ""
    if keeps(request) and row.state == HELD:
        doing, form = "settle", form or AnswerForm()
    elif keeps(request) and pays and row.state == STANDS and row.statement.state in DISPUTABLE:
        doing, form = "dispute", form or DisputeForm()
    context = about(request, row.statement) | {
        "line": row, "section": sections_said([row.section])[0], "disputes": queries.disputes(row.pk), "doing": doing,
        "form": form if doing else None, "pays": pays,
    }  # fmt: skip
    return render(request, "settlement/line.html", context, status=status)


@require_POST
@staff(*KEEPERS)
def dispute(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """Dispute a line, or show it again with what is wrong."""
    return _said(request, line_id, DisputeForm(request.POST), actions.dispute, "The line is held back.")


@require_POST
@staff(*KEEPERS)
def settle(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """End a dispute by giving way, or show the line again with what is wrong."""
    return _said(request, line_id, AnswerForm(request.POST), actions.settle_dispute, "The dispute is over.")


def _said(request, line_id, form, action, done):
    row = queries.line(line_id)
    if form.is_valid():
        try:
            action(line_id=line_id, **form.cleaned_data, at=request.at, by=request.actor)
        except Refusal as refusal:
            if refusal.field not in form.fields:
                raise
            form.add_error(refusal.field, refusal.message)
        else:
            notices.success(request, done)
            return redirect("settlement:line", line_id=line_id)
    return _page(request, row, form, status=422)
