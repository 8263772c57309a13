"""A life event: what is wanted of several services and bodies, asked once, sent together, told in one summary."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from moothall.bodies import queries as bodies
from moothall.casework import actions, queries
from moothall.casework.forms.contact import ContactForm, typed_contact
from moothall.casework.forms.together import ChoosingForm
from moothall.casework.views import bundle as bundles
from moothall.casework.views.bundle import Bundle, of_bundle, opened_draft
from moothall.casework.views.drafts import definition_of, form_for, given, only_found, parameters, visible
from moothall.casework.views.easier import kept, needs_form, needs_rows, said_in
from moothall.casework.views.progress import promise_words
from moothall.casework.views.sending import answer_rows, contact_rows, own_contact, send_draft
from moothall.casework.views.to_do import to_do
from moothall.casework.views.visit import language, today
from moothall.catalogue import queries as catalogue
from moothall.core.guard import anyone
from moothall.core.money import pounds
from moothall.core.refusal import Refusal

OWN = "the session says which requests this browser began together"


@anyone("whoever needs several services may ask for them together")
@require_http_methods(["GET", "POST"])
def event(request: HttpRequest, event_id: str) -> HttpResponse:
    """Say what a life event may ask for, and begin what is chosen of it."""
    found, lang = catalogue.life_event(event_id), language(request)
    doings = [(name, doing.title.in_(lang)) for name, doing in found.does.items()]
    form = ChoosingForm(request.POST if request.method == "POST" else None, doings=doings)
    if request.method == "POST" and form.is_valid():
        bundle = bundles.begin(request, found, form.cleaned_data["wanted"])
        return redirect("casework:together_ask", bundle_id=bundle.id, name=bundle.questions()[0].id)
    form.fields["wanted"].hints = {name: doing.why.in_(lang) for name, doing in found.does.items()}
    words = {"event": found, "form": form, "back_url": reverse("catalogue:services")}
    return render(request, "casework/life_event.html", words)


@anyone(OWN)
@require_http_methods(["GET", "POST"])
@of_bundle
def ask(request: HttpRequest, bundle: Bundle, name: str) -> HttpResponse:
    """Ask one question once for all that it concerns."""
    asked = {question.id: question for question in bundle.questions()}
    if name not in asked:
        raise Http404
    question, lang = asked[name], language(request)
    form = form_for(request, question, _answered(request, bundle, name))
    if request.method == "POST" and f"{name}-find" not in request.POST and form.is_valid():
        _fill(request, bundle, name, form.answers[name])
        later = list(asked)[list(asked).index(name) + 1 :]
        if later:
            return redirect("casework:together_ask", bundle_id=bundle.id, name=later[0])
        return redirect("casework:together", bundle_id=bundle.id)
    only_found(form, question, request)
    words = {
        "form": form,
        "question": question,
        "label": question.label.in_(lang),
        "hint": question.help.in_(lang) if question.help else "",
        "service_title": bundle.event.title.in_(lang),
        "back_url": _before(bundle, list(asked), name),
    }
    return render(request, "casework/question.html", words)


def _before(bundle: Bundle, asked: list[str], name: str) -> str:
    at = asked.index(name)
    if at:
        return reverse("casework:together_ask", args=[bundle.id, asked[at - 1]])
    return reverse("casework:life_event", args=[bundle.event_id])


def _answered(request: HttpRequest, bundle: Bundle, name: str):
    """Return what was answered to a question that is asked once, as a request keeps it in the same form; or None."""
    kind = bundle.event.ask[name].type
    for key, draft_id in bundle.drafts.items():
        with opened_draft(request, draft_id) as draft:
            asked = definition_of(draft, request).ask
            for own, of in bundle.event.does[key].fills.items():
                if of == name and asked[own].type == kind and own in draft.answers:
                    return draft.answers[own]
    return None


def _fill(request: HttpRequest, bundle: Bundle, name: str, answer) -> None:
    """Put an answer into every request that it concerns; a place says whose each is, or that nobody's here."""
    lang, whose = language(request), {}
    for key, draft_id in bundle.drafts.items():
        doing = bundle.event.does[key]
        with opened_draft(request, draft_id) as draft:
            asked, answers = definition_of(draft, request).ask, dict(draft.answers)
            for own in [one for one, of in doing.fills.items() if of == name]:
                answers.pop(own, None)  # what the service would not take, it asks itself
                if (taken := catalogue.fill_from_event(asked[own], answer, lang, today(request))) is not None:
                    answers[own] = taken
                if asked[own].type == "address":
                    draft.body_id = _whose(request, bundle, key, draft, answer)
            _save(request, draft, answers)
            whose[key] = draft.body_id
    _join(request, bundle, whose)
    bundles.keep(request, bundle)


