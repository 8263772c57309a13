"""How value added tax falls on work that one public body does for another: dated data, each with its source."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Treatment:
    """A way of treating work for VAT from a day on: a rate in hundredths of a per cent, and the law it rests on."""

    code: str
    words: str
    words_cy: str
    basis_points: int
    starts: dt.date
    source: str


TREATMENTS = (
    Treatment(
        "non-business", "Outside VAT: done under a public body's own legal powers",
        "Y tu allan i TAW: gwneir o dan bwerau cyfreithiol corff cyhoeddus", 0, dt.date(2012, 7, 17),
        "Value Added Tax Act 1994 s.41A (Finance Act 2012 s.198)",
    ),
    Treatment(
        "standard", "VAT at the standard rate", "TAW ar y gyfradd safonol", 1750, dt.date(2010, 1, 1),
        "Value Added Tax Act 1994 s.2(1), once the Change of Rate Order 2008 had ended",
    ),
    Treatment(
        "standard", "VAT at the standard rate", "TAW ar y gyfradd safonol", 2000, dt.date(2011, 1, 4),
        "Value Added Tax Act 1994 s.2(1) (Finance (No. 2) Act 2010 s.3)",
    ),
    Treatment(
        "cost-sharing", "Exempt: a cost-sharing group charges its members what the work costs",
        "Wedi'i eithrio: mae grŵp rhannu costau yn codi cost y gwaith ar ei aelodau", 0, dt.date(2012, 7, 17),
        "Value Added Tax Act 1994 Sch.9 Group 16 (Finance Act 2012 s.197)",
    ),
)  # fmt: skip
CODES: tuple[str, ...] = tuple(dict.fromkeys(one.code for one in TREATMENTS))


def treatment(code: str, on: dt.date) -> Treatment:
    """Return how work is treated on a day; the newest that has begun counts. Raises ValueError where none has.

    >>> [treatment("standard", dt.date(year, 12, 31)).basis_points for year in (2010, 2026)]
    [1750, 2000]
    """
    known = [one for one in TREATMENTS if one.code == code and one.starts <= on]
    if not known:
        raise ValueError(f"no VAT treatment {code!r} on {on}; known: {', '.join(CODES)}")
    return max(known, key=lambda one: one.starts)


def vat(net_pence: int, basis_points: int) -> int:
    """Return the VAT on the sum of a statement, in pence.

    Rounding: a fraction of a penny is dropped, on the whole and not line by line; on a credit as on a charge.
    Source: HMRC VAT Notice 700, section 17.5 (the total on an invoice may be rounded down to a whole penny).

    20 % of £103.99 is £20.798, so £20.79:

    >>> vat(10_399, 2000), vat(-10_399, 2000)
    (2079, -2079)
    """
    sign = -1 if net_pence < 0 else 1
    return sign * (abs(net_pence) * basis_points // 10_000)
