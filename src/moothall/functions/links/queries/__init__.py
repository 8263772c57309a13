"""Who does what elsewhere, how it goes, and the words we say to another system."""

from moothall.functions.links.queries import folder
from moothall.functions.links.queries.asking import ask, call, how_goes, knock, message, request_of
from moothall.functions.links.queries.conforming import Bench, conformance
from moothall.functions.links.queries.health import headline, health, held_about, open_calls, to_chase, troubles, trying
from moothall.functions.links.queries.hearing import Listener
from moothall.functions.links.queries.open311 import earlier_reference, lists_codes, waiting_for
from moothall.functions.links.queries.systems import by_folder, changed, is_step, key, keys, system, system_for, systems

__all__ = [
    "Bench",
    "Listener",
    "ask",
    "by_folder",
    "call",
    "changed",
    "conformance",
    "earlier_reference",
    "folder",
    "headline",
    "health",
    "held_about",
    "how_goes",
    "is_step",
    "key",
    "keys",
    "knock",
    "lists_codes",
    "message",
    "open_calls",
    "request_of",
    "system",
    "system_for",
    "systems",
    "to_chase",
    "troubles",
    "trying",
    "waiting_for",
]
