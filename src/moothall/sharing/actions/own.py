"""Draw a service down by oneself: the same way as from an offer, with the lighter gates of own provision."""

import datetime as dt
from collections.abc import Mapping

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.sharing.actions.drawing import DraftThere, NotAnswerable, begin, go_live, set_draw_down, write_evidence
from moothall.sharing.models import Adoption, DrawDown
from moothall.sharing.queries import drawing, versions
from moothall.sharing.rules.ways import may_do


def begin_own(*, body_id: int, service_id: str, at: dt.datetime, by: Actor) -> DrawDown:
    """Begin to offer the newest version of a service by one's own staff, with the settings one has carried over.

    Refuses NotAnswerable, DraftThere. Nothing is seen by residents until it is live.
    """
    newest = catalogue.current(service_id)
    if not may_do(bodies.body(body_id).kind, newest.definition):
        raise NotAnswerable()
    if drawing.draft_of(body_id, service_id):
        raise DraftThere()
    parameters = versions.carried(body_id, newest, local(at).date())
    return begin(
        body_id=body_id, service_id=service_id, version_id=newest.id, offer_id=None, parameters=parameters, at=at, by=by
    )


def draw_down_own(
    *,
    body_id: int,
    service_id: str,
    papers: Mapping[str, dict],
    parameters: dict | None = None,
    starts: dt.date | None = None,
    at: dt.datetime,
    by: Actor,
) -> Adoption:
    """Go the whole way at once: begin, set, write down what the gates need, and go live; return the adoption.

    `papers` is what is written down, by gate of own provision (`rules.ways`): who decided, and whether anybody's work
    changes employer. `starts` is today if not given. Refuses whatever the single steps refuse.
    """
    row = begin_own(body_id=body_id, service_id=service_id, at=at, by=by)
    set_draw_down(draw_id=row.pk, parameters=parameters or {}, at=at, by=by)
    for gate, given in papers.items():
        write_evidence(draw_id=row.pk, gate=gate, given=given, at=at, by=by)
    return go_live(draw_id=row.pk, starts=starts or local(at).date(), at=at, by=by)
