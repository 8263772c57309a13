"""Where the next page of a list begins: after the row with this moment and id. Lists go on by key, not by number."""

import base64
import binascii
import datetime as dt
from uuid import UUID

from moothall.core.refusal import Refusal


class BadCursor(Refusal):
    """That page of the list has gone. Start again from its first page."""

    status = 422


def cursor_after(moment: dt.datetime, row_id: UUID) -> str:
    """Return the text that says where the next page begins: after the row with this moment and id."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()} {row_id.hex}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> tuple[dt.datetime, UUID]:
    """Return the moment and id that `cursor_after` wrote; refuse what it did not write."""
    try:
        moment, _, row = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(" ")
        at = dt.datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise ValueError(moment)
        return at, UUID(row)
    except (ValueError, binascii.Error):
        raise BadCursor() from None
