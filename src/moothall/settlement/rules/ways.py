"""Seven ways of sharing what a service cost, made ready for one year's work: each as a price rule's data.

Prices are whole pence, rounded **down**, so that no partner pays for a fraction; the provider bears what is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass

IN_FULL, THEN_PER_CENT = 50, 75
"""The example of bands: each body's first cases of a year in full, those beyond at a lower price."""

SERVICE, OVERHEADS = "service", "overheads"


@dataclass(frozen=True)
class Year:
    """A year's work of a service for all who share it, by body code, and what it cost the provider in pence.

    `overheads` is the service's part of what serves all teams; only full cost and step-down carry it.
    """

    cases: Mapping[str, int]
    heads: Mapping[str, int]
    cost: int
    overheads: int = 0


def ways(year: Year) -> dict[str, dict]:
    """Return {method: price rule as data} of the ways that this year's figures can be shared by.

    Left out are those for which there is no figure: by head without residents, by case without cases.

    £1,000.00 for 60 and 40 cases: £10.00 a case; in bands 60 cases weigh 57.5 and 40 weigh 40, so £10.25 and £7.68.

    >>> found = ways(Year({"ASH": 60, "BOR": 40}, {}, 100_000))
    >>> found["per-case"]["pence"], [band["pence"] for band in found["by-band"]["bands"]]
    (1000, [1025, 768])
    """
    cases, partners = sum(year.cases.values()), len(year.cases)
    found = {"fixed": {"method": "fixed", "pence": year.cost // partners}}
    if cases:
        weight = sum(100 * min(one, IN_FULL) + THEN_PER_CENT * max(one - IN_FULL, 0) for one in year.cases.values())
        full = year.cost * 100 // weight
        found["per-case"] = {"method": "per-case", "pence": year.cost // cases}
        found["by-band"] = {
            "method": "by-band",
            "bands": [{"up_to": IN_FULL, "pence": full}, {"pence": full * THEN_PER_CENT // 100}],
        }
        found["full-cost"] = {"method": "full-cost", "shares": dict(year.cases)}
    if any(year.heads.get(code) for code in year.cases):
        heads = {code: year.heads.get(code, 0) for code in year.cases}
        found["by-head"] = {"method": "by-head", "shares": heads}
        if cases:
            steps = [
                {"centre": OVERHEADS, "pence": year.overheads, "to": heads},
                {"centre": SERVICE, "pence": year.cost, "to": dict(year.cases)},
            ]
            found["step-down"] = {"method": "step-down", "steps": steps}
    return {method: rule for method, rule in found.items() if rule.get("pence", 1)}


def cost_of(method: str, year: Year) -> int:
    """Return the whole pence that a way shares: full cost and step-down carry the overheads too.

    >>> [cost_of(method, Year({"ASH": 1}, {}, 500, 70)) for method in ("per-case", "full-cost")]
    [500, 570]
    """
    return year.cost + (year.overheads if method in ("full-cost", "step-down") else 0)
