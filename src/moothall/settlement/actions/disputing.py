"""Dispute a line of a statement, which holds it and nothing else; and settle the dispute."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import NotYours, Refusal
from moothall.settlement import queries
from moothall.settlement.actions.settling import WrongState, post_lines
from moothall.settlement.models import Dispute, Line
from moothall.settlement.queries import NotAParty
from moothall.settlement.rules.states import DISPUTABLE, DROPPED, HELD, POSTED, STANDS


class ReasonNeeded(Refusal):
    """Write why, so that the other body can answer."""

    status = 422


class NothingDisputed(Refusal):
    """This line is not in dispute. Read the statement again."""


def dispute(*, line_id: UUID, reason: str, at: dt.datetime, by: Actor) -> Dispute:
    """Let the payer dispute a line: it is held back, the rest of the statement goes on. Disputed twice, it is once.

    Refuses NotAParty (only who pays disputes), ReasonNeeded, and WrongState once it is in the books or taken off.
    """
    line = _line(line_id)
    statement = queries.locked(line.statement_id, by.body_id)
    if by.body_id != statement.body_id:
        raise NotAParty("Only the body that pays may dispute a line. If you charged too much, withdraw the statement.")
    known = Dispute.objects.filter(line=line, settled_at=None).first()
    if known:
        return known
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    if statement.state not in DISPUTABLE or line.state != STANDS:
        raise WrongState("This line can no longer be disputed. Ask for it to be put right at the year's end.")
    row = Dispute.objects.create(
        body_id=line.body_id, provider_id=line.provider_id, line=line, reason=reason.strip(), raised_at=at,
        raised_by=str(by),
    )  # fmt: skip
    Line.objects.filter(pk=line.pk).update(state=HELD)
    audit.record(action="recharge.disputed", object=f"line:{line.pk}", body_id=by.body_id, at=at, by=by,
                 data={"pence": line.pence})  # fmt: skip
    return row


def settle_dispute(*, line_id: UUID, answer: str, at: dt.datetime, by: Actor) -> Dispute:
    """End a dispute: the provider gives way and takes the line off, or the payer gives way and it stands.

    Neither can end it in its own favour. A line that stands after its statement was posted is posted now. Refuses
    NothingDisputed, NotAParty, ReasonNeeded.
    """
    line = _line(line_id)
    statement = queries.locked(line.statement_id, by.body_id)
    row = Dispute.objects.filter(line=line, settled_at=None).first()
    if row is None:
        raise NothingDisputed()
    if not answer.strip():
        raise ReasonNeeded(field="answer")
    outcome = DROPPED if by.body_id == statement.provider_id else STANDS
    row.outcome, row.answer, row.settled_at, row.settled_by = outcome, answer.strip(), at, str(by)
    row.save(update_fields=["outcome", "answer", "settled_at", "settled_by"])
    Line.objects.filter(pk=line.pk).update(state=outcome)
    if outcome == STANDS and statement.state == POSTED:
        post_lines(statement=statement, lines=[line], key=f"recharge-line:{line.pk}", at=at, by=by)
    audit.record(action="recharge.settled", object=f"line:{line.pk}", body_id=by.body_id, at=at, by=by,
                 data={"pence": line.pence, "outcome": outcome})  # fmt: skip
    return row


def _line(line_id: UUID) -> Line:
    line = Line.objects.select_related("section").filter(pk=line_id).first()
    if line is None:
        raise NotYours("We cannot find that line. Choose it from its statement.")
    return line
