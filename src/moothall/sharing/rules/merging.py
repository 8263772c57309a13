"""A body's own settings carried over to a new version of a service, three ways."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting in the new version: what it becomes, and why; `unbound` says what a person must decide, or is empty.

    `why` is kept, new-default, new, both-same or unbound.
    """

    name: str
    value: object
    why: str
    unbound: str = ""


def merge(old_open, new_open, own: Mapping, wrong: Mapping[str, str] | None = None) -> list[Setting]:
    """Carry a body's settings over to a new version: three ways, between the old default, the new one and its own.

    `old_open` and `new_open` map a name to its parameter (with `type`, `default`); `own` is what the body set; `wrong`
    is what the new version says against a carried value. What the body set itself stays; what it left at the default
    follows the default; where both moved apart, and where a value does not fit any more, a person decides.
    """
    wrong = wrong or {}
    return [_merged(name, old_open.get(name), parameter, own, wrong) for name, parameter in new_open.items()]


def dropped(old_open, new_open, own: Mapping) -> list[str]:
    """Return the names that a body set and the new version does not leave open any more."""
    return [name for name in own if name in old_open and name not in new_open]


def _merged(name, old, new, own, wrong) -> Setting:
    default = plain(new.default)
    if old is None or old.type != new.type:
        return Setting(name, default, "new", wrong.get(name, "This is new: set it, or keep what is proposed."))
    before, mine = plain(old.default), own.get(name, plain(old.default))
    if name in wrong:
        return Setting(name, mine, "unbound", wrong[name])
    if mine == before and default != before:
        return Setting(name, default, "new-default")
    if mine == default and mine != before:
        return Setting(name, mine, "both-same")
    if mine != before and default != before:
        said = "You set this yourselves, and what is proposed has changed too. Choose which holds."
        return Setting(name, mine, "unbound", said)
    return Setting(name, mine, "kept")


def plain(value):
    """Return a default as a plain value."""
    return value.model_dump() if hasattr(value, "model_dump") else value
