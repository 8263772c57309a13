"""Write a partnership's terms, part by part, and propose them to the members."""

import datetime as dt
from collections import defaultdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.core.clock import local
from moothall.core.guard import staff
from moothall.core.refusal import Refusal
from moothall.sharing import actions, queries
from moothall.sharing.forms.partnerships import SECTIONS, AmendForm, Section

writers = staff("partnership-office", "manager", "monitoring-officer")


@require_POST
@writers
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the terms of a new partnership, with one's own body as its first member."""
    data = {"members": [{"body_id": request.acting_body.id}]}
    row = actions.save_draft(body_id=request.acting_body.id, data=data, at=request.at, by=request.actor)
    return redirect("sharing:draft", draft_id=row.pk)


@require_POST
@writers
def amend(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a new version of a partnership's terms, from those in force."""
    found = queries.partnership(slug, local(request.at).date())
    if not found.concerns(request.acting_body.id):
        raise queries.UnknownPartnership
    data = found.terms.model_dump(mode="json") | {"starts": None, "ending": None}
    row = actions.save_draft(
        body_id=request.acting_body.id, data=data, partnership_id=found.id, at=request.at, by=request.actor
    )
    return redirect("sharing:draft", draft_id=row.pk)


@require_safe
@writers
def draft(request: HttpRequest, draft_id) -> HttpResponse:
    """Show which parts are written and what is missing."""
    return _show(request, queries.draft(draft_id), AmendForm())


def _show(request: HttpRequest, row, form: AmendForm, status: int = 200) -> HttpResponse:
    terms, missing = queries.ready(_whole(row.data), local(request.at).date())
    wrong = defaultdict(list)
    for part, what in missing:
        wrong[part].append(what)
    tasks = [_task(row, section, wrong[section.key], bool(terms)) for section in SECTIONS.values()]
    said = {
        "draft": row, "heading": row.data.get("name") or "A new partnership", "tasks": tasks, "form": form,
        "is_ready": not missing, "back_url": reverse("sharing:ours"), "back_text": "Partnerships",
    }  # fmt: skip
    return render(request, "sharing/draft.html", said, status=status)


def _task(row, section: Section, wrong: list[str], readable: bool) -> dict:
    """Return a part as the task list shows it; what is wrong in detail is known once all parts can be read."""
    entries = row.data.get(section.key)
    written = bool(_initial(section, row.data)) if not section.many else bool(entries)
    if wrong and written and readable:
        status = " ".join(wrong)
    elif wrong or (section.needed and not written):
        status = "To do"
    else:
        status = (f"{len(entries)} written" if section.many else "Written") if written else "None"
    url = reverse("sharing:part", args=[row.pk, section.key])
    done = not wrong and (written or not section.needed)
    return {"title": section.title, "hint": section.hint, "url": url, "status": status, "done": done}


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def part(request: HttpRequest, draft_id, key: str, number: int | None = None) -> HttpResponse:
    """Write one part of the terms, or one entry of a part that is a list."""
    row, section = queries.draft(draft_id), SECTIONS.get(key)
    if section is None or (number is not None and not _is_entry(row, section, number)):
        raise Http404
    data = row.data
    if request.method == "POST" and request.POST.get("remove"):
        return _removed(request, row, section, number)
    chosen = {
        "members": tuple(one["body_id"] for one in data.get("members", [])),
        "services": tuple(one["title"] for one in data.get("services") or []),
    }
    initial = _initial(section, data, number)
    form = section.form(request.POST or None, request.FILES or None, initial=initial, **chosen)
    if request.method == "POST" and form.is_valid() and (given := _given(request, row, form)) is not None:
        data = _put(section, data, given, number)
        actions.save_draft(body_id=row.body_id, data=data, draft_id=row.pk, at=request.at, by=request.actor)
        return redirect("sharing:part", row.pk, key) if section.many else redirect("sharing:draft", row.pk)
    said = {
        "draft": row, "section": section, "form": form, "heading": section.title, "number": number,
        "entries": _entries(row, section) if section.many and number is None else [],
        "back_url": reverse("sharing:draft", args=[row.pk]), "back_text": "All parts",
    }  # fmt: skip
    return render(request, "sharing/part.html", said)


def _given(request: HttpRequest, row, form) -> dict | None:
    """Return what was filled in, a file as it is kept from now on; None where it is refused, and the form says why."""
    given = form.cleaned_data
    upload = given.get("file")
    if not upload or isinstance(upload, dict):  # none was sent, or it is kept already
        return given
    told = {"name": upload.name, "at": request.at, "by": request.actor}
    try:
        return given | {"file": actions.keep_paper(draft_id=row.pk, upload=upload, **told)}
    except Refusal as refusal:
        form.add_error("file", refusal.message)
        return None


def _removed(request: HttpRequest, row, section: Section, number: int | None) -> HttpResponse:
    data = dict(row.data)
    if section.many and number is not None:
        data[section.key] = [one for n, one in enumerate(data[section.key], 1) if n != number]
        actions.save_draft(body_id=row.body_id, data=data, draft_id=row.pk, at=request.at, by=request.actor)
        return redirect("sharing:part", row.pk, section.key)
    if not section.needed:
        data.pop(section.key, None)
        actions.save_draft(body_id=row.body_id, data=data, draft_id=row.pk, at=request.at, by=request.actor)
    return redirect("sharing:draft", row.pk)


@require_POST
@writers
def propose(request: HttpRequest, draft_id) -> HttpResponse:
    """Put the terms before the members."""
    row, form = queries.draft(draft_id), AmendForm(request.POST)
    if not form.is_valid():
        return _show(request, row, form)
    try:
        made = actions.propose(
            body_id=request.acting_body.id, terms=_whole(row.data), partnership_id=row.partnership_id,
            because=form.cleaned_data["because"], draft_id=row.pk, at=request.at, by=request.actor,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _show(request, row, form, status=refusal.status)
    messages.success(request, "It is proposed. Each member, yours too, now decides by name.")
    return redirect("sharing:our", made.partnership.slug)


@require_POST
@writers
def drop(request: HttpRequest, draft_id) -> HttpResponse:
    """Throw a draft away."""
    actions.drop_draft(draft_id=draft_id, at=request.at, by=request.actor)
    messages.success(request, "Thrown away. Nothing that was proposed has changed.")
    return redirect("sharing:ours")


def _whole(data: dict) -> dict:
    """Return a draft's data with each new member starting when the terms do."""
    members = [{"starts": data.get("starts")} | one for one in data.get("members", [])]
    return data | {"members": [one if one["starts"] else one | {"starts": data.get("starts")} for one in members]}


def _is_entry(row, section: Section, number: int) -> bool:
    return section.many and 1 <= number <= len(row.data.get(section.key) or [])


def _initial(section: Section, data: dict, number: int | None = None) -> dict:
    """Return what a form begins with: the entry that is changed, or the part as it is written so far."""
    if section.many:
        found = data[section.key][number - 1] if number else {}
    elif section.key in ("basics", "model"):
        found = {name: data[name] for name in section.form.base_fields if data.get(name)}
    elif section.key == "members":
        return {"members": [one["body_id"] for one in data.get("members", [])]}
    else:
        found = data.get(section.key) or {}
    return {name: _day(value) for name, value in found.items()}


def _day(value):
    """Return a written day as a day; anything else as it is."""
    if isinstance(value, str) and len(value) == 10:
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _put(section: Section, data: dict, given: dict, number: int | None) -> dict:
    """Return a draft's data with a part, or an entry of it, as it was filled in."""
    if section.key == "members":
        known = {one["body_id"]: one for one in data.get("members", [])}
        return data | {"members": [known.get(body, {"body_id": body}) for body in sorted(given["members"])]}
    if section.key in ("basics", "model"):
        return data | given
    if not section.many:
        return data | {section.key: given}
    entries = list(data.get(section.key) or [])
    if number:
        entries[number - 1] = given
    else:
        entries.append(given)
    return data | {section.key: entries}


def _entries(row, section: Section) -> list[dict]:
    """Return the entries of a list, each as its first words and the address at which it is changed."""
    found = []
    for n, one in enumerate(row.data.get(section.key) or [], 1):
        first = next((name for name in ("words", "title", "what", "name", "part", "service") if one.get(name)), "")
        whose = bodies.body(one["body_id"]).name if one.get("body_id") else ""
        words = ": ".join(filter(None, [whose, str(one.get(first, ""))]))
        found.append({"words": words, "url": reverse("sharing:entry", args=[row.pk, section.key, n])})
    return found
