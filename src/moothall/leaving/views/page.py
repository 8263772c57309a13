"""What leaving means for one's own body, and how far it is."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.core import operations
from moothall.core.clock import local
from moothall.core.guard import may
from moothall.core.money import pounds
from moothall.leaving import queries
from moothall.leaving.actions import carrying, packing
from moothall.leaving.forms import DayForm
from moothall.leaving.rules.cost import KINDS
from moothall.leaving.views.who import ARRANGERS, DECIDERS, KEEPERS, readers
from moothall.ui.rules import date_words

HALF_A_YEAR = 182
WORK = (("Carrying it out", carrying.KIND), ("Making an archive", packing.KIND))


@require_safe
@readers
def leaving(request: HttpRequest) -> HttpResponse:
    """Show what leaving means, worked out now: for a day to try, or for the day that was decided."""
    body, today = request.acting_body, local(request.at).date()
    found = queries.departure(body.id)
    form = None if found else DayForm(request.GET if "leaves-day" in request.GET else None)
    leaves = found.leaves if found else _day(form, body.id, today)
    meant = queries.meaning(body.id, found, leaves, today)
    goes, stays = queries.what_goes()
    kept = queries.costing(found.pk) if found and found.state != "planned" else None
    sums = kept[1] if kept else meant.sums
    said = {
        "kept": kept and kept[0],
        "one": found, "meant": meant, "form": form, "finding": _finding(body.name, found, meant),
        "sums": [(title, [one for one in sums if one.kind == kind]) for kind, title in KINDS.items()],
        "goes": goes, "stays": stays, "archives": queries.archives(body.id), "withdrawn": queries.withdrawn(body.id),
        "uncharged": _uncharged(body.id, meant), "missing": _missing(found, meant),
        "notice_rows": [{"row": row, "kept": row.kept(leaves)} for row in meant.notices],
        "others": _others(body.id, today),
        "may_decide": may(request, DECIDERS), "may_arrange": may(request, ARRANGERS), "may_keep": may(request, KEEPERS),
        "due": found is not None and found.state == "planned" and found.leaves <= today,
        "work": [(title, one) for title, kind in WORK for one in operations.of(body.id, kind)[:1]],
    }  # fmt: skip
    return render(request, "leaving/leaving.html", said)


def _day(form: DayForm, body_id: int, today: dt.date) -> dt.date:
    """Return the day that was asked for; else the first that keeps to all notice, or half a year from now."""
    if form.is_bound and form.is_valid():
        return form.cleaned_data["leaves"]
    soonest = queries.meaning(body_id, None, today, today).soonest
    return soonest or today + dt.timedelta(days=HALF_A_YEAR)


def _finding(name: str, found, meant) -> str:
    """Return in a sentence when the body leaves and what that costs."""
    pence, unknown = meant.cost
    cost = f"As far as it is known, that costs {pounds(pence)}"
    if unknown:
        cost += f"; {unknown} {'sum is' if unknown == 1 else 'sums are'} not known"
    day = date_words(meant.leaves, "en")
    if found is None:
        return f"If {name} left on {day}: {cost[0].lower()}{cost[1:]}."
    if found.state == "gone":
        return f"{name} left on {date_words(local(found.gone_at).date(), 'en')}."
    return f"{name} leaves on {day}. {cost}."


def _uncharged(own: int, meant) -> list[dict]:
    names = bodies.names()
    return [
        {"row": one, "ours": one.provider_id == own,
         "other": names[one.payer_id if one.provider_id == own else one.provider_id]}
        for one in meant.uncharged
    ]  # fmt: skip


def _missing(found, meant) -> list[str]:
    """Return what must still be done before the day, each as one thing to do."""
    if found is None or found.state != "planned":
        return []
    unsaid = ", ".join(one.title for one in meant.unsaid)
    return ([f"Say who does this afterwards: {unsaid}."] if unsaid else []) + [
        f"{one.name} asks for notice until {date_words(one.given or one.soonest, 'en')}." for one in meant.too_soon
    ]


def _others(own: int, today: dt.date) -> list[dict]:
    """Return the other bodies that leave and do something for this one."""
    names, found = bodies.names(), []
    for one in queries.departures():
        if one.body_id != own and one.state == "planned":
            rows = queries.done_by(own, one.body_id, one.leaves, today)
            if rows:
                found.append({"row": one, "name": names[one.body_id], "services": rows})
    return found
