"""Whom to ring about an urgent referral, right now: the body's number in its hours, another at all other times."""

import datetime as dt
from dataclasses import dataclass

from moothall.catalogue.rules import hours
from moothall.catalogue.rules.opening import settings

AWAY = "https://www.bbc.co.uk/weather"
"""Where a quick exit leads: a page that nobody wonders at. Source: GOV.UK Design System, "Exit a page quickly"."""


@dataclass(frozen=True)
class Line:
    """A body's numbers as they stand at a moment: `now` is the one that is answered, until `until` (a time of day).

    `usual` is answered in `hours` (in words), `otherwise` at all other times. `until` is empty out of hours.
    """

    now: str
    until: str
    usual: str
    hours: str
    otherwise: str

    @property
    def open(self) -> bool:
        """Whether the usual number is answered now."""
        return bool(self.until)


def line(definition, own: dict | None, local: dt.datetime, holidays: frozenset[dt.date], lang: str = "en") -> Line:
    """Return whom to ring at a moment on London's clocks, by what a body has set (`own`) for an urgent referral."""
    chosen, urgent = settings(definition, own), definition.urgent
    usual, times, otherwise = (
        chosen[getattr(urgent, word).removeprefix("body.")] for word in ("ring", "hours", "otherwise")
    )
    closes = hours.closes_at(times, local, holidays)
    return Line(
        now=usual if closes else otherwise,
        until=hours.clock(closes, lang) if closes else "",
        usual=usual,
        hours=hours.in_words(times, lang),
        otherwise=otherwise,
    )
