"""A body's own savings for those who work on them: what comes next, and what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.promises import actions, queries
from moothall.promises.forms import savings as forms
from moothall.promises.queries import Told
from moothall.promises.rules import told
from moothall.promises.rules.savings import missing
from moothall.promises.views.asking import ask
from moothall.promises.views.savings import TAGS, share, title_of
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words

ROLES = ("manager", "partnership-office", "finance", "section-151-officer")
workers = staff(*ROLES)


@dataclass(frozen=True)
class Step:
    """Something that can happen to a saving: its page, its form, and when it can."""

    title: str
    button: str
    act: Callable
    form: Callable
    can: Callable


def _open(one: Told) -> bool:
    return one.row.state != "given-up"


def _state(name: str) -> Callable:
    return lambda one: one.row.state == name and not one.row.blocked_by


STEPS = {
    "owner": Step("Who owns it", "Name the owner", actions.name_owner,
                  lambda one, day, *a, **k: forms.OwnerForm(bodies.staff(one.row.body_id, day), *a, **k), _open),
    "how": Step("What brings it about", "Save", actions.say_how,
                lambda one, day, *a, **k: forms.HowForm(*a, **k), _open),
    "baseline": Step("What it would have cost", "State the baseline", actions.state_baseline,
                     lambda one, day, *a, **k: forms.BaselineForm(day, *a, **k),
                     lambda one: _open(one) and one.is_money),
    "choose": Step("Which baseline counts", "Choose it", actions.choose_baseline,
                   lambda one, day, *a, **k: forms.ChooseForm(one.baselines, *a, **k),
                   lambda one: _open(one) and len(one.baselines) > 1),
    "parts": Step("Who gets which part", "Divide it", actions.divide,
                  lambda one, day, *a, **k: forms.PartsForm(bodies.body(one.row.body_id), _partners(one, day), *a, **k),
                  _open),
    "propose": Step("Propose it for decision", "Propose it", actions.propose,
                    lambda one, day, *a, **k: forms.ProposeForm(*a, **k), _state("promised")),
    "approve": Step("Record the decision", "Record the approval", actions.approve,
                    lambda one, day, *a, **k: forms.ApproveForm(
                        [year.first for year in one.years], one.row.unit,
                        bodies.staff(one.row.body_id, day, "councillor"), *a, **k),
                    _state("proposed")),
    "done": Step("Record that it was carried out", "It was carried out", actions.implement,
                 lambda one, day, *a, **k: forms.DoneForm(*a, **k), _state("approved")),
    "report": Step("Report what came of it", "Report it", actions.report,
                   lambda one, day, *a, **k: forms.ReportForm(
                       [year.first for year in one.years if year.first <= day], one.row.unit, *a, **k),
                   _state("implemented")),
    "block": Step("Say who blocks it", "Record it", actions.block,
                  lambda one, day, *a, **k: forms.BlockForm(*a, **k),
                  lambda one: _open(one) and not one.row.blocked_by),
    "free": Step("Say that it is free again", "It is free again", actions.free,
                 lambda one, day, *a, **k: forms.FreeForm(*a, **k), lambda one: _open(one) and one.row.blocked_by),
    "give-up": Step("Give it up", "Give it up", actions.give_up,
                    lambda one, day, *a, **k: forms.GiveUpForm(*a, **k), _open),
}  # fmt: skip
NEXT = ("propose", "approve", "done", "report")
BESIDE = ("block", "free", "give-up")
ON_RECORD = ("owner", "how", "baseline", "choose", "parts")
ASKED_BY = {"owner": "owner", "how": ("cause", "quality"), "baseline": "baseline", "choose": "chosen"}


def _partners(one: Told, day) -> list:
    """Return the other members of the partnership that makes a saving; every other partner where none does."""
    if one.row.partnership_id:
        ids = sharing.partnership_of(one.row.partnership_id, day).member_ids
        return [bodies.body(b) for b in ids if b != one.row.body_id]
    return [body for body in bodies.bodies(partner=True, on=day) if body.id != one.row.body_id]


@require_safe
@workers
def ours(request: HttpRequest) -> HttpResponse:
    """Show the body's own savings: first those that need somebody to act, then all of them, page by page."""
    day, body_id, after = local(request.at).date(), request.acting_body.id, request.GET.get("after", "")
    page = queries.page(body_id=body_id, after=after)
    mine = [] if after else queries.savings(body_id=body_id)
    alarms = queries.alarms(mine, day)
    said = {
        "sentence": told.sentence(queries.this_year(queries.yearly(body_id=body_id), day)),
        "warned": [
            _listed(one) | {"alarms": [told.alarm_words(item, date_words, one.row.unit) for item in alarms[one.row.pk]]}
            for one in mine if alarms[one.row.pk]
        ],
        "rows": [_listed(one) for one in page.rows], "after": after,
        "page": {"older_url": f"?after={page.next}" if page.next else ""},
        "shared": [] if after else [share(one, body_id, "en") for one in queries.shared_with(body_id)],
    }  # fmt: skip
    return render(request, "promises/our_savings.html", said)


