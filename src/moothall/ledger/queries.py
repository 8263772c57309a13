"""Reads the books. Every answer is of the bodies that the scope allows, and of nobody else."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from moothall.ledger import rules
from moothall.ledger.models import Account, Balance, Charge, Journal, Leg, Payment, Period, ProviderRecord, Refund


@dataclass(frozen=True)
class TrialLine:
    """One account of a trial balance, in pence: exactly one of debit and credit is more than nothing."""

    code: str
    name: str
    kind: str
    debit: int
    credit: int


@dataclass(frozen=True)
class TrialBalance:
    """What every account adds up to; in books that are right, debits equal credits."""

    lines: tuple[TrialLine, ...]
    debit: int
    credit: int

    @property
    def balances(self) -> bool:
        return self.debit == self.credit


@dataclass(frozen=True)
class StatementLine:
    """One line of an account's statement; `balance` is the account's pence after it."""

    on: dt.date
    kind: str
    narrative: str
    journal_id: int
    reverses: int | None
    cost_centre: str
    pence: int
    balance: int


def balance(body_id: int, account: str, *, cost_centre: str | None = None, until: dt.date | None = None) -> int:
    """Return an account's pence (debit positive), for one cost centre or all, to the end of the month `until` is in."""
    rows = Balance.objects.filter(body_id=body_id, account__code=account, account__body_id=body_id)
    if cost_centre is not None:
        rows = rows.filter(cost_centre=cost_centre)
    if until is not None:
        rows = rows.filter(month__lte=until.replace(day=1))
    sums = rows.aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return (sums["debit"] or 0) - (sums["credit"] or 0)


def trial_balance(body_id: int, *, until: dt.date | None = None) -> TrialBalance:
    """Return a body's trial balance to the end of the month that `until` is in, or of all that is posted."""
    rows = Balance.objects.filter(body_id=body_id)
    if until is not None:
        rows = rows.filter(month__lte=until.replace(day=1))
    net = {
        row["account_id"]: row["d"] - row["c"]
        for row in rows.values("account_id").annotate(d=Sum("debit"), c=Sum("credit"))
    }
    lines = tuple(
        TrialLine(a.code, a.name, a.kind, max(net.get(a.id, 0), 0), max(-net.get(a.id, 0), 0))
        for a in Account.objects.filter(body_id=body_id).order_by("code")
    )
    return TrialBalance(lines, sum(line.debit for line in lines), sum(line.credit for line in lines))


def statement(body_id: int, account: str, *, since: dt.date, until: dt.date) -> tuple[int, list[StatementLine]]:
    """Return an account's balance before `since`, and its lines from `since` to `until` inclusive, oldest first."""
    legs = Leg.objects.filter(
        body_id=body_id, account__code=account, account__body_id=body_id, journal__body_id=body_id
    )
    running = before = legs.filter(journal__posted_on__lt=since).aggregate(pence=Sum("pence"))["pence"] or 0
    within = legs.filter(journal__posted_on__range=(since, until)).select_related("journal")
    lines = []
    for leg in within.order_by("journal__posted_on", "journal_id", "line"):
        running += leg.pence
        j = leg.journal
        lines.append(
            StatementLine(j.posted_on, j.kind, j.narrative, j.id, j.reverses_id, leg.cost_centre, leg.pence, running)
        )
    return before, lines


def accounts(body_id: int) -> list[Account]:
    """Return a body's accounts in order of code."""
    return list(Account.objects.filter(body_id=body_id).order_by("code"))


def periods(body_id: int) -> list[Period]:
    """Return the months of a body's books, newest first."""
    return list(Period.objects.filter(body_id=body_id).order_by("-month"))


def journals_by_key(body_id: int, keys: list[str]) -> dict[str, int]:
    """Return the numbers of the journals posted under these keys; keys that were not posted are left out."""
    return dict(Journal.objects.filter(body_id=body_id, key__in=keys).values_list("key", "id"))


