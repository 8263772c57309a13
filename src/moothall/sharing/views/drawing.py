"""Drawing a service down: from an offer to a service of one's own, gate by gate."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import guard
from moothall.core.refusal import Refusal
from moothall.core.workdays import england
from moothall.sharing import actions
from moothall.sharing.actions.adoptions import ParametersWrong
from moothall.sharing.actions.drawing import EvidenceWrong, NothingToWrite
from moothall.sharing.forms.drawing import GateForm, LiveForm, SettingsForm
from moothall.sharing.forms.trying import TryForm
from moothall.sharing.models.drawing import STATES
from moothall.sharing.queries import adoption, offering, versions, who_is_told
from moothall.sharing.queries import drawing as queries
from moothall.sharing.rules import gates, prices
from moothall.sharing.rules.costing import on_volumes
from moothall.sharing.rules.routes import route, routes
from moothall.sharing.rules.ways import way
from moothall.sharing.views.offers import MAY_OFFER as MAY_DRAW
from moothall.sharing.views.offers import READERS, today

SIGNERS = ("monitoring-officer", "section-151-officer")


@require_safe
@guard.staff(*READERS)
def draw_downs(request: HttpRequest) -> HttpResponse:
    """List what our body draws down, and what it has drawn down."""
    rows = []
    for row in queries.draw_downs(request.acting_body.id):
        found = queries.draw_down(row.pk) if row.state == "draft" else None
        rows.append(
            {
                "row": row,
                "title": catalogue.definition(row.version_id).title.en,
                "provider": bodies.body(offering.offer(row.offer_id).body_id if row.offer_id else row.body_id),
                "state": STATES[row.state],
                "newer": versions.newer(row.body_id, row.service_id, today(request)) if row.state == "live" else None,
                "missing": len(found.still_open(today(request))) if found else 0,
            }
        )
    context = {"heading": "Services drawn down", "rows": rows, "drafts": sum(r["row"].state == "draft" for r in rows)}
    return render(request, "sharing/drawing/list.html", context)


@require_POST
@guard.staff(*MAY_DRAW)
def begin(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Begin a draft from an offer."""
    row = actions.begin_draw_down(offer_id=offer_id, body_id=request.acting_body.id, at=request.at, by=request.actor)
    return redirect("sharing:draw_down", row.pk)


def _about(request: HttpRequest, found: queries.Drawing) -> dict:
    """Return what every page of a draw-down shows."""
    about = {
        "draw": found.row,
        "title": found.definition.title.en,
        "offer": found.offer,
        "way": way(found.way),
        "provider": bodies.body(found.provider_id),
        "back_url": reverse("sharing:draw_down", args=[found.row.pk]),
    }
    return about | _terms(found, today(request)) if found.offer else about


def _terms(found: queries.Drawing, day: date) -> dict:
    """Return what the provider asks and can take, and what that comes to on the body's own last year."""
    requests = offering.volume(found.row.body_id, found.row.service_id, day)
    room = offering.room(found.offer, day)
    return {
        "price": prices.words(found.offer.rule),
        "clock": offering.clock_words(found.offer),
        "requests": requests,
        "cost": on_volumes(found.offer.rule, requests)[1],
        "room": room,
        "too_many": requests is not None and requests / 52 > room.left,
    }


