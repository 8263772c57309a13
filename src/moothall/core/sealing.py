"""
The sealer: gathers entries that are not sealed yet into their body's Merkle tree and signs the new head.

It never orders by id or transaction: an entry whose transaction commits late simply gets a later leaf. Each head is
also written to a witness file below MOOTHALL_DATA, so that a trail cut off at the end is noticed.
"""

import datetime as dt
import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.merkle import Frontier
from moothall.core.models import AuditSeal
from moothall.core.scope import Scope, scoped
from moothall.core.seals import NO_HEAD, Head, Signer, entry_leaf, micros
from moothall.core.verify import COLUMNS

WAITING = f"""
    select {COLUMNS} from core_auditunsealed u join core_auditentry e on e.id = u.entry_id
    where u.body_id = %s and e.body_id = %s order by e.id limit %s"""
SEAL = "select audit_seal(%s::smallint, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s::bytea[])"
MOST = 200_000  # entries under one head: about 100 MB while they are hashed


@queue.task("core.seal", deadline=dt.timedelta(minutes=5), whole=False)
def seal_body(*, body: int, at: dt.datetime, by: Actor) -> None:
    """Seal all that waits at one body, in one transaction; without a receipt, as doing it again does nothing."""
    with scoped(Scope(bodies=(body,), purpose="seal", actor=by)):
        while seal(body_id=body, at=at):
            pass


def unsealed() -> tuple[int, ...]:
    """Return the bodies where something waits: also those that are no partners, or no longer."""
    with connection.cursor() as cursor:
        cursor.execute("select audit_unsealed()")
        return tuple(row[0] for row in cursor.fetchall())


queue.every("* * * * * */20", "core.seal", where=unsealed)


def seal(*, body_id: int, at: dt.datetime, most: int = MOST) -> Head | None:
    """
    Seal up to `most` waiting entries of a body under one new head and return it; None when nothing waits.
    Must run in a transaction; two sealers of one body wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('moothall.seal'), %s)", [body_id])
        cursor.execute(WAITING, [body_id, body_id, most])
        rows = cursor.fetchall()
    if not rows:
        return None
    last = AuditSeal.objects.filter(body_id=body_id).order_by("-number").first()
    tree = _frontier(last)
    hashes = [entry_leaf(row) for row in rows]
    for leaf in hashes:
        tree.push(leaf)
    number = last.number + 1 if last else 1
    previous = bytes(last.hash) if last else NO_HEAD
    at = max(at, last.at) if last else at
    head = signer().sign(Head(body_id, number, tree.size, tree.root(), previous, micros(at)))
    _store(head, at, tree, [row[0] for row in rows], hashes)
    _witness(head)
    return head


def signer() -> Signer:
    """Return the key that signs this installation's heads."""
    return Signer(Path(settings.MOOTHALL_DATA) / "keys")


def _frontier(last: AuditSeal | None) -> Frontier:
    if last is None:
        return Frontier()
    peaks = bytes(last.peaks)
    return Frontier(last.size, [peaks[i : i + 32] for i in range(0, len(peaks), 32)])


def _store(head: Head, at: dt.datetime, tree: Frontier, entry_ids: list[int], hashes: list[bytes]) -> None:
    first = head.size - len(entry_ids)
    peaks = b"".join(tree.peaks)
    values = [head.body_id, head.number, first, head.size, head.root, head.previous, head.hash(), peaks, at, head.key]
    with connection.cursor() as cursor:
        cursor.execute(SEAL, [*values, head.signature, entry_ids, hashes])


def _witness(head: Head) -> None:
    """Hand the head out once its transaction has committed."""
    transaction.on_commit(lambda: write_witness(Path(settings.MOOTHALL_DATA) / "seals", head))


def write_witness(folder: Path, head: Head) -> None:
    """Append a head to its body's witness file and make it durable."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{head.body_id}.jsonl", "a") as file:
        file.write(head.as_json() + "\n")
        file.flush()
        os.fsync(file.fileno())
