"""Take in what a body's finance system says: structure, ledger lines, budgets; map its cost centres to services."""

import datetime as dt
from hashlib import sha256

from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.money import pounds
from moothall.core.refusal import Refusal
from moothall.core.refusing import refusing
from moothall.settlement import queries
from moothall.settlement.models import CostCentre, CostFile, CostLine, CostMap, Headcount
from moothall.settlement.queries import NotAParty
from moothall.settlement.rules.ledger_files import Read, read_lines, read_structure

BATCH = 5000


class FileHasProblems(Refusal):
    """Nothing was taken from this file, because some lines are wrong. Correct them and send it again."""

    status = 422


class TotalsDiffer(Refusal):
    """Nothing was taken from this file, because its totals are not those you gave. Compare it with your ledger."""

    status = 422


class MappedLater(Refusal):
    """This cost centre is mapped from a later day already. Choose a day after that."""

    status = 422


def check_costs(*, body_id: int, kind: str, content: str, at: dt.datetime, by: Actor) -> Read:
    """Read a file of ledger lines (`kind` "actual") or budgets without keeping anything; problems are in the answer.

    A line whose entry number was taken before with other figures is a problem; with the same, it is none.
    """
    codes = frozenset(CostCentre.objects.filter(body_id=body_id).values_list("code", flat=True))
    found = read_lines(content, codes)
    known = _known(body_id, kind, found.rows)
    changed = [row.entry for row in found.rows if known.get(row.entry, row) != row]
    said = tuple(f"Entry {entry} was taken before with other figures." for entry in changed)
    return Read(found.rows, found.problems + said)


def _known(body_id, kind, rows) -> dict:
    """Return {entry: row} of those of these lines that were taken before."""
    found = CostLine.objects.filter(body_id=body_id, kind=kind, entry__in=[row.entry for row in rows])
    row_type = type(rows[0]) if rows else None
    return {one.entry: row_type(one.entry, one.day, one.centre, one.account, one.pence) for one in found}


def take_costs(
    *, body_id: int, kind: str, title: str, content: str, control_rows: int, control_pence: int, at: dt.datetime,
    by: Actor,
) -> CostFile:  # fmt: skip
    """Take in a file of ledger lines or budgets whole, once its number of lines and its sum are those that were told.

    The same file again changes nothing and returns what it was; lines that an overlapping file brought are not
    counted twice. Refuses FileHasProblems (details: `problems`) and TotalsDiffer.
    """
    digest = sha256(f"{kind}\n{content}".encode()).hexdigest()
    same = CostFile.objects.filter(body_id=body_id, digest=digest).first()
    if same:
        return same
    found = check_costs(body_id=body_id, kind=kind, content=content, at=at, by=by)
    if found.problems:
        raise FileHasProblems(problems=found.problems)
    if (len(found.rows), found.pence) != (control_rows, control_pence):
        raise TotalsDiffer(
            f"The file has {len(found.rows)} lines and {pounds(found.pence)}; you told {control_rows} and "
            f"{pounds(control_pence)}. Nothing was taken. Compare it with your ledger.",
            field="control_total",
        )
    known = _known(body_id, kind, found.rows)
    with refusing({}, hidden=NotAParty):
        row = CostFile.objects.create(
            body_id=body_id, kind=kind, title=title[:120], digest=digest, rows=len(found.rows), pence=found.pence,
            taken_at=at, taken_by=str(by),
        )  # fmt: skip
    lines = [
        CostLine(body_id=body_id, file=row, kind=kind, entry=one.entry, day=one.day, centre=one.centre,
                 account=one.account, pence=one.pence)
        for one in found.rows if one.entry not in known
    ]  # fmt: skip
    CostLine.objects.bulk_create(lines, batch_size=BATCH)
    audit.record(action="costs.taken", object=f"costfile:{row.pk}", body_id=body_id, at=at, by=by,
                 data={"kind": kind, "lines": len(lines), "pence": found.pence})  # fmt: skip
    return row


def take_centres(*, body_id: int, content: str, at: dt.datetime, by: Actor) -> int:
    """Take in the structure of cost centres; return how many are new or changed. Refuses FileHasProblems."""
    found = read_structure(content)
    if found.problems:
        raise FileHasProblems(problems=found.problems)
    known = {row.code: (row.title, row.parent) for row in CostCentre.objects.filter(body_id=body_id)}
    changed = [row for row in found.rows if known.get(row.code) != (row.title, row.parent)]
    for row in changed:
        CostCentre.objects.update_or_create(
            body_id=body_id, code=row.code, defaults={"title": row.title[:120], "parent": row.parent}
        )
    if changed:
        audit.record(action="costs.structure", object=f"body:{body_id}", body_id=body_id, at=at, by=by,
                     data={"centres": len(changed)})  # fmt: skip
    return len(changed)


def map_centre(*, body_id: int, centre: str, service_id: str, starts: dt.date, at: dt.datetime, by: Actor) -> CostMap:
    """Say that from a day on what is spent in a cost centre is spent on a service; what was said before ends then.

    Said again, it is the same. Refuses MappedLater, and NotYours for a centre that is not in the structure.
    """
    queries.centre(body_id, centre)
    rows = CostMap.objects.filter(body_id=body_id, centre=centre)
    last = rows.order_by("-starts").first()
    if last and last.ends is None and last.service_id == service_id and last.starts <= starts:
        return last
    if last and (last.starts >= starts or (last.ends and last.ends > starts)):
        raise MappedLater(field="starts")
    rows.filter(ends=None).update(ends=starts)
    row = CostMap.objects.create(
        body_id=body_id, centre=centre, service_id=service_id, starts=starts, decided_by=str(by)
    )
    audit.record(action="costs.mapped", object=f"centre:{centre}", body_id=body_id, at=at, by=by,
                 data={"service": service_id, "starts": starts})  # fmt: skip
    return row


def note_residents(*, body_id: int, starts: dt.date, residents: int, source: str, at: dt.datetime, by: Actor) -> None:
    """Note how many people live in a body's area from a day on, by a published estimate; the last word counts."""
    Headcount.objects.update_or_create(
        body_id=body_id, starts=starts, defaults={"residents": residents, "source": source}
    )
    audit.record(action="costs.residents", object=f"body:{body_id}", body_id=body_id, at=at, by=by,
                 data={"starts": starts, "residents": residents})  # fmt: skip
