"""Files with an answer: kept as soon as they are sent, so that nobody has to choose them twice."""

from django.http import HttpRequest

from moothall.casework.views.visit import front_body_id, language, today
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.refusal import Refusal


def gather(request: HttpRequest, draft, question, form) -> None:
    """Keep what was sent, leave out what was to be removed, and make the ids the form's answer."""
    gone = set(request.POST.getlist(f"{question.id}-remove"))
    kept = [i for i in draft.answers.get(question.id) or [] if i not in gone]
    for upload in request.FILES.getlist(question.id):
        if len(kept) >= question.most:
            break
        try:
            kept.append(str(_keep(request, draft, question, upload).pk))
        except Refusal as refusal:
            form.add_error(question.id, f"{upload.name[:60]}: {refusal.message}")
    answer, problem = catalogue.check_answer(question, kept, language(request), today(request))
    if problem and not form.errors:
        form.add_error(question.id, problem)
    form.answers[question.id] = answer
    draft.answers[question.id] = kept


def _keep(request: HttpRequest, draft, question, upload):
    accept = "image" if question.accept == "image" else "any"
    return files.keep(
        upload,
        name=upload.name,
        body_id=draft.body_id or front_body_id(request),
        case_id=draft.pk,
        accept=accept,
        at=request.at,
        by=request.actor,
    )


def kept(draft, question) -> list:
    """Return the files kept with a question's answer before."""
    ids = set(draft.answers.get(question.id) or [])
    return [file for file in files.of_case(draft.pk) if str(file.pk) in ids]
