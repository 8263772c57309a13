"""What staff can do to a case: each verb with its form, its action and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpRequest

from moothall.bodies import queries as bodies
from moothall.casework import actions
from moothall.casework.forms.work import CloseForm, DecisionForm, FilesForm, HandOverForm, StepForm, TextForm
from moothall.casework.rules import deciding
from moothall.casework.rules.contact import may_write
from moothall.casework.rules.states import LIVE
from moothall.casework.views.visit import today
from moothall.core import files
from moothall.core.steps import registry
from moothall.sharing import queries as sharing

Posted = tuple | None


@dataclass(frozen=True)
class Verb:
    """`form(request, page, posted)` gives None where the verb is not possible now; `do` takes the valid form."""

    title: str
    form: Callable[[HttpRequest, object, Posted], forms.Form | None]
    do: Callable[[HttpRequest, object, forms.Form], object]
    done: str


def _on(request: HttpRequest) -> dict:
    return {"at": request.at, "by": request.actor}


def _text(verb: str, *, label: str, missing: str, hint: str = "", live: bool | None = None):
    """Return a maker of a text form; `live` limits it to cases that are open (True) or ended (False)."""

    def make(request: HttpRequest, page, posted: Posted):
        if live is not None and (page.case.state in LIVE) != live:
            return None
        return TextForm(*(posted or ()), prefix=verb, label=label, missing=missing, hint=hint)

    return make


def step_form(page, task, posted: Posted = None) -> StepForm | None:
    """Return the short form that ends a task's step, made from what its performer declares, or None."""
    step = task.step_id and next((s for s in page.file.steps.values() if s.pk == task.step_id), None)
    performer = step and registry.get(step.performs)
    if not performer or performer.outputs is None or task.detail.get("address"):
        return None
    defined = page.file.definition.steps.get(step.name)
    kind = DecisionForm if step.performs == deciding.DECIDES else StepForm
    form = kind(performer.outputs, defined.using if defined else {}, *(posted or ()))
    form.task_id, form.step_id = task.pk, step.pk
    return form


def _finish(request: HttpRequest, page, posted: Posted):
    """Return the form of the task that was posted; on a page that is only shown each task has its own."""
    if posted is None:
        return None
    task = next((t for t in page.tasks if str(t.pk) == request.POST.get("task")), None)
    return task and step_form(page, task, posted)


def _do_finish(request: HttpRequest, page, form: StepForm):
    actions.finish_step(step_id=form.step_id, outputs=form.outputs(), **_on(request))


def _refuse(request: HttpRequest, page, posted: Posted):
    if not any(task.step_id for task in page.tasks):
        return None
    form = TextForm(
        *(posted or ()), prefix="refuse", label="Why it cannot be done", missing="Say why; the resident reads it"
    )
    form.fields["text"].help_text = "The resident reads this."
    return form


def _do_refuse(request: HttpRequest, page, form):
    task = next(task for task in page.tasks if task.step_id)
    actions.refuse_step(step_id=task.step_id, reason=form.cleaned_data["text"], **_on(request))


class Empty(forms.Form):
    """A button without boxes."""


def _task_button(request: HttpRequest, page, posted: Posted):
    if not page.tasks:
        return None
    form = Empty(posted[0]) if posted else Empty()
    form.task_id = _posted_id(request.POST.get("task", ""))
    return form


def _posted_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _do_take(request: HttpRequest, page, form):
    actions.assign(task_ids=[form.task_id], account_id=request.user.pk, **_on(request))


def _do_tick(request: HttpRequest, page, form):
    actions.finish_task(task_id=form.task_id, **_on(request))


def _retry(request: HttpRequest, page, posted: Posted):
    failed = [s for s in page.file.steps.values() if s.state == "failed" and s.body_id in request.scope.bodies]
    return (Empty(posted[0]) if posted else Empty()) if failed else None


def _do_retry(request: HttpRequest, page, form):
    for step in page.file.steps.values():
        if step.state == "failed" and step.body_id in request.scope.bodies:
            actions.retry_step(step_id=step.pk, **_on(request))


def _hand_over(request: HttpRequest, page, posted: Posted):
    if page.case.state not in LIVE:
        return None
    choices = (
        [(f"team:{team.pk}", f"{team.name} (here)") for team in bodies.teams(request.acting_body.id)]
        if page.tasks
        else []
    )
    offered = sharing.adoptions(today(request), service_id=page.case.service_id)
    others = sorted({row.body_id for row in offered} - {page.case.provider_id})
    if request.acting_body.id not in (page.case.body_id, page.case.provider_id, page.case.desk_id):
        others = []  # a part is its body's own duty
    choices += [(f"body:{body_id}", bodies.body(body_id).name) for body_id in others]
    return HandOverForm(*(posted or ()), prefix="hand-over", choices=choices) if choices else None


