"""A statement from draft to the books of both bodies: send, approve, withdraw, post."""

import datetime as dt
from uuid import UUID

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, scoped
from moothall.ledger import actions as ledger
from moothall.settlement import queries
from moothall.settlement.models import Line, Statement
from moothall.settlement.queries import NotAParty
from moothall.settlement.rules.states import APPROVED, DRAFT, POSTED, SENT, STANDS, WITHDRAWN, may

#: Accounts of the ledger's chart: other bodies owe us, we owe them; work done for them, and by them for us.
OWED_BY_BODIES, OWED_TO_BODIES, EARNED, BOUGHT = "1200", "2200", "4200", "5100"
#: Accounts that bodies need once VAT falls on recharges: code, name, kind.
VAT_TO_RECLAIM = ("1400", "VAT to claim back", "A")
VAT_WE_OWE = ("2300", "VAT we owe", "L")


class WrongState(Refusal):
    """The statement has moved on since you opened this page. Read it again and decide anew."""


class NotSentYet(Refusal):
    """This statement is still a draft. Send it to the payer first."""


class NotApprovedYet(Refusal):
    """Both bodies approve a statement before it goes into the books. Ask the one that has not."""


def _provider_only(row: Statement, by: Actor) -> None:
    if by.body_id != row.provider_id:
        raise NotAParty("Only the body that did the work may do that. Ask it to.")


def _told(row, action, at, by, **data):
    audit.record(action=f"recharge.{action}", object=f"statement:{row.pk}", body_id=by.body_id, at=at, by=by, data=data)


def send(*, statement_id: UUID, at: dt.datetime, by: Actor) -> Statement:
    """Let the payer see a draft. Sent twice, it is sent once. Refuses NotAParty and WrongState."""
    row = queries.locked(statement_id, by.body_id)
    _provider_only(row, by)
    if row.state == SENT:
        return row
    if not may(row.state, SENT):
        raise WrongState()
    row.state, row.sent_at = SENT, at
    row.save(update_fields=["state", "sent_at"])
    _told(row, "sent", at, by, pence=row.pence)
    return row


def withdraw(*, statement_id: UUID, at: dt.datetime, by: Actor) -> Statement:
    """Take back a draft or a sent statement, so that its days can be worked out anew. Refuses WrongState."""
    row = queries.locked(statement_id, by.body_id)
    _provider_only(row, by)
    if row.state == WITHDRAWN:
        return row
    if not may(row.state, WITHDRAWN):
        raise WrongState("Both bodies have approved this statement. Put it right with the true-up at the year's end.")
    row.state = WITHDRAWN
    row.save(update_fields=["state"])
    _told(row, "withdrawn", at, by)
    return row


def approve(*, statement_id: UUID, at: dt.datetime, by: Actor) -> Statement:
    """Approve a sent statement for one's own body; approved by both, it may be posted. Lines in dispute wait.

    Approved twice, it is approved once. Refuses NotAParty, NotSentYet and WrongState.
    """
    row = queries.locked(statement_id, by.body_id)
    side = "provider" if by.body_id == row.provider_id else "payer"
    if getattr(row, f"{side}_approved_at"):
        return row
    if row.state == DRAFT:
        raise NotSentYet()
    if row.state != SENT:
        raise WrongState()
    setattr(row, f"{side}_approved_at", at)
    setattr(row, f"{side}_approved_by", str(by))
    if row.provider_approved_at and row.payer_approved_at:
        row.state = APPROVED
    row.save(update_fields=[f"{side}_approved_at", f"{side}_approved_by", "state"])
    _told(row, "approved", at, by, side=side)
    return row


def post(*, statement_id: UUID, at: dt.datetime, by: Actor) -> Statement:
    """Post what stands of an approved statement in both bodies' books, each balanced, equal to the penny.

    Both journals are written in one transaction or neither is: both bodies have approved, so this may write in both
    bodies' books. Lines in dispute wait until it is settled. Posted twice, it is posted once. Refuses NotApprovedYet,
    and what the ledger refuses (the month is closed).
    """
    row = queries.locked(statement_id, by.body_id)
    if row.state == POSTED:
        return row
    if not may(row.state, POSTED):
        raise NotApprovedYet()
    lines = list(Line.objects.filter(statement=row, state=STANDS).select_related("section"))
    post_lines(statement=row, lines=lines, key=f"recharge:{row.pk}", at=at, by=by)
    row.state, row.posted_at = POSTED, at
    row.save(update_fields=["state", "posted_at"])
    _told(row, "posted", at, by, pence=sum(line.pence for line in lines))
    return row


def post_lines(*, statement: Statement, lines: list[Line], key: str, at: dt.datetime, by: Actor) -> None:
    """Post these lines in both bodies' books under a key; the lower body first, so that no two wait in a ring."""
    row = statement
    net, vat = _sums(lines)
    words = f"Recharge {row.first:%d.%m.%Y} to {row.last:%d.%m.%Y}"
    gross, taxes = sum(net.values()) + vat, [ledger.LegOf(VAT_WE_OWE[0], -vat)]
    books = {
        row.provider_id: [ledger.LegOf(OWED_BY_BODIES, gross), *taxes,
                          *(ledger.LegOf(EARNED, -pence, service) for service, pence in net.items())],
        row.body_id: [ledger.LegOf(OWED_TO_BODIES, -gross), ledger.LegOf(VAT_TO_RECLAIM[0], vat),
                      *(ledger.LegOf(BOUGHT, pence, service) for service, pence in net.items())],
    }  # fmt: skip
    accounts = {row.provider_id: VAT_WE_OWE, row.body_id: VAT_TO_RECLAIM}
    both = tuple(sorted(books))
    with scoped(current_scope().narrowed(bodies=both, purpose="settlement.post")):
        for body_id in both:
            legs = [leg for leg in books[body_id] if leg.pence]
            if not legs:
                continue
            if vat:
                code, name, kind = accounts[body_id]
                ledger.open_account(body_id=body_id, code=code, name=name, kind=kind, at=at, by=by)
            ledger.post(body_id=body_id, key=key, kind="recharge", legs=legs, narrative=words, at=at, by=by)


def _sums(lines):
    net: dict[str, int] = {}
    for line in lines:
        net[line.section.service_id] = net.get(line.section.service_id, 0) + line.pence
    return net, sum(line.vat_pence for line in lines)
