"""Reads; row security has the last word on what they return."""

from moothall.scrutiny.queries.contacts import Contacts, contact_bodies, contacts
from moothall.scrutiny.queries.figures import board, kept, most_asked, performance, series, told
from moothall.scrutiny.queries.pictures import pictures
from moothall.scrutiny.queries.register import register

__all__ = [
    "Contacts",
    "board",
    "contact_bodies",
    "contacts",
    "kept",
    "most_asked",
    "performance",
    "pictures",
    "register",
    "series",
    "told",
]
