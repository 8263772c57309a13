"""A register of personal columns: why each is held, by what right, how long. A house test reads it beside the models.

It is what a record of processing is made of (UK GDPR Art 30), and what a resident's privacy page says.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Personal:
    """Columns of one table that say something about a person."""

    table: str
    columns: tuple[str, ...]
    purpose: str
    basis: str
    keep: str


_declared: list[Personal] = []


def declare(table: str, *columns: str, purpose: str, basis: str, keep: str) -> None:
    """Declare columns of a table as personal; called in a chapter's `handlers.py`, beside its answers to the ports."""
    entry = Personal(table, columns, purpose, basis, keep)
    if entry not in _declared:
        _declared.append(entry)


def declared() -> tuple[Personal, ...]:
    """Return everything declared, by table."""
    return tuple(sorted(_declared, key=lambda entry: (entry.table, entry.columns)))
