"""Staff find people, look at what their body holds, and decide who is the same."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from moothall.core import audit, guard
from moothall.people import actions, queries
from moothall.people.forms import Decide
from moothall.people.rules.same import DECISIONS
from moothall.people.rules.terms import ACTS_AS, BASES, MAY_DO, NEEDS, VERIFIED_BY, WRITTEN_TO

LOOKERS = ("adviser", "officer", "manager", "information-governance")
DECIDERS = ("officer", "manager", "information-governance")
CHANGES = {
    "contact": "Add a way to reach them",
    "home": "They moved",
    "need": "Note what they need",
    "household": "They keep house with somebody",
    "agent": "Somebody acts for them",
}
DO = {"link": actions.link, "unlink": actions.unlink, "apart": actions.keep_apart}


def wrote_down(request: HttpRequest, members, what: str) -> None:
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
    wrote_down(request, [find.person_id for find in found], "people found")
    after = _pair(request.GET.get("after", ""))
    pairs = [] if text else queries.suggestions(body_id, after)
    shown = queries.shown([person for pair in pairs for person in (pair.one, pair.other)], body_id)
    wrote_down(request, shown, "people who may be the same")
    rows = [{"pair": pair, "one": shown[pair.one], "other": shown[pair.other]} for pair in pairs]
    page = {}
    if len(pairs) == queries.SUGGESTIONS:
        page["older_url"] = f"{reverse('people:people')}?after={pairs[-1].one},{pairs[-1].other}"
    context = {"typed": text, "found": found, "rows": rows, "page": page, "heading": "People"}
    context["decides"] = _decides(request)
    context |= {"needed": [] if text else queries.needs_counted(body_id), "fewest": queries.FEWEST}
    return render(request, "people/people.html", context)


def _decides(request: HttpRequest) -> bool:
    return not request.roles.isdisjoint(DECIDERS)


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
    wrote_down(request, about.members, "person")
    alike = queries.likely_same(person_id, request.acting_body.id)
    others = {pair: pair.other if pair.one in about.members else pair.one for pair in alike}
    context = {
        "about": about,
        "heading": about.card.name or _("A person without a name"),
        "needs": _needs(about),
        "verified": VERIFIED_BY,
        "acts_as": ACTS_AS,
        "agents": [_agent(request, row) for row in about.agents],
        "acting": [row for row in about.acts_for if row.ended_at is None],
        "changes": CHANGES,
        "bases": BASES,
        "alike": [{"pair": pair, "other": other} for pair, other in others.items()],
        "names": queries.shown([*others.values(), *_near(about)], request.acting_body.id),
        "decisions": [_decision(row) for row in about.decisions],
        "decides": _decides(request),
    }
    return render(request, "people/person.html", context)


def _needs(about: queries.About) -> list[str]:
    """Return what a person needs in words, with what only staff note."""
    now = [need for need in about.needs if need.ends is None]
    staff_only = [NEEDS["access"]["assisted-bins"]] if any(n.value == "assisted-bins" for n in now) else []
    return [*queries.needs_in_words(about.card.needs), *staff_only]


def _agent(request: HttpRequest, row) -> dict:
    """Return who may act for somebody, in words: what, until when, and the code while one's body waits for it."""
    stands = queries.stands(row, request.at)
    mine = not row.said and row.body_id in request.scope.bodies and stands == "waiting"
    return {
        "row": row, "ours": row.body_id in request.scope.bodies,
        "stands": stands, "now": stands == "running", "code": queries.code_of(row) if mine else "",
        "may": [MAY_DO[one] for one in row.may], "written": WRITTEN_TO[row.written],
        "last": row.ends and row.ends - timedelta(days=1),
    }  # fmt: skip


def _near(about: queries.About) -> list[UUID]:
    """Return those who keep house with a person, act for them, or are acted for by them."""
    agents, acted_for = (
        (row.agent_id for row in about.agents if row.agent_id),
        (row.person_id for row in about.acts_for),
    )
    return [*(row.person_id for row in about.household), *agents, *acted_for]


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
    wrote_down(request, {*left.members, *right.members}, "two people compared")
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
