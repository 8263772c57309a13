"""A missed bin is judged by the data; what waits for the crew is judged again when the crew has said more."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from moothall.casework import actions as casework
from moothall.core.actor import Actor
from moothall.core.queue import defer
from moothall.core.refusal import Refusal
from moothall.functions.waste import queries, rules
from moothall.functions.waste.models import Incident, MissedReport


def report_missed(
    *, body_id: int, case_id: UUID, usrn: str, uprn: str, stream: str, at: dt.datetime, by: Actor
) -> MissedReport:
    """Record one case's report of a missed bin against the round it is about; the same case again is the same one."""
    known = queries.report_of(case_id)
    if known:
        return known
    found, day = queries.missed(body_id=body_id, usrn=usrn, uprn=uprn, stream=stream, at=at)
    return MissedReport.objects.create(
        body_id=body_id, case_id=case_id, round=found, day=day, uprn=uprn, usrn=usrn, at=at
    )


def await_round(*, report: MissedReport, step_id: UUID, until: dt.datetime, at: dt.datetime, by: Actor) -> None:
    """Let a report wait until the crew's day ends: judged again then, or as soon as the crew has said how it went."""
    MissedReport.objects.filter(pk=report.pk).update(check_step=step_id)
    defer("waste.judge_again", body=report.body_id, key=f"waste.judge:{step_id}", schedule=until,
          case_id=str(report.case_id))  # fmt: skip


def judge_again(*, case_id: UUID, at: dt.datetime, by: Actor) -> rules.Verdict | None:
    """Judge a waiting report by what is known now and finish its step; return the verdict, or None if none waits."""
    report = queries.report_of(case_id)
    if report is None or report.check_step is None:
        return None
    verdict = rules.judge_missed(queries.facts(report))
    if verdict.result == "wait":
        verdict = rules.MISSED
    step_id = report.check_step
    MissedReport.objects.filter(pk=report.pk).update(check_step=None)
    _settle(step_id, queries.answer(report, verdict), at, by)
    return verdict


def join(*, report: MissedReport, incident: Incident, step_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Let a case's return visit be the crew's return to the whole street."""
    MissedReport.objects.filter(pk=report.pk).update(incident=incident, return_step=step_id)


def settle_incident(*, incident: Incident, at: dt.datetime, by: Actor) -> int:
    """Finish the return visit of every case that joined an incident; return how many."""
    settled = 0
    for row in MissedReport.objects.filter(incident=incident).exclude(return_step=None):
        MissedReport.objects.filter(pk=row.pk).update(return_step=None)
        settled += _settle(row.return_step, {"collected": True}, at, by)
    return settled


def withdraw(*, case_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Stop waiting on behalf of a cancelled case."""
    MissedReport.objects.filter(case_id=case_id).update(check_step=None, return_step=None)


def _settle(step_id, outputs, at, by):
    """Finish a step; one that was cancelled or settled by hand meanwhile does not hold up the others."""
    try:
        with transaction.atomic():
            casework.finish_step(step_id=step_id, outputs=outputs, at=at, by=by)
    except Refusal:
        return False
    return True
