"""Papers that a licence rests on: asked for, seen, and seen again when they run out."""

import datetime as dt
from uuid import UUID

from moothall.casework import actions as casework
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.functions.licensing import queries, rules
from moothall.functions.licensing.actions.record import happened
from moothall.functions.licensing.models import Evidence


class NotAllSeen(Refusal):
    """Some of the papers are still to be seen, or have run out. Note what you have, or say why it is not passed."""

    status = 422


class SayWhyNot(Refusal):
    """Say why it is not passed, in words the applicant will read."""

    status = 422


def check(
    *, body_id: int, doer_id: int, case_id: UUID, step_id: UUID, reference: str, evidence: dict,
    expires: tuple[str, ...], at: dt.datetime, by: Actor,
) -> list[Evidence]:  # fmt: skip
    """Write down which pieces of evidence a step asks for; the same step again adds none.

    `evidence` gives each piece's code its name as {en, cy}; those in `expires` hold until a day.
    """
    known = {row.code for row in queries.evidence_of(step_id=step_id)}
    Evidence.objects.bulk_create(
        Evidence(
            body_id=body_id, doer_id=doer_id, case_id=case_id, step_id=step_id, reference=reference, code=code,
            position=position, title=title, runs_out=code in expires,
        )
        for position, (code, title) in enumerate(evidence.items())
        if code not in known
    )  # fmt: skip
    return queries.evidence_of(step_id=step_id)


def finish_check(
    *, step_id: UUID, said: dict[str, dict], verdict: str, reason: str = "", at: dt.datetime, by: Actor
) -> None:
    """Note what was seen, and with a verdict finish the case's step: "passed", "failed", or "later" to keep it open.

    `said` gives {"finding", "expires"} by code. Refuses NotAllSeen (details: `problems` by code) and SayWhyNot.
    """
    rows = queries.check_of(step_id)
    if verdict == "passed":
        pieces = {row.code: row.runs_out for row in rows}
        if problems := rules.check_problems(pieces, said, local(at).date()):
            raise NotAllSeen(field=next(iter(problems)), problems=problems)
    if verdict == "failed" and not reason.strip():
        raise SayWhyNot(field="reason")
    for row in rows:
        _note(row, said.get(row.code) or {}, at, by)
    if verdict == "later":
        return
    days = [row.expires for row in rows if row.finding == rules.SEEN and row.expires]
    outputs = {"passed": verdict == "passed", "reason": reason.strip(), "runs_out": min(days, default=None)}
    casework.finish_step(step_id=step_id, outputs=outputs, at=at, by=by)


def note_evidence(*, licence_id: UUID, evidence_id: UUID, expires: dt.date, at: dt.datetime, by: Actor) -> Evidence:
    """Note that the next one of a paper that runs out was seen, for a licence that was issued. Refuses NotAllSeen."""
    licence = queries.licence(licence_id, lock=True)
    row = Evidence.objects.filter(pk=evidence_id, case_id=licence.case_id).first()
    if row is None or expires < local(at).date():
        raise NotAllSeen("Give a day that is still to come.", field="expires")
    _note(row, {"finding": rules.SEEN, "expires": expires}, at, by)
    happened(licence=licence, kind="evidence-noted", data={"paper": row.code}, at=at, by=by)
    return row


def _note(row: Evidence, said: dict, at: dt.datetime, by: Actor) -> None:
    finding, expires = said.get("finding", ""), said.get("expires")
    if (row.finding, row.expires) == (finding, expires):
        return
    row.finding, row.expires, row.asked_on = finding, expires, None
    row.seen_at, row.seen_by = (at, str(by)) if finding else (None, "")
    row.save(update_fields=["finding", "expires", "asked_on", "seen_at", "seen_by"])
    audit.record(action="licensing.evidence-noted", object=f"case:{row.case_id}", body_id=row.body_id, at=at, by=by,
                 data={"paper": row.code, "finding": finding})  # fmt: skip
