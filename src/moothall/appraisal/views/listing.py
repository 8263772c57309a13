"""The cases that a body writes, and how one begins."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.appraisal import actions
from moothall.appraisal.forms import BeginForm
from moothall.appraisal.queries import cases
from moothall.appraisal.queries import templates as examples
from moothall.appraisal.rules import starting
from moothall.appraisal.views.roles import WRITERS, readers, writers
from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import may
from moothall.core.refusal import Refusal


@require_safe
@readers
def ours(request: HttpRequest) -> HttpResponse:
    """List the appraisals that one's body writes, alone or with others."""
    names = bodies.names()
    rows = [(row, [names[one] for one in row.author_ids]) for row in cases.cases()]
    editions = {one.case_id: one for one in cases.published()}
    said = {
        "rows": [(row, who, editions.get(row.pk)) for row, who in rows], "may_begin": may(request, WRITERS),
        "published": len(editions),
    }  # fmt: skip
    return render(request, "appraisal/ours.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a case from a worked example, from its shape alone, or from nothing."""
    form = BeginForm(examples.templates(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        document = _document(request, given)
        why = f"Begun from {dict(form.fields['template'].choices)[given['template']].lower()}"
        try:
            row = actions.begin(
                body_id=request.acting_body.id, document=document, why=why, at=request.at, by=request.actor
            )
        except Refusal as refusal:
            form.add_error("title", refusal.message)
        else:
            return redirect("appraisal:case", row.slug)
    said = {"form": form, "back_url": reverse("appraisal:ours"), "back_text": "Appraisals"}
    return render(request, "appraisal/begin.html", said, status=422 if form.errors else 200)


def _document(request: HttpRequest, given: dict) -> dict:
    today = local(request.at).date()
    if given["template"] == "blank":
        found = starting.blank(given["models"], today.year + (today.month > 3))
    else:
        found = examples.template(given["template"])
        found = found if given["figures"] == "yes" else starting.shape_of(found)
    return starting.begun(
        found, title=given["title"].strip(), bodies=[request.acting_body.name], author=given["author"].strip(),
        on=today.isoformat(),
    )  # fmt: skip
