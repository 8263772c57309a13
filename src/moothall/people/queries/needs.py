"""What somebody needs from whoever deals with them: codes, the words for them, and how many need what."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from moothall.people.models import Need
from moothall.people.rules import needs as rules
from moothall.people.rules.terms import NEEDS

from .about import card

SAID = tuple(sorted(rules.SAID))
"""All that people may say they need, as codes."""
FEWEST = 5
"""A count below this is not shown: it could tell who it is."""


@dataclass(frozen=True)
class Needed:
    """How many people need one thing; `people` is None where they are fewer than FEWEST."""

    need: str
    words: str
    people: int | None


def needs_of(person_id: UUID | None) -> tuple[str, ...]:
    """Return what a person needs as codes ("format:braille"), as far as the scope knows; nobody needs nothing."""
    return card(person_id).needs if person_id else ()


def needs_of_many(person_ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return what people need, as far as the scope knows; those who need nothing are left out. One statement.

    For lists: who was decided to be the same person is not looked up.
    """
    found = defaultdict(list)
    rows = Need.objects.filter(person__in=list(person_ids), ends=None).order_by("record__collected_at", "id")
    for person_id, kind, value in rows.values_list("person_id", "kind", "value"):
        found[person_id].append(f"{kind}:{value}")
    return {person_id: rules.ordered(needs) for person_id, needs in found.items()}


def needs_in(text: str) -> tuple[str, ...]:
    """Return the needs that stand in the one text in which a request keeps them."""
    return rules.unpacked(text)


def needs_as_text(needs: Iterable[str]) -> str:
    """Return needs as the one text in which a request keeps them."""
    return rules.packed(needs)


def needs_together(said: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Return what was said once and what is known now: what is known wins where somebody has one of a kind."""
    return rules.ordered((*said, *known))


def need_of_kind(needs: Iterable[str], kind: str) -> str:
    """Return which language, interpreter, format or way to ring somebody needs; empty where they said nothing."""
    return rules.one(needs, kind)


def needs_when_met(needs: Iterable[str]) -> tuple[str, ...]:
    """Return what those need to know who meet somebody."""
    return rules.at_a_meeting(needs)


def needs_in_words(needs: Iterable[str]) -> list[str]:
    """Return needs in words of the page's language."""
    words = {"language": _("Written to in %(language)s"), "format": _("Letters in: %(format)s")}
    said = []
    for kind, value in (need.split(":") for need in rules.ordered(needs)):
        name = _(NEEDS[kind][value])
        said.append(words[kind] % {kind: name} if kind in words else name)
    return said


def needs_counted(body_id: int) -> list[Needed]:
    """Return how many people a body knows to need what, most needed first within a kind. One statement.

    Counts under five are withheld, and no total is given from which one could be worked out.
    """
    rows = Need.objects.filter(body_id=body_id, ends=None).exclude(kind="safety")
    counts = Counter(f"{kind}:{value}" for _who, kind, value in set(rows.values_list("person_id", "kind", "value")))
    ranks = list(NEEDS)
    found = sorted(counts.items(), key=lambda one: (ranks.index(one[0].partition(":")[0]), -one[1], one[0]))
    return [
        Needed(need, NEEDS[need.partition(":")[0]].get(need.partition(":")[2], need), n if n >= FEWEST else None)
        for need, n in found
    ]
