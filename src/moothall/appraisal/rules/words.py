"""Figures and findings in words: how an amount is written, and the one sentence that says what was found."""

from moothall.appraisal.rules.report import Report

MINUS = "−\u2060"
"""A minus and a word joiner: no line breaks between the sign and its amount, as it may after a hyphen-minus."""


def signed(amount: float, size: str) -> str:
    """Return the size of an amount as it is written, with a minus before it where the amount is below nothing.

    >>> signed(-2, "£2") == MINUS + "£2", signed(2, "£2")
    (True, '£2')
    """
    return f"{MINUS}{size}" if amount < 0 else size


def pounds(amount: float, places: int = 0) -> str:
    """Return an amount in pounds, as people write it; the sums themselves are never rounded.

    >>> pounds(1480605.4), pounds(-0.2), pounds(3.196, 2)
    ('£1,480,605', '£0', '£3.20')
    >>> pounds(-305.5) == MINUS + "£306"
    True
    """
    whole = round(amount, places)
    return signed(whole, f"£{abs(whole):,.{places}f}")


def millions(amount: float) -> str:
    """Return an amount for a sentence: millions with two figures after the point, thousands whole.

    >>> millions(1480605), millions(48271), millions(912), millions(-0.2)
    ('£1.48 million', '£48,000', '£912', '£0')
    >>> millions(-1850000) == MINUS + "£1.85 million"
    True
    """
    size = abs(amount)
    if size >= 999_500:
        return signed(amount, f"£{size / 1e6:.2f} million")
    return signed(amount, f"£{round(size, -3):,.0f}") if size >= 1000 else pounds(amount)


def percent(share: float, places: int = 1) -> str:
    """Return a share as a percentage.

    >>> percent(0.812), percent(0.0007, 2)
    ('81.2%', '0.07%')
    """
    return f"{100 * share:.{places}f}%"


def in_a_hundred(share: float) -> str:
    """Return a chance as futures in a hundred, never nought and never all where it is not quite.

    >>> in_a_hundred(0.812), in_a_hundred(0.0004), in_a_hundred(1.0), in_a_hundred(0.998)
    ('81 in 100', 'under 1 in 100', 'all of them', 'over 99 in 100')
    """
    if share in (0.0, 1.0):
        return "none of them" if share == 0 else "all of them"
    if share < 0.01 or share > 0.99:
        return "under 1 in 100" if share < 0.5 else "over 99 in 100"
    return f"{100 * share:.0f} in 100"


def amount(value: float, unit: str) -> str:
    """Return an input's value with its unit.

    >>> amount(1250, "£"), amount(4.2, "£ a request"), amount(0.25, "share")
    ('£1,250', '£4.2 a request', '0.25 share')
    >>> amount(-5, "£") == MINUS + "£5"
    True
    """
    size = abs(value)
    figures = f"{size:,.4f}".rstrip("0").rstrip(".") if size < 1000 else f"{size:,.0f}"
    is_money = unit == "£" or unit.startswith("£ ")
    return signed(value, f"£{figures}{unit[1:]}" if is_money else f"{figures} {unit}")


def headline(report: Report) -> str:
    """Return the finding in one sentence or two."""
    best, case = report.best, report.case
    title = case.options[best].title
    years = f"over {case.years} years"
    if best == case.now:
        second = report.order[1]
        more = millions(report.money[second].present_cost - report.money[best].present_cost)
        sure = in_a_hundred(report.chances[best].best)
        return (
            f"Continuing as now costs society least {years}. The next, “{case.options[second].title}”, costs {more} "
            f"more. Continuing as now is cheapest in {sure} futures."
        )
    gain, sure = millions(report.money[best].gain), in_a_hundred(report.chances[best].best)
    return (
        f"“{title}” costs society least: {gain} less than continuing as now {years}, in prices of "
        f"{case.basis.prices.year}-{(case.basis.prices.year + 1) % 100:02d}. It is cheapest in {sure} futures"
        f"{_more_often(report)}; {payback_words(report, best)}."
    )


def _more_often(report: Report) -> str:
    """Return who is cheapest in more futures than the option whose expected cost is least, if anybody is."""
    often = max(report.chances.values(), key=lambda found: found.best)
    if often.best <= report.chances[report.best].best:
        return ""
    return f" (“{report.case.options[often.option].title}” in {in_a_hundred(often.best)})"


def payback_words(report: Report, option: str) -> str:
    """Return when an option has paid back and whether five years are enough."""
    found = report.money[option]
    if option == report.case.now:
        return "nothing is spent to get there"
    when = f"it has paid back in year {found.payback_year}" if found.payback_year else "it never pays back"
    test = "passes" if found.passes_five_years else "fails"
    return f"{when} and {test} the five-year test"


def claims_words(report: Report) -> str:
    """Return what reference classes changed, in one sentence."""
    if not report.claims:
        return "Every claim that has a reference class files evidence of its own."
    first, filed = report.best, report.order_as_filed[0]
    options = report.case.options
    if first == filed:
        return (
            f"{len(report.claims)} claim without evidence stands at the figure of its reference class. "
            "Taken as claimed, the cheapest option would be the same."
        )
    return (
        f"{len(report.claims)} claim without evidence stands at the figure of its reference class. Taken as claimed, "
        f"“{options[filed].title}” would be cheapest instead of “{options[first].title}”."
    )