def _whose(request: HttpRequest, bundle: Bundle, key: str, draft, place: dict) -> int | None:
    """Return whose a request is at a place; where nobody here does it, remember where to go for it."""
    bundle.elsewhere.pop(key, None)
    responsible = bodies.responsible(catalogue.definition(draft.version_id).work, place)
    if there := bundles.signpost(request, bundle.event.does[key], responsible, language(request)):
        bundle.elsewhere[key] = there
    return responsible.body_id


def _join(request: HttpRequest, bundle: Bundle, whose: dict) -> None:
    """Leave out what another request to the same body says already; that one answers so."""
    for key, draft_id in bundle.drafts.items():
        doing = bundle.event.does[key]
        other = doing.joins.with_ if doing.joins else None
        if other not in bundle.drafts:
            continue
        same = whose[key] is not None and whose[key] == whose[other] and key not in bundle.elsewhere
        bundle.joined[:] = [one for one in bundle.joined if one != other] + [other] * same
        with opened_draft(request, draft_id) as draft:
            _save(request, draft, draft.answers | (doing.joins.answers if same else doing.answers))


def _save(request: HttpRequest, draft, answers: dict, **more) -> None:
    actions.save_draft(
        draft_id=draft.pk, answers=answers, body_id=draft.body_id, person_id=draft.person_id,
        language=language(request), at=request.at, by=request.actor, **more,
    )  # fmt: skip


