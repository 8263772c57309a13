"""What residents of the invented county may book: which days and hours each kind of council opens, and for how many."""

from dataclasses import dataclass
from datetime import time

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True)
class Diary:
    """One kind of day: its name, weekdays (Monday is 0) and times, how many fit in, how early one is reminded."""

    kind: str
    name: str
    weekdays: tuple[int, ...]
    hours: tuple[tuple[time, time], ...]
    places: int
    remind_days: int = 1


def _hours(*spans: tuple[int, int]) -> tuple[tuple[time, time], ...]:
    return tuple((time(start), time(end)) for start, end in spans)


def _halves(*starts: int) -> tuple[tuple[time, time], ...]:
    """Return three quarters of an hour from half past each of these hours."""
    return tuple((time(hour, 30), time(hour + 1, 15)) for hour in starts)


DIARIES = {
    "district": (
        Diary("bulky-waste", "Collections of large items", (1, 4), _hours((7, 15)), 12),
        Diary("home-repair", "Repairs to council homes", MONDAY_TO_FRIDAY, _hours((8, 12), (12, 17)), 4),
        Diary("appointment", "Appointments with an adviser", MONDAY_TO_FRIDAY, _halves(9, 10, 11, 13, 14, 15), 2),
        Diary("pest-control", "Pest control visits", (0, 2, 3), _hours((9, 12), (13, 16)), 3),
    ),
    "county": (
        Diary("registrar", "Appointments with the registrar", MONDAY_TO_FRIDAY, _halves(9, 10, 11, 13, 14), 3, 2),
        Diary("ceremony", "Ceremonies", (4, 5), _hours((11, 12), (13, 14), (15, 16)), 2, 5),
        Diary(
            "tip-visit", "Visits to the recycling centre", EVERY_DAY, _hours((8, 10), (10, 12), (12, 14), (14, 16)), 40
        ),
    ),
}
"""A kind is named as the `slots` of the services' steps name it."""
