"""Let two districts weigh six ways to run a service and publish what they found, and one begin another case."""

from datetime import datetime, timedelta

from moothall.appraisal import actions as appraisal
from moothall.appraisal.queries import cases, templates
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.scope import Scope, scoped
from moothall.simulation.rules import appraisals as told
from moothall.simulation.rules.organisations import DISTRICT_IDS

ASHBY, BORLEY = DISTRICT_IDS["Ashby"], DISTRICT_IDS["Borley"]


def weigh_options(*, at: datetime, by: Actor) -> str:
    """Let Ashby and Borley write, close and publish a case, a union work it out anew, and Ashby begin another.

    Returns the secret part of the union's address.
    """
    edition = _council_tax(at, by)
    _benefits(at, by)
    return appraisal.fork(
        edition_id=edition, figures=told.OTHER_FIGURES, swings=told.OTHER_WEIGHTS, at=at, by=by
    )  # fmt: skip


def _council_tax(at: datetime, by: Actor):
    document, when = templates.template(told.TAX), at - timedelta(days=20)
    with _as(ASHBY, by):
        row = appraisal.begin(
            body_id=ASHBY, document=document, why="Both councils' systems end in 2028", at=when, by=_of(ASHBY, by)
        )
        appraisal.let_in(case_id=row.pk, body_id=BORLEY, at=when, by=_of(ASHBY, by))
    _change(BORLEY, row.slug, ("inputs", "rooms", "value"), 211000, "Borley's post counted too", when, by)
    day = local(when).date()
    _change(ASHBY, row.slug, ("voices",), told.answered(document, day), "Every voice has its reply", when, by)
    effects = told.looked_at(document, "Equality impact assessment of October 2026")
    _change(BORLEY, row.slug, ("impacts",), effects, "Looked at for every subject", when, by)
    with _as(ASHBY, by):
        acts = {"case_id": row.pk, "at": at - timedelta(days=6), "by": _of(ASHBY, by)}
        appraisal.close(why="Nothing keeps it open", **acts)
        appraisal.freeze(why="Agreed by both section 151 officers", **acts)
        return appraisal.publish(why="For the joint committee, and everybody", **acts).pk


def _benefits(at: datetime, by: Actor) -> None:
    when = at - timedelta(days=4)
    document = templates.begun_from(
        "shared", title=told.NEXT, bodies=["Ashby", "Borley"], author="Head of benefits", on=local(when).date()
    )
    with _as(ASHBY, by):
        row = appraisal.begin(
            body_id=ASHBY, document=document, why="Both teams lost their managers", at=when, by=_of(ASHBY, by)
        )
    said = told.UNION | {"on": local(when).date().isoformat()}
    _change(ASHBY, row.slug, ("voices",), [said], "Said at the joint meeting", when, by)
    _change(ASHBY, row.slug, ("impacts",), [told.HARM], "Found when the visits were planned", when, by)


def _change(body_id: int, slug: str, path: tuple, value, why: str, at: datetime, by: Actor) -> None:
    with _as(body_id, by):
        row = cases.case(slug)
        appraisal.change(
            case_id=row.pk, changes=[(path, value)], why=why, seen=row.version, at=at, by=_of(body_id, by)
        )  # fmt: skip


def _of(body_id: int, by: Actor) -> Actor:
    return Actor(by.kind, by.id, body_id)


def _as(body_id: int, by: Actor):
    return scoped(Scope(bodies=(body_id,), purpose="appraisal", actor=by))