@require_safe
@guard.staff(*READERS)
def page(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Show a draw-down: what is set, what is still missing, what it will cost, and the way to go live."""
    found = queries.draw_down(draw_id)
    missing = found.still_open(today(request))
    names = {post.account_id: post.name for post in bodies.colleagues(found.row.body_id, today(request))}
    may_draw = bool(request.roles & set(MAY_DRAW)) and found.row.state == "draft"
    context = _about(request, found) | {
        "heading": _heading(found),
        "state": STATES[found.row.state],
        "tasks": _tasks(request, found, {one.gate.code: one for one in missing}),
        "missing": missing,
        "ready": not missing and found.row.set_at is not None,
        "may_draw": may_draw,
        "may_take": bool(request.roles & set(MAY_DRAW)),
        "shared": _is_shared(found) and not queries.draft_of(found.row.body_id, found.row.service_id),
        "before": _before(found, today(request)),
        "changes": _changes(found, today(request)),
        "form": LiveForm(initial={"starts": today(request)}),
        "newer": versions.newer(found.row.body_id, found.row.service_id, today(request)) if _is_live(found) else None,
        "history": [_told(e, names) for e in queries.history(draw_id)],
    }
    return render(request, "sharing/drawing/page.html", context)


def _heading(found: queries.Drawing) -> str:
    title = found.definition.title.en
    return f"{title}, done by {bodies.body(found.provider_id).name}" if found.offer else f"{title}, done by ourselves"


def _before(found: queries.Drawing, day: date):
    """Return the body that does the work while our own body prepares to do it, or None."""
    now = adoption(found.row.body_id, found.row.service_id, day)
    is_draft = found.row.state == "draft"
    return bodies.body(now.provider_id) if is_draft and now and now.provider_id != found.row.body_id else None


def _changes(found: queries.Drawing, day: date) -> list:
    """Return what residents would meet otherwise once our own draft is live."""
    if found.offer or found.row.state != "draft":
        return []
    newest = catalogue.version(found.row.version_id)
    return versions.own_changes(found.row.body_id, newest, found.row.parameters, day)


def _is_live(found: queries.Drawing) -> bool:
    return found.row.state == "live"


def _is_shared(found: queries.Drawing) -> bool:
    """Tell whether it is live and has no end: only then it can be taken back."""
    return _is_live(found) and found.offer is not None and found.row.adoption.ends is None


def _tasks(request: HttpRequest, found: queries.Drawing, missing: dict) -> list[dict]:
    """Return the list of what is to be done; each leads to its page for whoever can do it."""
    draft, key = found.row.state == "draft", found.row.pk
    writes = draft and bool(request.roles & set(MAY_DRAW))
    is_set = found.row.set_at is not None
    own = {
        "title": "What your body sets", "hint": "Fee, clock and whatever else the service leaves open.", "done": is_set,
        "url": reverse("sharing:draw_settings", args=[key]) if writes else "",
        "status": "Set" if is_set else "To do",
    }  # fmt: skip
    tasks = [own, _told_task(found, today(request))]
    for gate in gates.gates(found.way):
        open_ = missing.get(gate.code)
        mine = draft and (gate.role in request.roles if gate.role else writes)
        tasks.append(
            {
                "title": gate.title,
                "hint": open_.to_do if open_ else "",
                "done": open_ is None,
                "url": reverse("sharing:draw_gate", args=[key, gate.code]) if mine else "",
                "status": "Passed" if open_ is None else "To do",
            }
        )
    return tasks


def _told_task(found: queries.Drawing, day: date) -> dict:
    """Return the way to say who of one's own is told; a service can do without anybody."""
    told = who_is_told(found.row.body_id, found.row.service_id, day)
    return {
        "title": "Who of your own is told", "hint": "Of each request made, late or closed. You can change it any day.",
        "done": True, "url": reverse("sharing:told", args=[found.row.service_id]),
        "status": ", ".join(one.words for one in told) or "Nobody yet",
    }  # fmt: skip


def _told(evidence, names: dict | None = None) -> dict:
    """Return one thing written down, in words and in the gate's order; `names` says who wrote it, by account."""
    gate = gates.gate(evidence.gate)
    said = [
        (need.label, _in_words(need.kind, evidence.given[need.name]))
        for need in gate.needs
        if need.name in evidence.given
    ]
    return {"evidence": evidence, "gate": gate.title, "said": said, "who": (names or {}).get(evidence.signer, "")}


def _in_words(kind: str, value) -> str:
    if kind == "yes-no":
        return "Yes" if value else "No"
    if kind == "route" and (known := route(value)):
        return known.name
    return catalogue.day_words(date.fromisoformat(value)) if kind == "day" else str(value)


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*MAY_DRAW)
def settings(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Ask what the definition leaves open."""
    found = queries.draw_down(draw_id)
    now_set = catalogue.settings(found.definition, found.row.parameters)
    form = SettingsForm(found.definition, now_set, request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(request, draw_id, form):
        messages.success(request, "Your settings are kept. Try the service with them before you go on.")
        return redirect("sharing:draw_down", draw_id)
    if not found.definition.leaves_open and request.method == "POST":
        actions.set_draw_down(draw_id=draw_id, parameters={}, at=request.at, by=request.actor)
        return redirect("sharing:draw_down", draw_id)
    context = _about(request, found) | {"form": form, "heading": "What your body sets"}
    return render(request, "sharing/drawing/settings.html", context)


def _set(request: HttpRequest, draw_id: UUID, form: SettingsForm) -> bool:
    try:
        actions.set_draw_down(draw_id=draw_id, parameters=form.parameters(), at=request.at, by=request.actor)
    except ParametersWrong as refusal:
        form.refuse(refusal.details["problems"])
        return False
    return True


@require_safe
@guard.staff(*READERS)
def try_out(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Try the service as a resident would be asked, with our settings; nothing is opened and nothing is written."""
    found = queries.draw_down(draw_id)
    own = catalogue.settings(found.definition, found.row.parameters)
    form = TryForm(found.definition, own, request.GET or None)
    context = _about(request, found) | {"form": form, "heading": "Try it out"}
    if form.is_bound and form.is_valid():
        body, answers = request.acting_body, form.answers()
        place = next((a["label"] for a in answers.values() if isinstance(a, dict) and a.get("label")), "")
        words = {"body": body.name, "phone": body.signpost_phone, "place": place, "reference": f"{body.code}-0000-0000",
                 "track": "(the address where the case is followed)"}  # fmt: skip
        came = catalogue.rehearse(
            found.definition, answers, own, words, at=request.at, calendar=england(), lang=form.cleaned_data["language"]
        )
        form.refuse(came.problems)
        context["came"] = None if came.problems else came
        context["told"] = who_is_told(body.id, found.row.service_id, today(request))
    return render(request, "sharing/drawing/try.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@guard.staff(*MAY_DRAW, *SIGNERS)
def gate(request: HttpRequest, draw_id: UUID, gate: str) -> HttpResponse:
    """Ask what one gate needs, or for the signature of the officer who holds the post."""
    found, row = queries.draw_down(draw_id), gates.gate(gate)
    if row is None or row not in gates.gates(found.way):
        raise NothingToWrite()
    if row.role not in request.roles if row.role else request.roles.isdisjoint(MAY_DRAW):
        raise guard.NotYourRole()
    return _signature(request, found, row) if row.role else _writing(request, found, row)


def _signature(request: HttpRequest, found: queries.Drawing, row: gates.Gate) -> HttpResponse:
    if request.method == "POST":
        actions.sign(draw_id=found.row.pk, gate=row.code, at=request.at, by=request.actor)
        messages.success(request, "Signed. A later change of the settings or the papers undoes it.")
        return redirect("sharing:draw_down", found.row.pk)
    own = catalogue.settings(found.definition, found.row.parameters)
    context = _about(request, found) | {
        "heading": row.title,
        "gate": row,
        "missing": gates.unwritten(found.case, today(request)),
        "settings": [catalogue.setting_told(one, own[name]) for name, one in found.definition.leaves_open.items()],
        "papers": [_told(e) for code, e in found.evidence.items() if code not in gates.SIGNED],
        "promise": catalogue.promise_words(found.definition, own),
        "fee": catalogue.cost_words(found.definition, own),
    }
    return render(request, "sharing/drawing/sign.html", context)


def _writing(request: HttpRequest, found: queries.Drawing, row: gates.Gate) -> HttpResponse:
    open_ = routes(found.way, request.acting_body.kind, today(request))
    last = found.evidence.get(row.code)
    own = tuple(queries.closed_appraisals(found.row.body_id)) if row.code == "appraisal" else ()
    form = GateForm(
        row, open_, request.POST or None, initial=_as_typed(row, last.given) if last else None, appraisals=own
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_evidence(
                draw_id=found.row.pk, gate=row.code, given=form.given(), at=request.at, by=request.actor
            )
            messages.success(request, f"Written down: {row.title.lower()}.")
            return redirect("sharing:draw_down", found.row.pk)
        except EvidenceWrong as refusal:
            for name, problem in refusal.details["problems"].items():
                form.add_error(name, problem)
    context = _about(request, found) | {"form": form, "heading": row.title, "gate": row}
    if row.code == "legal-route":
        context["sources"] = open_
    return render(request, "sharing/drawing/gate.html", context)


def _as_typed(row: gates.Gate, given: dict) -> dict:
    """Return what was written down before, as the boxes show it."""
    kinds = {need.name: need.kind for need in row.needs}
    found = {}
    for name, value in given.items():
        if kinds.get(name) == "day":
            value = date.fromisoformat(value)
        found[name] = ("yes" if value else "no") if kinds.get(name) == "yes-no" else value
    return found


@require_POST
@guard.staff(*MAY_DRAW)
def live(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Go live on the day chosen."""
    form = LiveForm(request.POST)
    if not form.is_valid():
        raise Refusal("Choose the day from which residents are offered it, such as 24 11 2026.", field="starts")
    starts = form.cleaned_data["starts"]
    actions.go_live(draw_id=draw_id, starts=starts, at=request.at, by=request.actor)
    said = "Residents are offered it now." if starts == today(request) else "Residents are offered it from that day."
    messages.success(request, said)
    return redirect("sharing:draw_down", draw_id)


@require_POST
@guard.staff(*MAY_DRAW)
def give_up(request: HttpRequest, draw_id: UUID) -> HttpResponse:
    """Give a draft up."""
    actions.give_up(draw_id=draw_id, at=request.at, by=request.actor)
    messages.success(request, "Given up. What was written down stays; you can begin again.")
    return redirect("sharing:draw_downs")
