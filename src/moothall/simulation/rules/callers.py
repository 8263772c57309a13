"""Who rings again, who asks a question, how long it takes, and what a contact costs: all of it made up."""

import datetime as dt
from dataclasses import dataclass
from random import Random

COSTS = {"phone": 310, "visit": 890, "email": 420, "post": 560, "sms": 60, "web": 25}
"""Pence for one contact by each channel."""

SOURCE = "An example figure of this invented county's own"
MINUTES = {"phone": (3, 9), "visit": (6, 16), "email": (1, 1)}
CHASES, AGAIN, ASKS, LOST = 0.15, 0.3, 0.3, 0.2
"""Of those who asked for something, how many ring to hear how it goes, and of these how many ring again; how many more
ask a question without a request, and of these how many needed somebody else."""


@dataclass(frozen=True)
class Call:
    """One contact: how long after the request, by which channel, of what kind, and how many minutes it took."""

    after: dt.timedelta
    channel: str
    kind: str
    outcome: str
    minutes: int
    about_case: bool = True


def calls_after(seed: str) -> list[Call]:
    """Return how those who made a request are in touch about it afterwards; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - a made-up county, not a secret
    found = []
    if random.random() < CHASES:
        days = random.randrange(3, 20)
        found.append(_call(random, days, "chase", "answered"))
        if random.random() < AGAIN:
            found.append(_call(random, days + random.randrange(1, 9), "question", "passed-on"))
    if random.random() < ASKS:
        lost = random.random() < LOST
        kind, outcome = ("wrong-place", "referred") if lost else ("question", "answered")
        found.append(_call(random, 1, kind, outcome, about_case=False))
    return found


def minutes_of(channel: str, seed: str) -> int:
    """Return how many minutes a contact took."""
    return Random(seed).randrange(*_span(channel))  # noqa: S311


def _span(channel: str) -> tuple[int, int]:
    least, most = MINUTES[channel]
    return least, most + 1


def _call(random: Random, days: int, kind: str, outcome: str, about_case: bool = True) -> Call:
    channel = "visit" if random.random() < 0.2 else "phone"
    after = dt.timedelta(days=days, minutes=random.randrange(30))
    return Call(after, channel, kind, outcome, random.randrange(*_span(channel)), about_case)
