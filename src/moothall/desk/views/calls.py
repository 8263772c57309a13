"""A call about an open case: what to tell the caller, what they add, and the link with which they pay."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from moothall.casework import actions
from moothall.casework import queries as casework
from moothall.core import audit
from moothall.core.clock import LONDON
from moothall.core.guard import staff
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.core.scope import scoped
from moothall.desk import queries
from moothall.desk.forms import ChaseForm, IdentityForm
from moothall.desk.queries import LIVE
from moothall.desk.views import acting, in_hand
from moothall.desk.views.counter import ADVISERS, charges_of, wrapping
from moothall.people import queries as people


class NothingToPay(Refusal):
    """There is nothing to pay for this case now. Tell the caller so, or look at the case's page for what was paid."""


class NoAddress(Refusal):
    """We have no email address or mobile number for this case. Ask the caller for one and write it on the case."""


@staff(*ADVISERS)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show how a case stands in words to read out, and take what the caller says."""
    page = casework.case(case_id, at=request.at)
    if not in_hand.of_version(request, page.case):
        return _who_is_it(request, page)
    in_hand.begin(request)
    helpers = acting.helpers(request, page.case.person_id)
    initial = {"channel": request.session.get("came_by", "phone")}
    form = ChaseForm(request.POST or None, initial=initial, helpers=acting.choices(helpers))
    if request.method == "POST" and form.is_valid():
        with scoped(request.scope.narrowed(case=case_id)):  # the task that it makes is another body's
            actions.receive_message(case_id=case_id, text=form.cleaned_data["text"], at=request.at, by=request.actor)
            in_hand.wrap_up(
                request, channel=form.cleaned_data["channel"], kind=form.cleaned_data["kind"], outcome="passed-on",
                case_id=case_id, acts_for_id=acting.chosen(form.cleaned_data),
            )  # fmt: skip
        notices.success(request, "Added. Whoever deals with it answers the caller within two working days.")
        return redirect("desk:call", case_id=case_id)
    audit.read(object=f"case:{case_id}", body_id=request.acting_body.id, at=request.at, by=request.actor, what="desk")
    case, file = page.case, page.file
    needs = casework.needs_of(file)
    words = {
        "case": case,
        "form": form,
        "title": file.definition.title.en,
        "body": file.body,
        "contact": file.contact,
        "needs": people.needs_in_words(needs),
        "relay": people.need_of_kind(needs, "calls") == "relay",
        "open": case.state in LIVE,
        "late": page.late,
        "outcome": casework.outcome_title(file, "en"),
        "steps": [_step(file, step) for step in file.steps.values() if step.state != "skipped"],
        "messages_both_ways": page.messages[-3:][::-1],
        "charges": charges_of(request, case_id),
        "day_to_choose": _day_to_choose(file),
        "booked": _booked(file),
        "here": case.body_id == request.acting_body.id,
        "contacts": queries.contacts_of_case(case_id),
        "acting": acting.script(helpers, case.service_id),
        "asked_by": getattr(people.mandate(case.acts_for_id), "agent_name", ""),
        **wrapping(request, case=case_id, helpers=helpers),
    }
    return render(request, "desk/call.html", words)


def _who_is_it(request: HttpRequest, page) -> HttpResponse:
    """Ask the adviser to make sure of who calls, before anything of a case is shown that they might read out."""
    file, helpers = page.file, acting.helpers(request, page.case.person_id)
    audit.read(
        object=f"case:{page.case.pk}", body_id=request.acting_body.id, at=request.at, by=request.actor, what="desk"
    )
    words = {
        "case": page.case, "title": file.definition.title.en, "contact": file.contact, "identity": IdentityForm(),
        "needed": file.definition.identity, "acting": acting.script(helpers, page.case.service_id),
        **wrapping(request, case=page.case.pk, helpers=helpers),
    }  # fmt: skip
    return render(request, "desk/who.html", words)


def _day_to_choose(file) -> bool:
    return any(step.performs == "booking.choose" and step.state == "waiting" for step in file.steps.values())


def _booked(file) -> dt.datetime | None:
    """Return when the time that is booked begins, as the step that booked it put it out; None before that."""
    booked = [s.outputs for s in file.steps.values() if s.performs == "booking.confirm" and s.state == "done"]
    if not booked:
        return None
    told = f"{booked[-1]['day']}T{booked[-1]['time']}"
    return dt.datetime.fromisoformat(told).replace(tzinfo=LONDON)


def _step(file, step) -> dict:
    defined = file.definition.steps.get(step.name)
    states = {"done": "done", "refused": "bad", "failed": "bad"}
    return {
        "title": defined.title.en if defined else step.name,
        "state": states.get(step.state, "now"),
        "when": step.ended_at or step.due_at,
        "by": "" if step.ended_at else "at the latest",
    }


@staff(*ADVISERS)
@require_POST
def payment_link(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Send the caller the address where they pay; the card number never comes near us."""
    page = casework.case(case_id, at=request.at)
    due = next((charge for charge in charges_of(request, case_id) if charge.state == "due"), None)
    if due is None:
        raise NothingToPay()
    if not (page.file.contact.get("email") or page.file.contact.get("phone")):
        raise NoAddress()
    address = settings.MOOTHALL_ADDRESS + reverse("ledger:pay", args=[due.pk])
    told = {"amount": pounds(due.pence), "reference": page.case.reference, "address": address}
    with translation.override(page.case.language):
        text = gettext("Pay %(amount)s for %(reference)s here: %(address)s") % told
        subject = gettext("Pay for %(reference)s") % told
    with scoped(request.scope.narrowed(case=case_id)):
        actions.send_message(case_id=case_id, subject=subject, text=text, at=request.at, by=request.actor)
    notices.success(request, "The payment link is on its way to the caller.")
    return redirect("desk:call", case_id=case_id)
