"""
The register of personal data: for each column that holds any, why we may hold it and how long (UK GDPR, article 30).

A chapter declares its columns in its `handlers.py`, beside its answers to the ports; a house test reads every model and
refuses a column that looks personal and is neither declared nor said to be free of it.
"""

from dataclasses import dataclass

BASES = {
    "public task": "UK GDPR article 6(1)(e): a task in the public interest or official authority",
    "legal obligation": "UK GDPR article 6(1)(c): a legal obligation",
    "contract": "UK GDPR article 6(1)(b): a contract with the person",
    "consent": "UK GDPR article 6(1)(a): the person's consent",
    "vital interests": "UK GDPR article 6(1)(d): somebody's life",
}


@dataclass(frozen=True)
class Held:
    """Why and how long some columns of a table are held."""

    table: str
    columns: tuple[str, ...]
    purpose: str
    basis: str
    keep: str
    answered_by: str = ""


_held: dict[tuple[str, str], Held] = {}
_free: dict[tuple[str, str], str] = {}


def declare(table: str, *columns: str, purpose: str, basis: str, keep: str, answered_by: str = "") -> None:
    """
    Declare personal columns of a table. `basis` is one of BASES; `keep` says how long, counted from what, in words.
    `answered_by` names who answers a request for them where no port does: an employer, say, for names of staff.
    Raises ValueError for a basis that is none.
    """
    if basis not in BASES:
        raise ValueError(f"{basis!r} is no lawful basis: use one of {', '.join(BASES)}")
    held = Held(table, columns, purpose, basis, keep, answered_by)
    _held.update({(table, column): held for column in columns})


def free(table: str, *columns: str, why: str) -> None:
    """Say that columns of a table hold nothing about a living person, whatever they are called, and why not."""
    _free.update({(table, column): why for column in columns})


def register() -> list[Held]:
    """Return every declaration, by table."""
    return sorted(set(_held.values()), key=lambda held: (held.table, held.columns))


def is_declared(table: str, column: str) -> bool:
    """Return whether a column was declared, as personal or as free of it."""
    return (table, column) in _held or (table, column) in _free


def answerable_tables() -> set[str]:
    """Return the tables with personal columns whose chapters must answer for them."""
    return {table for (table, _), held in _held.items() if not held.answered_by}
