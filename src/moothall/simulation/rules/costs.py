"""What garden waste costs Ashby by its finance system, and how many people live in each district. All invented."""

import datetime as dt

PROVIDER = 2
STRUCTURE = """code,title,parent
STR,Street scene,
STR10,Garden waste rounds,STR
STR20,Refuse rounds,STR
ICT,Computing and telephones,
"""
MAPS = {"STR10": "garden-waste", "STR20": "missed-bin"}
#: Pounds a month by cost centre and account, as small as the county that is played: some forty bins a year.
MONTHLY = (("STR10", "4000", 118), ("STR10", "4300", 37), ("STR20", "4000", 640), ("ICT", "4100", 85))
SEASON = (70, 70, 120, 140, 135, 120, 110, 105, 105, 95, 75, 60)
"""How much of a usual month each month from January costs, in per cent."""

RESIDENTS = {2: 61_400, 3: 48_900, 4: 72_300, 5: 39_800}
ESTIMATE = "Marchshire's own estimate of its residents, mid-2025"


def ledger_file(first: dt.date, last: dt.date) -> tuple[str, int, int]:
    """Return (CSV of ledger lines for the whole months between two days, how many, their sum in pence).

    >>> ledger_file(dt.date(2026, 1, 1), dt.date(2026, 1, 31))[0].splitlines()[1]
    '2026-01-1,2026-01-28,STR10,4000,82.60'
    """
    lines, pence, month = [], 0, first.replace(day=1)
    while month <= last:
        for number, (centre, account, pounds) in enumerate(MONTHLY, 1):
            sum_of = pounds * SEASON[month.month - 1]
            day = month.replace(day=28)
            lines.append(f"{month:%Y-%m}-{number},{day},{centre},{account},{sum_of // 100}.{sum_of % 100:02d}")
            pence += sum_of
        month = (month + dt.timedelta(days=31)).replace(day=1)
    return "\n".join(["entry,date,centre,account,amount", *lines]) + "\n", len(lines), pence
