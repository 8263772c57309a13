"""A case as staff work on it: what is asked, the next thing to do, what happened; and everything one can do."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from moothall.bodies import queries as bodies
from moothall.casework import queries
from moothall.casework.rules.states import ACTIVE, LIVE
from moothall.casework.views import verbs
from moothall.casework.views.history import FILTERS, lines
from moothall.casework.views.progress import promise_box
from moothall.casework.views.queue import CLERKS, OFFICE, check_theirs, own_alone
from moothall.casework.views.to_do import chosen_day
from moothall.casework.views.tracking import answers_of
from moothall.casework.views.visit import today
from moothall.core import audit, files
from moothall.core.guard import staff
from moothall.core.ports import contacts_about
from moothall.core.refusal import Refusal
from moothall.core.scope import scoped
from moothall.ledger import queries as money
from moothall.people import queries as people
from moothall.ui.forms import beside

#: Verbs whose buttons stand on the task itself.
ON_THE_TASK = ("finish", "take", "tick", "retry")
#: Those of them who have only a part of the work: the course of the case is for those who deal with it.
OF_A_CLERK = (*ON_THE_TASK, "message", "note", "attach", "hand-over")


@staff(*OFFICE, *CLERKS)
@require_GET
def work(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show a case; that it was read is written down."""
    check_theirs(request, case_id)
    return _show(request, queries.case(case_id, at=request.at))


