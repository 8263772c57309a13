"""Write a case: what is missing, any place of it, and who changed what and why."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from moothall.appraisal import actions
from moothall.appraisal.forms import AddForm, EvidenceForm, PlaceForm
from moothall.appraisal.models import Case
from moothall.appraisal.queries import cases
from moothall.appraisal.rules import draft, outline
from moothall.appraisal.rules.draft import Path
from moothall.appraisal.rules.outline import Node
from moothall.appraisal.views.roles import WRITERS, address, may_write, readers, who
from moothall.core.guard import NotYourRole, may
from moothall.core.refusal import Refusal

RECENT = 6
SHOWN = 40


@require_safe
@readers
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a case: how it stands, what is missing, and its parts."""
    row = cases.case(slug)
    faults = draft.missing(row.document)
    said = {
        "row": row, "faults": _faults(row, faults[:SHOWN]), "count": len(faults), "more": max(0, len(faults) - SHOWN),
        "tasks": _tasks(row, faults), "node": outline.node(row.document, ()), "may_write": may_write(request, row),
        "sealed": draft.get(row.document, ("criteria", "seal")), "editions": cases.editions(row.slug),
        "recent": told_changes(request, row, cases.history(row.pk, most=RECENT)),
        "back_url": reverse("appraisal:ours"), "back_text": "Appraisals",
    }  # fmt: skip
    return render(request, "appraisal/case.html", said)


def _tasks(row: Case, faults) -> list[dict]:
    """Return the parts of a case as a task list, each with how much is missing in it."""
    tasks = []
    for branch in outline.node(row.document, ()).branches:
        wrong = sum(1 for path, _fault in faults if path[:1] == branch.path)
        status = f"{wrong} missing" if wrong else (f"{branch.entries} written" if branch.entries else "Nothing yet")
        status = (
            "Written" if not wrong and branch.written and not branch.entries and branch.path == ("basis",) else status
        )
        tasks.append({
            "title": branch.title, "url": _url(row, branch.path),
            "hint": outline.node(row.document, branch.path).hint, "status": status, "done": not wrong,
        })  # fmt: skip
    return tasks


def _url(row: Case, path: Path) -> str:
    return reverse("appraisal:place", args=[row.slug, address(path)])


def _faults(row: Case, faults) -> list[dict]:
    """Return what is missing, in words, each with the address of the page that mends it."""
    found = []
    for path, fault in faults:
        page = outline.page_of(row.document, path)
        anchor = f"#id_{path[len(page)]}" if len(path) > len(page) and isinstance(path[len(page)], str) else ""
        url = _url(row, page) if page else reverse("appraisal:top", args=[row.slug])
        found.append(
            {"where": outline.told(row.document, path), "what": fault.what, "write": fault.write, "url": url + anchor}
        )
    return found


def told_changes(request: HttpRequest, row: Case, changes) -> list[dict]:
    """Return changes as the history shows them."""
    names = who(request, changes)
    return [
        {"row": one, "place": outline.told(row.document, tuple(one.path)), "who": names[one.body_id, one.by],
         "before": _brief(one.before), "after": _brief(one.after)}
        for one in changes
    ]  # fmt: skip


