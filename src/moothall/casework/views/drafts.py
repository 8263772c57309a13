"""Asking: one question a page, from the definition that everything else comes from."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.forms.questions import AnswerForm, typed
from moothall.casework.models import Draft
from moothall.casework.views import uploads
from moothall.casework.views.bundle import of_draft_in
from moothall.casework.views.helped import prefilled
from moothall.casework.views.visit import complains_about, front_body_id, language, of_draft, remember_draft, today
from moothall.catalogue import queries as catalogue
from moothall.core.guard import anyone
from moothall.core.scope import scoped
from moothall.sharing import queries as sharing


@anyone("whoever needs a service may ask for it")
@require_GET
def start(request: HttpRequest, service_id: str) -> HttpResponse:
    """Danger to life first, where a service can mean it; otherwise straight to the first question."""
    definition = catalogue.current(service_id).definition
    if not definition.danger and not definition.urgent:
        return redirect("casework:ask", service_id=service_id)
    words = {
        "lines": _keep_safe(request, definition),
        "title": definition.title.in_(language(request)),
        "danger": definition.danger.in_(language(request)) if definition.danger else "",
        "next_url": reverse("casework:ask", args=[service_id]),
        "back_url": f"/services/{service_id}/",
    }
    return render(request, "casework/danger.html", words)


def _keep_safe(request: HttpRequest, definition) -> list[tuple]:
    """Give the page of an urgent referral its quick exit, and return whom to ring; nothing for any other service."""
    if definition.urgent is None:
        return []
    request.quick_exit = catalogue.AWAY
    return catalogue.lines(definition, request.front_body, request.at, language(request))


@anyone("whoever needs a service may ask for it")
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, service_id: str) -> HttpResponse:
    """Show the first question; its answer begins a draft, so that merely looking leaves nothing behind."""
    current = catalogue.current(service_id)
    _keep_safe(request, current.definition)
    person_id = None if current.definition.urgent else request.scope.person
    draft = Draft(service_id=service_id, version_id=current.id, person_id=person_id)
    definition = definition_of(draft, request)
    question = visible(draft, definition, request)[0]
    if request.method == "GET":
        return _show(request, definition, question, form_for(request, question))
    if question.type == "file":
        draft = _keep(request, draft, definition, {}, None, question)
    with scoped(request.scope.narrowed(case=draft.pk)):
        return _take(request, draft, definition, question)


@anyone("the session says which drafts this browser began")
@require_http_methods(["GET", "POST"])
@of_draft
def question(request: HttpRequest, draft, name: str) -> HttpResponse:
    """Show one question of a draft, or keep its answer and go on."""
    if draft.sent_at:
        return redirect("casework:done", draft_id=draft.pk)
    definition = definition_of(draft, request)
    asked = {q.id: q for q in visible(draft, definition, request)}
    if name not in asked:
        raise Http404
    if request.method == "POST":
        return _take(request, draft, definition, asked[name])
    return _show(
        request, definition, asked[name], form_for(request, asked[name], _known(request, draft, asked[name])), draft
    )


def _known(request: HttpRequest, draft, question):
    """Return the answer kept before, or what a helper may know of it already: what the form is filled in with."""
    return draft.answers[question.id] if question.id in draft.answers else prefilled(request, question)


def given(answers: dict) -> dict:
    """Return the answers that say something; one left empty is kept as None, so that it is not asked again."""
    return {name: value for name, value in answers.items() if value is not None}


def _adoption(draft, request: HttpRequest):
    """Return how the responsible body offers this service; whoever's front door this is until that body is known."""
    return sharing.adoption(draft.body_id or front_body_id(request), draft.service_id, today(request))


def definition_of(draft, request: HttpRequest):
    """Return the service in the version that the responsible body offers today, whichever the draft began with."""
    adoption = _adoption(draft, request)
    return catalogue.definition(adoption.version_id if adoption else draft.version_id)


def parameters(draft, request: HttpRequest) -> dict:
    """Return what the responsible body set for this service; empty where it offers none."""
    adoption = _adoption(draft, request)
    return adoption.parameters if adoption else {}


def visible(draft, definition, request: HttpRequest) -> list:
    """Return the questions that the draft's answers lead to."""
    return catalogue.visible_questions(definition, given(draft.answers), parameters(draft, request))


def form_for(request: HttpRequest, question, answer=None) -> AnswerForm:
    """Return the form of a question, with what was posted or else the answer kept before."""
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return AnswerForm(
        [question], *posted, initial=typed(question, answer), lang=language(request), today=today(request)
    )


def _take(request: HttpRequest, draft, definition, question) -> HttpResponse:
    """Check an answer, keep it, and lead to what comes next; or show the question again and say what to do."""
    form = form_for(request, question, _known(request, draft, question))
    if question.type == "file":
        uploads.gather(request, draft, question, form)
    if f"{question.id}-find" in request.POST or not form.is_valid():
        form.is_valid()
        only_found(form, question, request)
        return _show(request, definition, question, form, draft)
    if signpost := _elsewhere(definition, question, form):
        return render(request, "casework/elsewhere.html", signpost | {"back_url": request.get_full_path()})
    answers = {**draft.answers, **form.answers}
    stop = catalogue.stopped(definition, question, given(answers), parameters(draft, request))
    if stop:
        return _show(request, definition, question, form, draft, stop=stop)
    draft = _keep(request, draft, definition, answers, form.answers.get(question.id), question)
    return redirect(_next(request, draft, definition_of(draft, request), question))


