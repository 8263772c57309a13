"""The people somebody helps: confirming with a code, choosing one, asking for them and following what they may see."""

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from moothall.casework import actions, queries
from moothall.casework.forms.helping import MAY_DO, WRITTEN_TO, CodeForm, ConfirmForm
from moothall.casework.rules.promise import late
from moothall.casework.rules.states import LIVE
from moothall.casework.views.helped import PURPOSE, helper_of, note
from moothall.casework.views.naming_helpers import person_of, said
from moothall.casework.views.visit import front_body_id, language, remember_draft, today
from moothall.catalogue import queries as catalogue
from moothall.core import rate
from moothall.core.guard import signed_in
from moothall.core.scope import scoped
from moothall.people import actions as people
from moothall.people import queries as known
from moothall.sharing import queries as sharing

CODE = rate.Limit("help-code", 10, 600)


class AskForm(forms.Form):
    """What the person who is helped needs."""

    use_required_attribute = False
    service = forms.ChoiceField(
        label=gettext_lazy("What do they need?"),
        error_messages={
            "required": gettext_lazy("Choose what they need"),
            "invalid_choice": gettext_lazy("Choose what they need from the list"),
        },
    )

    def __init__(self, *args, services: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", gettext_lazy("Choose a service")), *services]


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def helping(request: HttpRequest) -> HttpResponse:
    """List the people somebody helps, and take a code that they were given."""
    person_id = person_of(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        offered = _offered(request, form.cleaned_data["code"])
        if offered is not None:
            return _confirm(request, offered, ConfirmForm(initial=_initial(form.cleaned_data["code"], person_id)))
        form.add_error("code", _(people.CodeDoesNotFit().message))
    rows = known.helped_by(known.identity(person_id), today(request))
    lines = [(row, row.ends and row.ends - dt.timedelta(days=1)) for row in rows]
    words = {"form": form, "rows": lines, "back_url": reverse("casework:account")}
    return render(request, "casework/helping.html", words)


def _initial(code: str, person_id: UUID) -> dict:
    return {"code": code, "name": known.name_of(person_id)}


def _offered(request: HttpRequest, code: str):
    """Return what a code stands for; tries are counted for the account and for where they come from."""
    rate.limit(CODE, rate.address(request), at=request.at)
    rate.limit(CODE, f"account:{request.user.pk}", at=request.at)
    return known.offered(code, request.at)


def _confirm(request: HttpRequest, offered, form: ConfirmForm) -> HttpResponse:
    words = {
        "form": form,
        "name": offered.person_name,
        "rows": said(offered, language(request), MAY_DO, WRITTEN_TO),
        "back_url": reverse("casework:helping"),
    }
    return render(request, "casework/helping_code.html", words)


@never_cache
@signed_in
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Confirm that one helps somebody, having read what that means."""
    person_id = person_of(request)
    form = ConfirmForm(request.POST)
    offered = _offered(request, request.POST.get("code", "")[:20])
    if offered is None:
        raise people.CodeDoesNotFit()
    if not form.is_valid():
        return _confirm(request, offered, form)
    given = form.cleaned_data
    taken = people.take_up_help(
        code=given["code"], name=given["name"], language=language(request), at=request.at, by=request.actor
    )
    row = known.helping(taken, person_id, max(offered.starts, today(request)))
    notices.success(
        request, _("You help %(name)s from now on. We have written to you both.") % {"name": row.person_name}
    )
    return redirect("casework:helping")


def askable(row, day, lang: str) -> list[tuple[str, str]]:
    """Return what a mandate lets a helper ask for: (code, title), by title."""
    if "ask" not in row.may:
        return []
    found = {}
    for adoption in sharing.adoptions(day):
        definition = catalogue.definition(adoption.version_id)
        if definition.urgent is None and known.covered(row, "ask", definition.id):
            found[definition.id] = definition.title.in_(lang)
    return sorted(found.items(), key=lambda pair: pair[1])


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def helping_one(request: HttpRequest, acts_for_id: UUID) -> HttpResponse:
    """Show the requests of somebody one helps, as far as one may see them; begin another for them."""
    row, lang, day = helper_of(request, acts_for_id), language(request), today(request)
    services = askable(row, day, lang)
    form = AskForm(request.POST or None, services=services) if services else None
    if request.method == "POST" and form and form.is_valid():
        return _begin(request, row, form.cleaned_data["service"])
    found = queries.helped_cases(row.pk, day)
    if found and request.method == "GET":
        with scoped(request.scope.narrowed(purpose=PURPOSE)):
            note(request, "listed", front_body_id(request))
    lines = [_line(case, lang, request.at) for case in found]
    words = {
        "row": row,
        "form": form,
        "open_cases": [line for line in lines if line["open"]],
        "ended_cases": [line for line in lines if not line["open"]],
        "rows": said(row, lang, MAY_DO, WRITTEN_TO),
        "back_url": reverse("casework:helping"),
    }
    return render(request, "casework/helping_one.html", words)


def _line(case, lang: str, at) -> dict:
    definition = catalogue.definition(case.version_id)
    outcome = definition.outcomes.get(case.outcome)
    return {
        "case": case,
        "title": definition.title.in_(lang),
        "open": case.state in LIVE,
        "late": case.state == "open" and late(case.promise_due, case.paused_at, at),
        "outcome": outcome.title.in_(lang) if outcome else "",
    }


def _begin(request: HttpRequest, row, service_id: str) -> HttpResponse:
    """Begin a draft for somebody one helps, at its first question."""
    known.must_cover(row, "ask", service_id)
    draft_id = actions.save_draft(
        service_id=service_id, answers={}, person_id=person_of(request), acts_for_id=row.pk,
        language=language(request), at=request.at, by=request.actor,
    )  # fmt: skip
    remember_draft(request, draft_id)
    first = catalogue.current(service_id).definition.questions[0]
    return redirect("casework:question", draft_id=draft_id, name=first.id)


@signed_in
@require_POST
def stop(request: HttpRequest, acts_for_id: UUID) -> HttpResponse:
    """Stop helping somebody, at once."""
    row = known.mandate(acts_for_id)
    if row is None or row.agent_id not in known.identity(person_of(request)):
        raise known.NotHelping
    people.end_help(acts_for_id=row.pk, at=request.at, by=request.actor)
    notices.success(request, _("You help %(name)s no more. We have written to you both.") % {"name": row.person_name})
    return redirect("casework:helping")
