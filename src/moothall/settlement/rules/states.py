"""What may follow what in the life of a statement, and of one of its lines."""

DRAFT, SENT, APPROVED, POSTED, WITHDRAWN = "draft", "sent", "approved", "posted", "withdrawn"

# draft      its provider works it out and reads it; nobody else sees it
# sent       the payer has it: each side approves, or the payer disputes lines
# approved   both sides have approved what is not disputed
# posted     it stands in both bodies' books
# withdrawn  its provider took it back before it was approved; the days can be worked out anew
NEXT = {
    DRAFT: {SENT, WITHDRAWN},
    SENT: {APPROVED, WITHDRAWN},
    APPROVED: {POSTED},
    POSTED: set(),
    WITHDRAWN: set(),
}
STATES = tuple(NEXT)

STANDS, HELD, DROPPED = "stands", "held", "dropped"
LINE_STATES = (STANDS, HELD, DROPPED)

# Until a statement is in the books one of its lines can be disputed; a held one is settled at any time.
DISPUTABLE = {SENT, APPROVED}


def may(state: str, following: str) -> bool:
    """Return whether a statement in one state may take the other.

    >>> may("sent", "approved"), may("draft", "posted")
    (True, False)
    """
    return following in NEXT[state]
