"""What is being written: the list, one draft with what is to be done, what it changes, and its history."""

import difflib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.catalogue import queries as catalogue
from moothall.core.guard import may
from moothall.editor import actions, queries
from moothall.editor.forms.writing import AnswerForm, AskForm
from moothall.editor.models import OPEN, STATES, VERDICTS
from moothall.editor.rules.files import DEFINITION
from moothall.editor.rules.rewriting import CannotRewrite, read
from moothall.editor.rules.sections import SECTIONS
from moothall.editor.views.shown import WRITERS, about, names, readers, today, who, writers, written_title


@require_safe
@readers
def ours(request: HttpRequest) -> HttpResponse:
    """List what our body is writing, and what it may change."""
    body_id, known = request.acting_body.id, names(request)
    drafts = list(queries.drafts(body_id))
    titles = catalogue.titles(row.service_id for row in drafts)
    rows = [
        {"draft": row, "title": _title(row, titles), "state": STATES[row.state], "who": who(row.begun_by, known)}
        for row in drafts
    ]
    being_written = {row["draft"].service_id for row in rows if row["draft"].state in OPEN}
    services = [
        {"found": found, "others": len(queries.others(found.service_id, body_id, today(request)))}
        for found in queries.changeable(body_id, today(request))
        if found.service_id not in being_written
    ]
    context = {
        "heading": "Services being written", "rows": rows, "services": services, "may_write": may(request, WRITERS),
    }  # fmt: skip
    return render(request, "editor/ours.html", context)


def _title(row, titles: dict) -> str:
    """Return what a draft of the list is called: as it is published, else as it is written, else its name."""
    known = titles.get(row.service_id)
    return known.en if known else written_title(row) or row.service_id


@require_safe
@readers
def page(request: HttpRequest, draft_id) -> HttpResponse:
    """Show a draft: whether it is good, its files, and what comes next."""
    return show(request, queries.draft(draft_id))


def show(request: HttpRequest, row, ask: AskForm | None = None, answer: AnswerForm | None = None) -> HttpResponse:
    """Show a draft with what was typed into its forms."""
    found, known = queries.look(row.service_id, row.files), names(request)
    beside = queries.others(row.service_id, row.body_id, today(request))
    newest = queries.newest(row.service_id)
    said = queries.opinions(row.pk)
    context = about(row, found.definition) | {
        "found": found,
        "may_write": may(request, WRITERS),
        "tasks": _tasks(row),
        "files": [(path, queries.file_name(path)) for path in queries.in_order(row.files)],
        "outdated": newest if newest and row.state != "published" and newest.id != row.base_id else None,
        "running": queries.running(row.service_id) if row.base_id else [],
        "others": beside,
        "opinions": [(one, VERDICTS[one.verdict], who(one.by, known)) for one in said],
        "mine": str(request.actor) in queries.writers(row.pk),
        "reviewers": queries.reviewers(row.service_id, row.body_id, today(request)),
        "ask": ask or AskForm(),
        "answer": answer or AnswerForm(),
        "form": answer if answer and answer.is_bound else ask,
        "published": catalogue.version(row.version_id) if row.version_id else None,
        "back_url": reverse("editor:ours"),
        "back_text": "Services being written",
    }
    return render(request, "editor/draft.html", context)


def _tasks(row) -> list[dict]:
    """Return the parts of the definition, each with how much it holds; none where the text cannot be read."""
    try:
        told = read(row.files[DEFINITION])
    except CannotRewrite:
        return []
    return [
        {
            "title": section.title, "hint": section.hint, "url": reverse("editor:part", args=[row.pk, section.code]),
            "status": str(len(told.get(section.code) or ())) if section.entries else "",
        }
        for section in SECTIONS.values()
    ]  # fmt: skip


@require_safe
@readers
def changes(request: HttpRequest, draft_id) -> HttpResponse:
    """Say in words what a draft changes, against the newest version that is published."""
    row = queries.draft(draft_id)
    found = queries.look(row.service_id, row.files)
    base = (
        catalogue.version(row.version_id or row.base_id) if row.state == "published" else queries.newest(row.service_id)
    )
    before = catalogue.files(base.id) if base else {}
    compared = queries.compare(base, found.definition, before, row.files) if base else None
    context = about(row, found.definition) | {
        "heading": "What changes", "found": found, "compared": compared,
        "outdated": base is not None and row.state != "published" and base.id != row.base_id,
        "files": [] if compared is None else _lines(compared.files, before, row.files),
        "running": queries.running(row.service_id),
    }  # fmt: skip
    return render(request, "editor/changes.html", context)


def _lines(paths, before, after) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return for each file the lines that go and come, with two around them."""
    marks = {"-": "gone", "+": "new", " ": "same", "@": "place"}
    found = []
    for path in paths:
        told = difflib.unified_diff(
            before.get(path, "").splitlines(), after.get(path, "").splitlines(), n=2, lineterm=""
        )
        lines = [(marks[line[0]], line[1:] if line[0] != "@" else "…") for line in list(told)[2:]]
        found.append((queries.file_name(path), lines))
    return found


@require_POST
@writers
def newest(request: HttpRequest, draft_id) -> HttpResponse:
    """Let a draft follow the newest version, whose changes its writer has seen."""
    row = actions.build_on_newest(draft_id=draft_id, at=request.at, by=request.actor)
    messages.success(request, "This draft now follows the newest version. What it says is as you wrote it.")
    return redirect("editor:draft", row.pk)


@require_safe
@readers
def history(request: HttpRequest, draft_id) -> HttpResponse:
    """List who saved what when, and what was said."""
    row, known = queries.draft(draft_id), names(request)
    rows = [(one, who(one.by, known)) for one in queries.savings(row.pk)]
    said = [(one, VERDICTS[one.verdict], who(one.by, known)) for one in queries.opinions(row.pk)]
    context = about(row) | {"heading": "History", "rows": rows, "opinions": said}
    return render(request, "editor/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def saving(request: HttpRequest, draft_id, number: int) -> HttpResponse:
    """Show what one saving left and what is otherwise now; bring it back."""
    row, then = queries.draft(draft_id), queries.saving(draft_id, number)
    if request.method == "POST":
        actions.bring_back(draft_id=draft_id, number=number, at=request.at, by=request.actor)
        messages.success(request, f"The draft is again as saving {number} left it.")
        return redirect("editor:draft", row.pk)
    paths = queries.altered(row.files, then.files)
    context = about(row) | {
        "heading": f"Saving {number}", "then": then, "who": who(then.by, names(request)),
        "files": _lines(paths, row.files, then.files),
        "back_url": reverse("editor:history", args=[row.pk]), "back_text": "History",
    }  # fmt: skip
    return render(request, "editor/saving.html", context)
