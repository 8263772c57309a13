"""A sum over a million lines to the penny: whole numbers in numpy, largest remainder, nothing lost and nothing made.

Rounding, the only one here: **largest remainder**. Each line first gets the whole pence of its share; the pennies that
are left go one each to the lines with the largest remainders, ties to the earliest line. The parts add up to the sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from moothall.core.money import share

if TYPE_CHECKING:
    from moothall.sharing.rules.prices import PriceRule

SAFE = 2**62
"""Products below this fit numpy's 64-bit whole numbers; larger ones are worked out in Python's, which have no end."""


def spread(pence: int, weights: np.ndarray) -> np.ndarray:
    """Return `pence` (any sign) split by whole-number weights, one part a line, by largest remainder.

    Raises ValueError for weights below nothing, or that add up to nothing.

    >>> spread(100, np.array([1, 1, 1])).tolist(), spread(-100, np.array([1, 2, 0])).tolist()
    ([34, 33, 33], [-33, -67, 0])
    """
    weights = np.asarray(weights, dtype=np.int64)
    if not len(weights) or int(weights.min()) < 0:
        raise ValueError("weights must not be negative and must add up to more than nothing")
    greatest = int(weights.max())
    total = int(weights.sum()) if greatest * len(weights) < SAFE else sum(weights.tolist())
    if total <= 0:
        raise ValueError("weights must not be negative and must add up to more than nothing")
    if abs(pence) * greatest >= SAFE or total >= SAFE:
        return np.array(share(pence, weights.tolist()), dtype=np.int64)
    parts, remainders = np.divmod(abs(pence) * weights, total)
    _hand_out(parts, remainders, abs(pence) - int(parts.sum()))
    return parts if pence >= 0 else -parts


def _hand_out(parts: np.ndarray, remainders: np.ndarray, left: int) -> None:
    """Add one penny to the `left` lines with the largest remainders, ties to the earliest."""
    if not left:
        return
    least = np.partition(remainders, len(remainders) - left)[len(remainders) - left]
    above = remainders > least
    parts += above
    parts[np.flatnonzero(remainders == least)[: left - int(above.sum())]] += 1


def line_pence(rule: PriceRule, total: int, units: np.ndarray, before: int = 0) -> np.ndarray:
    """Return the pence of each line of a section, one a case in order of the day it was done; they add up to `total`.

    `units` is what each case counted, `before` how many cases of the year came earlier (for bands). A rule with a
    price gives each line its price; one that shares a sum spreads it evenly over the units. Raises ValueError when
    priced lines do not add up to the total: the total was worked out from other cases.
    """
    match rule.method:
        case "per-case":
            found = np.full(len(units), rule.pence, dtype=np.int64)
        case "per-unit":
            found = np.asarray(units, dtype=np.int64) * rule.pence
        case "by-band":
            found = band_pence(rule, before, len(units))
        case _:
            return spread(total, units if np.any(units) else np.ones(len(units), dtype=np.int64))
    if int(found.sum()) != total:
        raise ValueError(f"the lines add up to {int(found.sum())} pence, the section to {total}")
    return found


def band_pence(rule: PriceRule, before: int, count: int) -> np.ndarray:
    """Return the price of each of `count` cases that follow `before` earlier ones in the year, by its band."""
    ends = np.array([band.up_to for band in rule.bands[:-1]], dtype=np.int64)
    prices = np.array([band.pence for band in rule.bands], dtype=np.int64)
    return prices[np.searchsorted(ends, np.arange(before + 1, before + count + 1), side="left")]


def vat_of_lines(vat: int, pence: np.ndarray) -> np.ndarray:
    """Return the VAT of each line: the section's VAT by the size of its lines, by largest remainder."""
    sizes = np.abs(pence)
    return spread(vat, sizes) if np.any(sizes) else np.zeros(len(pence), dtype=np.int64)
