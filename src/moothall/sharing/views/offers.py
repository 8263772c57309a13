"""Offers: what other bodies are ready to do, side by side, and what one's own body offers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import guard
from moothall.core.clock import local
from moothall.core.refusal import NotYours, Refusal
from moothall.sharing import actions
from moothall.sharing.forms.offers import LANGUAGES, OfferForm, OwnCost
from moothall.sharing.models.offers import PROVISIONS
from moothall.sharing.queries import adoption, drawing, versions
from moothall.sharing.queries import offering as queries
from moothall.sharing.rules import prices
from moothall.sharing.rules.vat import treatment
from moothall.sharing.rules.ways import may_do
from moothall.ui.forms import beside

READERS = (
    "manager", "partnership-office", "finance", "section-151-officer", "monitoring-officer", "councillor",
    "scrutiny-officer", "auditor", "operator", "union-representative",
)  # fmt: skip
MAY_OFFER = ("manager", "partnership-office")
UNITS = {"working_days": "working days", "days": "days", "hours": "hours", "months": "months"}


def today(request: HttpRequest):
    """Return the day in London."""
    return local(request.at).date()


def shown(row) -> dict:
    """Return an offer as a page shows it."""
    return {
        "offer": row,
        "body": bodies.body(row.body_id),
        "title": catalogue.definition(row.version_id).title.en,
        "number": catalogue.version(row.version_id).number,
        "price": prices.words(row.rule),
        "clock": queries.clock_words(row),
        "vat": treatment(row.vat, row.starts).words,
        "provision": PROVISIONS[row.provision],
        "languages": ", ".join(LANGUAGES.get(code, code) for code in row.languages),
    }


def _partners_only(request: HttpRequest) -> None:
    """Refuse who does not work on this platform: offers are between its bodies."""
    if not request.acting_body.partner:
        raise NotYours()


@require_safe
@guard.staff(*READERS)
def catalogue_of_offers(request: HttpRequest) -> HttpResponse:
    """List what bodies offer each other, by service."""
    running = queries.offers(today(request)) if request.acting_body.partner else []
    wanted = request.GET.get("service", "")
    titles = {row.service_id: catalogue.definition(row.version_id).title.en for row in running}
    here = reverse("sharing:offers")
    links = [
        {"title": title, "url": here if wanted == key else f"{here}?service={key}", "current": wanted == key}
        for key, title in sorted(titles.items(), key=lambda pair: pair[1])
    ]
    rows = [shown(row) for row in running if wanted in ("", row.service_id)]
    for row in rows:
        row["ours"] = row["offer"].body_id == request.acting_body.id
    context = {
        "heading": "Offers from other bodies",
        "rows": rows,
        "providers": len({row["offer"].body_id for row in rows}),
        "filters": [{"title": "Service", "links": links}] if links else [],
        "may_offer": bool(request.roles & set(MAY_OFFER)),
    }
    return render(request, "sharing/offers/catalogue.html", context)


@require_safe
@guard.staff(*READERS)
def compare(request: HttpRequest, service_id: str) -> HttpResponse:
    """Lay the ways of having a service done side by side, our own first."""
    _partners_only(request)
    body, day = request.acting_body, today(request)
    published = catalogue.current(service_id)
    form = OwnCost(request.GET or None)
    own = form.cleaned_data["own"] if form.is_bound and form.is_valid() else None
    ways = queries.compare(service_id, body.id, day, own_pence=own)
    mine, draft = adoption(body.id, service_id, day), drawing.draft_of(body.id, service_id)
    answers = may_do(body.kind, published.definition)
    by_other = mine is None or mine.provider_id != body.id
    context = {
        "heading": f"{published.definition.title.en}: ways to have it done",
        "definition": published.definition,
        "ways": [{"way": way, "price": prices.words(way.offer.rule) if way.offer else ""} for way in ways],
        "requests": queries.volume(body.id, service_id, day),
        "mine": mine,
        "draft": draft,
        "service_id": service_id,
        "does_it": answers,
        "may_begin": answers and by_other and not draft and bool(request.roles & set(MAY_OFFER)),
        "form": form,
    }
    return render(request, "sharing/offers/compare.html", context)


@require_safe
@guard.staff(*READERS)
def page(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Show one offer with its terms, and to its provider who has drawn on it."""
    _partners_only(request)
    row = queries.offer(offer_id)
    ours = row.body_id == request.acting_body.id
    drawn = [{"adoption": a, "body": bodies.body(a.body_id)} for a in queries.drawn_on(row.pk)]
    draft = drawing.draft_of(request.acting_body.id, row.service_id)
    answers = request.acting_body.kind in catalogue.definition(row.version_id).done_by.bodies
    may = bool(request.roles & set(MAY_OFFER))
    context = shown(row) | {
        "ours": ours,
        "draft": draft,
        "newer": versions.newer_own(row, today(request)) if ours and may and row.runs(today(request)) else None,
        "may_draw": may and answers and not ours and not draft and row.runs(today(request)),
        "runs": row.runs(today(request)),
        "room": queries.room(row, today(request)),
        "drawn": drawn,
        "may_withdraw": ours
        and bool(request.roles & set(MAY_OFFER))
        and (row.ends is None or row.ends > today(request)),
    }
    return render(request, "sharing/offers/offer.html", context)