PROVE = """
select 'journal ' || journal_id || ' does not balance' from ledger_leg where body_id = %(body)s
  group by journal_id having sum(pence) <> 0
union all
select 'journal ' || j.id || ' has no lines' from ledger_journal j where j.body_id = %(body)s
  and not exists (select 1 from ledger_leg l where l.journal_id = j.id)
union all
select 'account ' || coalesce(b.account_id, s.account_id) || ' in ' || coalesce(b.month, s.month) || ' differs'
from (select account_id, cost_centre, month, debit, credit from ledger_balance where body_id = %(body)s) b
full join (select account_id, cost_centre, month, sum(greatest(pence, 0)) as debit, sum(greatest(-pence, 0)) as credit
  from ledger_leg where body_id = %(body)s group by 1, 2, 3) s using (account_id, cost_centre, month)
where (b.debit, b.credit) is distinct from (s.debit, s.credit)
"""


def prove(body_id: int) -> list[str]:
    """Add up every line of a body's books afresh and return what does not agree: an empty list proves the books."""
    with connection.cursor() as cursor:
        cursor.execute(PROVE, {"body": body_id})
        return [row[0] for row in cursor.fetchall()]


def charges_for(case_id: UUID) -> list[Charge]:
    """Return what a case was charged, oldest first: to whoever's scope is the case, or its body."""
    return list(Charge.objects.raw("select * from ledger_charges_of_case(%s)", [case_id]))


def charge(charge_id: UUID) -> Charge | None:
    """Return a charge of the scope's bodies, or None."""
    return Charge.objects.filter(id=charge_id).first()


def payer(charge_id: UUID) -> tuple[int, UUID | None] | None:
    """Return (body id, case id) of the charge with this random id, or None; only under the purpose "ledger.pay"."""
    return _one("select body_id, case_id from ledger_payer(%s)", charge_id)


def heard(reference: str) -> tuple[int, UUID] | None:
    """Return (body id, payment id) of our reference, or None; only under the purpose "ledger.webhook"."""
    return _one("select body_id, payment_id from ledger_heard(%s)", reference)


