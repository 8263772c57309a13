"""
Read the archive that `moothall leave` wrote, with nothing but Python: no Moothall, no database, no library.

    python read_archive.py FOLDER [REFERENCE]

Checks every file against SHA256SUMS, does the audit trail's sums again, and lists the body's cases; with a reference,
tells that case's story. Exits 1 when something is not as it was sealed. What this cannot do without a library is check
the Ed25519 signatures of the heads: the public keys are in keys/.
"""

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path


def rows(folder, table):
    """Return the rows of one table."""
    path = folder / "rows" / f"{table}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def changed_files(folder):
    """Return the files that are not as listed."""
    listed = [line.split("  ", 1) for line in (folder / "SHA256SUMS").read_text().splitlines()]
    return [name for known, name in listed if sha256((folder / name).read_bytes()).hexdigest() != known]


def bare(value):
    """Return bytes written as \\x and hexadecimal digits."""
    return bytes.fromhex(value[2:])


def micros(text):
    """Return a moment as microseconds since 1970."""
    since = datetime.fromisoformat(text) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def leaf(entry):
    """Return the leaf of the tree that stands for one entry."""
    told = [entry["id"], entry["body_id"], micros(entry["at"]), micros(entry["recorded_at"]), entry["actor"],
            entry["purpose"], entry["action"], entry["object"], bare(entry["commitment"]).hex()]  # fmt: skip
    return sha256(b"\0" + json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def root(leaves):
    """Return the root over leaves (RFC 6962, section 2.1)."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def trail_faults(folder):
    """Return what is wrong with the audit trail, in words."""
    entries = {entry["id"]: entry for entry in rows(folder, "core_auditentry")}
    sealed = sorted(rows(folder, "core_auditleaf"), key=lambda one: one["number"])
    heads, faults = sorted(rows(folder, "core_auditseal"), key=lambda one: one["number"]), []
    leaves = [leaf(entries[one["entry_id"]]) if one["entry_id"] in entries else bare(one["hash"]) for one in sealed]
    for payload in rows(folder, "core_auditpayload"):
        entry = entries[payload["entry_id"]]
        if payload["data"] is not None:
            found = sha256(bare(payload["salt"]) + payload["data"].encode()).digest()
            if found != bare(entry["commitment"]):
                faults.append(f"entry {entry['id']} does not commit to what it says")
    for head in heads:
        if root(leaves[: head["size"]]) != bare(head["root"]):
            faults.append(f"seal {head['number']} does not hold the entries that are here")
    return faults, len(sealed), len(heads)


def story(folder, reference):
    """Print what happened in one case."""
    case = next(case for case in rows(folder, "casework_case") if case["reference"] == reference)
    print(f"\n{reference}: {case['title']}, {case['place_label']}; {case['state']} {case['outcome']}")
    told = [(row, row["kind"]) for row in rows(folder, "casework_event")]
    told += [(row, f"wrote: {row['subject']}") for row in rows(folder, "casework_message")]
    for at, what in sorted((row["at"], what) for row, what in told if row["case_id"] == case["id"]):
        print(f"  {at[:16]}  {what}")


def main(folder, *references):
    """Check and tell; 1 when something is wrong."""
    body = json.loads((folder / "manifest.json").read_text())["body"]["name"]
    cases, (faults, entries, heads) = rows(folder, "casework_case"), trail_faults(folder)
    faults += [f"{name} was changed" for name in changed_files(folder)]
    print(f"{body}: {len(cases):,} cases, {entries:,} sealed entries under {heads:,} seals.")
    for (service, state), count in sorted(Counter((case["service_id"], case["state"]) for case in cases).items()):
        print(f"  {count:6,}  {service}, {state}")
    for reference in references or [case["reference"] for case in cases[:1]]:
        story(folder, reference)
    print("\n".join(faults) or "The audit trail is whole, and every file is as it was written.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
