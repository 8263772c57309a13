"""What a draft would be like: the questions as residents see them, the work drawn, an example with its letters."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from moothall.casework.forms.questions import AnswerForm
from moothall.catalogue import queries as catalogue
from moothall.core.clock import at_noon
from moothall.core.guard import may
from moothall.core.workdays import england
from moothall.editor import queries
from moothall.editor.forms.writing import TextForm
from moothall.editor.views.shown import WRITERS, about, readers, today
from moothall.sharing.forms.trying import TryForm

NOWHERE = "(the address where the case is followed)"


def seen(request: HttpRequest, row, files: dict[str, str]) -> dict:
    """Return what is said of files, and what a resident, an officer and a letter would make of them."""
    found = queries.look(row.service_id, files)
    said = {"found": found, "problems": _problems(found, files), "may_write": may(request, WRITERS)}
    if found.definition is None:
        return said
    definition = found.definition
    asked = AnswerForm(definition.questions, lang="en", today=today(request), prefix="look")
    return said | {
        "definition": definition,
        "questions": [(question, _boxes(asked, question)) for question in definition.questions],
        "stories": _played(request, definition, files),
        "promise": catalogue.promise_words(definition),
        "cost": catalogue.cost_words(definition),
    }


def _problems(found, files) -> list[dict]:
    """Return each thing wrong with its file, its line and what stands there."""
    told = []
    for one in found.problems:
        lines = files.get(one.file, "").splitlines()
        there = lines[one.line - 1].strip() if 0 < one.line <= len(lines) else ""
        told.append(
            {"problem": one, "file": queries.file_name(one.file), "there": there[:120], "is": one.file in files}
        )
    return told


def _boxes(form: forms.Form, question) -> list:
    return [form[name] for name in form.fields if name == question.id or name.startswith(f"{question.id}-")]


def _played(request: HttpRequest, definition, files) -> list:
    """Return (example, what comes of it) of the first worked example that is a request: clock, fee, steps, letters."""
    try:
        stories = [one for one in catalogue.told_examples(files) if "problems" not in one.then]
    except catalogue.BadExamples:
        return []
    found = []
    for story in stories[:1]:
        came = catalogue.rehearse(
            definition, story.answers, story.body, _words(request, story.answers), at=at_noon(story.opened.date()),
            calendar=england(),
        )  # fmt: skip
        if not came.problems:
            found.append((story, came))
    return found


def _words(request: HttpRequest, answers: dict) -> dict:
    """Return what fills the plain blanks of letters: our own body, and the place of the answers."""
    body = request.acting_body
    place = next((a.get("label") or a.get("street") for a in answers.values() if isinstance(a, dict)), "") or ""
    reference = f"{body.code}-0000-0000"
    return {"body": body.name, "phone": body.signpost_phone, "place": place, "reference": reference, "track": NOWHERE}


@require_POST
@readers
def look(request: HttpRequest, draft_id, file: str) -> HttpResponse:
    """Return what a page beside the text shows, for the text as typed so far; nothing is kept."""
    row, form = queries.draft(draft_id), TextForm(request.POST)
    files = row.files
    if form.is_valid() and file in files:
        files = files | {file: queries.as_typed(form.cleaned_data["text"], files[file])}
    return render(request, "editor/parts/seen.html", about(row) | seen(request, row, files))


@require_safe
@readers
def preview(request: HttpRequest, draft_id) -> HttpResponse:
    """Show the whole draft as it would be met."""
    row = queries.draft(draft_id)
    context = about(row) | seen(request, row, row.files) | {"heading": "Preview"}
    return render(request, "editor/preview.html", context)


@require_safe
@readers
def try_out(request: HttpRequest, draft_id) -> HttpResponse:
    """Try the draft as a resident would be asked, with what the definition proposes; nothing is opened or written."""
    row = queries.draft(draft_id)
    definition = queries.look(row.service_id, row.files).definition
    if definition is None:
        return preview(request, draft_id)
    own = catalogue.settings(definition, {})
    form = TryForm(definition, own, request.GET or None)
    context = about(row, definition) | {"form": form, "heading": "Try it out"}
    if form.is_bound and form.is_valid():
        answers = form.answers()
        came = catalogue.rehearse(
            definition, answers, own, _words(request, answers), at=request.at, calendar=england(),
            lang=form.cleaned_data["language"],
        )  # fmt: skip
        form.refuse(came.problems)
        context["came"] = None if came.problems else came
    return render(request, "editor/try.html", context)
