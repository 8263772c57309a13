"""Staff find people and decide who is the same; residents see what is held about them, and by whom."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from moothall.bodies import queries as bodies
from moothall.core import audit, guard
from moothall.core.refusal import Refusal
from moothall.people import actions, queries
from moothall.people.forms import Decide, Details
from moothall.people.rules.same import DECISIONS
from moothall.people.rules.terms import ACTS_AS, BASES, NEEDS, VERIFIED_BY

LOOKERS = ("adviser", "officer", "manager", "information-governance")
DECIDERS = ("officer", "manager", "information-governance")
DO = {"link": actions.link, "unlink": actions.unlink, "apart": actions.keep_apart}


def _wrote_down(request: HttpRequest, members, what: str) -> None:
    """Write down that staff read what is held about somebody; they can see that it was read."""
    for member in members:
        audit.read(
            object=f"person:{member}", body_id=request.acting_body.id, at=request.at, by=request.actor, what=what
        )


@require_safe
@guard.staff(*LOOKERS)
def people(request: HttpRequest) -> HttpResponse:
    """Find a person of one's body in one box; below it, pairs who may be the same."""
    body_id, text = request.acting_body.id, request.GET.get("q", "").strip()[:200]
    found = queries.find(text, body_id) if text else []
    _wrote_down(request, [find.person_id for find in found], "people found")
    after = _pair(request.GET.get("after", ""))
    pairs = [] if text else queries.suggestions(body_id, after)
    shown = queries.shown([person for pair in pairs for person in (pair.one, pair.other)], body_id)
    _wrote_down(request, shown, "people who may be the same")
    rows = [{"pair": pair, "one": shown[pair.one], "other": shown[pair.other]} for pair in pairs]
    page = {}
    if len(pairs) == queries.SUGGESTIONS:
        page["older_url"] = f"{reverse('people:people')}?after={pairs[-1].one},{pairs[-1].other}"
    context = {"typed": text, "found": found, "rows": rows, "page": page, "heading": "People"}
    return render(request, "people/people.html", context)


def _pair(text: str) -> tuple[UUID, UUID] | None:
    one, _comma, other = text.partition(",")
    try:
        return (UUID(one), UUID(other)) if other else None
    except ValueError:
        return None


@require_safe
@guard.staff(*LOOKERS)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what one's body holds about a person, who may act for them, and who else they may be."""
    about = queries.about(person_id)
    _wrote_down(request, about.members, "person")
    alike = queries.likely_same(person_id, request.acting_body.id)
    others = {pair: pair.other if pair.one in about.members else pair.one for pair in alike}
    context = {
        "about": about,
        "heading": about.card.name or _("A person without a name"),
        "needs": [NEEDS[need.kind].get(need.value, need.value) for need in about.needs if need.ends is None],
        "verified": VERIFIED_BY,
        "acts_as": ACTS_AS,
        "bases": BASES,
        "alike": [{"pair": pair, "other": other} for pair, other in others.items()],
        "names": queries.shown([*others.values(), *(row.person_id for row in about.household)], request.acting_body.id),
        "decisions": [_decision(row) for row in about.decisions],
    }
    return render(request, "people/person.html", context)


def _decision(row) -> dict:
    return {"row": row, "reason": DECISIONS[row.kind][row.reason], "one": row.one_id, "other": row.other_id}


@require_safe
@guard.staff(*DECIDERS)
def compare(request: HttpRequest) -> HttpResponse:
    """Put two people side by side and ask whether they are one."""
    pair = _pair(f"{request.GET.get('one', '')},{request.GET.get('other', '')}")
    if pair is None or pair[0] == pair[1]:
        raise Http404
    return _compare(request, *pair)


def _compare(request: HttpRequest, one: UUID, other: UUID, bad: Decide | None = None) -> HttpResponse:
    left, right = queries.about(one), queries.about(other)
    _wrote_down(request, {*left.members, *right.members}, "two people compared")
    kinds = ("unlink",) if other in left.members else ("link", "apart")
    initial = {"one": one, "other": other}
    context = {
        "left": left,
        "right": right,
        "linked": other in left.members,
        "forms": [bad if bad and bad.data["kind"] == kind else Decide(kind, initial=initial) for kind in kinds],
        "form": bad,
        "heading": "Are they the same person?",
    }
    return render(request, "people/compare.html", context)


@require_POST
@guard.staff(*DECIDERS)
def decide(request: HttpRequest) -> HttpResponse:
    """Link, unlink or keep apart, with a reason."""
    kind = request.POST.get("kind", "")
    if kind not in DO:
        raise Http404
    form = Decide(kind, request.POST)
    pair = _pair(f"{request.POST.get('one', '')},{request.POST.get('other', '')}")
    if pair is None:
        raise Http404
    if not form.is_valid():
        return _compare(request, *pair, bad=form)
    DO[kind](
        one=pair[0],
        other=pair[1],
        body_id=request.acting_body.id,
        reason=form.cleaned_data["reason"],
        at=request.at,
        by=request.actor,
    )
    said = {
        "link": _("They are one person from now on. You can undo this on this page."),
        "unlink": _("The link is undone. Each is as before."),
        "apart": _("We will not ask about these two again."),
    }
    messages.success(request, said[kind])
    return redirect("people:person", pair[0])


@require_http_methods(["GET", "HEAD", "POST"])
@guard.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Show somebody what is held about them, by whom, and who looked at it; let them say how to reach them."""
    person_id = request.scope.person
    if person_id is None:
        raise Http404
    about = queries.about(person_id)
    own = [contact for contact in about.contacts if contact.body_id is None and contact.ends is None]
    phone = next((contact for contact in own if contact.kind == "phone"), None)
    given = {"phone": phone.value if phone else "", "language": about.card.language, "format": about.card.format}
    form = Details(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid() and _keep(request, person_id, form, phone):
        messages.success(request, _("We have noted that."))
        return redirect("people:mine")
    reads = [{**read, "body": bodies.body(read["body_id"])} for read in audit.reads_of_me()]
    context = {"form": form, "held": queries.held_about(list(about.members)), "reads": reads, "about": about}
    return render(request, "people/mine.html", context)


def _keep(request: HttpRequest, person_id: UUID, form: Details, phone) -> bool:
    """Note what somebody said of themself; on a number that cannot be one, say so beside the question."""
    told = {"at": request.at, "by": request.actor}
    new = form.cleaned_data["phone"].strip()
    try:
        if new and (phone is None or phone.value != new):
            actions.add_contact(person_id=person_id, body_id=None, kind="phone", value=new, **told)
        if phone is not None and phone.value != new:
            actions.end_contact(contact_id=phone.pk, **told)
    except Refusal as refusal:
        form.add_error("phone", refusal.message)
        return False
    for kind in ("language", "format"):
        value = form.cleaned_data[kind]
        actions.set_need(person_id=person_id, body_id=None, kind=kind, value=value, **told)
    return True
