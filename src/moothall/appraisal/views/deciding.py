"""What is decided of a whole case: sealed, closed, frozen, taken up again, published, shared with another body."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.appraisal import actions
from moothall.appraisal.forms import LetInForm, PublishForm, SealForm, WhyForm
from moothall.appraisal.queries import cases
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.withholding import Withholding
from moothall.appraisal.views.roles import writers
from moothall.bodies import queries as bodies
from moothall.core.refusal import Refusal
from moothall.ui.forms import beside

ACTS = {
    "seal": ("Seal scales and weights", SealForm, actions.seal,
             "Once sealed they are published with the case, and a change of them stands beside them for ever.",
             "Sealed."),
    "close": ("Close the case", WhyForm, actions.close,
              "A case closes once every voice is answered, every harm is met, every option has been looked at for each "
              "subject, and no partner says stop.", "Closed."),
    "freeze": ("Freeze the case", WhyForm, actions.freeze,
               "Nobody changes a frozen case, so that what is published is what was looked at.",
               "Frozen. It can be published now."),
    "reopen": ("Take the case up again", WhyForm, actions.reopen,
               "It can be changed again, and has to be closed and frozen anew.", "It can be changed again."),
}  # fmt: skip
"""Title, form, what is done, what it means, and what is said when it is done."""


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def act(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Seal, close, freeze or reopen a case."""
    row = cases.case(slug)
    if name not in ACTS:
        raise Http404
    title, kind, do, means, done = ACTS[name]
    form, problems = kind(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            do(case_id=row.pk, **form.cleaned_data, at=request.at, by=request.actor)
        except CaseRefused as refusal:
            form.add_error(None, "Scales and weights are not whole yet. Mend what is named below first.")
            problems = [str(fault) for fault in refusal.faults]
        except Refusal as refusal:
            form.add_error(None, refusal.message)
            problems = refusal.details.get("problems", [])
        else:
            messages.success(request, done)
            return redirect("appraisal:case", slug)
    said = {
        "row": row, "form": form, "heading": title, "means": means, "problems": problems,
        "back_url": reverse("appraisal:case", args=[slug]), "back_text": row.title,
    }  # fmt: skip
    return render(request, "appraisal/act.html", said, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish a frozen case, with what is withheld, if anything."""
    row = cases.case(slug)
    figures = [(name, one.get("what") or name) for name, one in row.document["inputs"].items()]
    form = PublishForm(figures, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            edition = actions.publish(
                case_id=row.pk, why=form.cleaned_data["why"], withheld=_withheld(form), at=request.at, by=request.actor
            )
        except Refusal as refusal:
            beside(form, refusal)
        else:
            messages.success(request, "Published. Everybody can read it, and work it out with figures of their own.")
            return redirect("appraisal:edition", edition.slug, edition.number)
    said = {
        "row": row, "form": form, "heading": "Publish the case",
        "back_url": reverse("appraisal:case", args=[slug]), "back_text": row.title,
    }  # fmt: skip
    return render(request, "appraisal/publish.html", said, status=422 if form.errors else 200)


def _withheld(form: PublishForm) -> list[Withholding]:
    given = form.cleaned_data
    if given["withhold"] and not given["expires"]:
        raise actions.WithheldUnsoundly(problems={"expires": "Give the day from which they are public."})
    return [
        Withholding(name, given["reason"], given["owner"], given["test"], given["expires"])
        for name in given["withhold"]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def let_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Let another body's staff write the case too."""
    row = cases.case(slug)
    others = [(one.id, one.name) for one in bodies.bodies(partner=True) if one.id not in row.author_ids]
    form = LetInForm(others, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.let_in(case_id=row.pk, body_id=form.cleaned_data["body"], at=request.at, by=request.actor)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Its staff can write the case now.")
            return redirect("appraisal:case", slug)
    said = {
        "row": row, "form": form, "heading": "Write it with another body", "problems": [],
        "means": "Its staff read and change the whole case; each change says whose it is.",
        "back_url": reverse("appraisal:case", args=[slug]), "back_text": row.title,
    }  # fmt: skip
    return render(request, "appraisal/act.html", said, status=422 if form.errors else 200)