def _listed(one: Told) -> dict:
    return {"row": one.row, "state": told.word("states", one.state), "tag": TAGS[one.state]}


@require_http_methods(["GET", "HEAD", "POST"])
@workers
def begin(request: HttpRequest) -> HttpResponse:
    """Promise a saving."""
    day, body_id = local(request.at).date(), request.acting_body.id
    mine = [one for one in sharing.partnerships(day, body_id) if one.concerns(body_id)]
    return ask(
        request, forms.PromiseForm(day, mine, request.POST or None), partial(actions.promise, body_id=body_id),
        heading="Promise a saving", button="Promise it", back=(reverse("promises:our_savings"), "Savings"),
        done="Promised, and published. Say now who owns it and what brings it about.",
        lead="Everybody can read it from now on. All sums are net of what making it costs, in its own year.",
        to=lambda row: reverse("promises:our_saving", args=[row.reference]),
    )  # fmt: skip


@require_safe
@workers
def our_saving(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one of the body's savings: what comes next as a button, what is on record, what warns."""
    one, day = own(request, reference), local(request.at).date()
    row, written = one.row, queries.written(one, day)
    step = next((key for key in NEXT if STEPS[key].can(one)), None)
    lacks = missing(written, {"propose": "proposed", "approve": "approved", "done": "implemented",
                              "report": "realised"}.get(step, "")) if step else ()  # fmt: skip
    said = {
        "one": one, "row": row, "title": title_of(one, "en"), "state": told.word("states", one.state),
        "tag": TAGS[one.state], "next": step and {"key": step, "title": STEPS[step].title},
        "lacks": [told.words()["needs"][need] for need in lacks],
        "tasks": [_task(one, key, written) for key in ON_RECORD if STEPS[key].can(one)],
        "beside": [(key, STEPS[key].title) for key in BESIDE if STEPS[key].can(one)],
        "alarms": [told.alarm_words(alarm, date_words, row.unit) for alarm in queries.alarms([one], day)[row.pk]],
        "years": [year for year in one.years if year.realised and row.kind == "cash"],
        "back_url": reverse("promises:our_savings"), "back_text": "Savings",
    }  # fmt: skip
    return render(request, "promises/our_saving.html", said)


def _task(one: Told, key: str, written) -> dict:
    """Return a part of what is on record, as the task list shows it."""
    row = one.row
    there = {
        "owner": row.owner_post if written.has_owner else "", "how": "Said" if row.cause and row.quality else "",
        "baseline": f"{len(one.baselines)} stated" if one.baselines else "",
        "choose": "Chosen" if written.chosen else "", "parts": "; ".join(f"{p.name} {p.weight} %" for p in one.parts),
    }[key]  # fmt: skip
    return {"title": STEPS[key].title, "status": there or "To do", "done": bool(there),
            "url": reverse("promises:saving_step", args=[row.reference, key])}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@workers
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """Write one thing down of a saving, or move it on."""
    one, day, chosen = own(request, reference), local(request.at).date(), STEPS.get(verb)
    if chosen is None:
        raise Http404
    if not chosen.can(one):
        messages.info(request, "That is not what comes next for this saving.")
        return redirect("promises:our_saving", reference)
    back = reverse("promises:our_saving", args=[reference])
    return ask(
        request, chosen.form(one, day, request.POST or None, initial=_initial(one, day)),
        partial(chosen.act, saving_id=one.row.pk), heading=chosen.title, button=chosen.button,
        caption=f"{reference} {one.row.title}", done="Recorded, and published.", back=(back, reference),
        to=lambda _made: back,
    )  # fmt: skip


def _initial(one: Told, day) -> dict:
    """Return what is on record already, and the figures that were promised for what is decided."""
    row = one.row
    found = {"owner_id": row.owner_id, "cause": row.cause, "quality": row.quality, "differs": row.differs,
             "councillor": row.councillor, "day": day, "decided_on": day, "until": day}  # fmt: skip
    for year in (year for year in one.years if year.expected):
        found |= {f"{year.first.year}-gross": year.expected.gross, f"{year.first.year}-cost": year.expected.cost}
    for part in one.parts:
        key = f"{part.body_id}-percent" if part.body_id else "outside-percent"
        found |= {key: part.weight} | ({} if part.body_id else {"outside": part.name})
    return found


def own(request: HttpRequest, reference: str) -> Told:
    """Return a saving of one's own body; others' have public pages only."""
    one = queries.saving(reference)
    if one.row.body_id not in bodies.lineage(request.acting_body.id):
        raise queries.UnknownSaving
    return one
