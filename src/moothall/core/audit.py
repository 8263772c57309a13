"""
The audit trail: who did or read what, when, for what purpose.

One statement an entry, in the caller's transaction. The app's role can add entries through a database function and
nothing else; a sealer (`core.sealing`) gathers them into signed Merkle trees; `core.verify` checks them with no Django.
"""

import datetime as dt
import json
from uuid import UUID

from django.db import connection

from moothall.core.actor import Actor
from moothall.core.merkle import inclusion_path
from moothall.core.models import AuditEntry, AuditLeaf, AuditPayload, AuditSeal
from moothall.core.refusal import Refusal
from moothall.core.seals import Head, micros

RECORD = "audit_record(%s::smallint, %s, %s, %s, %s, %s)"
READ = "read"


class NotSealedYet(Refusal):
    """This entry is not sealed yet. Entries are sealed within a minute: try again shortly."""


def record(*, action: str, object: str, body_id: int, at: dt.datetime, by: Actor, data: dict | None = None) -> int:
    """
    Write one entry and return its number. `action` is a code such as "case.opened", `object` a kind and id such as
    "case:0192..."; both outlive any erasure, so neither holds a personal value. `data` may: it is kept apart and can be
    erased. The purpose is the scope's.
    """
    with connection.cursor() as cursor:
        params = record_params(action=action, object=object, body_id=body_id, at=at, by=by, data=data)
        cursor.execute(f"select {RECORD}", params)
        return cursor.fetchone()[0]


def record_params(
    *, action: str, object: str, body_id: int, at: dt.datetime, by: Actor, data: dict | None = None
) -> list:
    """Return what the database function RECORD is called with, to make an entry part of a larger statement."""
    text = json.dumps(data or {}, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str)
    return [body_id, at, str(by), action, object, text]


def read(*, object: str, body_id: int, at: dt.datetime, by: Actor, what: str = "") -> int | None:
    """
    Write down that staff read a person's data, which that person is shown: `object` is who or what was read
    ("person:..." where the person is known, else "case:..."), `what` the page or list. Residents who read their own
    are not written down: returns None.
    """
    if by.kind in ("resident", "contact"):
        return None
    return record(action=READ, object=object, body_id=body_id, at=at, by=by, data={"what": what} if what else {})


def erase(*, entry_ids: list[int], body_id: int, because: str, at: dt.datetime, by: Actor) -> int:
    """
    Erase what entries of one body say, and keep the entries; return the number of the entry that records it.
    The proofs of the erased entries still hold. Records of erasures themselves are left as they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select audit_erase(%s::smallint, %s::bigint[], %s, %s, %s)", [body_id, entry_ids, because, at, str(by)]
        )
        return cursor.fetchone()[0]


def reads_of_me() -> list[dict]:
    """Return who read the data of the scope's person, at every body, newest first (at most 200)."""
    with connection.cursor() as cursor:
        cursor.execute("select body_id, at, actor, purpose, what from audit_reads_of_me()")
        return [dict(zip(("body_id", "at", "actor", "purpose", "what"), row, strict=True)) for row in cursor.fetchall()]


def acts_about_me(prefix: str) -> list[dict]:
    """Return what others did for the scope's person, at every body, newest first (at most 200).

    `prefix` is what the actions begin with: "help." is all that a person is shown so. `data` is what was noted, {} once
    erased.
    """
    with connection.cursor() as cursor:
        cursor.execute("select body_id, at, actor, action, data from audit_acts_about_me(%s)", [prefix])
        names = ("body_id", "at", "actor", "action", "data")
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [row | {"data": json.loads(row["data"] or "{}")} for row in rows]


def search(
    *,
    body_id: int,
    action: str = "",
    object: str = "",
    actor: str = "",
    since: dt.datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[dict]:
    """
    Return entries of a body, newest first, each with its payload (None when erased) and its leaf (None until sealed).
    Filters match exactly; an action ending in "." matches all that begin so. `before` continues below an entry's
    number.
    """
    rows = AuditEntry.objects.filter(body_id=body_id)
    if action:
        rows = rows.filter(action__startswith=action) if action.endswith(".") else rows.filter(action=action)
    if object:
        rows = rows.filter(object=object)
    if actor:
        rows = rows.filter(actor=actor)
    if since:
        rows = rows.filter(at__gte=since)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id").values("id", "at", "actor", "purpose", "action", "object")[:limit])
    numbers = [row["id"] for row in found]
    said = dict(AuditPayload.objects.filter(entry_id__in=numbers).values_list("entry_id", "data"))
    leaves = dict(AuditLeaf.objects.filter(entry_id__in=numbers).values_list("entry_id", "number"))
    for row in found:
        text = said.get(row["id"])
        row["data"] = None if text is None else json.loads(text)
        row["leaf"] = leaves.get(row["id"])
    return found


def heads(*, body_id: int, limit: int = 20) -> list[Head]:
    """Return a body's newest signed heads, newest first."""
    rows = AuditSeal.objects.filter(body_id=body_id).order_by("-number")[:limit]
    return [_head(row) for row in rows]


def prove(*, entry_id: int) -> dict:
    """
    Return a proof, as plain JSON, that an entry is in the trail: the entry's columns, its leaf, the path to the newest
    root, the signed head, and the payload unless erased. `core.seals.proof_holds` checks it anywhere.
    Raises NotSealedYet before the sealer has been; AuditEntry.DoesNotExist for an entry that is not ours to see.
    """
    entry = AuditEntry.objects.get(pk=entry_id)
    leaf = AuditLeaf.objects.filter(pk=entry_id).first()
    if leaf is None:
        raise NotSealedYet()
    seal = AuditSeal.objects.filter(body_id=entry.body_id).order_by("-number").first()
    hashes = AuditLeaf.objects.filter(body_id=entry.body_id, number__lt=seal.size).order_by("number")
    path = inclusion_path(leaf.number, [bytes(h) for h in hashes.values_list("hash", flat=True)])
    payload = AuditPayload.objects.get(pk=entry_id)
    shown = None if payload.data is None else {"salt": bytes(payload.salt).hex(), "data": payload.data}
    return {
        "entry": entry_columns(entry),
        "leaf": leaf.number,
        "path": [step.hex() for step in path],
        "payload": shown,
        "head": json.loads(_head(seal).as_json()),
    }


def entry_columns(entry: AuditEntry) -> list:
    """Return an entry's columns as they are hashed into its leaf (see `core.seals.entry_leaf`)."""
    moments = [micros(entry.at), micros(entry.recorded_at)]
    said = [entry.actor, entry.purpose, entry.action, entry.object, bytes(entry.commitment).hex()]
    return [entry.pk, entry.body_id, *moments, *said]


def entries_about(*, object: str, body_id: int) -> list[int]:
    """Return the numbers of a body's entries about one object whose words are still there."""
    mine = AuditEntry.objects.filter(body_id=body_id, object=object).exclude(action="payload.erased")
    kept = AuditPayload.objects.filter(data__isnull=False, entry_id__in=mine.values("id"))
    return sorted(kept.values_list("entry_id", flat=True))


def person_object(person_id: UUID) -> str:
    """Return how the trail names a person."""
    return f"person:{person_id}"


def _head(row: AuditSeal) -> Head:
    hashes = (bytes(row.root), bytes(row.previous))
    return Head(row.body_id, row.number, row.size, *hashes, micros(row.at), row.key, bytes(row.signature))