def _brief(value) -> str:
    """Return a value in a line: a whole part by its title, a list by its entries."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        titles = [str(value[name]) for name in ("title", "what", "says", "who") if value.get(name)]
        return titles[0] if titles else f"{len(value)} entries"
    if isinstance(value, list):
        return ", ".join(_brief(one) for one in value[:12]) + (" …" if len(value) > 12 else "") if value else "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.12g}" if abs(value) >= 10_000 else f"{value:.12g}"  # a year is written without a comma
    return str(value)


@require_safe
@readers
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything that was ever changed: what stood there, what stands there since, why, and who changed it."""
    row = cases.case(slug)
    said = {
        "row": row, "changes": told_changes(request, row, cases.history(row.pk, most=500)),
        "back_url": reverse("appraisal:case", args=[slug]), "back_text": row.title,
    }  # fmt: skip
    return render(request, "appraisal/history.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def place(request: HttpRequest, slug: str, place: str = "") -> HttpResponse:
    """Show one place of a case, and change it."""
    row = cases.case(slug)
    path = outline.place(place)
    found = outline.node(row.document, path) if path is not None else None
    if found is None:
        raise Http404
    changing = request.method == "POST"
    form = _form(row, found, request.POST if changing else None)
    if changing and not may(request, WRITERS):
        raise NotYourRole()
    if changing and request.POST.get("remove"):
        return _remove(request, row, path)
    if not (changing and form is not None and form.is_valid()):
        return _show(request, row, found, form, status=422 if changing else 200)
    try:
        actions.change(
            case_id=row.pk, changes=_changes(row, found, form), why=form.cleaned_data["why"], seen=_seen(request, row),
            at=request.at, by=request.actor,
        )  # fmt: skip
    except actions.ChangedMeanwhile as refusal:
        form.add_error(None, refusal.message)
        return _show(request, row, found, form, theirs=refusal.details["theirs"], status=409)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _show(request, row, found, form, status=refusal.status)
    messages.success(request, "Kept, with why, in the history.")
    return redirect(_next(row, found, form))


def _next(row: Case, found: Node, form) -> str:
    """Return where to go on: into a new entry that has parts of its own, else where it was changed."""
    if found.shape == "part":
        return _url(row, found.path) if found.path else reverse("appraisal:case", args=[row.slug])
    return _url(row, found.path)


def _form(row: Case, found: Node, data) -> PlaceForm | None:
    seen = {"seen": row.version}
    if found.shape == "part":
        value = draft.get(row.document, found.path) if found.path else row.document
        return PlaceForm(found.fields, value, data, initial=seen) if found.fields else None
    return AddForm(found.adds, found.shape == "named", data, initial=seen) if found.adds else None


def _seen(request: HttpRequest, row: Case) -> int:
    """Return the version of the case that the writer looked at."""
    given = request.POST.get("seen", "")
    return min(int(given), row.version) if given.isdigit() else 0


def _changes(row: Case, found: Node, form: PlaceForm) -> list[tuple[Path, object]]:
    if found.shape == "part":
        before = draft.get(row.document, found.path) if found.path else row.document
        return [((*found.path, name), value) for name, value in form.values(before).items()]
    value = {name: one for name, one in form.values(None).items() if one is not None}
    there = draft.get(row.document, found.path) or ()
    key = form.cleaned_data["name"] if found.shape == "named" else len(there)
    if found.shape == "named" and key in there:
        raise actions.AlreadyThere(field="name")
    return [((*found.path, key), value)]


def _remove(request: HttpRequest, row: Case, path: Path) -> HttpResponse:
    """Take an entry out of its list, or a part that need not be there out of the case."""
    above, why = path[:-1], request.POST.get("why", "")
    if isinstance(path[-1], int):
        rest = [one for number, one in enumerate(draft.get(row.document, above)) if number != path[-1]]
        changes = [(above, rest)]
    else:
        changes = [(path, None)]
    try:
        actions.change(
            case_id=row.pk, changes=changes, why=why, seen=_seen(request, row), at=request.at, by=request.actor
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("appraisal:place", row.slug, address(path))
    messages.success(request, "Taken out. It stays in the history.")
    page = outline.page_of(row.document, above)
    return redirect("appraisal:place", row.slug, address(page)) if page else redirect("appraisal:case", row.slug)


def _show(request: HttpRequest, row: Case, found: Node, form, theirs=(), status: int = 200) -> HttpResponse:
    path, document = found.path, row.document
    faults = [one for one in draft.missing(document) if one[0][: len(path)] == path] if path else []
    figure = path[1] if path[:1] == ("inputs",) and len(path) == 2 else ""
    above = outline.trail(document, path)
    writers = who(request, [_By(body, by) for _one, _value, body, by, _why in theirs]) if theirs else {}
    if form:
        form.mark_needed()
    said = {
        "row": row, "node": found, "form": form, "may_write": may_write(request, row),
        "faults": _faults(row, faults[:SHOWN]), "entries": _entries(row, found, faults),
        "branches": [(one, _url(row, one.path)) for one in found.branches],
        "trail": [(title, _url(row, one)) for one, title in above],
        "removable": bool(path) and draft.get(document, path) is not None and path != ("basis",)
        and not (len(path) == 1 and found.shape != "part"),
        "theirs": [
            {"place": outline.told(document, one), "value": _brief(value), "why": why,
             "who": writers[body, by]}
            for one, value, body, by, why in theirs
        ],
        "figure": figure, "evidence": cases.evidence(row.pk, figure) if figure else [],
        "evidence_form": EvidenceForm() if figure and may_write(request, row) else None,
        "read": (draft.get(document, path) or {}).get("read") if figure else None, "is_inputs": path == ("inputs",),
        "changes": told_changes(request, row, cases.history(row.pk, path, most=RECENT)) if path else [],
        "back_url": reverse("appraisal:case", args=[row.slug]), "back_text": row.title,
    }  # fmt: skip
    return render(request, "appraisal/place.html", said, status=status)


class _By:
    """Who changed something, as `who` reads it."""

    def __init__(self, body_id: int, by: str):
        self.body_id, self.by = body_id, by


def _entries(row: Case, found: Node, faults) -> list[dict]:
    """Return the entries of a list, each with its address and how much is missing in it."""
    return [
        {"title": title, "url": _url(row, path),
         "missing": sum(1 for place_, _fault in faults if place_[: len(path)] == path),
         "brief": _figure(draft.get(row.document, path))}
        for path, title in found.entries
    ]  # fmt: skip


def _figure(value) -> str:
    """Return an input's figure with its unit; nothing for other entries."""
    if isinstance(value, dict) and "unit" in value and value.get("value") is not None:
        return f"{value['value']:,} {value['unit']}"
    return ""
