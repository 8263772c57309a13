"""Identifiers."""

from uuid import UUID

import uuid6


def new_id() -> UUID:
    """Return a new time-ordered random identifier (UUID version 7, RFC 9562)."""
    return UUID(int=uuid6.uuid7().int)