@staff(*OFFICE, *CLERKS)
@require_POST
def act(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """Do one thing to a case, or show the page again with what is wrong beside its form."""
    check_theirs(request, case_id)
    if verb not in _verbs(request):
        raise Http404
    page = queries.case(case_id, at=request.at)
    doing = verbs.VERBS[verb]
    form = verbs.form_of(verb, request, page, (request.POST, request.FILES))
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            doing.do(request, page, form)
        except Refusal as refusal:
            beside(form, refusal)
        else:
            notices.success(request, doing.done)
            if verb == "hand-over" and (page.case.only_team or own_alone(request)):  # who has it now alone sees it
                return redirect("casework:queue")
            return redirect("casework:work", case_id=case_id)
    return _show(request, page, {verb: form})


def _verbs(request: HttpRequest) -> dict:
    """Return what somebody may do to a case."""
    return {name: verb for name, verb in verbs.VERBS.items() if not own_alone(request) or name in OF_A_CLERK}


def _show(request: HttpRequest, page, wrong: dict | None = None) -> HttpResponse:
    case, file = page.case, page.file
    audit.read(object=f"case:{case.pk}", body_id=request.acting_body.id, at=request.at, by=request.actor, what="case")
    colleagues = {c.account_id: c.name for c in bodies.colleagues(request.acting_body.id, today(request))}
    only = request.GET.get("only") if request.GET.get("only") in FILTERS else "all"
    forms = {verb: (wrong or {}).get(verb) or verbs.form_of(verb, request, page, None) for verb in _verbs(request)}
    elsewhere = not own_alone(request)
    card = people.card(case.person_id) if case.person_id else None
    words = {
        "case": case,
        "title": file.definition.title.en,
        "live": case.state in LIVE,
        "tasks": [_task(request, page, task, colleagues, forms) for task in page.tasks],
        "failed": [
            step for step in file.steps.values() if step.state == "failed" and step.body_id in request.scope.bodies
        ],
        "answers": answers_of(page, "en"),
        "contact": file.contact,
        **_kept_safe(case, file.contact),
        "asked_by": people.mandate(case.acts_for_id),
        "person": card.name if card else "",
        **_needs(file, card),
        "others": [c for c in _others(page) if c.pk != case.pk] if elsewhere else [],
        "promise": promise_box(page, "en", request.at),
        "timeline": lines(page, colleagues, only),
        "timeline_filters": [
            {"name": name, "title": title, "current": name == only} for name, title in FILTERS.items()
        ],
        "contacts": [line for answer in contacts_about for line in answer.give(case.pk)],
        "files": files.of_case(case.pk),
        **(_day(request, page) if elsewhere else {}),
        "charges": money.charges_for(case.pk) if elsewhere else [],
        "related": page.related if elsewhere else [],
        "sees": [bodies.body(n).name for n in case.seen_by if n not in (case.body_id, case.provider_id)],
        "parts": _parts(page),
        "accountable": file.body,
        "provider": bodies.body(case.provider_id),
        "verbs": [
            {"name": name, "title": verbs.VERBS[name].title, "form": form}
            for name, form in forms.items()
            if form is not None and name not in ON_THE_TASK
        ],
        "open_form": next(iter(wrong or {}), ""),
        "outcome": queries.outcome_title(file, "en"),
    }
    return render(request, "casework/work.html", words)


def _day(request: HttpRequest, page) -> dict:
    """Return the day that is booked, in whoever's diary it is, and where one is chosen or changed."""
    with scoped(request.scope.narrowed(case=page.case.pk)):
        day, asked = chosen_day(page, "en", request.at), queries.day_to_choose(page, request.at)
    url = reverse("casework:day_for_caller", args=[page.case.pk])
    return {
        "day": day,
        "day_to_choose": asked and not asked.again and url,
        "day_to_change": asked and asked.again and url,
    }


def _account(who: str) -> int | None:
    """Return the account of "staff:12", or None for an actor of another kind."""
    kind, _colon, number = who.partition(":")
    return int(number) if kind == "staff" and number.isdigit() else None


SAFELY = {
    "write": "They said that it is safe to write and to ring.",
    "ring": "Ring, and do not write: they did not say that writing is safe.",
}


def _kept_safe(case, contact: dict) -> dict:
    """Return who alone sees an urgent referral, and how its person may be reached; nothing for any other case."""
    if not case.only_team:
        return {}
    team = bodies.team(case.provider_id, case.only_team)
    unsafe = "Do not contact them: they ring us."
    return {"only_team": team.name if team else case.only_team, "safely": SAFELY.get(contact.get("safe"), unsafe)}


def _needs(file, card) -> dict:
    """Return what the resident needs in words; and which language and calls whoever writes or rings must think of."""
    needs = queries.needs_of(file, card.needs if card else ())
    written = people.need_of_kind(needs, "language")
    return {
        "needs": people.needs_in_words(needs),
        "other_language": bool(written and written != file.case.language),
        "calls": people.need_of_kind(needs, "calls"),
    }


def _parts(page) -> list[dict]:
    """Return the work of the case by body, where more than one body does some of it."""
    done = [step for step in page.file.steps.values() if step.state != "skipped"]
    if len({step.body_id for step in done}) < 2:
        return []
    steps = page.file.definition.steps
    return [
        {
            "title": steps[step.name].title.en if step.name in steps else step.name,
            "body": bodies.body(step.body_id).name,
            "state": step.state,
            "live": step.state in ACTIVE,
            "due_at": step.due_at,
            "ended_at": step.ended_at,
        }
        for step in done
    ]


def _others(page) -> list:
    """Return the other cases of the same person that the scope shows."""
    if not page.case.person_id:
        return []
    return queries.my_cases(list(people.identity(page.case.person_id)), limit=11)


def _task(request: HttpRequest, page, task, colleagues: dict, forms: dict) -> dict:
    """Return a piece of work with how it is done: on its function's own page, by a short form, or by a tick."""
    mine = verbs.step_form(page, task)
    step = next((s for s in page.file.steps.values() if s.pk == task.step_id), None)
    defined = step and page.file.definition.steps.get(step.name)
    before = queries.decided(page.file, defined.using.get("not_by", ()) if defined else (), page.timeline)
    return {
        "row": task,
        "before": [(one, colleagues.get(_account(one.who), "A colleague")) for one in before],
        "for_another": str(request.actor) in {one.who for one in before},
        "who": colleagues.get(task.assigned_to, "somebody else") if task.assigned_to else "",
        "is_mine": task.assigned_to == request.user.pk,
        "address": task.detail.get("address", ""),
        "form": (forms["finish"] if forms.get("finish") is not None and forms["finish"].task_id == task.pk else mine),
        "due_at": None if task.due_at.year == 9999 else task.due_at,
    }
