"""A partnership as everybody may see it: who shares what with whom, on which terms, and how it came about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core import files
from moothall.core.clock import local
from moothall.core.guard import anyone
from moothall.core.ports import partnership_finding
from moothall.sharing import queries
from moothall.sharing.rules.business_models import business_models, facts
from moothall.sharing.rules.changes import changes

KINDS = {
    "application/pdf": "PDF", "text/plain": "TXT", "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
}  # fmt: skip
EVERYONE = anyone("what public bodies agree with each other is public; what is withheld is withheld by row security")


def _language() -> str:
    return "cy" if (get_language() or "").startswith("cy") else "en"


@require_safe
@EVERYONE
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a partnership: its state first, then what is agreed, and each version with what changed."""
    today = local(request.at).date()
    found = queries.partnership(slug, today)
    told = found.version(found.number)
    findings = [one for answer in partnership_finding for one in answer.give(found.id, today, _language())]
    said = _terms(found, told, today) | {
        "one": found, "name": _either(found.name, found.name_cy), "told": told, "versions": _versions(found),
        "members": _members(found), "findings": findings,
    }  # fmt: skip
    return render(request, "sharing/partnership.html", said)


@require_safe
@EVERYONE
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one version of the terms as it was proposed, with the decisions on it and what it changed."""
    today = local(request.at).date()
    found = queries.partnership(slug, today)
    told = found.version(number)
    row = next(one for one in _versions(found) if one["told"].number == number)
    said = _terms(found, told, today) | {
        "one": found,
        "name": _either(found.name, found.name_cy),
        "told": told,
        "row": row,
    }
    return render(request, "sharing/version.html", said)


@require_safe
@EVERYONE
def document(request: HttpRequest, slug: str, number: int, place: int) -> HttpResponse:
    """Lead to a document of a version's terms that is kept here; who may not read it yet finds none."""
    found = queries.partnership(slug, local(request.at).date())
    papers = found.version(number).terms.documents or ()
    chosen = papers[place - 1].file if 1 <= place <= len(papers) else None
    if chosen is None:
        raise queries.UnknownPartnership("There is no such document. Choose one from the partnership's page.")
    return redirect("core:file", files.find_bytes(chosen.digest).pk)


def _documents(found, told) -> list[dict]:
    """Return the documents of a version with where each is read, and what it is where it is kept here."""
    return [
        {
            "title": one.title, "file": one.file,
            "kind": KINDS.get(one.file.kind, _("picture")) if one.file else "",
            "url": reverse("sharing:document", args=[found.slug, told.number, place]) if one.file else one.address,
        }
        for place, one in enumerate(told.terms.documents or (), 1)
    ]  # fmt: skip


def _either(english: str, welsh: str) -> str:
    return (welsh if _language() == "cy" else "") or english


def _members(found) -> list[dict]:
    """Return everybody who takes or took part, with their days; before it runs, whoever was asked."""
    if not found.members:
        return [{"body": bodies.body(b), "starts": None, "until": None} for b in found.terms.member_ids]
    return [{"body": bodies.body(b), "starts": d[0], "until": d[1]} for b, d in sorted(found.members.items())]


def _versions(found) -> list[dict]:
    """Return the versions, newest first, each with what it changed in words."""
    names, rows, before = bodies.names(_language()), [], None
    for told in found.versions:
        rows.append({
            "told": told,
            "changes": changes(before, told.terms, names=names, lang=_language()) if before else [],
            "waiting": [names[b] for b in told.waiting],
            "decisions": [{"who": names[d.body_id], "said": _said(d.kind), "row": d} for d in told.decisions],
        })  # fmt: skip
        before = told.terms
    return rows[::-1]


def _said(kind: str) -> str:
    return {"agree": _("agreed"), "refuse": _("refused"), "leave": _("gave notice to leave")}[kind]


def _terms(found, told, today) -> dict:
    """Return the parts of a version's terms as the page shows them, in the reader's language."""
    terms, names, lang = told.terms, bodies.names(_language()), _language()
    model = business_models()[terms.model]
    titles = {one.service_id: one.definition.title.in_(lang) for one in catalogue.services()}
    return {
        "terms": terms,
        "purpose": _either(terms.purpose, terms.purpose_cy),
        "model": {"title": model.title[lang], "says": model.says[lang], "lead": names.get(terms.lead)},
        "facts": [(f, _either(f.words, f.words_cy)) for many in facts(terms.model, today).values() for f in many],
        "aims": [(aim, _either(aim.words, aim.words_cy)) for aim in terms.aims],
        "services": [
            {
                "title": titles.get(one.service_id) or one.title, "councillor": one.councillor,
                "accountable": names.get(one.accountable), "provider": names.get(one.provider),
                "receivers": [names[b] for b in one.receivers],
            }
            for one in terms.services
        ],
        "interests": [(names[one.body_id], one) for one in terms.interests],
        "contributions": [(names[one.body_id], one) for one in terms.contributions or ()],
        "systems": [(names[one.body_id], one) for one in terms.systems],
        "documents": _documents(found, told),
        "withheld": {one.part: one for one in terms.withheld},
        "still_withheld": {one.part for one in terms.withheld if getattr(terms, one.part) is None},
    }  # fmt: skip
