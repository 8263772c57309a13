"""All that a signed-in person has asked for, and what they have not sent yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from moothall.casework import queries
from moothall.casework.rules.promise import late
from moothall.casework.rules.states import LIVE
from moothall.casework.views.visit import language, remember_draft
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import signed_in
from moothall.core.ports import owes
from moothall.people import queries as people


@signed_in
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """List the person's cases, what is open first, and the drafts they can go on with."""
    person = request.scope.person
    cases = queries.my_cases(list(people.identity(person))) if person else []
    drafts = queries.my_drafts(person) if person else []
    for draft in drafts:
        remember_draft(request, draft.pk)
    lang = language(request)
    rows = [_row(case, lang, request.at) for case in cases]
    mine, day = [case.pk for case in cases], local(request.at).date()
    words = {
        "owed": [line for answer in owes for line in answer.give(mine, day, lang)] if mine else [],
        "open_cases": [row for row in rows if row["open"]],
        "ended_cases": [row for row in rows if not row["open"]],
        "drafts": [_draft_row(draft, lang) for draft in drafts],
    }
    return render(request, "casework/account.html", words)


def _row(case, lang: str, at) -> dict:
    definition = catalogue.definition(case.version_id)
    outcome = definition.outcomes.get(case.outcome)
    return {
        "case": case,
        "title": definition.title.in_(lang),
        "open": case.state in LIVE,
        "late": case.state == "open" and late(case.promise_due, case.paused_at, at),
        "outcome": outcome.title.in_(lang) if outcome else "",
    }


def _draft_row(draft, lang: str) -> dict:
    return {
        "title": catalogue.definition(draft.version_id).title.in_(lang),
        "for": getattr(people.mandate(draft.acts_for_id), "person_name", ""),
        "saved_at": draft.saved_at,
        "url": reverse("casework:check", args=[draft.pk]),
    }
