"""Who does what elsewhere, how it goes, and the words we say to another system."""

from moothall.functions.links.queries.asking import ask, call, how_goes, message, request_of
from moothall.functions.links.queries.health import headline, health, held_about, to_chase, troubles, trying
from moothall.functions.links.queries.open311 import earlier_reference, lists_codes, waiting_for
from moothall.functions.links.queries.systems import changed, key, keys, system, system_for, systems

__all__ = [
    "ask",
    "call",
    "changed",
    "earlier_reference",
    "headline",
    "health",
    "held_about",
    "how_goes",
    "key",
    "keys",
    "lists_codes",
    "message",
    "request_of",
    "system",
    "system_for",
    "systems",
    "to_chase",
    "troubles",
    "trying",
    "waiting_for",
]
