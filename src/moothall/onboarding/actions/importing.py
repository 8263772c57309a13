"""Take in what a body brings: a file is read whole, then taken in batch by batch, each with its count."""

import datetime as dt
import io
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from moothall.bodies import actions as laying
from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core import audit, files, operations
from moothall.core.actor import Actor
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, rescope
from moothall.onboarding import queries
from moothall.onboarding.actions.judged import ALIKE, HERE
from moothall.onboarding.actions.reading import Tell, report
from moothall.onboarding.actions.taking_many import LINES
from moothall.onboarding.models import KINDS, Import
from moothall.onboarding.rules import papers
from moothall.onboarding.rules.land import AddressRow, StreetRow
from moothall.onboarding.rules.lines import SHOWN, Report

AT_ONCE = 500
"""Lines up to which a file is read while the page waits; a longer one is read by an operation."""
OPERATION = "onboarding.import"


class HasProblems(Refusal):
    """Some lines are wrong. Correct them and send the file again, or say that those lines are left out."""

    status = 422


class NothingGood(Refusal):
    """There is nothing new in that file that could be taken in. Correct it and send it again."""

    status = 422


class NotToBeTaken(Refusal):
    """That file is being taken in, was taken in, or was put away. Send it again if that is what you want."""


class NoSystem(Refusal):
    """Say which system the file comes from: with its numbers it tells what was taken in before."""

    status = 422


def bring_file(
    *, body_id: int, kind: str, system: str, title: str, content: str | bytes, at: dt.datetime, by: Actor
) -> Import:
    """Keep a file that a body brings and read it: at once where it is short, else by an operation.

    `content` is text, or of "papers" the bytes of a zip file, which an operation reads.

    The same file of the same kind again gives what it gave before, until it is put away. Raises NotJoining, NoSystem.
    """
    queries.works_here(body_id)
    if not system.strip():
        raise NoSystem(field="system")
    whole = content if isinstance(content, bytes) else content.encode()
    digest = sha256(f"{kind}\n{system}\n".encode() + whole).hexdigest()
    same = Import.objects.filter(body_id=body_id, digest=digest).exclude(state="dropped").first()
    if same:
        return same
    type_ = "application/zip" if kind == "papers" else "text/plain"
    kept = files.store(whole, name=title[:120], kind=type_, body_id=body_id, at=at, by=by)
    row = Import.objects.create(
        body_id=body_id, kind=kind, system=" ".join(system.split())[:40], title=title[:120], file_id=kept.pk,
        digest=digest, state="reading", at=at, by=str(by),
    )  # fmt: skip
    audit.record(action="import.brought", object=f"import:{row.pk}", body_id=body_id, at=at, by=by, data={"kind": kind})
    if kind != "papers" and whole.count(b"\n") <= AT_ONCE:
        read_file(import_id=row.pk, at=at, by=by)
    else:
        _ask(row, at, by)
    return queries.one_import(row.pk)


def _ask(row: Import, at: dt.datetime, by: Actor) -> None:
    operation_id = operations.ask(OPERATION, body_id=row.body_id, subject={"import": str(row.pk)}, at=at, by=by)
    Import.objects.filter(pk=row.pk).update(operation_id=operation_id)


def read_file(*, import_id: UUID, tell: Tell = lambda: None, at: dt.datetime, by: Actor) -> Report:
    """Read a file whole and note what it holds; nothing of it is taken in. `tell` is called for each line."""
    row = queries.one_import(import_id)
    came = report(row=row, content=queries.content_of(row), tell=tell, at=at, by=by)
    if row.state == "reading":
        Import.objects.filter(pk=row.pk).update(
            state="checked", lines=came.lines, good=len(came.good), problems=sorted(came.problems)[:SHOWN],
            counts=came.counts | {"wrong": came.wrong},
        )  # fmt: skip
    return came


def begin_taking(*, import_id: UUID, leave_out: bool = False, at: dt.datetime, by: Actor) -> None:
    """Let a file that was read be taken in by an operation; `leave_out` takes the good lines and leaves the others.

    Raises NotYours, NotToBeTaken, HasProblems, NothingGood.
    """
    row = queries.one_import(import_id)
    if not Import.objects.select_for_update().filter(pk=row.pk, state="checked").exists():
        raise NotToBeTaken
    if row.problems and not leave_out:
        raise HasProblems
    if not row.good:
        raise NothingGood
    anew = {}
    if row.kind in LINES:  # each line is counted again as it is taken in
        anew = {"counts": {ALIKE: row.counts[ALIKE]} if ALIKE in row.counts else {}, "problems": []}
    Import.objects.filter(pk=row.pk).update(state="loading", **anew)
    _ask(row, at, by)
    audit.record(action="import.begun", object=f"import:{row.pk}", body_id=row.body_id, at=at, by=by,
                 data={"lines": row.good, "left out": row.counts.get("wrong", 0)})  # fmt: skip


