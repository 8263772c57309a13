"""A body's own improvement plans for those who write them and carry them out."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.promises import actions, queries
from moothall.promises.forms import plans as forms
from moothall.promises.forms.savings import OwnerForm
from moothall.promises.queries import Written
from moothall.promises.rules import told
from moothall.promises.views.asking import ask
from moothall.promises.views.plans import shown, titles
from moothall.ui.rules import date_words

planners = staff("manager", "partnership-office", "officer")


@require_safe
@planners
def ours(request: HttpRequest) -> HttpResponse:
    """Show the body's own plans, drafts among them, and what of them is late."""
    day, names = local(request.at).date(), titles("en")
    rows = [
        {"row": one.row, "service": names.get(one.row.service_id, one.row.service_id), "done": one.progress[0],
         "whole": one.progress[1], "state": told.word("plan_states", one.row.state), "alarms": _alarms(one, day)}
        for one in queries.plans(body_id=request.acting_body.id)
    ]  # fmt: skip
    return render(request, "promises/our_plans.html", {"rows": rows})


def _alarms(one: Written, day) -> list[str]:
    return [told.alarm_words(alarm, date_words, group="plan_alarms") for alarm in queries.plan_alarms(one, day)]


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a service."""
    return ask(
        request, forms.BeginForm(local(request.at).date(), request.POST or None),
        partial(actions.begin_plan, body_id=request.acting_body.id), heading="Begin an improvement plan",
        button="Begin it", done="Begun. Only your body sees it until it is adopted.",
        lead="A plan looks three years ahead and is written anew every year. What earlier plans taught waits in it for "
        "an answer.", back=(reverse("promises:our_plans"), "Plans"), to=lambda row: _page(row.reference),
    )  # fmt: skip


@require_safe
@planners
def our_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one of the body's plans: what is missing before it can be adopted, or what comes of its actions."""
    one, day = own(request, reference), local(request.at).date()
    lacks = queries.plan_lacks(one.row, day) if one.row.state == "draft" else ()
    said = shown(one, "en", day) | {
        "lacks": [told.need_words(*need) for need in lacks], "alarms": _alarms(one, day),
        "state": told.word("plan_states", one.row.state), "back_url": reverse("promises:our_plans"),
        "back_text": "Plans",
    }  # fmt: skip
    return render(request, "promises/our_plan.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def priorities(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what the plan puts first."""
    one = own(request, reference)
    form = forms.PrioritiesForm(request.POST or None, initial={"priorities": one.row.priorities})
    return _asked(request, one, form, actions.set_priorities, "What comes first", "Save")


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def action(request: HttpRequest, reference: str, action_id: UUID | None = None) -> HttpResponse:
    """Write an action of a draft; of an adopted plan, say how it stands now."""
    one = own(request, reference)
    row = queries.plan_action(one.row, action_id) if action_id else None
    if one.row.state == "adopted" and row:
        form = forms.MoveForm(row.state, request.POST or None)
        act = partial(actions.move_action, action_id=row.pk)
        return _asked(request, one, form, act, f"How it stands: {row.title}", "Record it")
    costs = {f"{y.year}-cost": pence for y, pence in zip(one.years, row.costs, strict=True)} if row else {}
    known = (
        {name: getattr(row, name) for name in ("title", "owner_id", "starts", "due", "effect", "saving_id")}
        if row
        else {}
    )
    form = forms.ActionForm(
        one.years, _colleagues(request, one), queries.savings(body_id=one.row.body_id),
        request.POST or None, initial=known | costs,
    )  # fmt: skip
    act = partial(actions.put_action, action_id=action_id)
    return _asked(request, one, form, act, "An action", "Save", action=row)


@require_POST
@planners
def take_out(request: HttpRequest, reference: str, action_id: UUID) -> HttpResponse:
    """Take an action out of a draft."""
    one = own(request, reference)
    actions.take_out_action(plan_id=one.row.pk, action_id=action_id, at=request.at, by=request.actor)
    return redirect(_page(reference))


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def hand_on(request: HttpRequest, reference: str, action_id: UUID) -> HttpResponse:
    """Give an action another owner."""
    one = own(request, reference)
    row = queries.plan_action(one.row, action_id)
    form = OwnerForm(_colleagues(request, one), request.POST or None, initial={"owner_id": row.owner_id})
    act = partial(actions.hand_on_action, action_id=row.pk)
    return _asked(request, one, form, act, f"Who owns it: {row.title}", "Name the owner")


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def voice(request: HttpRequest, reference: str, voice_id: UUID | None = None) -> HttpResponse:
    """Write down what a group said, or answer it."""
    one = own(request, reference)
    if voice_id is None:
        return _asked(
            request, one, forms.VoiceForm(request.POST or None), actions.hear, "What they said", "Write it down"
        )
    row = queries.plan_voice(one.row, voice_id)
    form = forms.AnswerForm(request.POST or None, initial={"answer": row.answer})
    act = partial(actions.answer_voice, voice_id=row.pk)
    return _asked(request, one, form, act, "Answer it", "Answer", lead=f"“{row.said}” ({row.asked})")


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def adopt(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that the plan was adopted."""
    one, day = own(request, reference), local(request.at).date()
    councillors = _colleagues(request, one, "councillor")
    form = forms.AdoptForm(councillors, request.POST or None, initial={"adopted_on": day})
    return _asked(request, one, form, actions.adopt_plan, "Record that it was adopted", "It was adopted",
                  lead="Everybody reads it from then on, and what it says stays.")  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def lesson(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what the plan taught."""
    one = own(request, reference)
    form, lead = forms.LessonForm(request.POST or None), "The next plan of this service has to answer it."
    return _asked(request, one, form, actions.learn, "What it taught", "Write it down", lead=lead)


def _asked(request: HttpRequest, one: Written, form, act, heading: str, button: str, **more) -> HttpResponse:
    back = _page(one.row.reference)
    return ask(
        request, form, partial(act, plan_id=one.row.pk), heading=heading, button=button, done="Recorded.",
        caption=one.row.reference, back=(back, one.row.reference), to=lambda _made: back, **more,
    )  # fmt: skip


def _colleagues(request: HttpRequest, one: Written, role: str | None = None):
    """Return who works today for the body that a plan is of, or for the one that took its place."""
    return bodies.staff(bodies.stands_for(one.row.body_id), local(request.at).date(), role)


def _page(reference: str) -> str:
    return reverse("promises:our_plan", args=[reference])


def own(request: HttpRequest, reference: str) -> Written:
    """Return a plan of one's own body; others' adopted plans have public pages only."""
    one = queries.plan(reference)
    if one.row.body_id not in bodies.lineage(request.acting_body.id):
        raise queries.UnknownPlan
    return one
