"""Statements: the list, one statement, and what its two bodies do with it."""

import datetime as dt
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.ledger import queries as ledger
from moothall.settlement import actions, queries
from moothall.settlement.forms import TRUE_UP, DrawForm
from moothall.settlement.rules.states import APPROVED, DRAFT, POSTED, SENT
from moothall.settlement.views.who import APPROVERS, KEEPERS, READERS, approves, chapters, keeps
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words

WAITING = (SENT, APPROVED)


@require_safe
@staff(*READERS)
def statements(request: HttpRequest) -> HttpResponse:
    """List a body's statements and the terms they rest on, with the form that draws up another."""
    return _list(request, _draw_form(request))


def _list(request: HttpRequest, form: DrawForm | None, status: int = 200) -> HttpResponse:
    own = request.actor.body_id
    rows = queries.statements(own)
    for row in rows:
        row.other = bodies.body(row.body_id if row.provider_id == own else row.provider_id)
        row.ours = row.provider_id == own
    context = {
        "heading": "Recharges",
        "finding": _finding(rows),
        "statements": rows,
        "form": form if keeps(request) else None,
        "filters": [chapters("statements")],
    }
    return render(request, "settlement/statements.html", context, status=status)


def _finding(rows) -> str:
    owed, owing = (
        sum(row.pence + row.vat_pence for row in rows if row.state in WAITING and row.ours == ours)
        for ours in (True, False)
    )
    held = sum(row.held for row in rows)
    said = f"Other bodies are asked for {pounds(owed)}, and we for {pounds(owing)}, on statements not yet in the books."
    return f"{said} {held} {'line is' if held == 1 else 'lines are'} in dispute." if held else said


def _draw_form(request: HttpRequest, given=None) -> DrawForm | None:
    """Return the form that draws up a statement, or None where no body pays this one."""
    own, today = request.actor.body_id, local(request.at).date()
    payers = sorted(((one, bodies.body(one).name) for one in queries.payers(own, today)), key=lambda one: one[1])
    return DrawForm(given, payers=payers, today=today) if payers else None


@require_POST
@staff(*KEEPERS)
def draw(request: HttpRequest) -> HttpResponse:
    """Draw up a statement, or show the list again with what is wrong beside the form."""
    form = _draw_form(request, request.POST)
    if form is None:
        raise actions.NoTerms()
    if form.is_valid():
        kind, first, last = form.cleaned_data["days"]
        told = {"provider_id": request.actor.body_id, "payer_id": form.cleaned_data["payer"], "at": request.at,
                "by": request.actor}  # fmt: skip
        try:
            if kind == TRUE_UP:
                row = actions.draw_true_up(day=first, **told)
            else:
                row = actions.draw_up(first=first, last=last, **told)
            return redirect("settlement:statement", statement_id=row.pk)
        except Refusal as refusal:
            form.add_error("payer" if refusal.field == "payer" else "days", refusal.message)
    return _list(request, form, status=422)