def take_lines(*, import_id: UUID, items: list[tuple[int, object]], at: dt.datetime, by: Actor) -> int:
    """Take streets, addresses or files in, in the caller's transaction, and note how far it is; return how many.

    A line that is refused now, though it was good when it was read, is noted as a problem and left out.
    """
    row = Import.objects.select_for_update().get(pk=import_id)
    new = [(number, item) for number, item in items if number > row.done]
    if not new:
        return 0
    refused = []
    if isinstance(new[0][1], StreetRow | AddressRow):
        taken = _lay_out([item for _, item in new], at, by)
    else:
        found = papers.read(queries.content_of(row), [item.paper for _, item in new], files.LARGEST)
        taken = sum(_took(row, n, (item, found[item.paper.entry]), refused, at, by) for n, item in new)
    Import.objects.filter(pk=row.pk).update(
        done=new[-1][0], taken=row.taken + taken, problems=[*row.problems, *refused][: 2 * SHOWN]
    )
    return taken


def _took(row: Import, number: int, item, refused: list, at: dt.datetime, by: Actor) -> bool:
    before = current_scope()
    try:
        with transaction.atomic():
            return _paper(row, item, at, by)
    except Refusal as refusal:
        refused.append((number, refusal.message))
        return False
    finally:
        rescope(before)


def _paper(row: Import, item: tuple, at: dt.datetime, by: Actor) -> bool:
    """Lay a file on its case, looked at once more as it is kept."""
    found, content = item
    kept = files.keep(
        io.BytesIO(content), name=found.paper.name, body_id=row.body_id, case_id=found.case_id, at=at, by=by
    )
    casework.attach(case_id=found.case_id, file_id=kept.pk, at=at, by=by)
    return True


def _lay_out(items: list, at: dt.datetime, by: Actor) -> int:
    streets = [
        {"usrn": one.usrn, "name": one.name, "locality": one.locality, "road_class": one.road_class,
         "line": [list(point) for point in (bodies.on_grid(one.points) if one.degrees else one.points)]}
        for one in items if isinstance(one, StreetRow) and bodies.street(one.usrn) is None
    ]  # fmt: skip
    homes = [one for one in items if isinstance(one, AddressRow)]
    there = {home.uprn for home in bodies.dwellings([one.uprn for one in homes])}
    dwellings = [_dwelling(one) for one in homes if one.uprn not in there]
    added = laying.lay_out(streets=streets, dwellings=dwellings, at=at, by=by)
    return added["streets"] + added["dwellings"]


def _dwelling(home: AddressRow) -> dict:
    [(easting, northing)] = bodies.on_grid([home.point]) if home.degrees else [home.point]
    return {
        "uprn": home.uprn, "number": home.number, "name": home.name, "usrn": home.usrn, "postcode": home.postcode,
        "easting": easting, "northing": northing,
    }  # fmt: skip


def end_taking(*, import_id: UUID, at: dt.datetime, by: Actor) -> dict:
    """Note that all lines were gone through, and erase the file: what it held is here now, once. Return the counts."""
    row = queries.one_import(import_id)
    Import.objects.filter(pk=row.pk).update(state="loaded", file_id=None)
    files.erase(file_ids=[row.file_id], because="it was taken in", at=at, by=by)
    audit.record(action="import.taken", object=f"import:{row.pk}", body_id=row.body_id, at=at, by=by,
                 data={"taken": row.taken})  # fmt: skip
    return {"taken": row.taken, HERE: row.counts.get(HERE, 0)}


def put_away(*, import_id: UUID, at: dt.datetime, by: Actor) -> None:
    """Put a file away that is not to be taken in, and erase it. Raises NotYours, NotToBeTaken."""
    row = queries.one_import(import_id)
    if row.state not in ("reading", "checked"):
        raise NotToBeTaken
    Import.objects.filter(pk=row.pk).update(state="dropped", file_id=None)
    files.erase(file_ids=[row.file_id], because="it was put away", at=at, by=by)
    said = {"kind": KINDS[row.kind]}
    audit.record(action="import.put-away", object=f"import:{row.pk}", body_id=row.body_id, at=at, by=by, data=said)
