"""What a year's requests would cost under a price; nothing is made up where a figure is missing."""

from moothall.core.money import pounds
from moothall.sharing.rules.prices import IN_RETURN, PriceRule, Work, yearly

BY_REQUESTS = ("per-case", "by-band", "fixed")


def on_volumes(rule: PriceRule, cases: int | None) -> tuple[int | None, str]:
    """Return (pence a year or None, sentence) for a year with so many requests; None stands for no figure at all.

    >>> on_volumes(PriceRule(method="per-case", pence=420), 300)
    (126000, '£1,260.00 on last year’s 300 requests')
    >>> on_volumes(PriceRule(method="per-case", pence=420), 0)
    (None, 'no requests last year to reckon with')
    """
    if rule.method == "fixed":
        return yearly(rule, Work()), f"{pounds(rule.pence)} a year, however many requests"
    if rule.method == IN_RETURN:
        return 0, "nothing is paid: you work for them in return"
    if rule.method not in BY_REQUESTS:
        return None, "cannot be told from the number of requests alone"
    if not cases:
        return None, "no requests last year to reckon with"
    pence = yearly(rule, Work(cases=cases))
    return pence, f"{pounds(pence)} on last year’s {cases:,} request{'' if cases == 1 else 's'}"
