"""Anybody works a published appraisal out with figures and weights of their own, and sees both beside each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from moothall.appraisal import actions
from moothall.appraisal.forms import ForkForm
from moothall.appraisal.queries import cases
from moothall.appraisal.rules import forking
from moothall.appraisal.views import showing
from moothall.core import rate
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.core.refusal import Refusal

EVERYONE = anyone("a published appraisal may be worked out by everybody; the address of what they made is their secret")


@require_http_methods(["GET", "HEAD", "POST"])
@EVERYONE
def begin(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask for figures and weights of one's own, and keep what comes of them at an address of its own."""
    one = cases.edition(slug, number, local(request.at).date())
    form = ForkForm(one.document, one.told, {}, {}, request.POST or None)
    if request.method == "POST" and form.is_valid():
        secret = _try(request, form, lambda given: actions.fork(edition_id=one.id, **given))
        if secret:
            return redirect("appraisal:fork", secret)
    return _ask(request, one, form, reverse("appraisal:edition", args=[slug, one.number]), one.title)


@require_http_methods(["GET", "HEAD", "POST"])
@EVERYONE
def change(request: HttpRequest, secret: str) -> HttpResponse:
    """Change one's own figures and weights."""
    row, one = _found(request, secret)
    form = ForkForm(one.document, one.told, row.figures, row.swings, request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _try(request, form, lambda given: actions.change_fork(secret=secret, **given) or secret)
        if done:
            return redirect("appraisal:fork", secret)
    return _ask(request, one, form, reverse("appraisal:fork", args=[secret]), _("What comes of it"))


def _try(request: HttpRequest, form: ForkForm, do) -> str:
    """Work it out; what cannot be is said beside the form. Counted, as it costs the server half a second."""
    try:
        rate.limit(rate.WORK_OUT, rate.address(request), at=request.at)
        return do({"figures": form.figures, "swings": form.swings, "at": request.at, "by": request.actor})
    except Refusal as refusal:
        for words in [refusal.message, *refusal.details.get("problems", [])]:
            form.add_error(None, words)
    return ""


def _ask(request: HttpRequest, one, form: ForkForm, back_url: str, back_text: str) -> HttpResponse:
    groups = {name: form.group(name) for name in form.groups}
    said = {"one": one, "form": form, "groups": groups, "back_url": back_url, "back_text": back_text}
    return render(request, "appraisal/ask.html", said, status=422 if form.errors else 200)


def _found(request: HttpRequest, secret: str):
    today = local(request.at).date()
    row = cases.fork(secret, today)
    return row, cases.edition_of(row.edition_id, today)


@require_safe
@EVERYONE
def fork(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what comes of somebody's own figures and weights, beside the official result."""
    row, one = _found(request, secret)
    said = showing.result(row.result, lambda name: reverse("appraisal:fork_table", args=[secret, name]), None)
    said |= {
        "one": one, "row": row, "secret": secret, "beside": forking.beside(one.told, row.result),
        "weighed": forking.weighed(row.result) if row.swings else [],
        "changed": forking.changed(one.document, row.figures), "turned": one.told["order"][0] != row.result["order"][0],
        "first": row.result["titles"][row.result["order"][0]], "was": one.told["titles"][one.told["order"][0]],
        "back_url": reverse("appraisal:edition", args=[one.slug, one.number]), "back_text": one.title,
    }  # fmt: skip
    answer = render(request, "appraisal/fork.html", said)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@EVERYONE
def table(request: HttpRequest, secret: str, name: str) -> HttpResponse:
    """Return the table of one chart of somebody's own result."""
    row, _one = _found(request, secret)
    return showing.table(row.result, name)
