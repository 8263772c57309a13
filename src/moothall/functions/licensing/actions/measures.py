"""Acting against a licence: suspended or revoked with notice, appealed against, lifted; or given back by its holder."""

import datetime as dt
from uuid import UUID

from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.licensing import queries, rules
from moothall.functions.licensing.actions.record import happened, settle
from moothall.functions.licensing.actions.telling import tell
from moothall.functions.licensing.models import Licence, Measure


class NotLive(Refusal):
    """This licence is not in force any more, so there is nothing to act against."""


class NoSuchGround(Refusal):
    """Choose the ground in law."""

    status = 422


class SayWhy(Refusal):
    """Say why, in words the holder will read."""

    status = 422


class NoticeStands(Refusal):
    """A notice of this kind stands against the licence already. Settle that one first."""


class TooLateToAppeal(Refusal):
    """The time to appeal had passed by then. Record it only with the day on which the court received it."""

    status = 422


class NoAppeal(Refusal):
    """There is no appeal to settle. Record the appeal first."""


class NothingToLift(Refusal):
    """This notice is settled already. Open the licence to see how it stands."""


def take_measure(
    *, licence_id: UUID, kind: str, ground: str, reason: str, until: dt.date | None = None, at: dt.datetime, by: Actor
) -> Measure:
    """Give notice of a suspension (`until` a day, or until it is lifted) or revocation, and write to the holder.

    It takes effect when the time to appeal has passed, or at once where its ground is immediate. Refuses NotLive,
    NoSuchGround, SayWhy, NoticeStands.
    """
    licence, today = queries.licence(licence_id, lock=True), local(at).date()
    law = queries.terms(licence)
    if licence.state not in queries.LIVE:
        raise NotLive()
    if ground not in law.grounds:
        raise NoSuchGround(field="ground")
    if not reason.strip():
        raise SayWhy(field="reason")
    if licence.measures.filter(kind=kind, ended_on=None).exists():
        raise NoticeStands()
    days = rules.days_of(today, ground, law)
    row = Measure.objects.create(
        body_id=licence.body_id, licence=licence, kind=kind, ground=ground, reason=reason.strip()[:4000],
        notified_on=today, appeal_by=days.appeal_by, takes_effect=days.takes_effect,
        until=until if kind == rules.SUSPENSION else None,
        mend_by=days.mend_by if kind == rules.SUSPENSION else None,
        began_on=today if days.takes_effect <= today else None, at=at, by=str(by),
    )  # fmt: skip
    happened(licence=licence, kind=f"{kind}-notified", data={"measure": str(row.pk), "ground": ground}, at=at, by=by)
    if row.began_on:
        happened(licence=licence, kind=f"{kind}-begun", data={"measure": str(row.pk)}, at=at, by=by)
    settle(licence=licence, at=at, by=by)
    tell(licence=licence, letter="notice", measure=row, at=at, by=by)
    return row


def lift(*, measure_id: UUID, at: dt.datetime, by: Actor) -> Measure:
    """End a suspension, or take back a notice that has not taken effect, and tell the holder. Refuses NothingToLift."""
    row, licence = _locked(measure_id)
    if row.ended_on or (row.kind == rules.REVOCATION and row.began_on):
        raise NothingToLift()
    end(measure=row, at=at, by=by)
    settle(licence=licence, at=at, by=by)
    tell(licence=licence, letter="lifted", measure=row, at=at, by=by)
    return row


def record_appeal(*, measure_id: UUID, on: dt.date, at: dt.datetime, by: Actor) -> Measure:
    """Record that the court received the holder's appeal on a day. What has not begun waits for the court.

    Refuses TooLateToAppeal, NothingToLift.
    """
    row, licence = _locked(measure_id)
    if row.ended_on or row.appeal:
        raise NothingToLift()
    if not row.notified_on <= on <= min(row.appeal_by, local(at).date()):
        raise TooLateToAppeal(field="on")
    row.appeal, row.appealed_on = rules.LODGED, on
    if row.takes_effect > row.appeal_by:
        row.began_on = None  # it began because nobody had told us of the appeal
    row.save(update_fields=["appeal", "appealed_on", "began_on"])
    happened(licence=licence, kind="appeal-lodged", data={"measure": str(row.pk)}, at=at, by=by)
    settle(licence=licence, at=at, by=by)
    tell(licence=licence, letter="appeal", measure=row, at=at, by=by)
    return row


def settle_appeal(*, measure_id: UUID, outcome: str, at: dt.datetime, by: Actor) -> Measure:
    """Apply what became of an appeal: "allowed" ends the measure, "dismissed" and "withdrawn" let it take effect.

    Refuses NoAppeal.
    """
    row, licence = _locked(measure_id)
    if row.appeal != rules.LODGED or outcome not in (rules.ALLOWED, rules.DISMISSED, rules.WITHDRAWN):
        raise NoAppeal()
    row.appeal, row.decided_on = outcome, local(at).date()
    row.save(update_fields=["appeal", "decided_on"])
    happened(licence=licence, kind=f"appeal-{outcome}", data={"measure": str(row.pk)}, at=at, by=by)
    if outcome == rules.ALLOWED:
        end(measure=row, at=at, by=by)
    elif row.began_on is None:  # it waited for the court alone (1976 Act s.77(2)(b))
        begin(measure=row, at=at, by=by)
    settle(licence=licence, at=at, by=by)
    tell(licence=licence, letter=f"appeal-{outcome}", measure=row, at=at, by=by)
    return row


def surrender(*, licence_id: UUID, at: dt.datetime, by: Actor) -> Licence:
    """Record that its holder gave a licence back: it is over from today. Refuses NotLive."""
    licence = queries.licence(licence_id, lock=True)
    if licence.state not in queries.LIVE:
        raise NotLive()
    licence.state, licence.ended_on = rules.SURRENDERED, local(at).date()
    licence.save(update_fields=["state", "ended_on"])
    happened(licence=licence, kind="surrendered", at=at, by=by)
    settle(licence=licence, at=at, by=by)
    tell(licence=licence, letter="surrendered", at=at, by=by)
    return licence


def begin(*, measure: Measure, at: dt.datetime, by: Actor) -> None:
    """Let a measure take effect today."""
    measure.began_on = local(at).date()
    measure.save(update_fields=["began_on"])
    happened(licence=measure.licence, kind=f"{measure.kind}-begun", data={"measure": str(measure.pk)}, at=at, by=by)


def end(*, measure: Measure, at: dt.datetime, by: Actor) -> None:
    """Let a measure be over from today."""
    measure.ended_on = local(at).date()
    measure.save(update_fields=["ended_on"])
    happened(licence=measure.licence, kind=f"{measure.kind}-ended", data={"measure": str(measure.pk)}, at=at, by=by)


def _locked(measure_id: UUID) -> tuple[Measure, Licence]:
    """Return a measure and its licence, kept from others: the licence first, as everything else does."""
    licence = queries.licence(queries.measure(measure_id).licence_id, lock=True)
    row = queries.measure(measure_id)
    row.licence = licence
    return row, licence