@require_safe
@guard.staff(*MAY_OFFER)
def ours(request: HttpRequest) -> HttpResponse:
    """List the services that our body does itself, each with the offer it makes of it, if any."""
    day, running = (
        today(request),
        {row.service_id: row for row in queries.offers(today(request), body_id=request.acting_body.id)},
    )
    rows = [
        {"title": catalogue.definition(own.version_id).title.en, "service_id": own.service_id}
        | (
            {"offer": running[own.service_id], "drawn": _drawn(running[own.service_id], day)}
            if own.service_id in running
            else {}
        )
        for own in queries.provided(request.acting_body.id, day)
    ]
    rows.sort(key=lambda row: row["title"])
    return render(request, "sharing/offers/ours.html", {"heading": "What we offer to others", "rows": rows})


def _drawn(row, day) -> list:
    return [bodies.body(a.body_id) for a in queries.drawn_on(row.pk) if a.ends is None or day < a.ends]


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*MAY_OFFER)
def make(request: HttpRequest, service_id: str) -> HttpResponse:
    """Ask on what terms, and offer a service."""
    own = adoption(request.acting_body.id, service_id, today(request))
    if own is None or own.provider_id != request.acting_body.id:
        raise actions.NotProvided(field="service")
    definition = catalogue.definition(own.version_id)
    unit = UNITS.get(definition.promise.done_within.unit)
    first = {
        "starts": today(request), "clock": catalogue.soonest(definition, own.parameters), "languages": ["en"],
        "provision": "owned-company" if request.acting_body.kind == "company" else "own-staff", "method": "per-case",
        "vat": "non-business",
    }  # fmt: skip
    form = OfferForm(request.POST or None, unit=unit, initial=first)
    if request.method == "POST" and form.is_valid() and (made := _made(request, service_id, form)):
        messages.success(request, "Other bodies can see it now.")
        return redirect("sharing:offer", made.pk)
    context = {"form": form, "heading": f"Offer {definition.title.en.lower()} to others", "definition": definition}
    return render(request, "sharing/offers/make.html", context)


def _made(request: HttpRequest, service_id: str, form: OfferForm):
    """Make the offer; put a refusal beside the question it is about."""
    words = ("provision", "capacity", "price", "vat", "terms", "languages", "hours", "starts", "ends")
    given = {name: form.cleaned_data[name] for name in words}
    try:
        return actions.offer_service(
            body_id=request.acting_body.id,
            service_id=service_id,
            clock=form.cleaned_data.get("clock"),
            **given,
            at=request.at,
            by=request.actor,
        )
    except Refusal as refusal:
        beside(form, refusal)
        return None


@require_POST
@guard.staff(*MAY_OFFER)
def withdraw(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Withdraw an offer of ours from today."""
    actions.withdraw_offer(offer_id=offer_id, body_id=request.acting_body.id, at=request.at, by=request.actor)
    messages.success(request, "Nobody new can draw on it. Those who did keep what they have.")
    return redirect("sharing:our_offers")
