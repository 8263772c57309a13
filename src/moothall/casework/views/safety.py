"""Leaving a request for urgent help: a way out that leaves nothing behind."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from moothall.casework import actions, queries
from moothall.casework.views.visit import forget_draft
from moothall.catalogue import queries as catalogue
from moothall.core.guard import anyone
from moothall.core.scope import scoped


@anyone("whoever must hide what they were doing may leave; only this browser's own draft is forgotten")
@require_GET
def leave(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Forget what was written and lead away: going back finds nothing. It works as a plain link."""
    if str(draft_id) in request.session.get("drafts", []):
        with scoped(request.scope.narrowed(case=draft_id)):
            draft = queries.draft(draft_id)
            urgent = draft and catalogue.definition(draft.version_id).urgent
            if urgent and draft.sent_at is None:
                actions.discard_draft(draft_id=draft_id, at=request.at, by=request.actor)
        if urgent:
            forget_draft(request, draft_id)
    answer = redirect(catalogue.AWAY)
    answer["Clear-Site-Data"] = '"cache"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer
