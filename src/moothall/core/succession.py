"""
What becomes of a chapter's rows when bodies become one, or one is divided: the vocabulary of the port `succession`.

History stays where it is, and the successor reads it; open work, assets and what is in force pass to the successor.
Conditions and changes are SQL over the row `t`; `h.heir` is the body that the row passes to, %(day)s the vesting day,
%(at)s the moment. What was changed is written down, so that it can be put back until vesting is confirmed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

RESIDUARY = "null::smallint"
"""Heir of what has no place: the successor that takes over whatever is not given to another."""


@dataclass(frozen=True)
class Fate:
    """What becomes of some rows of a table.

    `where` is a condition; "" takes none. `by` is the body that a row goes by, `change` what its columns become.
    `heir` says in SQL which body takes a row when land is divided; null where the residuary successor does.
    `divided`: only then (True), only in a whole succession (False), or in both (None).
    """

    why: str
    where: str = ""
    by: str = "body_id"
    change: dict[str, str] = field(default_factory=dict)
    heir: str = RESIDUARY
    divided: bool | None = None

    @property
    def kind(self) -> str:
        """Return in a word what happens: stays, ends or moves."""
        if not self.where:
            return "stays"
        return "moves" if self.by in self.change else "ends" if set(self.change) & {"ends", "closed"} else "changes"


def stays(why: str) -> Fate:
    """Return the fate of history: it stays, and the successor reads it."""
    return Fate(why)


def moves(why: str, where: str = "true", *, by: str = "body_id", heir: str = RESIDUARY, divided=None, **change) -> Fate:
    """Return the fate of rows that pass to the successor; `change` gives other columns a new value as well."""
    return Fate(why, where, by, {by: "h.heir", **change}, heir, divided)


def ends(why: str, *, by: str = "body_id", where: str = "t.ends is null or t.ends > %(day)s") -> Fate:
    """Return the fate of dated rows that end with their body."""
    return Fate(why, where, by, {"ends": "greatest(t.starts + 1, %(day)s::date)"})


def changes(why: str, where: str, *, by: str = "body_id", heir: str = RESIDUARY, divided=None, **change) -> Fate:
    """Return the fate of rows that stay with their body while other columns change."""
    return Fate(why, where, by, change, heir, divided)


def heir_of(table: str, key: str) -> str:
    """Return who inherits with a row of another table whose heirs are known by its place. `key` is SQL of its id."""
    return (
        "(select k.body_id from reorganisation_heir k where k.reorganisation_id = %(id)s "
        f"and k.place_of = '{table}' and k.key = ({key})::text)"
    )


def stands_for(column: str) -> str:
    """Return SQL of the body that stands for the one a column names: its successor, or itself."""
    return f"coalesce((select s.successor from succ s where s.predecessor = {column}), {column})"


@dataclass(frozen=True)
class Place:
    """Where the rows of a table are, as SQL of an easting and a northing in metres: whoever gets the land is heir.

    `key` is SQL of the row's id as text; `where` narrows to rows that may pass to somebody.
    """

    easting: str
    northing: str
    key: str = "t.id::text"
    by: str = "body_id"
    where: str = "true"


@dataclass(frozen=True)
class Hook:
    """What is more than moving rows. `run` and `undo` are told a Moving."""

    words: str
    run: Callable[["Moving"], None]
    undo: Callable[["Moving"], None] | None = None
    last: bool = False


@dataclass(frozen=True)
class Figure:
    """What must be the same before and after: SQL returning (name, whole number) over %(bodies)s, a smallint[]."""

    words: str
    query: str
    unit: str = "count"


@dataclass(frozen=True)
class Chapter:
    """One chapter's whole answer. A table's fates are tried in their order, each on what then meets its condition."""

    fates: dict[str, tuple[Fate, ...] | Fate]
    places: dict[str, Place] = field(default_factory=dict)
    hooks: tuple[Hook, ...] = ()
    figures: tuple[Figure, ...] = ()
    relaxed: tuple[str, ...] = ()
    """Tables whose own triggers rest while their rows change hands: they guard what a row says, not who holds it."""
    grows: tuple[str, ...] = ()
    """Tables that keep more rows once it was undone: passing on and putting back each write an entry of their own."""
    recounted: tuple[str, ...] = ()
    """Tables that only sum up or number what others hold, and are not the same once it was undone."""

    def of(self, table: str) -> tuple[Fate, ...]:
        """Return a table's fates in their order."""
        found = self.fates[table]
        return (found,) if isinstance(found, Fate) else tuple(found)


@dataclass(frozen=True)
class Line:
    """One predecessor and one successor.

    Where a predecessor is `divided`, `land` names the areas (their ids) that go to this successor; the `residuary` one
    takes what has no place. `share` is the part of what cannot be divided by place, in ten-thousandths.
    """

    predecessor: int
    successor: int
    divided: bool = False
    residuary: bool = True
    share: int = 10_000
    land: tuple[int, ...] = ()


@dataclass(frozen=True)
class Moving:
    """What a hook is told. `sql(statement, **params)` runs as the owner of the tables.

    `add(table, statement, **params)` runs an `insert ... returning` the key of each new row, and `change` an `update`
    of rows named by a condition; both are written down, so that undoing takes them back.
    """

    id: Any
    lines: tuple[Line, ...]
    day: date
    at: datetime
    by: str
    decided: dict
    sql: Callable
    add: Callable
    change: Callable

    @property
    def predecessors(self) -> list[int]:
        """Return the bodies that end, each once."""
        return sorted({line.predecessor for line in self.lines})

    @property
    def successors(self) -> list[int]:
        """Return the bodies that begin, each once."""
        return sorted({line.successor for line in self.lines})

    def heirs(self, predecessor: int) -> list[Line]:
        """Return the lines of one predecessor, its residuary successor first."""
        return sorted((x for x in self.lines if x.predecessor == predecessor), key=lambda x: not x.residuary)
