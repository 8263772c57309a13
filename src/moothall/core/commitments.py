"""
What a body wants to bind itself to, and the question whether it may: asked where it is signed, answered from above.

A council that is to end may still sign, but not everything on its own. Whoever lets a body sign asks first; who knows
of a merger answers through the port `may_commit`.
"""

import datetime as dt
from dataclasses import dataclass

from moothall.core.ports import may_commit

KINDS = ("land", "capital", "contract")
OPEN_ENDED_MONTHS = 48
"""What has no end is reckoned with 48 months, as the Public Contracts Regulations 2015 did for contracts of services
without a fixed term (SI 2015/102, reg. 6(18)(b); revoked on 24 February 2025, kept here as the yardstick)."""


@dataclass(frozen=True)
class Commitment:
    """What a body wants to commit.

    `reference` names the matter, so that a consent given for it is found again; `what` says it in words. `pence` is
    all that is to be paid over its whole life, None where nobody can tell. `until` is the first day on which it no
    longer binds, with every extension that its terms allow; None: it has no end. `varies`: its terms let the price be
    varied. `earlier` are other commitments to the same party or for a similar matter: (day, pence) each.
    """

    body_id: int
    kind: str
    reference: str
    what: str
    pence: int | None
    signed: dt.date
    until: dt.date | None = None
    varies: bool = False
    earlier: tuple[tuple[dt.date, int], ...] = ()


def check(commitment: Commitment) -> None:
    """Let whoever knows of a reason against a commitment refuse it: the refusal says what to ask for, and where."""
    for answer in may_commit:
        answer.give(commitment)


def whole_life(pence_a_year: int, starts: dt.date, until: dt.date | None) -> int:
    """Return what a yearly sum comes to from a day until another (None: no end), in pence, rounded up to a penny.

    >>> whole_life(100_00, dt.date(2027, 1, 1), None), whole_life(365_00, dt.date(2027, 1, 1), dt.date(2027, 1, 11))
    (40000, 1000)
    """
    if until is None:
        return -(-pence_a_year * OPEN_ENDED_MONTHS // 12)
    return -(-pence_a_year * max(0, (until - starts).days) // 365)
