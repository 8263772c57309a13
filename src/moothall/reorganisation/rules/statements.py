"""The SQL that moves rows and notes how they were, made from what the chapters say. Plain text in, plain text out."""

from moothall.core.succession import Fate, Line, Place

KNOWN = """with succ(predecessor, successor, divided) as (values {succ}),
line(predecessor, successor) as (values {line})"""
NOTED = """noted as (
  insert into reorganisation_moved (reorganisation_id, chapter, step, place_of, key, before)
  select %(id)s, %(chapter)s, %(step)s, %(table)s, k, b from moving)"""


def known(lines: tuple[Line, ...]) -> str:
    """Return the common tables `succ` (who takes what has no place) and `line` (everyone who takes something).

    >>> known((Line(2, 12), Line(3, 12)))[:77]
    'with succ(predecessor, successor, divided) as (values (2::smallint, 12::smalli'
    """
    succ = ", ".join(f"({x.predecessor}::smallint, {x.successor}::smallint, {x.divided})" for x in lines if x.residuary)
    every = ", ".join(f"({x.predecessor}::smallint, {x.successor}::smallint)" for x in lines)
    return KNOWN.format(succ=succ, line=every)


def key_of(keys: list[str]) -> str:
    """Return a row's primary key as a JSON object.

    >>> key_of(["id"])
    "jsonb_build_object('id', t.id)"
    """
    return "jsonb_build_object(" + ", ".join(f"'{key}', t.{key}" for key in keys) + ")"


def move(table: str, keys: list[str], fate: Fate, lines: tuple[Line, ...]) -> str:
    """Return the statement that gives rows what their fate says, and notes what they were, in one go."""
    only = {None: "true", True: "s.divided", False: "not s.divided"}[fate.divided]
    found = f"""join succ s on s.predecessor = t.{fate.by}
  cross join lateral (select coalesce(case when s.divided then {fate.heir} end, s.successor)::smallint as heir) h
  where ({fate.where}) and {only}"""
    return _changed(table, keys, fate.change, found, lines)


def change(table: str, keys: list[str], columns: dict[str, str], rest: str, lines: tuple[Line, ...]) -> str:
    """Return the statement that a hook asks for: `rest` joins and narrows the rows `t` of a table."""
    return _changed(table, keys, columns, rest, lines)


def _changed(table: str, keys: list[str], columns: dict[str, str], found: str, lines: tuple[Line, ...]) -> str:
    was = ", ".join(f"'{name}', t.{name}" for name in columns)
    new = ", ".join(f"({sql}) as n{i}" for i, sql in enumerate(columns.values()))
    own = ", ".join(f"t.{key} as k{i}" for i, key in enumerate(keys))
    return f"""{known(lines)}, moving as materialized (
  select {own}, {key_of(keys)} as k, jsonb_build_object({was}) as b, {new}
  from {table} t {found}), {NOTED}
update {table} t set {", ".join(f"{name} = m.n{i}" for i, name in enumerate(columns))}
from moving m where {" and ".join(f"t.{key} = m.k{i}" for i, key in enumerate(keys))}"""


def added(insert: str) -> str:
    """Return the statement that adds rows and notes their keys: `insert` returns them."""
    return f"""with new as ({insert})
insert into reorganisation_moved (reorganisation_id, chapter, step, place_of, key, before)
select %(id)s, %(chapter)s, %(step)s, %(table)s, to_jsonb(new), null from new"""


THAT_STEP = "m.reorganisation_id = %(id)s and m.place_of = %(table)s and m.step = %(step)s"


def put_back(table: str, keys: list[str], columns: list[str]) -> str:
    """Return the statement that gives rows what they were before one step."""
    same = " and ".join(f"t.{key} = k.{key}" for key in keys)
    return f"""update {table} t set {", ".join(f"{name} = b.{name}" for name in columns)}
from reorganisation_moved m cross join lateral jsonb_populate_record(null::{table}, m.key) k
cross join lateral jsonb_populate_record(null::{table}, m.before) b
where {THAT_STEP} and m.before is not null and {same}"""


def take_away(table: str, keys: list[str]) -> str:
    """Return the statement that removes the rows that one step added."""
    same = " and ".join(f"t.{key} = k.{key}" for key in keys)
    return f"""delete from {table} t using reorganisation_moved m
cross join lateral jsonb_populate_record(null::{table}, m.key) k
where {THAT_STEP} and m.before is null and {same}"""


def points(table: str, place: Place) -> str:
    """Return the query of where the rows of divided bodies are: key, body, easting and northing."""
    return f"""select {place.key}, t.{place.by}, ({place.easting})::float8, ({place.northing})::float8 from {table} t
where t.{place.by} = any(%(divided)s) and ({place.where}) and ({place.easting}) is not null"""
