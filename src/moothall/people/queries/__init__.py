"""Reads: who somebody is, what is known about them, and who may be the same. Row security decides what is there."""

from .about import About, Card, about, card, contact_of, language_of, name_of
from .held import ERASABLE, TABLES, held_about
from .identity import NoSuchPerson, decisions_about, identity, known, may_act_for, of_system, person_for_account
from .search import SUGGESTIONS, Find, Suggestion, alike, find, likely_same, shown, suggestions

__all__ = [
    "ERASABLE",
    "SUGGESTIONS",
    "TABLES",
    "About",
    "Card",
    "Find",
    "NoSuchPerson",
    "Suggestion",
    "about",
    "alike",
    "card",
    "contact_of",
    "decisions_about",
    "find",
    "held_about",
    "identity",
    "known",
    "language_of",
    "likely_same",
    "may_act_for",
    "name_of",
    "of_system",
    "person_for_account",
    "shown",
    "suggestions",
]
