"""What a day does to a licence: notices take effect, suspensions end, it ends itself, and its holder is reminded."""

import datetime as dt
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.functions.licensing import queries, rules
from moothall.functions.licensing.actions.measures import begin, end
from moothall.functions.licensing.actions.record import happened, settle
from moothall.functions.licensing.actions.telling import tell
from moothall.functions.licensing.models import Licence, Measure


def keep_time(*, licence_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Do to one licence what today does to it; done again on the same day, it changes nothing."""
    licence, today = queries.licence(licence_id, lock=True), local(at).date()
    if licence.state in (rules.EXPIRED, rules.SURRENDERED):
        return
    told = [letter for measure in _open(licence) if (letter := _moved(measure, today, at, by))]
    if licence.ends < today:
        licence.state, licence.ended_on = rules.EXPIRED, licence.ends
        licence.save(update_fields=["state", "ended_on"])
        happened(licence=licence, kind="expired", at=at, by=by)
    settle(licence=licence, at=at, by=by)
    for letter, measure in told:
        tell(licence=licence, letter=letter, measure=measure, at=at, by=by)
    if licence.state in queries.LIVE:
        _remind(licence, today, at, by)
        _ask_for_papers(licence, today, at, by)


def _open(licence: Licence) -> list[Measure]:
    rows = list(licence.measures.filter(ended_on=None).order_by("at"))
    for row in rows:
        row.licence = licence
    return rows


def _moved(measure: Measure, today: dt.date, at, by) -> tuple[str, Measure] | None:
    """Move a measure by a day; return which letter tells of it."""
    match rules.move(measure.standing, today):
        case "begin":
            begin(measure=measure, at=at, by=by)
            return "begun", measure
        case "end":
            end(measure=measure, at=at, by=by)
            return "lifted", measure
        case "revoke":
            return "unmended", _revoked(measure, today, at, by)
    return None


def _revoked(suspension: Measure, today: dt.date, at, by) -> Measure:
    """Let a suspension that was not mended in time become a revocation, as the law deems it to be."""
    licence = suspension.licence
    end(measure=suspension, at=at, by=by)
    row = Measure.objects.create(
        body_id=licence.body_id, licence=licence, kind=rules.REVOCATION, ground=suspension.ground,
        reason=suspension.reason, notified_on=today, takes_effect=today, began_on=today, at=at, by=str(by),
        appeal_by=today + dt.timedelta(days=queries.terms(licence).appeal_days),
    )  # fmt: skip
    row.licence = licence
    happened(licence=licence, kind="revocation-begun", data={"measure": str(row.pk)}, at=at, by=by)
    return row


def _remind(licence: Licence, today: dt.date, at, by) -> None:
    days = rules.reminder_due(licence.ends, today, licence.reminded)
    if days is None or queries.renewed(licence):
        return
    licence.reminded = [*licence.reminded, days]
    licence.save(update_fields=["reminded"])
    happened(licence=licence, kind="reminded", data={"days": days}, at=at, by=by)
    tell(licence=licence, letter="renew", at=at, by=by)


def _ask_for_papers(licence: Licence, today: dt.date, at, by) -> None:
    """Ask once for each paper that runs out before the licence does."""
    papers = queries.running_out(today).filter(case_id=licence.case_id, asked_on=None, expires__lt=licence.ends)
    for paper in papers.order_by("expires", "id"):
        paper.asked_on = today
        paper.save(update_fields=["asked_on"])
        tell(licence=licence, letter="paper", paper=paper, at=at, by=by)
