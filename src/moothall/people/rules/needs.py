"""What somebody needs from whoever deals with them, as codes ("format:braille"): what may be said, and what follows."""

from collections.abc import Iterable

from moothall.people.rules.terms import NEEDS

ONE = ("language", "interpreter", "format", "calls")
"""Kinds of which somebody has one at a time."""
NOT_SAID = {"safety:protected", "access:assisted-bins"}
"""What nobody says of themself with a request: it is decided, or guarded."""
ALL = {f"{kind}:{value}" for kind, table in NEEDS.items() for value in table}
SAID = ALL - NOT_SAID
"""What people say of themself, and take with them from a request to the next."""
MEETING = ("interpreter", "calls", "access")
"""What those need to know who meet somebody; how letters are printed is not for them."""


def unpacked(text: str) -> tuple[str, ...]:
    """Return the needs written in one text, in the order of the table; what is none is left out.

    >>> unpacked("format:braille, language:cy,format:braille, safety:protected, x")
    ('language:cy', 'format:braille')
    """
    return ordered(part.strip() for part in text.split(","))


def ordered(needs: Iterable[str], among: set[str] = SAID) -> tuple[str, ...]:
    """Return those that people may say, in the order of the table: the last of a kind that somebody has one of."""
    found = {}
    for need in needs:
        if need in among:
            kind = need.partition(":")[0]
            found[kind if kind in ONE else need] = need
    ranks = {f"{kind}:{value}": rank for rank, (kind, value) in enumerate(_all())}
    return tuple(sorted(found.values(), key=ranks.__getitem__))


def _all() -> Iterable[tuple[str, str]]:
    return ((kind, value) for kind, table in NEEDS.items() for value in table)


def packed(needs: Iterable[str]) -> str:
    """Return needs as one text.

    >>> packed(["access:sight", "format:audio"])
    'format:audio,access:sight'
    """
    return ",".join(ordered(needs))


def one(needs: Iterable[str], kind: str) -> str:
    """Return the value of a kind of which somebody has one; empty where they said nothing.

    >>> one(("language:cy", "format:braille"), "format")
    'braille'
    """
    return next((need.partition(":")[2] for need in needs if need.startswith(f"{kind}:")), "")


def at_a_meeting(needs: Iterable[str]) -> tuple[str, ...]:
    """Return what those need to know who meet somebody.

    >>> at_a_meeting(("language:cy", "interpreter:bfi", "format:braille", "access:step-free"))
    ('interpreter:bfi', 'access:step-free')
    """
    return tuple(need for need in needs if need.partition(":")[0] in MEETING)
