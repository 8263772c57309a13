"""
Check an audit trail without trusting the software that wrote it: psycopg and the sums of `merkle` and `seals`, no
Django.

Looks for rows that were changed, dropped, put in another order, slipped in later or cut off at the end, and for
payloads that are gone without a recorded erasure. What it cannot see: an entry dropped in the seconds before it was
first sealed, and a trail whose every head, witness and key were replaced together; so bodies keep each other's heads.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from moothall.core.merkle import Frontier
from moothall.core.seals import NO_HEAD, Head, commitment, entry_leaf, is_signed, public_keys

LATE = 3_600_000_000  # microseconds: no transaction here is open for an hour, so an entry found later was slipped in

COLUMNS = """e.id, e.body_id, (extract(epoch from e.at) * 1000000)::bigint,
    (extract(epoch from e.recorded_at) * 1000000)::bigint, e.actor, e.purpose, e.action, e.object,
    encode(e.commitment, 'hex')"""
SEALED = f"""
    select l.number, l.hash, p.entry_id is not null, p.salt, p.data, p.erasure_id, {COLUMNS}
    from core_auditleaf l left join core_auditentry e on e.id = l.entry_id
    left join core_auditpayload p on p.entry_id = l.entry_id
    where l.body_id = %s order by l.number"""
UNSEALED = f"""
    select u.entry_id is not null, p.entry_id is not null, p.salt, p.data, p.erasure_id, {COLUMNS}
    from core_auditentry e left join core_auditleaf l on l.entry_id = e.id
    left join core_auditunsealed u on u.entry_id = e.id and u.body_id = e.body_id
    left join core_auditpayload p on p.entry_id = e.id
    where e.body_id = %s and l.entry_id is null order by e.id"""
HEADS = """
    select body_id, number, size, root, previous, (extract(epoch from at) * 1000000)::bigint, key, signature
    from core_auditseal where body_id = %s order by number"""
BODIES = """
    select body_id from core_auditentry union select body_id from core_auditleaf
    union select body_id from core_auditseal union select body_id from core_auditunsealed order by 1"""
STRAYS = """
    select 'payload', entry_id from core_auditpayload p
    where not exists (select from core_auditentry e where e.id = p.entry_id and e.body_id = p.body_id)
    union all
    select 'unsealed', entry_id from core_auditunsealed u
    where not exists (select from core_auditentry e where e.id = u.entry_id and e.body_id = u.body_id)
       or exists (select from core_auditleaf l where l.entry_id = u.entry_id)"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a trail, in words."""

    body_id: int
    kind: str
    says: str

    def __str__(self):
        return f"body {self.body_id}: {self.kind}: {self.says}"


@dataclass
class Verdict:
    """What was checked and what was found."""

    entries: int = 0
    heads: int = 0
    unsealed: int = 0
    erased: int = 0
    findings: list[Finding] = field(default_factory=list)
    latest: dict[int, Head] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        return not self.findings


class Trail:
    """One body's trail, read once from the first leaf to the last."""

    def __init__(self, body_id: int, heads: Iterable[Head], keys: dict, verdict: Verdict):
        self.body_id = body_id
        self.heads = list(heads)
        self.keys = keys
        self.verdict = verdict
        self.tree = Frontier()
        self.seen: set[int] = set()
        self.erased: dict[int, int] = {}
        self.erasures: dict[int, set[int]] = {}

    def find(self, kind: str, says: str) -> None:
        self.verdict.findings.append(Finding(self.body_id, kind, says))

    def check_heads(self) -> None:
        """Check numbers, chain and signatures of the heads."""
        before = Head(self.body_id, 0, 0, b"", NO_HEAD, 0)
        expected = NO_HEAD
        for head in self.heads:
            if head.number != before.number + 1 or head.size <= before.size or head.previous != expected:
                self.find("seals", f"seal {head.number} does not follow seal {before.number}")
            if not is_signed(head, self.keys):
                self.find("seals", f"seal {head.number} is not signed by our key")
            before, expected = head, head.hash()
        self.verdict.heads += len(self.heads)
        if self.heads:
            self.verdict.latest[self.body_id] = self.heads[-1]

    def check_leaves(self, rows: Iterable[tuple]) -> None:
        """Check every sealed entry, in order, and the root at every head."""
        heads = iter(self.heads)
        head = next(heads, None)
        last, sealed_before = 0, 0  # when the last seal was made, and the last of an earlier run
        for number, stored, has_payload, salt, data, erasure, *columns in rows:
            if number != self.tree.size:
                self.find("dropped", f"leaf {self.tree.size} is missing, leaf {number} is there")
            if columns[0] is None:
                self.find("dropped", f"the entry of leaf {number} is missing")
                leaf = bytes(stored)
            else:
                leaf = entry_leaf(columns)
                if leaf != stored:
                    self.find("changed", f"entry {columns[0]} is not as it was sealed")
                if sealed_before and columns[3] < sealed_before - LATE:
                    self.find("slipped in", f"entry {columns[0]} claims to be older than a seal that does not hold it")
                self.check_entry(columns, has_payload, salt, data, erasure)
            self.tree.push(leaf)
            if head and self.tree.size == head.size:
                if self.tree.root() != head.root:
                    self.find("changed", f"leaves up to {head.size} do not hash to the root of seal {head.number}")
                last, head = head.at, next(heads, None)
                sealed_before = last if head and head.at > last else sealed_before
        self.verdict.entries += self.tree.size
        if head or (self.heads[-1].size if self.heads else 0) != self.tree.size:
            self.find("dropped", f"{self.tree.size} leaves are there, which is not what the last seal holds")

    def check_entry(self, columns, has_payload, salt, data, erasure) -> None:
        """Check one entry's body, place and payload."""
        entry_id, body_id, _, _, _, _, action, _, committed = columns
        if entry_id in self.seen:
            self.find("forged", f"entry {entry_id} is sealed twice")
        self.seen.add(entry_id)
        if body_id != self.body_id:
            self.find("forged", f"entry {entry_id} belongs to body {body_id}")
        if not has_payload:
            self.find("dropped", f"the payload of entry {entry_id} is missing")
        elif data is None and salt is None and erasure:
            self.erased[entry_id] = erasure
        elif data is None or erasure:
            self.find("changed", f"the payload of entry {entry_id} is neither whole nor erased")
        elif commitment(bytes(salt or b""), data).hex() != committed:
            self.find("changed", f"the payload of entry {entry_id} is not the one it commits to")
        elif action == "payload.erased":
            self.erasures[entry_id] = _listed(data)

    def check_unsealed(self, rows: Iterable[tuple]) -> None:
        """Check entries that no seal holds yet: each must be waiting for one."""
        for waiting, has_payload, salt, data, erasure, *columns in rows:
            self.verdict.unsealed += 1
            if not waiting:
                self.find("forged", f"entry {columns[0]} is neither sealed nor waiting to be")
            self.check_entry(columns, has_payload, salt, data, erasure)

    def check_erasures(self) -> None:
        """Check that each erased payload is listed by the entry that recorded its erasure."""
        self.verdict.erased += len(self.erased)
        for entry_id, erasure in self.erased.items():
            if entry_id not in self.erasures.get(erasure, ()):
                self.find("dropped", f"the payload of entry {entry_id} is gone, and no erasure lists it")

    def check_witness(self, witnessed: Iterable[Head]) -> None:
        """Check that every head that was handed out is still a head here."""
        here = {head.number: head for head in self.heads}
        for head in witnessed:
            kept = here.get(head.number)
            if kept is None or kept.hash() != head.hash():
                self.find("cut off", f"seal {head.number} was handed out and is not in the database as it was")