def _one(statement: str, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchone()


def last_payment(charge_id: UUID) -> Payment | None:
    """Return the newest attempt to pay a charge, or None."""
    return Payment.objects.filter(charge_id=charge_id).order_by("-attempt").first()


def open_payments(body_id: int, *, asked_before: dt.datetime) -> list[UUID]:
    """Return the attempts of a body whose end is not known, begun before a moment, oldest first."""
    rows = Payment.objects.filter(body_id=body_id, state__in=rules.OPEN, asked_at__lt=asked_before)
    return list(rows.order_by("asked_at").values_list("id", flat=True))


def open_refunds(body_id: int, *, asked_before: dt.datetime) -> list[UUID]:
    """Return the refunds of a body whose end is not known, asked for before a moment, oldest first."""
    rows = Refund.objects.filter(body_id=body_id, state__in=("intended", "submitted"), asked_at__lt=asked_before)
    return list(rows.order_by("asked_at").values_list("id", flat=True))


@dataclass(frozen=True)
class Reconciled:
    """What the provider says beside what we hold, for the payments made since a day."""

    held: int
    held_pence: int
    said: int
    said_pence: int
    differences: tuple[rules.Difference, ...]
    seen_at: dt.datetime | None
    unsent: tuple[Refund, ...]


def reconciled(body_id: int, *, since: dt.datetime) -> Reconciled:
    """Compare our card payments since a moment with what the provider last said of its own."""
    payments = Payment.objects.filter(body_id=body_id, how="card", asked_at__gte=since)
    given = dict(
        Refund.objects.filter(body_id=body_id, how="card", payment__in=payments)
        .exclude(state="error")
        .values_list("payment")
        .annotate(sum=Sum("pence"))
    )
    held = [rules.Side(p.provider_id, p.reference, p.pence, p.state, given.get(p.id, 0)) for p in payments]
    ids = [side.provider_id for side in held if side.provider_id]
    records = ProviderRecord.objects.filter(body_id=body_id).filter(
        Q(created__gte=_utc(since)) | Q(provider_id__in=ids)
    )
    said = [rules.Side(r.provider_id, r.reference, r.pence, r.state, r.refunded) for r in records]
    taken_here = [side.pence for side in held if side.state in rules.TAKEN]
    taken_there = [side.pence for side in said if side.state == "paid"]
    return Reconciled(
        len(taken_here),
        sum(taken_here),
        len(taken_there),
        sum(taken_there),
        tuple(rules.differences(held, said)),
        max((r.seen_at for r in records), default=None),
        tuple(
            Refund.objects.filter(body_id=body_id, state="error").select_related("payment").order_by("-asked_at")[:50]
        ),
    )


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")


def charges(body_id: int, *, state: str | None = None, limit: int = 50) -> list[Charge]:
    """Return a body's newest charges, in one state if given."""
    rows = Charge.objects.filter(body_id=body_id)
    return list((rows.filter(state=state) if state else rows).order_by("-raised_at", "-id")[:limit])


def payment(body_id: int, reference: str) -> Payment | None:
    """Return a body's attempt to pay by our reference, or None."""
    return Payment.objects.filter(body_id=body_id, reference=reference).first()


def payments_of(charge_id: UUID) -> list[Payment]:
    """Return the attempts to pay a charge, oldest first."""
    return list(Payment.objects.filter(charge_id=charge_id).order_by("attempt"))


def refunds_of(charge_id: UUID) -> list[Refund]:
    """Return what was given back of a charge, oldest first."""
    return list(Refund.objects.filter(payment__charge_id=charge_id).select_related("payment").order_by("asked_at"))


def journal(body_id: int, journal_id: int) -> Journal | None:
    """Return one journal of a body, or None."""
    return Journal.objects.filter(body_id=body_id, id=journal_id).first()


def legs_of_kind(body_id: int, kind: str, *, since: dt.date, until: dt.date) -> list[Leg]:
    """Return the lines of a body's journals of one kind, both days inclusive, with journal and account."""
    legs = Leg.objects.filter(
        body_id=body_id, journal__body_id=body_id, journal__kind=kind, journal__posted_on__range=(since, until)
    )
    return list(legs.select_related("journal", "account").order_by("journal__posted_on", "journal_id", "line"))


def spending(
    body_id: int, since: dt.date, until: dt.date, *, account: str = "", named: list[tuple[int, int]] | None = None
) -> list[Leg]:
    """Return the lines on a body's expense and income accounts, both days inclusive, oldest first, with their journal.

    `account` narrows to one account's code, `named` to lines by (number of the journal, line).
    """
    legs = _spent(body_id, since, until).select_related("journal", "account")
    legs = legs.filter(account__code=account) if account else legs
    if named is not None:
        legs = legs.filter(journal_id__in=[journal_id for journal_id, _ in named])
        wanted = set(named)
        return [leg for leg in legs.order_by("journal_id", "line") if (leg.journal_id, leg.line) in wanted]
    return list(legs.order_by("journal__posted_on", "journal_id", "line"))


def account_sums(body_id: int, since: dt.date, until: dt.date) -> list[tuple[str, str, int, int]]:
    """Return (code, name, how many lines, their pence) of a body's expense and income accounts that have lines."""
    legs = _spent(body_id, since, until).order_by("account__code")
    return list(legs.values_list("account__code", "account__name").annotate(Count("line"), Sum("pence")))


def _spent(body_id: int, since: dt.date, until: dt.date) -> QuerySet[Leg]:
    """Return the lines on a body's expense and income accounts, less those that pass a balance on to a successor."""
    return Leg.objects.filter(
        body_id=body_id, account__kind__in=("X", "I"), account__body_id=body_id, journal__body_id=body_id,
        journal__posted_on__range=(since, until),
    ).exclude(journal__key__startswith=rules.SUCCESSION)  # fmt: skip
