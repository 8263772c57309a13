"""People, what bodies hold about them, and decisions about who is the same."""

from .identity import AccountLink, ActsFor, Link, Person
from .record import ContactPoint, HouseholdMember, Name, Need, Residence, SourceRecord

__all__ = [
    "AccountLink",
    "ActsFor",
    "ContactPoint",
    "HouseholdMember",
    "Link",
    "Name",
    "Need",
    "Person",
    "Residence",
    "SourceRecord",
]
