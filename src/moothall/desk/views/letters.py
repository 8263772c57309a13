"""What came in writing: the list of what waits, one letter with all that is known of it, and what becomes of it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.guard import staff
from moothall.core.models import File
from moothall.core.paging import cursor_after, read_cursor
from moothall.core.refusal import Refusal
from moothall.desk.forms import IdentityForm
from moothall.desk.views import in_hand
from moothall.desk.views.counter import ADVISERS, case_line, services_for
from moothall.desk.views.wrapping import checked
from moothall.inbox import actions
from moothall.inbox import queries as inbox
from moothall.inbox.forms import AddForm, CloseForm, DropForm, ReplyForm

LISTS = {"waiting": "To deal with", "doubtful": "Put aside", "done": "Dealt with"}


@staff(*ADVISERS)
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """List what came in writing to this body: what waits, oldest first, what was put aside, and what was done."""
    shown, body_id = request.GET.get("list", "waiting"), request.acting_body.id
    if shown not in LISTS:
        raise Http404
    place = read_cursor(request.GET["after"]) if request.GET.get("after") else None
    rows = inbox.done(body_id, before=place) if shown == "done" else inbox.waiting(body_id, shown, after=place)
    more = len(rows) > inbox.PAGE
    rows = rows[: inbox.PAGE]
    last = rows[-1] if rows else None
    first = inbox.urgent(body_id) if shown == "waiting" and place is None else []
    _read(request, "inbox")
    counts = inbox.counts(body_id)
    titles = {one.service_id: one.definition.title.en for one in catalogue.services()}
    words = {
        "shown": shown,
        "title": LISTS[shown],
        "lists": [{"key": key, "title": title, "many": counts.get(key, 0)} for key, title in LISTS.items()],
        "rows": [_line(row, titles) for row in [*first, *rows]],
        "page": {"older_url": _further(shown, last) if more else None},
        "demo": settings.DEMO,
    }
    return render(request, "desk/letters.html", words)


def _further(shown: str, last) -> str:
    return f"?list={shown}&after={cursor_after(last.ended_at if shown == 'done' else last.at, last.pk)}"


def _line(row, titles: dict[str, str]) -> dict:
    probably = titles.get(row.guesses[0][0], "") if row.guesses else ""
    return {"row": row, "from": who(row), "about": row.subject or _opening(row.text), "service": probably}


def who(row) -> str:
    """Return whom something is from, as far as it says."""
    return row.sender_name or row.sender or ("erased" if row.erased_at else "No sender named")


def _opening(text: str) -> str:
    return text[:80] + ("…" if len(text) > 80 else "") if text else "No words: look at the pages"


@staff(*ADVISERS)
@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """Show one letter with what decided where it leads, and take what the adviser does with it."""
    row = inbox.arrival(arrival_id)
    found = inbox.known_cases(row)
    cases = [case for case in found if in_hand.of_version(request, case)]
    kept_back = [case for case in found if case not in cases]
    if request.POST.get("do") == "who":
        return _make_sure(request, row, kept_back)
    forms = {
        "reply": ReplyForm(request.POST if request.POST.get("do") == "reply" else None),
        "add": AddForm(request.POST if request.POST.get("do") == "add" else None, cases=cases),
        "close": CloseForm(request.POST if request.POST.get("do") == "close" else None),
    }
    refusal = None
    if request.method == "POST":
        try:
            said = _do(request, row, forms)
        except Refusal as no:
            refusal = no
        else:
            if said:
                notices.success(request, said)
                return redirect("desk:letters")
    _read(request, f"arrival:{row.pk}")
    words = _words(request, row, cases, forms) | _whose(request, kept_back) | {"refusal": refusal}
    return render(request, "desk/letter.html", words)


def _make_sure(request: HttpRequest, row, kept_back: list) -> HttpResponse:
    """Note how sure the adviser is that the letter is from whoever made a case that is kept back."""
    back = redirect("desk:letter", arrival_id=row.pk)
    case = next((case for case in kept_back if str(case.pk) == request.POST.get("of")), None)
    return checked(request, case.person_id or case.pk, "case", back) if case else back


def _whose(request: HttpRequest, kept_back: list) -> dict:
    """Return how many cases are kept back, and of each person who made some by what they are known."""
    first = {case.person_id or case.pk: case for case in reversed(kept_back)}
    known = [(case.pk, casework.case(case.pk, at=request.at).file) for case in reversed(first.values())]
    return {
        "kept_back": len(kept_back),
        "whose": [
            {"of": pk, "contact": file.contact, "form": IdentityForm(auto_id=f"id_%s_{number}"),
             "needed": file.definition.identity}
            for number, (pk, file) in enumerate(known)
        ],
    }  # fmt: skip


def _do(request: HttpRequest, row, forms: dict) -> str:
    """Do what was asked for; return what to say of it, or nothing where the form is to be shown again."""
    told = {"arrival_id": row.pk, "at": request.at, "by": request.actor}
    what = request.POST.get("do", "")
    if what == "back":
        actions.bring_back(**told)
        return "It is in the list again."
    form = forms.get(what)
    if form is None or not form.is_valid():
        return ""
    if what == "reply":
        actions.answer(text=form.cleaned_data["text"], **told)
        return "Your answer is on its way."
    if what == "add":
        actions.add_to_case(case_id=form.case.pk, **told)
        return f"Added to {form.case.reference}. Whoever deals with it answers within two working days."
    actions.close(outcome=form.cleaned_data["outcome"], **told)
    return "Done."


def _words(request: HttpRequest, row, cases: list, forms: dict) -> dict:
    offered = {service.id: service for service in services_for(request)}
    guesses = [(offered[one], words) for one, _, words in row.guesses if one in offered]
    likely = {service.id for service, _ in guesses}
    return {
        "row": row,
        "from": who(row),
        "open": row.state in ("waiting", "doubtful"),
        "forms": forms,
        "cases": [case_line(case) for case in cases],
        "guesses": guesses,
        "others": [service for service in offered.values() if service.id not in likely],
        "signs": inbox.doubts_about(row),
        "papers": list(File.objects.filter(pk__in=row.files, erased_at=None).order_by("at", "id")),
        "raw": File.objects.filter(pk=row.raw_id, erased_at=None).first(),
        "may_reply": bool(row.sender) and row.channel in ("email", "sms"),
        "may_come_back": row.state == "doubtful" or (row.state == "done" and row.case_id is None and not row.erased_at),
    }


@staff(*ADVISERS)
@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest) -> HttpResponse:
    """In the demo, where nothing comes from outside: let something come in."""
    if not settings.DEMO:
        raise Http404("letting something come in is part of the demo")
    form = DropForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        raw, name, kind, channel = form.came()
        told = {"body_id": request.acting_body.id, "at": request.at, "by": request.actor}
        try:
            pk, new = actions.take_in(channel=channel, raw=raw, name=name, kind=kind, **told)
        except Refusal as no:
            form.add_error(None, no.message)
        else:
            notices.success(request, "It has come in; it is read in a moment." if new else "That came in before.")
            return redirect("desk:letter", arrival_id=pk)
    return render(request, "desk/drop.html", {"form": form})


def _read(request: HttpRequest, what: str) -> None:
    """Write down that somebody's words were read."""
    audit.read(object=what, body_id=request.acting_body.id, at=request.at, by=request.actor, what="inbox")
