"""Money is a whole number of pence."""

import re

from moothall.core.refusal import Refusal


class NotMoney(Refusal):
    """Enter an amount in pounds, like 12.50."""

    status = 422


def pounds(pence: int) -> str:
    """Return an amount as people write it.

    >>> pounds(1250), pounds(-305), pounds(120_000_00)
    ('£12.50', '-£3.05', '£120,000.00')
    """
    sign = "-" if pence < 0 else ""
    whole, part = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{part:02d}"


def parse_pounds(text: str) -> int:
    """Return the pence in what a person typed; refuse what is not an amount to the penny.

    >>> parse_pounds("£1,234.5"), parse_pounds("12")
    (123450, 1200)
    """
    match = re.fullmatch(r"\s*(-?)\s*£?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?\s*", text)
    if not match:
        raise NotMoney()
    sign, whole, part = match.groups()
    value = int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0"))
    return -value if sign else value


def share(pence: int, weights: list[int]) -> list[int]:
    """Return `pence` split by whole-number weights so that the parts add up exactly (largest remainder).

    Odd pennies go to the largest remainders, ties to the earliest. Refuses weights without a positive sum.

    >>> share(100, [1, 1, 1])
    [34, 33, 33]
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and must add up to more than nothing")
    sign = -1 if pence < 0 else 1
    parts = [divmod(abs(pence) * w, total) for w in weights]
    result = [whole for whole, _ in parts]
    left = abs(pence) - sum(result)
    for i in sorted(range(len(weights)), key=lambda i: (-parts[i][1], i))[:left]:
        result[i] += 1
    return [sign * r for r in result]
