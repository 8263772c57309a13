"""Which people are the same: what speaks for it, and what was decided.

A suggestion needs the same name and one more thing, exactly equal once both are in normal form; or the same number
given by the same official system. A couple that shares an e-mail address is not one person, and twins share a birthday
and an address but not a name. Only a member of staff decides, and each decision can be undone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

REASONS = {
    "birth": "Same name and date of birth",
    "email": "Same name and e-mail address",
    "phone": "Same name and phone number",
    "home": "Same name and address",
    "number": "Same number in the same system",
}
"""What speaks for two people being one, strongest last in force of evidence but all alike in what they suggest."""

LINK_REASONS = {
    "papers": "I have seen papers that show it",
    "person-says": "The person says so, and knew what both records hold",
    "same-account": "Both use the same account",
    "same-facts": "The facts shown agree and nothing speaks against it",
}
UNLINK_REASONS = {
    "person-says-not": "The person says these are two people",
    "papers": "Papers show that these are two people",
    "mistake": "They were linked by mistake",
}
APART_REASONS = {
    "person-says-not": "The person says these are two people",
    "papers": "Papers show that these are two people",
    "relatives": "They are relatives or neighbours",
    "unsure": "There is too little to go by",
}
DECISIONS = {"link": LINK_REASONS, "unlink": UNLINK_REASONS, "apart": APART_REASONS}


@dataclass(frozen=True)
class Decision:
    """What a body decided about two people; its later decisions about the same two stand over its earlier ones."""

    one: UUID
    other: UUID
    kind: str
    body_id: int = 0


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Return two people in the order in which decisions about them are kept: the earlier first."""
    return (one, other) if one < other else (other, one)


def standing(decisions: Iterable[Decision]) -> dict[tuple[int, UUID, UUID], str]:
    """Return what stands for each body and pair, given all decisions in the order they were made."""
    stands: dict[tuple[int, UUID, UUID], str] = {}
    for decision in decisions:
        stands[decision.body_id, *pair(decision.one, decision.other)] = decision.kind
    return stands


def identity(person: UUID, decisions: Iterable[Decision]) -> frozenset[UUID]:
    """Return everyone who is the same person as this one, themselves included.

    >>> a, b, c = UUID(int=1), UUID(int=2), UUID(int=3)
    >>> linked = [Decision(a, b, "link"), Decision(b, c, "link")]
    >>> len(identity(c, linked)), len(identity(c, [*linked, Decision(b, c, "unlink")]))
    (3, 1)
    """
    neighbours: dict[UUID, set[UUID]] = {}
    for (_, one, other), kind in standing(decisions).items():
        if kind == "link":
            neighbours.setdefault(one, set()).add(other)
            neighbours.setdefault(other, set()).add(one)
    found, waiting = {person}, [person]
    while waiting:
        for neighbour in neighbours.get(waiting.pop(), ()):
            if neighbour not in found:
                found.add(neighbour)
                waiting.append(neighbour)
    return frozenset(found)