def _do_hand_over(request: HttpRequest, page, form):
    kind, _colon, number = form.cleaned_data["to"].partition(":")
    if kind == "body":
        reason = form.cleaned_data["text"]
        actions.hand_over(case_id=page.case.pk, body_id=int(number), reason=reason, **_on(request))
        return
    actions.add_note(case_id=page.case.pk, text=form.cleaned_data["text"], **_on(request))
    actions.hand_over_team(task_ids=[task.pk for task in page.tasks], team_id=int(number), **_on(request))


def _close(request: HttpRequest, page, posted: Posted):
    if page.case.state not in LIVE:
        return None
    outcomes = [(code, outcome.title.en) for code, outcome in page.file.definition.outcomes.items()]
    return CloseForm(*(posted or ()), prefix="close", outcomes=outcomes)


def _do_close(request: HttpRequest, page, form):
    given = form.cleaned_data
    actions.close_case(case_id=page.case.pk, outcome=given["outcome"], reason=given["text"], **_on(request))


def _pause(request: HttpRequest, page, posted: Posted):
    if page.case.state != "open" or page.case.promise_due is None:
        return None
    label = "What are we waiting for?"
    return TextForm(*(posted or ()), prefix="pause", label=label, missing="Say what we are waiting for", hint=READS)


READS = "The resident reads this."


def _resume(request: HttpRequest, page, posted: Posted):
    return (Empty(posted[0]) if posted else Empty()) if page.case.state == "paused" else None


def _attach(request: HttpRequest, page, posted: Posted):
    return FilesForm(*(posted or ()), prefix="attach")


def _do_attach(request: HttpRequest, page, form):
    for upload in form.cleaned_data["files"][:5]:
        kept = files.keep(
            upload,
            name=upload.name,
            body_id=request.acting_body.id,
            case_id=page.case.pk,
            seen_by=tuple(page.case.seen_by),
            **_on(request),
        )
        actions.attach(case_id=page.case.pk, file_id=kept.pk, kind="document", **_on(request))


def _message(request: HttpRequest, page, posted: Posted):
    """Return the form of a message, or None where the person of an urgent referral did not say that it is safe."""
    if page.case.only_team and not may_write(page.file.contact):
        return None
    return TextForm(*(posted or ()), prefix="message", label="Message", missing="Write a message", hint=READS)


def _said(action, name: str = "text", **more):
    """Return a doer that hands the form's words to an action under a name."""

    def do(request: HttpRequest, page, form):
        action(case_id=page.case.pk, **{name: form.cleaned_data["text"]}, **more, **_on(request))

    return do


def form_of(name: str, request: HttpRequest, page, posted: Posted) -> forms.Form | None:
    """Return the form of a verb, or None where it is not possible now, or not this body's to do.

    Who only does a part of a case leaves its course to those who answer for it, do it, or took it.
    """
    case = page.case
    steers = request.acting_body.id in (case.body_id, case.provider_id, case.desk_id)
    return VERBS[name].form(request, page, posted) if steers or name not in STEERING else None


STEERING = {"pause", "resume", "close", "cancel", "reopen"}
VERBS = {
    "finish": Verb("Done", _finish, _do_finish, "Done. The case moves on by itself."),
    "refuse": Verb("This cannot be done", _refuse, _do_refuse, "The resident is told why it cannot be done."),
    "take": Verb("Take it on", _task_button, _do_take, "This is yours now."),
    "tick": Verb("Done", _task_button, _do_tick, "Done."),
    "retry": Verb("Try again", _retry, _do_retry, "It is being tried again."),
    "message": Verb(
        "Write to the resident",
        _message,
        _said(actions.send_message, subject=""),
        "Sent to the resident.",
    ),
    "note": Verb(
        "Write a note",
        _text("note", label="Note", missing="Write a note", hint="Colleagues read this; the resident can ask for it."),
        _said(actions.add_note),
        "Noted.",
    ),
    "attach": Verb("Add a document", _attach, _do_attach, "Added."),
    "pause": Verb("Stop the clock", _pause, _said(actions.pause_promise, "reason"), "The clock has stopped."),
    "resume": Verb(
        "Let the clock run again",
        _resume,
        lambda request, page, form: actions.resume_promise(case_id=page.case.pk, **_on(request)),
        "The clock runs again.",
    ),
    "hand-over": Verb("Hand it over", _hand_over, _do_hand_over, "Handed over."),
    "close": Verb("Close it by hand", _close, _do_close, "Closed. The resident is told."),
    "cancel": Verb(
        "Cancel it",
        _text("cancel", label="Why", missing="Say why it is cancelled", hint=READS, live=True),
        _said(actions.cancel_case, "reason"),
        "Cancelled. The resident is told.",
    ),
    "reopen": Verb(
        "Open it again",
        _text("reopen", label="Why", missing="Say why it is opened again", hint=READS, live=False),
        _said(actions.reopen_case, "reason"),
        "Opened again.",
    ),
}
