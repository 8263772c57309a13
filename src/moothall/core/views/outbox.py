"""Messages out: the demo's outbox, and letters that staff print."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from moothall.core import audit, guard, messages
from moothall.core.letters import letter_pdf
from moothall.core.models import Outgoing
from moothall.core.refusal import NotYours
from moothall.core.scope import scoped


@require_safe
@guard.anyone("demo only, where all people are invented; row security decides whose messages")
def outbox(request: HttpRequest) -> HttpResponse:
    """List the newest messages to this person, or from this body, or (to anyone) sign-in codes."""
    _demo_only()
    with scoped(request.scope.narrowed(purpose="demo outbox")):
        found = messages.newest(before=_uuid(request.GET.get("before", "")), limit=51)
    older = f"?before={found[49].pk}" if len(found) > 50 else None
    rows = found[:50]
    return render(request, "core/outbox.html", {"rows": rows, "page": {"older_url": older}})


@require_safe
@guard.anyone("demo only, where all people are invented; row security decides whose messages")
def message(request: HttpRequest, outgoing_id: UUID) -> HttpResponse:
    """Show one message as its reader gets it."""
    _demo_only()
    with scoped(request.scope.narrowed(purpose="demo outbox")):
        row = _find(outgoing_id)
        _note_read(request, row)
    return render(request, "core/message.html", {"row": row})


@require_safe
@guard.staff()
def letters(request: HttpRequest) -> HttpResponse:
    """List the letters that wait to be printed and posted."""
    rows = messages.to_print(body_id=request.actor.body_id)
    words = {
        "rows": rows,
        "heading": "Letters to print",
        "by_hand": len(messages.to_make(body_id=request.actor.body_id)),
    }
    return render(request, "core/letters.html", words)


@require_safe
@guard.staff()
def by_hand(request: HttpRequest) -> HttpResponse:
    """List the letters that people must make, with the day by which they are sent."""
    rows = messages.to_make(body_id=request.actor.body_id)
    late = sum(row.make_by < request.at for row in rows)
    return render(request, "core/by_hand.html", {"rows": rows, "late": late, "heading": "Letters to make by hand"})


@require_safe
@guard.staff()
def letter(request: HttpRequest, outgoing_id: UUID) -> HttpResponse:
    """Send one letter as PDF/UA."""
    row = _letter(request, outgoing_id)
    return _file(letter_pdf(messages.parcel(row)), "application/pdf", f"letter-{row.pk}.pdf")


@require_safe
@guard.staff()
def letter_words(request: HttpRequest, outgoing_id: UUID) -> HttpResponse:
    """Send the words of one letter, without its address, for whoever makes it by hand."""
    row = _letter(request, outgoing_id)
    text = f"{row.words.subject}\n\n{row.words.text}\n"
    return _file(text.encode(), "text/plain; charset=utf-8", f"letter-{row.pk}.txt")


def _letter(request: HttpRequest, outgoing_id: UUID) -> Outgoing:
    """Return a letter whose words are still kept; that it is read is written down."""
    row = _find(outgoing_id)
    if row.channel != "letter" or row.words.text is None:
        raise NotYours()
    _note_read(request, row)
    return row


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@guard.staff()
def posted(request: HttpRequest, outgoing_id: UUID) -> HttpResponse:
    """Take a letter off its list: it is in the post."""
    row = _find(outgoing_id)
    messages.mark_posted(outgoing_id=row.pk, at=request.at, by=request.actor)
    return HttpResponseRedirect(reverse("core:by_hand" if row.by_hand else "core:letters"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404("the outbox is part of the demo")


def _find(outgoing_id: UUID) -> Outgoing:
    row = messages.find(outgoing_id)
    if row is None:
        raise NotYours()
    return row


def _note_read(request: HttpRequest, row: Outgoing) -> None:
    about = f"case:{row.case_id}" if row.case_id else f"message:{row.pk}"
    about = audit.person_object(row.person_id) if row.person_id else about
    if row.body_id != messages.PLATFORM:
        audit.read(object=about, body_id=row.body_id, at=request.at, by=request.actor, what="a message that was sent")
