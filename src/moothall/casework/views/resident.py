"""What residents can still do with a case: write, add something, cancel, reopen, complain."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from moothall.casework import actions, queries
from moothall.casework.forms.tracking import AddForm, WordsForm
from moothall.casework.views.tracking import issued, of_case
from moothall.casework.views.visit import language, remember_complaint, remember_draft
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.guard import anyone
from moothall.core.refusal import NotYours, Refusal
from moothall.core.views.files import download
from moothall.people import queries as people


def helps(request: HttpRequest) -> bool:
    """Tell whether whoever asks does it for somebody they help."""
    return getattr(request, "helping", None) is not None


def _page(request: HttpRequest, page, form, **words) -> HttpResponse:
    back = reverse("casework:case", args=[page.case.reference])
    return render(request, "casework/words.html", {"form": form, "case": page.case, "back_url": back, **words})


def _back(request: HttpRequest, page, said: str) -> HttpResponse:
    notices.success(request, said)
    return redirect("casework:case", reference=page.case.reference)


@anyone("the session says which cases this browser has shown that it may see")
@require_http_methods(["GET", "POST"])
@of_case
def write(request: HttpRequest, page) -> HttpResponse:
    """Take a message from the resident."""
    form = WordsForm(request.POST or None, label=_("Your message"), missing=_("Write your message"))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        actions.receive_message(case_id=page.case.pk, text=text, at=request.at, by=request.actor)
        return _back(request, page, _("We have your message. We answer within two working days."))
    return _page(request, page, form, heading=_("Write to us about this"), button_text=_("Send message"))


@anyone("the session says which cases this browser has shown that it may see")
@require_http_methods(["GET", "POST"])
@of_case
def add(request: HttpRequest, page) -> HttpResponse:
    """Take more information, and files."""
    form = AddForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = [_keep(request, page, upload) for upload in request.FILES.getlist("files")[:5]]
        except Refusal as refusal:
            form.add_error("files", _(refusal.message))
        else:
            text = form.cleaned_data["text"]
            file_ids = tuple(file.pk for file in kept)
            actions.add_information(case_id=page.case.pk, text=text, file_ids=file_ids, at=request.at, by=request.actor)
            return _back(request, page, _("Added. Whoever deals with this will read it."))
    return _page(request, page, form, heading=_("Add something"), button_text=_("Add it"))


def _keep(request: HttpRequest, page, upload):
    return files.keep(
        upload,
        name=upload.name,
        body_id=page.case.body_id,
        case_id=page.case.pk,
        seen_by=tuple(page.case.seen_by),
        at=request.at,
        by=request.actor,
    )


@anyone("the session says which cases this browser has shown that it may see")
@require_http_methods(["GET", "POST"])
@of_case
def cancel(request: HttpRequest, page) -> HttpResponse:
    """Withdraw the case."""
    form = WordsForm(request.POST or None, label=_("Why do you cancel it?"), required=False)
    if request.method == "POST" and form.is_valid():
        actions.cancel_case(case_id=page.case.pk, reason=form.cleaned_data["text"], at=request.at, by=request.actor)
        return _back(request, page, _("Cancelled. We do no more work on it."))
    lead = _("We stop working on it. If you change your mind, you can open it again.")
    return _page(request, page, form, heading=_("Cancel this"), lead=lead, button_text=_("Cancel it"))


@anyone("the session says which cases this browser has shown that it may see")
@require_http_methods(["GET", "POST"])
@of_case
def reopen(request: HttpRequest, page) -> HttpResponse:
    """Work on an ended case again, or look at a decision again."""
    reviewed = page.file.definition.review is not None and page.case.state == "closed"
    if reviewed and not queries.may_be_reviewed(page.file, request.at):
        raise actions.TooLateToReview()
    words = _words_of(page, language(request)) if reviewed else _reopening_words()
    form = WordsForm(request.POST or None, label=words.pop("label"), missing=words.pop("missing"))
    if request.method == "POST" and form.is_valid():
        actions.reopen_case(case_id=page.case.pk, reason=form.cleaned_data["text"], at=request.at, by=request.actor)
        return _back(request, page, words["done"])
    return _page(request, page, form, **words)


def _reopening_words() -> dict:
    return {
        "heading": _("It is not right: open it again"),
        "label": _("What is not right?"),
        "missing": _("Tell us what is not right, so that we can mend it"),
        "button_text": _("Open it again"),
        "done": _("Opened again. We start afresh, and we have read why."),
    }


def _words_of(page, lang: str) -> dict:
    """Return the words with which a decision is disputed: before us, or before whoever hears an appeal here."""
    review = page.file.definition.review
    heard_by = review.then.name if "appeal_by" in queries.disputable(page.file) else review.by
    if heard_by is None:
        return _review_words()
    return _review_words() | {
        "heading": _("Appeal to %(name)s") % {"name": heard_by.in_(lang)},
        "lead": _("Nobody who decided before hears it. What you say here is read; you may also come and speak."),
        "button_text": _("Appeal"),
        "done": _("We have your appeal. We write to you when it is heard."),
    }


def _review_words() -> dict:
    return {
        "heading": _("Ask us to look at this decision again"),
        "lead": _("Somebody who had nothing to do with the decision looks at it, and at what you say here."),
        "label": _("Why do you disagree?"),
        "missing": _("Tell us why you disagree with the decision"),
        "button_text": _("Ask us to look again"),
        "done": _("We have what you wrote. Somebody else looks at the decision now."),
    }


@anyone("the session says which cases this browser has shown that it may see")
@require_POST
@of_case
def again(request: HttpRequest, page) -> HttpResponse:
    """Begin an ended request anew with what is known of it: a renewal."""
    for_another = {"helper_id": request.scope.person, "acts_for_id": request.helping.pk} if helps(request) else {}
    draft_id = actions.begin_again(case_id=page.case.pk, **for_another, at=request.at, by=request.actor)
    remember_draft(request, draft_id)
    return redirect("casework:check", draft_id=draft_id)


@anyone("the session says which cases this browser has shown that it may see")
@require_GET
@of_case
def paper(request: HttpRequest, page, file_id: UUID) -> HttpResponse:
    """Let the resident take away what was issued to them."""
    if file_id not in issued(page):
        raise NotYours()
    return download(request, file_id)


@anyone("the session says which cases this browser has shown that it may see")
@require_POST
@of_case
def complain(request: HttpRequest, page) -> HttpResponse:
    """Begin a complaint about how this case was dealt with, to the body that answers for it."""
    if helps(request):
        people.must_cover(request.helping, "ask", "complaint")
    draft_id = actions.save_draft(
        service_id="complaint",
        answers={"reference": page.case.reference},
        body_id=page.case.body_id,
        person_id=request.scope.person,
        acts_for_id=request.helping.pk if helps(request) else None,
        language=language(request),
        at=request.at,
        by=request.actor,
    )
    remember_draft(request, draft_id)
    remember_complaint(request, draft_id, page.case.pk)
    first = catalogue.current("complaint").definition.questions[0]
    return redirect("casework:question", draft_id=draft_id, name=first.id)
