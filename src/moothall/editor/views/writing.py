"""The text of a draft's files: written, looked at without saving, saved."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.core.refusal import Refusal
from moothall.editor import actions, queries
from moothall.editor.forms.writing import LetterForm, TextForm
from moothall.editor.views.looking import seen
from moothall.editor.views.shown import about, writers
from moothall.ui.forms import beside

LETTER = {"en": "# {name}: {{{{ title }}}}\n\n{{{{ body }}}}\n", "cy": "# {name}: {{{{ title }}}}\n\n{{{{ body }}}}\n"}


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def text(request: HttpRequest, draft_id, file: str) -> HttpResponse:
    """Show a file's text with what is said of the service; look at it as typed, or save it."""
    row = queries.draft(draft_id)
    if file not in row.files:
        raise Http404
    form = TextForm(request.POST or None, initial={"text": row.files[file], "number": row.number})
    files = row.files
    if request.method == "POST" and form.is_valid():
        files = row.files | {file: queries.as_typed(form.cleaned_data["text"], row.files[file])}
        if request.POST.get("do") != "look" and _saved(request, row, file, files[file], form):
            return redirect("editor:draft", row.pk) if request.POST.get("do") == "leave" else _again(request, row, file)
    context = about(row) | seen(request, row, files) | {
        "heading": queries.file_name(file), "form": form, "file": file, "files": queries.in_order(row.files),
        "names": {path: queries.file_name(path) for path in row.files},
        "rows": min(40, max(12, row.files[file].count("\n") + 3)),
        "back_url": reverse("editor:draft", args=[row.pk]),
    }  # fmt: skip
    return render(request, "editor/text.html", context)


def _again(request: HttpRequest, row, file: str) -> HttpResponse:
    messages.success(request, "Saved.")
    return redirect("editor:text", row.pk, file)


def _saved(request: HttpRequest, row, file: str, typed: str, form: TextForm) -> bool:
    try:
        actions.save(
            draft_id=row.pk, changed={file: typed}, number=form.cleaned_data["number"], at=request.at, by=request.actor
        )
    except Refusal as refusal:
        beside(form, refusal)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def letters(request: HttpRequest, draft_id) -> HttpResponse:
    """List the letters; begin one in both languages, or take one out."""
    row = queries.draft(draft_id)
    form = LetterForm(request.POST if request.POST.get("do") == "add" else None)
    paths = [path for path in queries.in_order(row.files) if path.startswith("letters/")]
    told = {"draft_id": row.pk, "at": request.at, "by": request.actor}
    if request.method == "POST" and (gone := request.POST.get("remove")) in paths:
        actions.save(changed={gone: None}, **told)
        messages.success(request, f"Taken out: {queries.file_name(gone)}. What it said stays in the history.")
        return redirect("editor:letters", row.pk)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        made = {f"letters/{name}.{lang}.md": LETTER[lang].format(name=name.capitalize()) for lang in LETTER}
        if not set(made) & set(paths):
            actions.save(changed=made, **told)
            messages.success(request, "The letter is begun. Say under Messages in the definition when it goes out.")
            return redirect("editor:text", row.pk, f"letters/{name}.en.md")
        form.add_error("name", "There is a letter of that name already. Choose another name, or change that one.")
    context = about(row) | {
        "heading": "Letters", "form": form, "letters": [(path, queries.file_name(path)) for path in paths],
    }  # fmt: skip
    return render(request, "editor/letters.html", context)
