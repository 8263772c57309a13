"""The one basis all options stand on, and the test that they do: what is missing or differs is named, never guessed."""

import hashlib
import json
from collections import Counter

from pydantic import BaseModel, ConfigDict, Field

from moothall.core.refusal import Refusal


class Strict(BaseModel):
    """A part of a case: nothing unknown is accepted, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1, allow_inf_nan=False)


class Scope(Strict):
    """Which service, in which edition, and what it takes in and leaves out."""

    service: str
    version: int = Field(ge=1)
    includes: tuple[str, ...] = Field(min_length=1)
    excludes: tuple[str, ...]


class Horizon(Strict):
    """The years that count: the first financial year (2027 means 2027-28, year 0) and how many."""

    first_year: int = Field(ge=1990, le=2200)
    years: int = Field(ge=1, le=126)


class Prices(Strict):
    """The financial year whose prices all real amounts are in, and how prices are expected to rise."""

    year: int = Field(ge=1990, le=2200)
    inflation: float = Field(gt=-0.1, lt=0.5)
    source: str


class Tax(Strict):
    """How value added tax and other taxes are treated: recoverable tax is left out, the rest is a line of its own."""

    vat: str
    other: str


class Pensions(Strict):
    """The scheme's terms: employer's rate as a share of pay, who keeps the past deficit, what new starters get."""

    scheme: str
    employer_rate: float = Field(ge=0, le=1)
    past_deficit: str
    new_starters: str


class Covers(Strict):
    """What must be counted under this heading for every option, named item by item."""

    covers: tuple[str, ...] = Field(min_length=1)


class RiskBasis(Strict):
    """Which risks are priced and how."""

    priced: tuple[str, ...] = Field(min_length=1)
    method: str


class Basis(Strict):
    """Everything that must be the same for every option before any two may be compared."""

    scope: Scope
    volumes: dict[str, float] = Field(min_length=1)
    prices: Prices
    horizon: Horizon
    discount: str
    tax: Tax
    pensions: Pensions
    risk: RiskBasis
    transition: Covers
    client_side: Covers
    exit: Covers


class Fault(Strict):
    """One thing that keeps options from being compared: which option, which field, what is wrong, what to do."""

    option: str
    field: str
    what: str
    write: str = "it as the other options have it, or change all of them"

    def __str__(self):
        return f"{self.option}: {self.field}: {self.what}. Write {self.write}."


class CaseRefused(Refusal):
    """The case cannot be appraised as it stands. Mend each field that is named."""

    status = 422

    def __init__(self, faults: list[Fault]):
        self.faults = sorted(faults, key=lambda fault: (fault.option, fault.field))
        super().__init__("\n".join(str(fault) for fault in self.faults), field=self.faults[0].field)


class NotOnOneBasis(CaseRefused):
    """The options do not stand on one basis, so they cannot be compared. Mend each field that is named."""


def leaves(value, path: str = "") -> dict[str, object]:
    """Return {dotted path: value} of nested mappings; a list is one leaf, whatever its order.

    >>> leaves({"scope": {"service": "tax", "includes": ["bills", "appeals"]}})
    {'scope.service': 'tax', 'scope.includes': ('appeals', 'bills')}
    """
    if isinstance(value, dict):
        found = {}
        for key, inner in value.items():
            found |= leaves(inner, f"{path}.{key}" if path else str(key))
        return found
    return {path: tuple(sorted(map(str, value))) if isinstance(value, list | tuple) else value}


def differences(stated: dict[str, dict]) -> list[Fault]:
    """Return what differs between {option: basis as a mapping}; the option that stands apart is the one named.

    Where no reading has a majority every option that departs from the first (continue as now) is named.
    """
    flat = {option: leaves(basis) for option, basis in stated.items()}
    faults = []
    for field in sorted({name for found in flat.values() for name in found}):
        readings = {option: json.dumps(found.get(field), default=str) for option, found in flat.items()}
        usual, _count = Counter(readings.values()).most_common(1)[0]
        for option, reading in readings.items():
            if reading != usual:
                faults.append(Fault(option=option, field=f"basis.{field}", what=_told(reading, usual)))
    return faults


def _told(reading: str, usual: str) -> str:
    if reading == "null":
        return f"it is missing; the other options have {usual}"
    if usual == "null":
        return f"it says {reading}; no other option has it"
    return f"it says {reading}; the other options say {usual}"


def basis_hash(basis: Basis) -> str:
    """Return twelve characters that change with anything in the basis; printed on every page of the result."""
    text = json.dumps(leaves(basis.model_dump(mode="json")), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
