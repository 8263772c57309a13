"""A definition's parts as forms: pages of words, lists with their entries. Each changes its own lines of the text."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.refusal import Refusal
from moothall.editor import actions, queries
from moothall.editor.forms.parts import NameForm, PartForm
from moothall.editor.rules import boxes, rewriting
from moothall.editor.rules.files import DEFINITION
from moothall.editor.rules.rewriting import CannotRewrite
from moothall.editor.rules.sections import SECTIONS, begun, fitting, node_of
from moothall.editor.views.looking import seen
from moothall.editor.views.shown import about, today, writers


class WrittenInText(Refusal):
    """This part cannot be shown as a form while the text is as it is. Mend the definition in the text first."""


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def part(request: HttpRequest, draft_id, section: str) -> HttpResponse:
    """Show a page of words, or a list with its entries; keep what was filled in."""
    row, shown = queries.draft(draft_id), SECTIONS.get(section)
    if shown is None:
        raise Http404
    told = _told(row)
    return _list(request, row, shown, told) if shown.entries else _words(request, row, shown, told)


def _told(row) -> dict:
    try:
        return rewriting.read(row.files[DEFINITION])
    except CannotRewrite as cannot:
        url = reverse("editor:text", args=[row.pk, DEFINITION])
        raise WrittenInText(str(cannot), url=url, link="Go to the text") from None


def _words(request: HttpRequest, row, shown, told) -> HttpResponse:
    """Ask for the words of one page."""
    value = {name: told[name] for name in shown.words if name in told}
    drawn = boxes.draw(
        catalogue.json_schema(), node_of(catalogue.json_schema(), shown), value, _known(request, row, told)
    )
    form = PartForm(drawn.boxes, value, request.POST or None)
    text = row.files[DEFINITION]
    if request.method == "POST" and form.is_valid():
        text = _all_put(text, shown.words, told, form.value())
    return _shown(request, row, shown, form, drawn, text)


def _all_put(text: str, names, told: dict, value: dict) -> str:
    """Return the text with each of these words as it was filled in; what came to nothing is taken out."""
    for name in names:
        if name in value:
            text = rewriting.put(text, (name,), value[name])
        elif name in told:
            text = rewriting.take_out(text, (name,))
    return text


def _list(request: HttpRequest, row, shown, told) -> HttpResponse:
    """List a part's entries; begin, move or take out one."""
    entries = told.get(shown.code)
    entries = entries if isinstance(entries, dict) else {}
    form = NameForm(shown.code == "ask", request.POST if "add" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        _moved(request, row, shown, entries)
        return redirect("editor:part", row.pk, shown.code)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"]
        if name not in entries:
            made = begun(shown, form.cleaned_data.get("kind", ""))
            text = _added(row.files[DEFINITION], shown.code, name, made, entries)
            _save(request, row, text)
            return redirect("editor:entry", row.pk, shown.code, name)
        form.add_error("name", "There is one of that name already. Choose another name, or change that one.")
    context = about(row) | {
        "heading": shown.title, "section": shown, "form": form,
        "entries": [(name, _called(entry)) for name, entry in entries.items()],
    }  # fmt: skip
    return render(request, "editor/list.html", context)


def _added(text: str, code: str, name: str, made: dict, entries: dict) -> str:
    """Return the text with a new entry: the last, but an outcome stands before the one without a condition."""
    text = rewriting.put(text, (code, name), made) if entries else rewriting.put(text, (code,), {name: made})
    return rewriting.move(text, (code, name), -1) if code == "outcomes" and entries else text


def _moved(request: HttpRequest, row, shown, entries) -> None:
    """Move an entry up or down, or take it out."""
    what, _, name = next((key for key in request.POST if key.partition(":")[1]), "").partition(":")
    if name not in entries:
        return
    try:
        if what == "remove":
            _save(request, row, rewriting.take_out(row.files[DEFINITION], (shown.code, name)))
        elif what in ("up", "down"):
            _save(request, row, rewriting.move(row.files[DEFINITION], (shown.code, name), -1 if what == "up" else 1))
    except CannotRewrite as cannot:
        messages.warning(request, str(cannot))


def _called(entry) -> str:
    """Return an entry's first words, and its kind."""
    if not isinstance(entry, dict):
        return ""
    words = entry.get("label") or entry.get("title") or ""
    words = words.get("en", "") if isinstance(words, dict) else str(words)
    kind = entry.get("type") or entry.get("by") or ("a wait" if "wait" in entry else "")
    return f"{words} ({kind})" if kind else words


@require_http_methods(["GET", "HEAD", "POST"])
@writers
def entry(request: HttpRequest, draft_id, section: str, name: str) -> HttpResponse:
    """Ask for all that one question, step, outcome or setting says."""
    row, shown = queries.draft(draft_id), SECTIONS.get(section)
    told = _told(row)
    entries = told.get(section) if shown and shown.entries else None
    if not isinstance(entries, dict) or not isinstance(entries.get(name), dict):
        raise Http404
    value, schema = entries[name], catalogue.json_schema()
    drawn = boxes.draw(schema, node_of(schema, shown, value), value, _known(request, row, told, name))
    form = PartForm(drawn.boxes, value, request.POST or None)
    named = NameForm(
        section == "ask", request.POST or None, prefix="entry", initial={"name": name, "kind": value.get("type")}
    )
    text = row.files[DEFINITION]
    if request.method == "POST" and form.is_valid() and named.is_valid():
        text = _entry_put(text, schema, (section, name), form.value(), named)
    return _shown(request, row, shown, form, drawn, text, named=named, name=name)


def _entry_put(text: str, schema: dict, path: tuple, value: dict, named: NameForm) -> str:
    """Return the text with an entry as it was filled in, of the kind and under the name that were chosen."""
    if kind := named.cleaned_data.get("kind"):
        value = fitting(schema, value | {"type": kind})
        if kind in ("choice", "many") and "options" not in value:
            value |= {"options": begun(SECTIONS["ask"], kind)["options"]}
    text, name = rewriting.put(text, path, value), named.cleaned_data["name"]
    if name == path[-1]:
        return text
    try:
        return rewriting.rename(text, path, name)
    except CannotRewrite as cannot:
        named.add_error("name", str(cannot))
        return text


def _shown(request: HttpRequest, row, shown, form, drawn, text: str, *, named=None, name: str = "") -> HttpResponse:
    """Keep a text that was filled in and go back; or show the form, with what would come of it."""
    do, number = request.POST.get("do", ""), request.POST.get("number", "")
    filled = request.method == "POST" and form.is_valid() and (named is None or named.is_valid())
    if filled and do != "look" and _kept(request, row, text, number, form):
        messages.success(request, "Saved.")
        return redirect("editor:part", row.pk, shown.code) if name else redirect("editor:draft", row.pk)
    context = about(row) | seen(request, row, row.files | {DEFINITION: text}) | {
        "heading": f"{shown.title}: {name}" if name else shown.title, "section": shown, "form": form, "named": named,
        "rest": drawn.rest, "file": DEFINITION, "name": name,
        "number": number or row.number,
    }  # fmt: skip
    _say_conditions(form, drawn.boxes, context.get("definition"))
    if name:
        context |= {"back_url": reverse("editor:part", args=[row.pk, shown.code]), "back_text": shown.title}
    page = "editor/parts/seen.html" if do == "look" and request.htmx else "editor/part.html"
    return render(request, page, context)


def _kept(request: HttpRequest, row, text: str, number: str, form) -> bool:
    try:
        _save(request, row, text, int(number) if number.isdigit() else row.number)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def _save(request: HttpRequest, row, text: str, number: int | None = None) -> None:
    told = {"number": number, "at": request.at, "by": request.actor}
    actions.save(draft_id=row.pk, changed={DEFINITION: text}, **told)


def _known(request: HttpRequest, row, told: dict, name: str = "") -> dict:
    """Return what can be chosen where the language only asks for a name."""
    steps = told.get("steps") if isinstance(told.get("steps"), dict) else {}
    works = tuple((duty.work, duty.does) for duty in bodies.duties())
    letters = sorted({path.split("/")[1].split(".")[0] for path in row.files if path.startswith("letters/")})
    return {
        ("topics",): tuple((code, text.en) for code, text in catalogue.topics().items()),
        ("related",): tuple((one.service_id, one.definition.title.en) for one in catalogue.services()),
        ("after",): tuple((one, f"{_called(step)}: {one}") for one, step in steps.items() if one != name),
        ("by",): tuple((one, one) for one in sorted(catalogue.performers())),
        ("work",): works,
        ("done_by", "work"): works,
        ("done_by", "bodies"): tuple((str(kind), words) for kind, words in bodies.KIND_NAMES.items()),
        ("with", "team"): tuple((team.code, team.name) for team in bodies.teams(row.body_id, today(request))),
        ("messages", "*", "letter"): tuple((letter, letter) for letter in letters),
    }


def _say_conditions(form, drawn: list, definition) -> None:
    """Say below each box of a condition what stands there now, in words, as far as its shape is a simple one."""
    for bound in (form[box.name] for box in drawn if definition and box.path[-1] == "when"):
        if source := bound.value():
            bound.help_text = catalogue.condition_said(source, definition, begins="Now: if ").words
