"""What an outgoing council may commit on its own, and what needs consent: dated limits with their sources."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from moothall.core.commitments import Commitment
from moothall.core.money import pounds


class Limits(BaseModel):
    """What may be committed without consent, from a day on. Pence."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    starts: dt.date = Field(alias="from")
    source: str
    land_pence: int
    capital_pence: int
    contract_pence: int
    counted_after: dt.date
    counted_source: str
    broken: str

    def of(self, kind: str) -> int:
        """Return the limit of a kind of commitment, in pence."""
        return {"land": self.land_pence, "capital": self.capital_pence, "contract": self.contract_pence}[kind]


@cache
def _rows() -> tuple[Limits, ...]:
    read = YAML(typ="safe").load(Path(__file__).with_name("limits.yaml"))
    return tuple(Limits.model_validate(row) for row in read)


def limits(on: dt.date) -> Limits:
    """Return what holds on a day."""
    return max((row for row in _rows() if row.starts <= on), key=lambda row: row.starts)


@dataclass(frozen=True)
class Held:
    """How a plan holds its councils: on which day they end, and after which day other contracts count together."""

    vesting: dt.date
    counted_after: dt.date


def why_consent(said: Commitment, held: Held, limit: Limits) -> str:
    """Return why a commitment needs consent, as a sentence; "" where a council may make it on its own.

    >>> day = dt.date(2027, 1, 10)
    >>> held, limit = Held(dt.date(2028, 4, 1), dt.date(2006, 12, 31)), limits(day)
    >>> five_years = dt.date(2032, 1, 10)
    >>> why_consent(Commitment(4, "contract", "GM-1", "Mowing", 10_000_000, day, five_years), held, limit)
    ''
    >>> why_consent(Commitment(4, "contract", "GM-1", "Mowing", 10_000_001, day, five_years), held, limit)
    'It comes to £100,000.01, which is more than £100,000.00, and can run past 1 April 2028.'
    >>> why_consent(Commitment(4, "contract", "GM-1", "Mowing", 10_000_001, day, dt.date(2028, 4, 1)), held, limit)
    ''
    >>> why_consent(Commitment(4, "capital", "R-1", "A roof", 5, day, varies=True), held, limit)
    'It is a capital contract whose price can be varied.'
    """
    runs_on = said.until is None or said.until > held.vesting
    if said.kind == "contract" and not runs_on:
        return ""
    past = f", and can run past {_day(held.vesting)}" if said.kind == "contract" else ""
    if said.kind == "capital" and said.varies:
        return "It is a capital contract whose price can be varied."
    if said.pence is None:
        return f"Nobody can tell yet what it comes to{past}."
    more = sum(pence for day, pence in said.earlier if day > held.counted_after)
    if said.pence + more <= limit.of(said.kind):
        return ""
    beside = f", with {pounds(more)} of others that count together with it" if more else ""
    return f"It comes to {pounds(said.pence)}{beside}, which is more than {pounds(limit.of(said.kind))}{past}."


def _day(day: dt.date) -> str:
    return f"{day:%-d %B %Y}"


def covers(kind: str, reference: str, pence: int, said: Commitment) -> bool:
    """Return whether a consent for a matter and a sum is one for this commitment.

    >>> said = Commitment(4, "contract", "GM-1", "Mowing", 500, dt.date(2027, 1, 10))
    >>> covers("contract", "gm-1 ", 500, said), covers("contract", "GM-1", 499, said), covers("land", "GM-1", 500, said)
    (True, False, False)
    """
    same = kind == said.kind and reference.strip().casefold() == said.reference.strip().casefold()
    return same and (said.pence is None or said.pence <= pence)
