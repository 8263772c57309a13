"""Let the districts form three partnerships, run them, and end one."""

from datetime import datetime
from io import BytesIO

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.letters import tagged_pdf
from moothall.core.scope import Scope, scoped
from moothall.promises import actions as promises
from moothall.scrutiny import actions as scrutiny
from moothall.scrutiny import queries as figures
from moothall.sharing import actions as sharing
from moothall.sharing import queries as partnerships
from moothall.simulation.actions.offers import draw_down
from moothall.simulation.queries import post
from moothall.simulation.rules import partnerships as told
from moothall.simulation.rules.organisations import COUNTY, DISTRICT_IDS

COUNTED = "Counted from promises kept on this platform, over a year"


def form_partnerships(*, at: datetime, by: Actor) -> int:
    """Let three partnerships be proposed and agreed, and their members work for each other; return how many."""
    day = local(at).date()
    councillors = {}
    for body_id in DISTRICT_IDS.values():
        with _as(body_id, by):
            councillors[body_id] = bodies.staff(body_id, day, "councillor").first().name
    for terms in (told.neighbours_eyes, told.clean_border, told.one_number):
        said = terms(councillors, day)
        proposer = said["members"][0]["body_id"]
        with _as(proposer, by):
            row = sharing.propose(body_id=proposer, terms=said | _report(said, proposer, at, by), at=at, by=by)
        _agree(row, at, by)
    offered = [(body_id, _in_return(doer, service_id, at)) for body_id, service_id, doer in told.provided()]
    for body_id, offer in offered:
        draw_down(body_id=body_id, offer=offer, at=at, by=by)
    return 3


def _in_return(body_id: int, service_id: str, at: datetime):
    """Let a body offer what it does for its partner in return for what that one does; return the offer."""
    by = post(body_id, "manager", at)
    with _as(body_id, by):
        clock = catalogue.soonest(catalogue.current(service_id).definition)
        return sharing.offer_service(
            body_id=body_id, service_id=service_id, **told.OFFERED, price=partnerships.PriceRule(method="in-return"),
            provision="own-staff", vat="non-business", clock=clock, starts=local(at).date(), at=at, by=by,
        )  # fmt: skip


def _report(said: dict, proposer: int, at: datetime, by: Actor) -> dict:
    """Keep the joint report on a partnership as a file of its terms; return the part of the terms that names it."""
    page = told.report(said, [bodies.body(one["body_id"]).name for one in said["members"]])
    draft = sharing.save_draft(body_id=proposer, data={}, at=at, by=by)
    paper = sharing.keep_paper(
        draft_id=draft.pk, upload=BytesIO(tagged_pdf(page)), name="joint-report.pdf", at=at, by=by
    )
    documents = [{"title": "Joint report to the cabinets", "file": paper}]
    sharing.save_draft(body_id=proposer, data={"documents": documents}, draft_id=draft.pk, at=at, by=by)
    return {"documents": documents}


def end_partnership(*, at: datetime, by: Actor) -> None:
    """Let the one that gained too little end, but for the one thing that its members go on with."""
    day = local(at).date()
    found = partnerships.partnership("one-number-for-three", day)
    proposer = found.member_ids[0]
    with _as(proposer, by):
        row = sharing.propose_end(
            body_id=proposer, partnership_id=found.id, ends=day, why=told.WHY_ENDED, continuing=(told.GOES_ON,),
            at=at, by=by,
        )  # fmt: skip
    _agree(row, at, by)


def look_after_partnerships(*, at: datetime, by: Actor) -> int:
    """Measure what can be measured, test whether they fit, warn where it is time; return how many were warned."""
    day = local(at).date()
    for slug, aim in (
        ("a-neighbours-eyes", "Complaints answered in time"),
        ("a-clean-border", "Dumped rubbish gone in five working days"),
    ):
        found = partnerships.partnership(slug, day)
        shared = [one.service_id for one in found.terms.services if one.service_id]
        counts = figures.kept([(found.member_ids, one, found.starts, day) for one in shared]).values()
        if counts:
            percent = 100 * sum(kept for kept, _ in counts) // sum(total for _, total in counts)
            with _as(found.member_ids[0], by):
                promises.measure(
                    body_id=found.member_ids[0], partnership_id=found.id, aim=aim, figure=percent, day=day,
                    source=COUNTED, at=at, by=by,
                )  # fmt: skip
    for provider_id, service_id in sorted(told.timed()):
        with _as(provider_id, by):
            promises.time_requests(
                body_id=provider_id, service_id=service_id, minutes=told.MINUTES[service_id], day=day,
                source=told.TIMED, at=at, by=by,
            )  # fmt: skip
    for slug, body_id, what, figure, source in told.PUT_IN:
        with _as(body_id, by):
            promises.put_in(
                body_id=body_id, partnership_id=partnerships.partnership(slug, day).id, what=what, figure=figure,
                day=day, source=source, at=at, by=by,
            )  # fmt: skip
    with _as(COUNTY, by):
        scrutiny.register_arrangements(body_id=COUNTY, table=told.REGISTER, at=at, by=by)
    warned = 0
    for body_id in DISTRICT_IDS.values():
        with _as(body_id, by):
            warned += promises.watch(body_id=body_id, at=at, by=by)
    return warned


def _agree(row, at: datetime, by: Actor) -> None:
    for body_id in row.member_ids:
        with _as(body_id, by):
            sharing.decide(
                body_id=body_id, partnership_id=row.partnership_id, number=row.number, agree=True,
                decided_by="Cabinet", minute=told.MINUTE, decided_on=local(at).date(), at=at, by=by,
            )  # fmt: skip


def _as(body_id: int, by: Actor):
    return scoped(Scope(bodies=(body_id,), purpose="partnership", actor=by))
