"""What a browser has shown that it may see: drafts it began, cases it sent or tracked. Kept in its session."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.views.helped import still_helping
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped

MOST_KEPT = 30
LIES_OPEN = dt.timedelta(minutes=20)
"""How long an urgent referral may lie open on a device that others use, before it is forgotten."""


def language(request: HttpRequest) -> str:
    """Return "cy" or "en"."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def today(request: HttpRequest) -> dt.date:
    """Return the day in London at which the request came."""
    return local(request.at).date()


def front_body_id(request: HttpRequest) -> int:
    """Return the body whose front door this is."""
    body = getattr(request, "front_body", None) or bodies.bodies(partner=True)[0]
    return body.id


def remember_draft(request: HttpRequest, draft_id: UUID) -> None:
    """Let this browser open a draft from now on."""
    known = [i for i in request.session.get("drafts", []) if i != str(draft_id)]
    request.session["drafts"] = [*known, str(draft_id)][-MOST_KEPT:]


def remember_case(request: HttpRequest, reference: str, case_id: UUID) -> None:
    """Let this browser open a case from now on."""
    known = {k: v for k, v in request.session.get("cases", {}).items() if k != reference}
    request.session["cases"] = dict([*known.items(), (reference, str(case_id))][-MOST_KEPT:])


def remember_complaint(request: HttpRequest, draft_id: UUID, case_id: UUID) -> None:
    """Remember which case a complaint that is being written is about."""
    known = list(request.session.get("complaints", {}).items())
    request.session["complaints"] = dict([*known, (str(draft_id), str(case_id))][-MOST_KEPT:])


def complains_about(request: HttpRequest, draft_id: UUID) -> UUID | None:
    """Return the case that a complaint being written is about, or None."""
    found = request.session.get("complaints", {}).get(str(draft_id))
    return UUID(found) if found else None


def forget_draft(request: HttpRequest, draft_id: UUID) -> None:
    """Let this browser open a draft no more."""
    request.session["drafts"] = [i for i in request.session.get("drafts", []) if i != str(draft_id)]


def forgotten(request: HttpRequest, draft) -> HttpResponse:
    """Forget an urgent referral that lay open, and lead to its beginning."""
    if draft.sent_at is None:
        actions.discard_draft(draft_id=draft.pk, at=request.at, by=request.actor)
    forget_draft(request, draft.pk)
    return redirect(f"/services/{draft.service_id}/")


def of_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view its draft instead of the draft's id, in a scope that shows it; refuse everybody else's."""

    @wraps(view)
    def opened(request: HttpRequest, draft_id: UUID, **words) -> HttpResponse:
        known = str(draft_id) in request.session.get("drafts", [])
        scope = request.scope.narrowed(case=draft_id) if known else request.scope
        if not known and request.scope.person is None:
            raise NotYours()
        with scoped(scope):
            draft = queries.draft(draft_id)
            if draft is None:
                raise NotYours()
            still_helping(request, draft)
            if catalogue.definition(draft.version_id).urgent:
                request.quick_exit = reverse("casework:leave", args=[draft.pk])
                if request.at - (draft.sent_at or draft.saved_at) > LIES_OPEN:
                    return forgotten(request, draft)
            return view(request, draft, **words)

    return opened
