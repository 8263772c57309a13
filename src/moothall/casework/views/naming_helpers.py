"""Somebody says who helps them, how far and until when; sees what was done for them, and ends it at once."""

import datetime as dt
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.casework.forms.helping import KINDS, MAY, WRITTEN, HelperForm
from moothall.casework.views.visit import front_body_id, language, today
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.guard import signed_in
from moothall.core.refusal import NotYours, Refusal
from moothall.people import actions, queries
from moothall.ui.rules import date_words

TAGS = {
    "waiting": (gettext_lazy("Not confirmed yet"), "govuk-tag--yellow"),
    "lapsed": (gettext_lazy("The code is too old"), "govuk-tag--grey"),
    "coming": (gettext_lazy("Begins later"), "govuk-tag--blue"),
    "running": (gettext_lazy("Helps you"), "govuk-tag--green"),
    "over": (gettext_lazy("Ended"), "govuk-tag--grey"),
    "ended": (gettext_lazy("Ended"), "govuk-tag--grey"),
}
OPEN = ("waiting", "coming", "running")
DID = {
    "help.named": gettext_lazy("You named %(name)s"),
    "help.confirmed": gettext_lazy("%(name)s confirmed with your code"),
    "help.ended": gettext_lazy("It ended that %(name)s helps you"),
    "help.ran-out": gettext_lazy("The time was over for which %(name)s helped you"),
    "help.listed": gettext_lazy("%(name)s looked at the list of your requests"),
    "help.looked": gettext_lazy("%(name)s looked at your request"),
    "help.took": gettext_lazy("%(name)s took away a paper of your request"),
    "help.asked": gettext_lazy("%(name)s asked for you"),
    "help.began": gettext_lazy("%(name)s began a request again for you"),
    "help.added": gettext_lazy("%(name)s added to your request"),
    "help.wrote": gettext_lazy("%(name)s wrote to us about your request"),
    "help.day": gettext_lazy("%(name)s chose or changed the day of your request"),
    "help.paid": gettext_lazy("%(name)s went on to pay for your request"),
    "help.cancelled": gettext_lazy("%(name)s cancelled your request"),
    "help.reopened": gettext_lazy("%(name)s opened your request again"),
    "help.complained": gettext_lazy("%(name)s began a complaint about your request"),
    "help.in-touch": gettext_lazy("%(name)s was in touch with us for you"),
}


def person_of(request: HttpRequest) -> UUID:
    """Return the person of whoever is signed in; not found for an account that is nobody's."""
    if request.scope.person is None:
        raise Http404
    return request.scope.person


def coverable(lang: str) -> list[tuple[str, str]]:
    """Return the services that somebody else may be let act in: (code, title), by title. Never an urgent referral."""
    found = [one.definition for one in catalogue.services() if one.definition.urgent is None]
    return sorted(((one.id, one.title.in_(lang)) for one in found), key=lambda pair: pair[1])


def said(row, lang: str, may: dict, written: dict) -> list[dict]:
    """Return the limits of a mandate in words: what, for which services, whom we write to, until when."""
    titles = dict(coverable(lang))
    services = [titles[one] for one in row.services if one in titles]
    return [
        {"question": _("May do"), "answer": _listed(str(may[one]) for one in row.may if one in may)},
        {"question": _("For"), "answer": _listed(services) if row.services else _("All services")},
        {"question": _("We write"), "answer": written[row.written]},
        {"question": _("Until"), "answer": _last(row, lang)},
    ]


def _listed(things) -> str:
    """Return several things a line each; one alone as it is."""
    lines = list(things)
    return "\n".join(f"• {line}" for line in lines) if len(lines) > 1 else "".join(lines)


def _last(row, lang: str) -> str:
    return date_words(row.ends - dt.timedelta(days=1), lang) if row.ends else _("No end is noted")


@never_cache
@signed_in
@require_safe
def helpers(request: HttpRequest) -> HttpResponse:
    """List who helps somebody, and what was done for them, the newest first."""
    rows = queries.helpers_of(queries.identity(person_of(request)))
    lines = [_line(row, request.at) for row in rows]
    names = {str(row.pk): row.agent_name for row in rows}
    words = {
        "now": [line for line in lines if line["stands"] in OPEN],
        "before": [line for line in lines if line["stands"] not in OPEN],
        "done": [_done(act, names) for act in audit.acts_about_me("help.") if act["action"] in DID][:50],
        "back_url": reverse("casework:account"),
    }
    return render(request, "casework/helpers.html", words)


def _line(row, at: dt.datetime) -> dict:
    stands = queries.stands(row, at)
    text, colour = TAGS[stands]
    return {"row": row, "stands": stands, "tag": text, "colour": colour, "last": row.ends and _day_before(row.ends)}


def _day_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)


def _done(act: dict, names: dict[str, str]) -> dict:
    name = names.get(act["data"].get("acts_for", "")) or _("Somebody")
    return {"at": act["at"], "words": DID[act["action"]] % {"name": name}, "case": act["data"].get("case")}


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def name_helper(request: HttpRequest) -> HttpResponse:
    """Ask who helps, how far and until when; then give the code to hand over."""
    person_id, lang = person_of(request), language(request)
    initial = {
        "person_name": queries.name_of(person_id),
        "which": "all",
        "written": "alone",
        "may": ["ask", "follow", "add"],
    }
    form = HelperForm(request.POST or None, initial=initial, services=coverable(lang), today=today(request))
    if request.method == "POST" and form.is_valid() and (row := _named(request, person_id, form)):
        return redirect("casework:helper", acts_for_id=row.pk)
    words = {"form": form, "back_url": reverse("casework:helpers"), "heading": _("Name somebody who helps you")}
    return render(request, "casework/helper_new.html", words)


def _named(request: HttpRequest, person_id: UUID, form: HelperForm):
    """Return the new mandate; put a refusal beside the question it is about."""
    given = form.cleaned_data
    try:
        return actions.name_helper(
            person_id=person_id, body_id=front_body_id(request), kind=given["kind"], person_name=given["person_name"],
            agent_name=given["agent_name"], **form.limits(), language=language(request), at=request.at,
            by=request.actor,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, _(refusal.message))
        return None


def _mine(request: HttpRequest, acts_for_id: UUID):
    """Return a mandate about whoever asks; another's is as unknown as none."""
    row = queries.mandate(acts_for_id)
    if row is None or row.person_id not in queries.identity(person_of(request)):
        raise NotYours()
    return row


@never_cache
@signed_in
@require_safe
def helper(request: HttpRequest, acts_for_id: UUID) -> HttpResponse:
    """Show what somebody may do, the code to hand over as long as it waits, and the way to end it."""
    row, lang = _mine(request, acts_for_id), language(request)
    stands = queries.stands(row, request.at)
    words = {
        "row": row,
        "stands": stands,
        "open": stands in (*OPEN, "lapsed"),
        "tag": TAGS[stands],
        "kind": KINDS.get(row.kind, ""),
        "code": queries.code_of(row) if stands == "waiting" and row.said else "",
        "rows": said(row, lang, MAY, WRITTEN),
        "back_url": reverse("casework:helpers"),
    }
    return render(request, "casework/helper.html", words)


@signed_in
@require_POST
def end_helper(request: HttpRequest, acts_for_id: UUID) -> HttpResponse:
    """End at once that somebody helps."""
    row = _mine(request, acts_for_id)
    actions.end_help(acts_for_id=row.pk, at=request.at, by=request.actor)
    notices.success(request, _("Ended. %(name)s can do and see nothing more for you.") % {"name": row.agent_name})
    return redirect("casework:helpers")
