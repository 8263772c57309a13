"""
What a body takes with it when it leaves: which rows of which tables, as each chapter says of its own.

A chapter answers the port `belongings` in its `handlers.py`; a table with a `body_id` that nobody names goes by that.
Conditions are SQL over the table's own columns, with %(body)s for the body's id.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Share:
    """The rows of one table that go with a body.

    `where` is a condition; "" takes none, "true" all. `why` says it in words, for the index of the archive. `change`
    gives columns another value in the archive, by SQL: what is no longer true elsewhere, or must not travel.
    """

    where: str
    why: str
    change: dict[str, str] = field(default_factory=dict)


OWN = Share("body_id = %(body)s", "what belongs to this body")


def published(why: str, **change: str) -> Share:
    """Return the share of a table that everybody may read: all of it."""
    return Share("true", why, change)


def stays(why: str) -> Share:
    """Return the share of a table of which nothing goes along."""
    return Share("", why)


def between(column: str, why: str, also: str = "") -> Share:
    """Return the share of a table of what two bodies have with each other: both keep a copy.

    `column` names the other body beside `body_id`; `also` narrows what the body named by `body_id` may have.
    """
    own = f"body_id = %(body)s and {also}" if also else "body_id = %(body)s"
    return Share(f"({own} or {column} = %(body)s)", why)


def part_of(parent: str, share: Share, column: str, why: str = "", key: str = "id") -> Share:
    """Return the share of a table whose rows hang on those of another: they go where their parent goes."""
    return Share(f"{column} in (select {key} from {parent} where {share.where})", why or share.why)