def verify(conn: psycopg.Connection, folder: Path, bodies: Iterable[int] | None = None) -> Verdict:
    """
    Check the trails that this connection can read (all, as the owner) against the public keys in `folder`/keys and the
    handed-out heads in `folder`/seals. Leaves the database as it was.
    """
    keys = public_keys(Path(folder) / "keys")
    verdict = Verdict()
    witnessed = {int(p.stem): p for p in (Path(folder) / "seals").glob("*.jsonl")}
    found = [row[0] for row in conn.execute(BODIES)]
    for body_id in bodies if bodies is not None else sorted({*found, *witnessed}):
        heads = [Head(*_bytes(row)) for row in conn.execute(HEADS, (body_id,))]
        trail = Trail(body_id, heads, keys, verdict)
        trail.check_heads()
        trail.check_leaves(_stream(conn, SEALED, body_id))
        trail.check_unsealed(_stream(conn, UNSEALED, body_id))
        trail.check_erasures()
        trail.check_witness(_read_witness(witnessed.get(body_id)))
    for what, entry_id in conn.execute(STRAYS):
        verdict.findings.append(Finding(0, "forged", f"{what} row {entry_id} belongs to no entry that wants it"))
    return verdict


def _stream(conn: psycopg.Connection, query: str, body_id: int) -> Iterator[tuple]:
    with conn.transaction(), conn.cursor(name="trail") as cursor:
        cursor.itersize = 20_000
        yield from cursor.execute(query, (body_id,))


def _listed(data: str) -> set[int]:
    """Return which entries an erasure lists; none if it is not the record of one."""
    try:
        return set(json.loads(data)["entries"])
    except (ValueError, KeyError, TypeError):
        return set()


def _bytes(row: tuple) -> tuple:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def _read_witness(path: Path | None) -> list[Head]:
    return [Head.from_json(line) for line in path.read_text().splitlines() if line] if path else []


def main(words: list[str] | None = None) -> int:
    """Check the database at a libpq address, with keys and witnesses in a folder; 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m moothall.core.verify", description=__doc__.strip().split("\n")[0])
    parser.add_argument("address", help="libpq address of the database, as a role that reads every row")
    parser.add_argument("folder", type=Path, help="folder that holds keys/audit-*.pub and seals/*.jsonl")
    given = parser.parse_args(words)
    with psycopg.connect(given.address) as conn:
        verdict = verify(conn, given.folder)
    print(report(verdict))
    return 0 if verdict.sound else 1


def report(verdict: Verdict, most: int = 50) -> str:
    """Return a verdict in words, with at most so many findings."""
    lines = [
        f"{verdict.entries:,} sealed entries under {verdict.heads:,} seals checked; {verdict.unsealed:,} wait for the "
        f"sealer; {verdict.erased:,} payloads were erased on record."
    ]
    lines += [f"  {finding}" for finding in verdict.findings[:most]]
    if len(verdict.findings) > most:
        lines.append(f"  and {len(verdict.findings) - most:,} more")
    for head in verdict.latest.values():
        lines.append(f"  head of body {head.body_id}: {head.size:,} entries, root {head.root.hex()}")
    lines.append("The trail is sound." if verdict.sound else f"{len(verdict.findings):,} things are wrong.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