@anyone(OWN)
@require_GET
@of_bundle
def together(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """List what was chosen, with what is still to be said of each."""
    tasks, ready, contact = [], bool(bundle.ours), {}
    for name, draft_id in bundle.ours.items():
        with opened_draft(request, draft_id) as draft:
            if draft.sent_at:
                return redirect("casework:together_done", bundle_id=bundle.id)
            task = _task(request, bundle.event.does[name], draft)
            contact = contact or draft.contact
        tasks.append(task)
        ready = ready and task["done"]
    tasks.append(
        {
            "title": _("How we tell you what happens"),
            "url": reverse("casework:together_contact", args=[bundle.id]),
            "status": _("Ready") if contact else _("To do"),
            "done": bool(contact),
        }
    )
    words = {
        "heading": bundle.event.title.in_(language(request)),
        "tasks": tasks if bundle.ours else [],
        "ready": ready and bool(contact),
        "bundle": bundle,
        "elsewhere": list(bundle.elsewhere.values()),
        "back_url": reverse("casework:together_ask", args=[bundle.id, bundle.questions()[-1].id]),
    }
    return render(request, "casework/together.html", words)


def _task(request: HttpRequest, doing, draft) -> dict:
    """Return a request as one line of the list: what it is, whose it is, how many questions are left."""
    definition, lang = definition_of(draft, request), language(request)
    asked = visible(draft, definition, request)
    left = [question for question in asked if question.id not in draft.answers]
    first = (left or asked)[0]
    status = ngettext("%(n)s question left", "%(n)s questions left", len(left)) % {"n": len(left)}
    return {
        "title": doing.title.in_(lang),
        "hint": bodies.names(lang).get(draft.body_id, ""),
        "url": reverse("casework:question", args=[draft.pk, first.id]) + ("" if left else "?change=yes"),
        "status": status if left else _("Ready"),
        "done": not left,
    }


@anyone(OWN)
@require_http_methods(["GET", "POST"])
@of_bundle
def contact(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Ask once how to reach the person, for all that was chosen."""
    known = {}
    for draft_id in bundle.ours.values():
        with opened_draft(request, draft_id) as draft:
            known = known or draft.contact
    initial = typed_contact(known) if known else own_contact(request)
    form = ContactForm(request.POST or None, initial=initial, needed=True)
    if request.method == "POST" and form.is_valid():
        for draft_id in bundle.ours.values():
            with opened_draft(request, draft_id) as draft:
                _save(request, draft, draft.answers, contact={"asked": "yes", **form.contact(), **kept(draft)})
        return redirect("casework:together", bundle_id=bundle.id)
    words = {
        "form": form,
        "why": _("Each of those who deal with this tells you when something happens."),
        "back_url": reverse("casework:together", args=[bundle.id]),
    }
    return render(request, "casework/contact.html", words)


@anyone(OWN)
@require_http_methods(["GET", "POST"])
@of_bundle
def needs(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Ask once what would make it easier, for all that was chosen."""
    back_url, form = reverse("casework:together_check", args=[bundle.id]), None
    for draft_id in bundle.ours.values():
        with opened_draft(request, draft_id) as draft:
            form = form or needs_form(request, draft)
            if request.method == "POST" and form.is_valid() and not draft.sent_at:
                _save(request, draft, draft.answers, contact=draft.contact | said_in(form))
    if request.method == "POST" and form.is_valid():
        return redirect(back_url)
    return render(request, "casework/needs.html", {"form": form, "back_url": back_url})


@anyone(OWN)
@require_http_methods(["GET", "POST"])
@of_bundle
def check(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Show every answer of every request; send them all, each once, however often the button is pressed."""
    refused = _sent(request, bundle) if request.method == "POST" else None
    if isinstance(refused, HttpResponse):
        return refused
    sections = []
    for name, draft_id in bundle.ours.items():
        with opened_draft(request, draft_id) as draft:
            if draft.sent_at:
                continue
            definition = definition_of(draft, request)
            if not draft.contact or any(q.id not in draft.answers for q in visible(draft, definition, request)):
                return redirect("casework:together", bundle_id=bundle.id)
            sections.append(_section(request, bundle, name, draft, definition, first=not sections))
    if not sections:
        return redirect("casework:together_done", bundle_id=bundle.id)
    words = {
        "sections": sections,
        "refusal": refused,
        "heading": bundle.event.title.in_(language(request)),
        "back_url": reverse("casework:together", args=[bundle.id]),
    }
    return render(request, "casework/together_check.html", words, status=refused.status if refused else 200)


def _sent(request: HttpRequest, bundle: Bundle) -> HttpResponse | Refusal | None:
    """Send what is not sent yet; return where to mend an answer, or what was refused. What went before stays sent."""
    for draft_id in bundle.ours.values():
        with opened_draft(request, draft_id) as draft:
            if draft.sent_at:
                continue
            if not draft.contact:
                return redirect("casework:together", bundle_id=bundle.id)
            try:
                send_draft(request, draft)
            except actions.AnswersWrong as wrong:
                return redirect(reverse("casework:question", args=[draft.pk, wrong.field]) + "?change=yes")
            except Refusal as refusal:
                return refusal
    return None


def _section(request: HttpRequest, bundle: Bundle, name: str, draft, definition, *, first: bool) -> dict:
    """Return a request's answers as a part of the page; the contact stands in the first, and the cost in each."""
    lang = language(request)
    rows = answer_rows(request, draft, definition)
    if first:
        rows += contact_rows(draft, definition, reverse("casework:together_contact", args=[bundle.id]))
        rows += needs_rows(request, draft, reverse("casework:together_needs", args=[bundle.id]))
    fee = catalogue.fee(definition, given(draft.answers), parameters(draft, request))
    if fee:
        rows.append({"question": _("What it costs"), "answer": f"{pounds(fee)} {definition.fee.per.in_(lang)}"})
    return {"title": bundle.event.does[name].title.in_(lang), "rows": rows}


@anyone(OWN)
@require_GET
@of_bundle
def done(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Tell in one summary what was sent: each request with its reference, who does it, and by which day."""
    sent, lang = [], language(request)
    for name, draft_id in bundle.ours.items():
        with opened_draft(request, draft_id) as draft:
            if not draft.sent_at:
                return redirect("casework:together", bundle_id=bundle.id)
            page = queries.case(draft.pk, at=request.at)
            case = page.case
            sent.append(
                {
                    "title": bundle.event.does[name].title.in_(lang),
                    "case": case,
                    "body": page.file.body,
                    "promise": promise_words(case.promise_due, lang, request.at) if case.promise_due else "",
                    "to_do": to_do(page, lang, request.at),
                }
            )
    words = {"heading": _("Sent"), "sent": sent, "elsewhere": list(bundle.elsewhere.values())}
    return render(request, "casework/together_done.html", words)
