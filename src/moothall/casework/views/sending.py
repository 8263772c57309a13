"""From the last question to the reference: neighbours' reports, the contact, the check, the confirmation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from moothall.casework import actions, queries
from moothall.casework.forms.contact import ContactForm, SafeContactForm, safely, typed_contact
from moothall.casework.views import uploads
from moothall.casework.views.drafts import definition_of, given, onwards, parameters, visible
from moothall.casework.views.easier import kept, known_needs, needs_rows
from moothall.casework.views.helped import as_the_person, note
from moothall.casework.views.progress import entries, promise_words
from moothall.casework.views.to_do import to_do
from moothall.casework.views.visit import complains_about, front_body_id, language, of_draft, remember_case
from moothall.catalogue import queries as catalogue
from moothall.core import rate
from moothall.core.guard import anyone
from moothall.core.money import pounds
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped


@anyone("the session says which drafts this browser began")
@require_GET
@of_draft
def nearby(request: HttpRequest, draft, name: str) -> HttpResponse:
    """Offer what neighbours reported close by, before anybody reports it again."""
    definition = definition_of(draft, request)
    if name not in {question.id for question in definition.questions if question.type == "place"}:
        raise NotYours()
    place = draft.answers.get(name)
    next_url = onwards(request, draft, definition, name)
    found = queries.nearby(draft.service_id, place, at=request.at) if place else []
    if not found:
        return redirect(next_url)
    words = {
        "draft": draft,
        "places": [_reported(metres, place) for metres, place in found],
        "service_title": definition.title.in_(language(request)),
        "next_url": next_url,
        "back_url": reverse("casework:question", args=[draft.pk, name]),
    }
    return render(request, "casework/nearby.html", words)


def _reported(metres: int, place) -> dict:
    where = place.street or _("the place you chose")
    near = _("About %(n)s metres away, %(where)s") % {"n": metres, "where": where} if metres > 5 else where
    return {"pk": place.pk, "words": near, "reports": place.reports, "reported_on": place.reported_on}


@anyone("the session says which drafts this browser began")
@require_http_methods(["GET", "POST"])
@of_draft
def contact(request: HttpRequest, draft) -> HttpResponse:
    """Ask how to reach the person; a signed-in one finds it filled in."""
    if draft.sent_at:
        return redirect("casework:done", draft_id=draft.pk)
    if helps(request):
        return _reached_as_said(request, draft)
    definition = definition_of(draft, request)
    known = typed_contact(draft.contact) if draft.contact else own_contact(request)
    if definition.urgent:
        form = SafeContactForm(request.POST or None, initial=draft.contact or None)
    else:
        form = ContactForm(request.POST or None, initial=known, needed=definition.contact.needed)
    if request.method == "POST" and form.is_valid():
        actions.save_draft(
            draft_id=draft.pk,
            answers=draft.answers,
            contact={"asked": "yes", **form.contact(), **kept(draft)},
            language=language(request),
            at=request.at,
            by=request.actor,
        )
        return redirect("casework:check", draft_id=draft.pk)
    words = {
        "form": form,
        "draft": draft,
        "why": definition.contact.why.in_(language(request)),
        "back_url": _before_contact(request, draft, definition),
    }
    return render(request, "casework/contact.html", words)


def helps(request: HttpRequest) -> bool:
    """Tell whether the draft is written for somebody whom its writer helps."""
    return getattr(request, "helping", None) is not None


def _reached_as_said(request: HttpRequest, draft) -> HttpResponse:
    """Ask a helper nothing of how to reach the person: the person has said whom we write to."""
    actions.save_draft(
        draft_id=draft.pk, answers=draft.answers, contact={"asked": "yes"}, language=language(request), at=request.at,
        by=request.actor,
    )  # fmt: skip
    return redirect("casework:check", draft_id=draft.pk)


def own_contact(request: HttpRequest) -> dict:
    """Return what we know of a signed-in person, as it would be typed."""
    return {"email": request.user.email} if request.user.is_authenticated else {}


def _before_contact(request: HttpRequest, draft, definition) -> str:
    if draft.contact and "change" in request.GET:
        return reverse("casework:check", args=[draft.pk])
    last = visible(draft, definition, request)[-1]
    return reverse("casework:question", args=[draft.pk, last.id])


@anyone("the session says which drafts this browser began")
@require_http_methods(["GET", "POST"])
@of_draft
def check(request: HttpRequest, draft) -> HttpResponse:
    """Show every answer with a way to change it; send it once, however often the button is pressed."""
    if draft.sent_at:
        return redirect("casework:done", draft_id=draft.pk)
    definition = definition_of(draft, request)
    unanswered = next((q.id for q in visible(draft, definition, request) if q.id not in draft.answers), None)
    if unanswered:
        return redirect(reverse("casework:question", args=[draft.pk, unanswered]) + "?change=yes")
    if not draft.contact:
        return redirect("casework:contact", draft_id=draft.pk)
    if request.method == "POST":
        return _send(request, draft)
    fee = catalogue.fee(definition, given(draft.answers), parameters(draft, request))
    words = {
        "sections": [
            {"rows": answer_rows(request, draft, definition)},
            {"rows": _reached(request, draft, definition)},
        ],
        "draft": draft,
        "service_title": definition.title.in_(language(request)),
        "photo_away": uploads.metres_away(draft),
        "fee": pounds(fee) if fee else "",
        "fee_per": definition.fee.per.in_(language(request)) if fee else "",
        "back_url": _before_contact(request, draft, definition)
        if helps(request)
        else reverse("casework:contact", args=[draft.pk]),
    }
    return render(request, "casework/check.html", words)


def _reached(request: HttpRequest, draft, definition) -> list[dict]:
    """Return how the person is reached; where a helper asks, for whom it is and whom we write to."""
    if not helps(request):
        return [
            *contact_rows(draft, definition, reverse("casework:contact", args=[draft.pk]) + "?change=yes"),
            *needs_rows(request, draft, reverse("casework:needs", args=[draft.pk])),
        ]
    row = request.helping
    written = {"alone": _("%(name)s"), "beside": _("%(name)s and you"), "instead": _("You, and not %(name)s")}
    return [
        {"question": _("For whom"), "answer": row.person_name},
        {"question": _("Whom we write to"), "answer": written[row.written] % {"name": row.person_name}},
    ]


def _send(request: HttpRequest, draft) -> HttpResponse:
    try:
        send_draft(request, draft)
    except actions.AnswersWrong as wrong:
        return redirect(reverse("casework:question", args=[draft.pk, wrong.field]) + "?change=yes")
    if about := complains_about(request, draft.pk):
        person = {"person": request.helping.person_id} if helps(request) else {}
        with scoped(request.scope.narrowed(case=about, **person)):
            actions.relate(case_id=about, other_id=draft.pk, kind="complaint", at=request.at, by=request.actor)
    return redirect("casework:done", draft_id=draft.pk)


def send_draft(request: HttpRequest, draft) -> None:
    """Let a draft become its case, which this browser may see from now on.

    Refuses AnswersWrong, and whoever sends too many.
    """
    rate.limit(rate.SUBMIT, rate.address(request), at=request.at)
    if helps(request):
        _send_for_another(request, draft)
        return
    contact = {key: value for key, value in (draft.contact | known_needs(request, draft)).items() if key != "asked"}
    opened = actions.open_case(**_submission(request, draft), contact=contact, person_id=request.scope.person)
    actions.mark_sent(draft_id=draft.pk, at=request.at, by=request.actor)
    if not catalogue.definition(draft.version_id).urgent:
        remember_case(request, opened.reference, opened.case_id)


def _submission(request: HttpRequest, draft) -> dict:
    """Return a draft as `open_case` takes it, all but whose it is."""
    asked = definition_of(draft, request).ask
    return {
        "service_id": draft.service_id,
        "answers": {name: value for name, value in given(draft.answers).items() if name in asked},
        "body_id": _for_whom(request, draft),
        "channel": "web",
        "idempotency": str(draft.pk),
        "case_id": draft.pk,
        "language": language(request),
        "at": request.at,
        "by": request.actor,
    }


def _send_for_another(request: HttpRequest, draft) -> None:
    """Let a helper's draft become the case of the person they help, who reads that it was asked for them.

    This browser keeps no key to it: the helper sees it for as long as the mandate covers it.
    """
    row, said = request.helping, _submission(request, draft)
    with as_the_person(row) as contact:
        opened = actions.open_case(**said, contact=contact, person_id=row.person_id, acts_for_id=row.pk)
        note(request, "asked", opened.body_id, case=opened.reference)
    actions.mark_sent(draft_id=draft.pk, at=request.at, by=request.actor)


def _for_whom(request: HttpRequest, draft) -> int | None:
    """Return the body to send it to: a complaint goes to whom the case was with, a place decides for itself (None)."""
    if _has_place(draft) and not complains_about(request, draft.pk):
        return None
    return draft.body_id or front_body_id(request)


def _has_place(draft) -> bool:
    return any(isinstance(answer, dict) and answer.get("easting") is not None for answer in draft.answers.values())


def answer_rows(request: HttpRequest, draft, definition) -> list[dict]:
    """Return what was asked and answered, each with where to change it."""
    lang = language(request)
    return [
        {
            "question": q.label.in_(lang),
            "answer": catalogue.told(q, draft.answers.get(q.id), lang),
            "change_url": reverse("casework:question", args=[draft.pk, q.id]) + "?change=yes",
        }
        for q in visible(draft, definition, request)
    ]


def contact_rows(draft, definition, url: str) -> list[dict]:
    """Return how the person is reached, each with where to change it."""
    given = draft.contact
    if definition.urgent:
        rows = [
            (_("Is it safe for us to contact you?"), safely(given)),
            (_("When is it safe to ring?"), given.get("when")),
        ]
        rows += [(_("Phone number"), given.get("phone")), (_("Email address"), given.get("email"))]
    else:
        reached = given.get("email") or given.get("phone")
        rows = [(_("How we tell you"), reached or _("You do not want to hear back"))]
    rows += [(_("Your name"), given.get("name")), (_("Your postcode"), given.get("postcode"))]
    return [{"question": question, "answer": answer, "change_url": url} for question, answer in rows if answer]


@anyone("the session says which drafts this browser began")
@require_GET
@of_draft
def done(request: HttpRequest, draft) -> HttpResponse:
    """Confirm: the reference large enough to read out, what happens next with days, and what else one can do."""
    if not draft.sent_at:
        return redirect("casework:check", draft_id=draft.pk)
    lang = language(request)
    page = queries.case(draft.pk, at=request.at)
    case, file = page.case, page.file
    words = {
        "case": case,
        "lines": catalogue.lines(file.definition, file.body, request.at, lang),
        "reference": case.reference,
        "heading": _("Sent"),
        "service_title": file.definition.title.in_(lang),
        "promise": promise_words(case.promise_due, lang, request.at) if case.promise_due and not case.only_team else "",
        "to_do": to_do(page, lang, request.at),
        "next_steps": [e for e in entries(page, lang, request.at) if e["state"] in ("now", "next")],
    }
    return render(request, "casework/done.html", words)