@require_safe
@staff(*READERS)
def statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Show a statement: what it comes to, section by section and line by line, and what can be done with it."""
    row = queries.statement(statement_id)
    after = request.GET.get("after", "")
    page = queries.lines(row.pk, after=int(after) if after.isdigit() and len(after) < 10 else 0)
    context = about(request, row) | {
        "sections": sections_said(queries.sections(row.pk)),
        "lines": page.lines,
        "page": {"older_url": f"?after={page.after}" if page.after else "", "newer_url": "?" if after else ""},
        "buttons": _buttons(request, row),
        "journals": _journals(request, row),
        "may_dispute": keeps(request) and request.actor.body_id == row.body_id and row.state in WAITING,
    }
    return render(request, "settlement/statement.html", context)


def about(request: HttpRequest, row) -> dict:
    """Return what every page of a statement says first."""
    payer, provider, totals = bodies.body(row.body_id), bodies.body(row.provider_id), queries.totals(row.pk)
    return {"statement": row, "payer": payer, "provider": provider, "totals": totals,
            "ours": row.provider_id == request.actor.body_id,
            "finding": statement_finding(payer.name, provider.name, totals)}  # fmt: skip


def statement_finding(payer: str, provider: str, totals: queries.Totals) -> str:
    """Return in a sentence who owes whom how much."""
    if totals.to_pay < 0:
        payer, provider = provider, payer
    said = f"{payer} owes {provider} {pounds(abs(totals.to_pay))}"
    said += f", of which VAT is {pounds(abs(totals.stands_vat))}." if totals.stands_vat else ", and no VAT."
    if totals.held_lines:
        one, held = totals.held_lines == 1, pounds(totals.held + totals.held_vat)
        said += f" 1 line of {held} is" if one else f" {totals.held_lines} lines of {held} are"
        said += " held by a dispute."
    return said


def sections_said(sections) -> list[dict]:
    """Return sections as pages and papers say them."""
    titles = catalogue.titles(section.service_id for section in sections)
    return [
        {
            "row": section,
            "service": titles[section.service_id].en,
            "price": sharing.price_words(sharing.PriceRule.model_validate(section.rule)),
            "how": _how(section),
            "rate": f"{section.vat_basis_points / 100:g}",
        }
        for section in sections
    ]


def _how(section) -> str:
    """Return in a sentence what a section was worked out from."""
    kept = section.working
    found, before = kept["to_date"], kept["before"]
    cases, until = found["cases"] - before["cases"], date_words(dt.date.fromisoformat(found["until"]), "en")
    said = [f"{cases} {'case' if cases == 1 else 'cases'}"]
    if found["cost_kind"]:
        cost = found["cost_pence"] or sum(found["centre_pence"].values())
        source = "spent" if found["cost_kind"] == "actual" else "budgeted"
        said.append(f"{pounds(cost)} {source} by {until}")
    if found["heads"]:
        said.append(f"{sum(found['heads'].values()):,} residents of all bodies")
    said.append(f"{pounds(kept['due'])} for the year by {until}, less {pounds(kept['due_before'])} before")
    return "; ".join(said) + "."


def _buttons(request: HttpRequest, row) -> list[tuple[str, str, str]]:
    """Return (verb, text, classes) of what this person may do with a statement now."""
    ours = row.provider_id == request.actor.body_id
    approved = row.provider_approved_at if ours else row.payer_approved_at
    asked = (
        ("send", "Send it to the payer", "", row.state == DRAFT and ours and keeps(request)),
        ("approve", "Approve it for our body", "", row.state == SENT and not approved and approves(request)),
        ("post", "Post it in both bodies' books", "", row.state == APPROVED and keeps(request)),
        ("withdraw", "Withdraw it", "govuk-button--warning", row.state in (DRAFT, SENT) and ours and keeps(request)),
    )
    return [(verb, text, classes) for verb, text, classes, may in asked if may]


def _journals(request: HttpRequest, row) -> list[int]:
    """Return the numbers of the entries in this body's own books."""
    if row.state != POSTED:
        return []
    keys = [f"recharge:{row.pk}", *(f"recharge-line:{line.pk}" for line in queries.settled_lines(row.pk))]
    return sorted(ledger.journals_by_key(request.actor.body_id, keys).values())


def _do(request, statement_id, action, done):
    action(statement_id=statement_id, at=request.at, by=request.actor)
    notices.success(request, done)
    return redirect("settlement:statement", statement_id=statement_id)


@require_POST
@staff(*KEEPERS)
def send(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Let the payer see a draft."""
    return _do(request, statement_id, actions.send, "The payer can see it now.")


@require_POST
@staff(*APPROVERS)
def approve(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Approve a statement for one's own body."""
    return _do(request, statement_id, actions.approve, "It is approved for our body.")


@require_POST
@staff(*KEEPERS)
def post(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Post an approved statement in both bodies' books."""
    return _do(request, statement_id, actions.post, "It is in both bodies' books.")


@require_POST
@staff(*KEEPERS)
def withdraw(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Take a statement back before both have approved it."""
    return _do(request, statement_id, actions.withdraw, "It is withdrawn.")


@require_safe
@staff(*READERS)
def check(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """Work a statement out again from what it kept, and say what differs."""
    row = queries.statement(statement_id)
    context = about(request, row) | {"differences": queries.recomputed(row), "reopened": queries.reopened(row)}
    return render(request, "settlement/check.html", context)
