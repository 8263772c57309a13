"""Finding one's case by its reference; its page; what one can still do with it."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.casework import queries
from moothall.casework.forms.tracking import TrackForm
from moothall.casework.rules.states import LIVE
from moothall.casework.views.calendar import calendar_file
from moothall.casework.views.helped import opened_for_another
from moothall.casework.views.progress import entries, promise_box
from moothall.casework.views.to_do import chosen_day, day_given_up, to_do
from moothall.casework.views.visit import language, remember_case
from moothall.catalogue import queries as catalogue
from moothall.core import files, rate
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.core.reference import check_reference
from moothall.core.refusal import NotYours, Refusal
from moothall.core.scope import rescope
from moothall.people import queries as people


@anyone("a reference and a contact open one case, so many tries at a time")
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for the reference and a contact; every wrong pair gets the same answer."""
    form = TrackForm(request.POST or None, initial={"reference": request.GET.get("reference", "")[:40]})
    if request.method == "POST" and form.is_valid():
        found = _tracked(request, form.cleaned_data["reference"], form.cleaned_data["contact"])
        if found:
            case_id, reference = found
            remember_case(request, reference, case_id)
            return redirect("casework:case", reference=reference)
        form.add_error("reference", _("We found nothing under these two together. Check both and try again."))
    return render(request, "casework/track.html", {"form": form})


def _tracked(request: HttpRequest, given: str, contact: str) -> tuple[UUID, str] | None:
    """Return (id, reference) of the case that somebody may see, by its reference or by its number in an old system.

    Tries are counted by where they come from, by what is asked for, and for old numbers, which can be guessed, by the
    contact too: nobody goes through the numbers with an address that they know.
    """
    rate.limit(rate.TRACK, rate.address(request), at=request.at)
    reference = check_reference(given)
    rate.limit(rate.TRACK, reference or f"number:{given.strip().upper()}", at=request.at)
    if reference:
        case_id = queries.track(reference, contact)
        return (case_id, reference) if case_id else None
    rate.limit(rate.TRACK, f"contact:{contact.strip().lower()}", at=request.at)
    return queries.track_former(given, contact)


class GoneElsewhere(Refusal):
    """The council that answers for this runs its services on its own pages now. Tell it there: your reference holds."""

    status = 410


def of_case(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view its case's page instead of the reference, in a scope that shows it.

    Who has not shown that they may see it is asked how they know it, whether or not there is such a case.
    """

    @wraps(view)
    def opened(request: HttpRequest, reference: str, **words) -> HttpResponse:
        known = check_reference(reference)
        case_id = request.session.get("cases", {}).get(known)
        try:
            case_id = case_id or (request.scope.person and queries.by_reference(reference).pk)
            if case_id:
                rescope(request.scope.narrowed(case=case_id))
            page = queries.case(case_id, at=request.at) if case_id else None
        except NotYours:
            page = None
        if page is None and known and (answer := opened_for_another(request, known, view, words)):
            return answer
        if page is None:
            return redirect(f"/track/?reference={known or ''}")
        if request.method == "POST" and _is_elsewhere(page.file.body):
            raise GoneElsewhere()
        return view(request, page, **words)

    return opened


def _is_elsewhere(body) -> bool:
    """Tell whether a body has left this platform and nobody here took its work over."""
    return not body.partner and body.successor is None


@anyone("the session says which cases this browser has shown that it may see")
@require_GET
@of_case
def case(request: HttpRequest, page) -> HttpResponse:
    """Show how a case stands: late first, then the promise, what was done, what comes next, and what was said."""
    lang, row = language(request), page.case
    words = {
        "case": row,
        "to_do": to_do(page, lang, request.at),
        "day": chosen_day(page, lang, request.at),
        "day_gone": day_given_up(page, request.at),
        "heading": page.file.definition.title.in_(lang),
        "reference": row.reference,
        "promise": promise_box(page, lang, request.at),
        "timeline": entries(page, lang, request.at),
        "messages_both_ways": page.messages,
        "files": files.of_case(row.pk),
        "issued": issued(page),
        "again": _again(page, lang, request.at),
        "answers": answers_of(page, lang),
        "open": row.state in LIVE,
        "body": page.file.body,
        "elsewhere": _is_elsewhere(page.file.body),
        "dispute": _dispute(page, lang, request.at),
        "asked_by": _asked_by(request, row),
        **may_do(request, row.service_id),
    }
    return render(request, "casework/case.html", words)


def _asked_by(request: HttpRequest, case) -> str:
    """Return who asked for it on the person's behalf, for the person themself; empty where nobody did."""
    row = people.mandate(case.acts_for_id) if not hasattr(request, "helping") else None
    return row.agent_name if row else ""


def may_do(request: HttpRequest, service_id: str) -> dict:
    """Return what whoever looks at a case may do there: everything with their own, as far as they may for another."""
    row = getattr(request, "helping", None)
    kinds = ("ask", "add", "settle")
    return {f"may_{kind}": row is None or people.covered(row, kind, service_id) for kind in kinds}


def issued(page) -> set[UUID]:
    """Return the files of a case that are the resident's to take away."""
    return {one.file_id for one in page.attachments if one.kind == "issued"}


def _again(page, lang: str, at: dt.datetime) -> str:
    """Return what the button says that begins an ended request anew; empty where there is none."""
    again = page.file.definition.again
    if again is None or queries.known_again(page.file, local(at).date()) is None:
        return ""
    return again.title.in_(lang)


def _dispute(page, lang: str, at: dt.datetime) -> dict | None:
    """Return how one can disagree with an ended case's decision; None where its service has no review.

    {"ask": whether to ask us, "by": a moment or None}, or of an appeal {"to", "link", "by"}; empty when it is too late.
    """
    review = page.file.definition.review
    if review is None or page.case.state != "closed":
        return None
    days = queries.disputable(page.file)
    asked = queries.may_be_reviewed(page.file, at)
    if asked and "review_by" in days:
        link = reverse("casework:reopen", args=[page.case.reference])
        heard = {"to": review.by.in_(lang), "link": link} if review.by else {"ask": True}
        return heard | {"by": days["review_by"]}
    if days.get("appeal_by") and at <= days["appeal_by"]:
        link = reverse("casework:reopen", args=[page.case.reference]) if asked else review.then.link
        return {"to": review.then.name.in_(lang), "link": link, "by": days["appeal_by"]}
    return {}


def answers_of(page, lang: str) -> list[dict]:
    """Return what was asked and answered, in words."""
    definition, given = page.file.definition, page.file.answers
    asked = [q for q in definition.questions if q.id in given]
    return [{"question": q.label.in_(lang), "answer": catalogue.told(q, given[q.id], lang)} for q in asked]


@anyone("the session says which cases this browser has shown that it may see")
@require_GET
@of_case
def calendar(request: HttpRequest, page) -> HttpResponse:
    """Give the promised day as a calendar file (iCalendar, RFC 5545)."""
    case = page.case
    if case.promise_due is None:
        raise NotYours()
    title = page.file.definition.title.in_(language(request))
    answer = HttpResponse(calendar_file(case, title, at=request.at), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{case.reference}.ics"'
    return answer
