"""What became of a round's day: collected, incomplete, and notes at addresses on the way."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.functions.waste import rules
from moothall.functions.waste.actions.missed import judge_again, settle_incident
from moothall.functions.waste.models import CrewNote, Incident, MissedReport, Round, RoundDay


class NothingLeft(Refusal):
    """Choose the streets that were not reached. If all were, mark the round as collected."""

    status = 422


class UnknownNote(Refusal):
    """Choose what you saw at the address."""

    status = 422


def close_round(*, round_: Round, day: dt.date, at: dt.datetime, by: Actor) -> RoundDay:
    """Record that a round's day is done: an open incident ends, and reports that waited for the crew are answered.

    Told again, it changes nothing.
    """
    log = _log(round_, day, "collected", at, by)
    for incident in Incident.objects.filter(round=round_, day=day, ended_at=None):
        incident.ended_at = at
        incident.save(update_fields=["ended_at"])
        settle_incident(incident=incident, at=at, by=by)
    _answer_waiting(round_, day, at, by)
    return log


def mark_incomplete(
    *, round_: Round, day: dt.date, usrns: list[str], reason: str, return_on: dt.date, at: dt.datetime, by: Actor
) -> Incident:
    """Record that some streets of a round were not reached, why, and when the crew comes back.

    The streets see it on their bin calendar before they ask, and reports from them join this one incident.
    The same round and day again is the same incident, with the streets added. Raises NothingLeft.
    """
    served = set(round_.stops.values_list("usrn", flat=True))
    left = [usrn for usrn in usrns if usrn in served]
    if not left:
        raise NothingLeft(field="usrns")
    _log(round_, day, "incomplete", at, by)
    row, made = Incident.objects.get_or_create(
        body_id=round_.body_id, round=round_, day=day,
        defaults={"usrns": left, "reason": reason, "return_on": return_on, "opened_at": at},
    )  # fmt: skip
    if not made:
        row.usrns = sorted({*row.usrns, *left})
        row.reason, row.return_on, row.ended_at = reason, return_on, None
        row.save(update_fields=["usrns", "reason", "return_on", "ended_at"])
    audit.record(action="waste.incident", object=f"incident:{row.pk}", body_id=row.body_id, at=at, by=by,
                 data={"streets": len(row.usrns)})  # fmt: skip
    _answer_waiting(round_, day, at, by)
    return row


def note_address(
    *, note_id: UUID, round_: Round, day: dt.date, uprn: str, code: str, at: dt.datetime, by: Actor
) -> CrewNote:
    """Record what a crew saw at an address it did not empty; `note_id` is made on the page: once is enough."""
    if code not in rules.NOTES:
        raise UnknownNote(field="code")
    row, _ = CrewNote.objects.get_or_create(
        id=note_id,
        defaults={"body_id": round_.body_id, "round": round_, "day": day, "uprn": uprn, "code": code, "at": at,
                  "by": str(by)},
    )  # fmt: skip
    return row


def _log(round_, day, state, at, by):
    row, made = RoundDay.objects.get_or_create(
        body_id=round_.body_id, round=round_, day=day, defaults={"state": state, "at": at, "by": str(by)}
    )
    if not made and row.state != state:
        row.state, row.at, row.by = state, at, str(by)
        row.save(update_fields=["state", "at", "by"])
    if made or row.at == at:
        audit.record(action=f"waste.round_{state}", object=f"round:{round_.pk}", body_id=round_.body_id, at=at, by=by,
                     data={"day": day})  # fmt: skip
    return row


def _answer_waiting(round_, day, at, by):
    for row in MissedReport.objects.filter(round=round_, day=day).exclude(check_step=None):
        judge_again(case_id=row.case_id, at=at, by=by)
