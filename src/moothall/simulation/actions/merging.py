"""Two districts that are to become one council: planned with something to decide, and not carried out."""

import datetime as dt
from uuid import UUID

from moothall.bodies import queries as bodies
from moothall.contracts import actions as contracts
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.reorganisation import actions
from moothall.reorganisation.queries import UnknownPlan, by_slug
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared
from moothall.simulation.rules.papers import own_papers

COVEHAM, DUNMERE = 4, 5
GRITTING = {
    "number": "COV-2026-038", "title": "Gritting of council car parks", "contractor": "Wold Winter Services Limited",
    "matter": "Winter maintenance", "spending": "other", "pence": 12_400_000,
    "source": "Executive of Coveham District Council, minute E/26/77 (invented)",
}  # fmt: skip
SLUG, SERVICE = "coveham-and-dunmere", "bulky-waste"
FEES = {"fee_pence": 4_500, "extra_pence": 900, "help_pence": 2_000}
EASTMARCH = {
    "code": "EMC", "slug": "eastmarch", "name": "Eastmarch Council", "name_cy": "Cyngor Eastmarch",
    "kind": "district", "colour": "#1d4e4a", "accent": "#d9b44a", "address": "https://www.eastmarch.example/",
}  # fmt: skip


def set_fees_apart(*, at: dt.datetime, by: Actor) -> None:
    """Let Dunmere ask for more than Coveham for large items, so that something has to be decided."""
    day = local(at).date()
    with scoped(Scope(bodies=(DUNMERE,), purpose="setting a fee", actor=by)):
        now = shared.adoption(DUNMERE, SERVICE, day)
        if now is None or now.provider_id != DUNMERE:
            return
        sharing.draw_down_own(
            body_id=DUNMERE, service_id=SERVICE, parameters=now.parameters | FEES,
            papers=own_papers(bodies.body(DUNMERE), day), at=at, by=by,
        )  # fmt: skip


def plan_merger(*, at: dt.datetime, by: Actor) -> None:
    """Plan that Coveham and Dunmere become Eastmarch on the first of April after next, and ask for one consent."""
    try:
        by_slug(SLUG)
    except UnknownPlan:
        pass
    else:
        return
    day = local(at).date()
    vesting = dt.date(day.year + (2 if day.month >= 4 else 1), 4, 1)
    with scoped(Scope(bodies=(COVEHAM,), purpose="planning", actor=by)):
        plan_id = actions.plan(
            body_id=COVEHAM, slug=SLUG, title="Coveham and Dunmere become Eastmarch",
            title_cy="Coveham a Dunmere yn dod yn Eastmarch", vesting=vesting,
            basis="The Marchshire (Structural Changes) Order, as consulted on",
            successors=[actions.NewBody(**EASTMARCH)],
            parts=[actions.Part(COVEHAM, "EMC"), actions.Part(DUNMERE, "EMC")], at=at, by=by,
        )  # fmt: skip
        actions.ask_consent(
            plan_id=plan_id, body_id=COVEHAM, kind="contract", pence=18_500_000, at=at, by=by,
            reference="COV-2026-041", what="Five years of grounds maintenance from a contractor",
        )  # fmt: skip
    _sign_with_consent(plan_id, vesting, at=at, by=by)


def _sign_with_consent(plan_id: UUID, vesting: dt.date, *, at: dt.datetime, by: Actor) -> None:
    """Let Dunmere consent to a contract of Coveham's that runs past the day, and Coveham sign it."""
    starts = local(at).date() + dt.timedelta(days=7)
    with scoped(Scope(bodies=(COVEHAM,), purpose="asking for consent", actor=by)):
        consent_id = actions.ask_consent(
            plan_id=plan_id, body_id=COVEHAM, kind="contract", reference=GRITTING["number"], pence=13_000_000,
            what=f"{GRITTING['title']}, to {GRITTING['contractor']}", at=at, by=by,
        )  # fmt: skip
    with scoped(Scope(bodies=(DUNMERE,), purpose="answering", actor=by)):
        actions.answer_consent(consent_id=consent_id, body_id=DUNMERE, agreed=True, because="", at=at, by=by)
    with scoped(Scope(bodies=(COVEHAM,), purpose="letting a contract", actor=by)):
        contracts.let_contract(
            body_id=COVEHAM, **GRITTING, starts=starts, ends=vesting + dt.timedelta(days=730), at=at, by=by
        )
