"""Who pays for a repair, what was claimed and what was deducted."""

import datetime as dt
from uuid import UUID

from django.db.models import Count, Q, Sum

from moothall.contracts import rules
from moothall.contracts.models import Claim, Clause, Contract, Cover, Deduction
from moothall.core.refusal import NotYours

PAGE = 50


def judged(*, body_id: int, segment: str | None, found: dt.date, kind: str, cause: str) -> list[tuple]:
    """Return (clause, finding) for every guarantee that covers a stretch of road, whether or not it applies."""
    if not segment:
        return []
    covers = Cover.objects.filter(body_id=body_id, segment=segment, certified_on__lte=found)
    rows = {}
    for cover in covers.select_related("clause__contract").order_by("certified_on"):
        rows[cover.clause_id] = cover  # the latest surfacing counts
    return [
        (
            cover.clause,
            rules.judge(guarantee(cover.clause, cover), segment=segment, found=found, kind=kind, cause=cause),
        )
        for cover in rows.values()
    ]


def guarantee(clause: Clause, cover: Cover | None = None) -> rules.Guarantee:
    """Return a clause as the rules read it, covering one stretch."""
    covers = {cover.segment: cover.certified_on} if cover else {}
    return rules.guarantee_from(f"{clause.contract.number} clause {clause.number}", clause.data, covers)


def payer(*, body_id: int, segment: str | None, found: dt.date, kind: str, cause: str) -> str:
    """Return the contractor at whose cost a defect is repaired, or "" when no guarantee covers it."""
    found_by = judged(body_id=body_id, segment=segment, found=found, kind=kind, cause=cause)
    return next((clause.contract.contractor for clause, finding in found_by if finding.applies), "")


def contracts() -> list[Contract]:
    """Return the contracts in scope, newest first, each with its clauses and `claims`, how many were made."""
    rows = Contract.objects.prefetch_related("clauses").annotate(claims=Count("clauses__claims"))
    return list(rows.order_by("-starts", "number"))


def alike(row: Contract) -> tuple[tuple[dt.date, int], ...]:
    """Return (day of signing, pence) of a body's other contracts with the same contractor, or for the same matter.

    Spending of the same sort alone: capital and other contracts have limits of their own.
    """
    same = Q(contractor__iexact=row.contractor) | Q(matter__iexact=row.matter) & ~Q(matter="")
    others = Contract.objects.filter(same, body_id=row.body_id, spending=row.spending, pence__isnull=False)
    return tuple((one.signed or one.starts, one.pence) for one in others.exclude(number=row.number))


def contract(contract_id: int) -> Contract:
    """Return one contract; refuses what is not there or not yours to see."""
    found = Contract.objects.filter(pk=contract_id).first()
    if found is None:
        raise NotYours("We cannot find that contract. Choose it from the list of contracts.")
    return found


def clauses(contract_id: int) -> list[Clause]:
    """Return a contract's clauses in order, each with `stretches`, how many stretches of road it covers."""
    return list(Clause.objects.filter(contract_id=contract_id).annotate(stretches=Count("covers")).order_by("number"))


def claims(contract_id: int) -> list[Claim]:
    """Return a contract's claims, newest first, at most one page, each with `deduction` (None until it is settled)."""
    rows = list(
        Claim.objects.filter(clause__contract_id=contract_id).select_related("clause").order_by("-opened_at")[:PAGE]
    )
    taken = {one.claim_id: one for one in Deduction.objects.filter(claim_id__in=[row.pk for row in rows])}
    for row in rows:
        row.deduction = taken.get(row.pk)
    return rows


def deductions(*, body_id: int | None = None, since: dt.date | None = None) -> list[Deduction]:
    """Return published deductions, newest first, at most 200: of one body, or of all; open to everybody."""
    rows = Deduction.objects.order_by("-published_at")
    if body_id is not None:
        rows = rows.filter(body_id=body_id)
    if since:
        rows = rows.filter(published_at__date__gte=since)
    return list(rows[:200])


def deducted(*, body_id: int | None = None) -> dict:
    """Return {"count", "pence"} of all published deductions of one body, or of all."""
    rows = Deduction.objects.all() if body_id is None else Deduction.objects.filter(body_id=body_id)
    said = rows.aggregate(count=Count("id"), pence=Sum("pence"))
    return {"count": said["count"], "pence": said["pence"] or 0}


def deduction(deduction_id: UUID) -> Deduction:
    """Return one published deduction; refuses what is not there."""
    found = Deduction.objects.filter(pk=deduction_id).first()
    if found is None:
        raise NotYours("We cannot find that deduction. Choose it from the list of deductions.")
    return found