def only_found(form: AnswerForm, question, request: HttpRequest) -> None:
    """Where "Find" was pressed and places were found, show them without calling it a mistake."""
    if f"{question.id}-find" in request.POST and form.fields[question.id].found:
        form.errors.pop(question.id, None)


def _keep(request: HttpRequest, draft, definition, answers: dict, answer, question):
    """Save the draft; a place decides which body it is for."""
    body_id = draft.body_id
    if question.type in ("place", "address") and answer and not complains_about(request, draft.pk):
        body_id = bodies.responsible(definition.work, answer).body_id
    draft.pk = actions.save_draft(
        draft_id=None if draft._state.adding else draft.pk,
        service_id=draft.service_id,
        answers=answers,
        body_id=body_id,
        person_id=draft.person_id,
        language=language(request),
        at=request.at,
        by=request.actor,
    )
    draft.answers, draft.body_id = answers, body_id
    remember_draft(request, draft.pk)
    return draft


def _elsewhere(definition, question, form: AnswerForm) -> dict | None:
    """Return where to send somebody whose place nobody here looks after, or None."""
    place = form.answers.get(question.id)
    if question.type not in ("place", "address") or not place:
        return None
    responsible = bodies.responsible(definition.work, place)
    if responsible.body_id is not None and responsible.partner:
        return None
    return {"responsible": responsible, "place": place}


def _next(request: HttpRequest, draft, definition, question) -> str:
    """Return the address of what comes next: neighbours' reports, a question, the contact, or the check."""
    place = draft.answers.get(question.id) if question.type == "place" else None
    if place and queries.nearby(draft.service_id, place, at=request.at):
        return reverse("casework:nearby", args=[draft.pk, question.id])
    return onwards(request, draft, definition, question.id)


def onwards(request: HttpRequest, draft, definition, after: str) -> str:
    """Return the address of the question after the one named; when changing answers, of an unanswered one.

    Of several requests made together, of the next one unanswered, and then of the list of them.
    """
    asked = [q.id for q in visible(draft, definition, request)]
    if bundle := of_draft_in(request, draft.pk):
        left = [name for name in asked if name not in draft.answers]
        together = reverse("casework:together", args=[bundle])
        return reverse("casework:question", args=[draft.pk, left[0]]) if left else together
    later = asked[asked.index(after) + 1 :] if after in asked else asked
    if "change" in request.GET:
        later = [name for name in asked if name not in draft.answers]
    if later:
        return _address(draft.pk, later[0], request)
    if "change" in request.GET and draft.contact:
        return reverse("casework:check", args=[draft.pk])
    return reverse("casework:contact", args=[draft.pk])


def _address(draft_id: UUID, name: str, request: HttpRequest) -> str:
    changing = "?change=yes" if "change" in request.GET else ""
    return reverse("casework:question", args=[draft_id, name]) + changing


def _show(request: HttpRequest, definition, question, form: AnswerForm, draft=None, stop=None) -> HttpResponse:
    lang = language(request)
    words = {
        "form": form,
        "question": question,
        "label": question.label.in_(lang),
        "hint": " ".join(text.in_(lang) for text in (question.help, question.why) if text),
        "service_title": definition.title.in_(lang),
        "back_url": _back(request, definition, question, draft),
        "draft": draft if draft and draft.answers and not definition.urgent else None,
        "danger": _danger(definition, question, draft, lang),
        "files": uploads.kept(draft, question) if draft and question.type == "file" else [],
        "stop": stop and {"say": stop.say.in_(lang), "service": stop.service, "link": stop.link},
    }
    return render(request, "casework/question.html", words)


def _danger(definition, question, draft, lang: str) -> str:
    """Return what comes before anything else, where somebody reached the first question without having read it."""
    first = draft is not None and question.id == definition.questions[0].id and question.id not in draft.answers
    return definition.danger.in_(lang) if first and definition.danger else ""


def _back(request: HttpRequest, definition, question, draft) -> str:
    if draft is not None and (bundle := of_draft_in(request, draft.pk)):
        return reverse("casework:together", args=[bundle])
    if getattr(request, "helping", None) and not draft.answers:
        return reverse("casework:helping_one", args=[request.helping.pk])
    if draft is None or not draft.answers:
        name = "casework:start" if definition.danger or definition.urgent else None
        return reverse(name, args=[definition.id]) if name else f"/services/{definition.id}/"
    if "change" in request.GET:
        return reverse("casework:check", args=[draft.pk])
    before = catalogue.previous_question(definition, given(draft.answers), question.id, parameters(draft, request))
    if before:
        return _address(draft.pk, before.id, request)
    return f"/services/{definition.id}/"
