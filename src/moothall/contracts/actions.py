"""Let contracts, and apply their clauses: claim what came back, deduct what the clause says, publish it."""

import datetime as dt
from uuid import UUID

from moothall.contracts import queries, rules
from moothall.contracts.models import KINDS, Claim, Clause, Contract, Cover, Deduction
from moothall.core import audit, commitments
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.refusal import Refusal
from moothall.ledger import actions as ledger

#: Accounts of the ledger's chart: contractors owe us; deductions from contractors.
OWED_BY_CONTRACTORS, DEDUCTIONS = "1300", "4100"


class ClauseUnsound(Refusal):
    """That clause cannot be applied as it is written."""

    status = 422


class ContractDiffers(Refusal):
    """There is a contract with this number that says something else. Give the new one its own number."""


class TermsUnsound(Refusal):
    """This contract cannot be let as it is written. Correct what is marked."""

    status = 422


def let_contract(
    *, body_id: int, number: str, title: str, contractor: str, matter: str, spending: str, pence: int,
    starts: dt.date, ends: dt.date, source: str, varies: bool = False, extends_to: dt.date | None = None,
    signed: dt.date | None = None, at: dt.datetime, by: Actor,
) -> Contract:  # fmt: skip
    """Let a contract, or record one that was let; the same again is the same contract.

    `matter` says what is bought, `spending` is "capital" or "other", `pence` all that is to be paid over its whole
    life, `extends_to` the day until which it can be extended, `signed` the day of signing (today if not given).
    Raises ContractDiffers, TermsUnsound, and what a body that is to end is refused without consent.
    """
    said = {
        "title": title, "contractor": contractor, "matter": matter, "spending": spending, "pence": pence,
        "varies": varies, "signed": signed or local(at).date(), "starts": starts, "ends": ends,
        "extends_to": extends_to, "source": source,
    }  # fmt: skip
    problems = rules.unsound(**{name: said[name] for name in ("signed", "starts", "ends", "extends_to", "pence")})
    if problems:
        raise TermsUnsound(problems=problems, field=next(iter(problems)))
    found = Contract.objects.filter(body_id=body_id, number=number).first()
    if found is None:
        return _let(Contract(body_id=body_id, number=number, **said), at, by)
    if any(getattr(found, name) != value for name, value in said.items() if signed or name != "signed"):
        raise ContractDiffers(field="number")
    return found


def _let(row: Contract, at: dt.datetime, by: Actor) -> Contract:
    commitments.check(commitments.Commitment(
        body_id=row.body_id, kind="capital" if row.spending == "capital" else "contract", reference=row.number,
        what=f"{row.title}, to {row.contractor}", pence=row.pence, signed=row.signed,
        until=row.extends_to or row.ends, varies=row.varies, earlier=queries.alike(row),
    ))  # fmt: skip
    row.save(force_insert=True)
    audit.record(action="contract.let", object=f"contract:{row.pk}", body_id=row.body_id, at=at, by=by,
                 data={"number": row.number, "pence": row.pence, "spending": row.spending})  # fmt: skip
    return row


def add_clause(
    *, contract: Contract, number: str, kind: str, words: str, source: str, data: dict, at: dt.datetime, by: Actor
) -> Clause:
    """Add a clause whose data a machine can apply; the same number again is the same clause. Raises ClauseUnsound."""
    if kind not in KINDS:
        raise ClauseUnsound(f"We cannot apply clauses of the kind {kind!r}. Known: {', '.join(KINDS)}.")
    try:
        rules.guarantee_from(number, data, {})
    except ValueError as fault:
        raise ClauseUnsound(f"That clause cannot be applied: {fault}.") from fault
    row, made = Clause.objects.get_or_create(
        body_id=contract.body_id, contract=contract, number=number,
        defaults={"kind": kind, "words": words, "source": source, "data": data},
    )  # fmt: skip
    if not made and row.data != data:
        raise ClauseUnsound("That clause is in force with other terms. Add the variation under its own number.")
    if made:
        audit.record(action="contract.clause_added", object=f"clause:{row.pk}", body_id=row.body_id, at=at, by=by)
    return row


def cover(*, clause: Clause, segments: list[str], certified_on: dt.date, at: dt.datetime, by: Actor) -> int:
    """Put stretches of road under a guarantee from the day their surfacing was certified; return how many are new."""
    rows = [Cover(body_id=clause.body_id, clause=clause, segment=one, certified_on=certified_on) for one in segments]
    known = set(clause.covers.filter(certified_on=certified_on).values_list("segment", flat=True))
    added = Cover.objects.bulk_create([row for row in rows if row.segment not in known])
    if added:
        audit.record(action="contract.covered", object=f"clause:{clause.pk}", body_id=clause.body_id, at=at, by=by,
                     data={"stretches": len(added), "certified_on": certified_on})  # fmt: skip
    return len(added)


def claim(
    *, body_id: int, case_id: UUID, defect: str, segment: str, found_on: dt.date, kind: str, cause: str,
    at: dt.datetime, by: Actor,
) -> list[Claim]:  # fmt: skip
    """Open a claim under every guarantee that a defect came back on; the same defect again is the same claim.

    However many cases reported a defect, it is claimed once.
    """
    made = []
    for clause, finding in queries.judged(body_id=body_id, segment=segment, found=found_on, kind=kind, cause=cause):
        if not finding.applies:
            continue
        row, new = Claim.objects.get_or_create(
            body_id=body_id, clause=clause, defect=defect,
            defaults={"segment": segment, "found_on": found_on, "until": finding.until, "case_id": case_id,
                      "opened_at": at},
        )  # fmt: skip
        if new:
            audit.record(action="contract.claimed", object=f"claim:{row.pk}", body_id=body_id, at=at, by=by,
                         data={"clause": clause.number, "segment": segment})  # fmt: skip
        made.append(row)
    return made


def settle_claim(
    *, body_id: int, defect: str, repair_pence: int, place: str = "", at: dt.datetime, by: Actor
) -> list[Deduction]:
    """Work out, post and publish the deduction of each open claim for a mended defect, in pence.

    Told again, it changes nothing: one claim is one journal and one published deduction.
    """
    open_claims = Claim.objects.select_for_update(of=("self",)).filter(body_id=body_id, defect=defect, settled_at=None)
    return [_settle(row, repair_pence, place, at, by) for row in open_claims.select_related("clause__contract")]


def _settle(row, repair_pence, place, at, by):
    clause, contract = row.clause, row.clause.contract
    earlier = Claim.objects.filter(clause=clause, segment=row.segment, opened_at__lt=row.opened_at).count()
    worked_out = rules.deduct(queries.guarantee(clause), repair_pence=repair_pence, earlier=earlier)
    journal = ledger.post(
        body_id=row.body_id, key=f"deduction:{row.pk}", kind="deduction",
        legs=[ledger.LegOf(OWED_BY_CONTRACTORS, worked_out.pence), ledger.LegOf(DEDUCTIONS, -worked_out.pence)],
        narrative=f"{contract.number} clause {clause.number}: defect on {row.segment}", at=at, by=by,
    )  # fmt: skip
    Claim.objects.filter(pk=row.pk).update(settled_at=at)
    return Deduction.objects.create(
        body_id=row.body_id, claim_id=row.pk, contract=str(contract), contractor=contract.contractor,
        clause=clause.number, segment=row.segment, place=place or row.segment, found_on=row.found_on,
        guaranteed_until=row.until, lines=[list(line) for line in worked_out.lines], pence=worked_out.pence,
        journal=journal, published_at=at,
    )  # fmt: skip
