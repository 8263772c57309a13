"""What bodies pay each other: the prices in force, and what one of them proposes and the other answers."""

import datetime as dt
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.refusal import NotYours, Refusal
from moothall.settlement.forms import AnswerProposalForm, EndForm, ProposeForm
from moothall.settlement.views.who import APPROVERS, KEEPERS, READERS, approves, chapters, keeps
from moothall.sharing import actions
from moothall.sharing import queries as sharing
from moothall.ui.forms import beside


def said(rows, day) -> list[dict]:
    """Return terms, or proposals of them, as the pages say them."""
    titles = catalogue.titles(row.service_id for row in rows)
    return [
        {
            "row": row,
            "service": titles[row.service_id].en,
            "payer": bodies.body(row.body_id),
            "provider": bodies.body(row.provider_id),
            "price": sharing.price_words(row.price),
            "vat": sharing.vat_treatment(row.vat, day),
        }
        for row in rows
    ]


@require_safe
@staff(*READERS)
def prices(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer, the prices in force, and how earlier proposals were answered."""
    own, day = request.actor.body_id, local(request.at).date()
    proposed = [one | {"ours": one["row"].proposer_id == own} for one in said(sharing.proposals(own), day)]
    waiting = [one for one in proposed if not one["row"].answer]
    mine = sum(not one["ours"] for one in waiting)
    context = {
        "heading": "Prices between bodies",
        "filters": [chapters("prices")],
        "finding": f"{mine} {'proposal waits' if mine == 1 else 'proposals wait'} for our answer.",
        "waiting": waiting,
        "answered": [one for one in proposed if one["row"].answer],
        "terms": said(sharing.terms_of(own, day, dt.date.max), day),
        "may_propose": keeps(request) and request.acting_body.partner,
    }
    return render(request, "settlement/prices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPERS)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose what one of two bodies pays the other for a service."""
    if not request.acting_body.partner:
        raise NotYours()  # prices are between bodies of this platform
    services = [(one.definition.id, one.definition.title.en) for one in catalogue.services()]
    form = ProposeForm(request.POST or None, own=request.actor.body_id, services=services)
    if form.is_valid():
        try:
            row = actions.propose_recharge(**form.proposed(), at=request.at, by=request.actor)
        except Refusal as refusal:
            beside(form, refusal)
        else:
            return _proposed(request, row)
    context = {"heading": "Propose a price", "form": form, "lead": LEAD}
    return render(request, "settlement/propose.html", context, status=422 if form.errors else 200)


LEAD = (
    "The other body answers. If it agrees, the price holds from the first day, in the place of what held for that "
    "service until then. What terms say about people, clocks and notice belongs in the offer or the partnership."
)
ENDS_LEAD = "The other body answers. If it agrees, nothing is charged for work done from that day on."


@require_http_methods(["GET", "HEAD", "POST"])
@staff(*KEEPERS)
def end(request: HttpRequest, terms_id: UUID) -> HttpResponse:
    """Propose that terms end."""
    row = sharing.terms(terms_id)
    if request.actor.body_id not in (row.body_id, row.provider_id):
        raise NotYours()
    (held,) = said([row], local(request.at).date())
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            row = actions.propose_recharge_end(terms_id=terms_id, **form.cleaned_data, at=request.at, by=request.actor)
        except Refusal as refusal:
            beside(form, refusal)
        else:
            return _proposed(request, row)
    context = {"heading": f"End the price of {held['service']}", "form": form, "held": held, "lead": ENDS_LEAD}
    return render(request, "settlement/propose.html", context, status=422 if form.errors else 200)


def _proposed(request: HttpRequest, row) -> HttpResponse:
    other = bodies.body(row.provider_id if row.proposer_id == row.body_id else row.body_id)
    notices.success(request, f"Proposed. {other.name} answers it.")
    return redirect("settlement:proposal", proposal_id=row.pk)


@require_safe
@staff(*READERS)
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Show one proposal, with the form that answers it, or the button that takes it back."""
    return _show(request, sharing.proposal(proposal_id), AnswerProposalForm())


def _show(request: HttpRequest, row, form: AnswerProposalForm, status: int = 200) -> HttpResponse:
    ours, day = row.proposer_id == request.actor.body_id, local(request.at).date()
    (one,) = said([row], day)
    context = {
        "heading": "Ending a price" if row.ending_id else "A price between bodies",
        "one": one,
        "proposer": bodies.body(row.proposer_id),
        "ours": ours,
        "now": said(_held(row, day), day),
        "form": form if approves(request) and not ours and not row.answer else None,
        "may_withdraw": keeps(request) and ours and not row.answer,
    }
    return render(request, "settlement/proposal.html", context, status=status)


def _held(row, day) -> list:
    if row.answer or row.ending_id:
        return []
    return sharing.terms_between(row.provider_id, row.body_id, day, service_id=row.service_id)


@require_POST
@staff(*APPROVERS)
def answer(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Agree to a proposal, or decline it."""
    row = sharing.proposal(proposal_id)
    form = AnswerProposalForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        agree = given["answer"] == "agree"
        try:
            actions.answer_recharge(
                proposal_id=proposal_id, agree=agree, post=given["post"], reason=given["reason"], at=request.at,
                by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.field not in form.fields:
                raise
            beside(form, refusal)
        else:
            notices.success(request, "Agreed." if agree else "Declined. The other body reads why.")
            return redirect("settlement:prices")
    return _show(request, row, form, status=422)


@require_POST
@staff(*KEEPERS)
def withdraw(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Take back what our body proposed."""
    actions.withdraw_recharge(proposal_id=proposal_id, at=request.at, by=request.actor)
    notices.success(request, "Taken back.")
    return redirect("settlement:prices")
