"""What members promised to put into a partnership, and what they put in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from moothall.core.money import pounds


@dataclass(frozen=True)
class PutIn:
    """A member's contribution: what it promised, and what was recorded of it last, over the year to that day.

    With money promised (`pence_a_year`) `figure` is pounds; else per cent of what was promised. None: not recorded.
    """

    body_id: int
    what: str
    pence_a_year: int | None
    figure: Decimal | None
    day: date | None
    source: str

    @property
    def percent(self) -> int | None:
        """Return how much of what was promised was put in, in whole per cent, rounded down; None: not recorded.

        >>> PutIn(3, "Money", 1_200_000, Decimal(9500), date(2026, 11, 1), "Ledger").percent
        79
        """
        if self.figure is None:
            return None
        return int(self.figure * 10_000 // self.pence_a_year) if self.pence_a_year else int(self.figure)


def key(body_id: int, what: str) -> str:
    """Return under which name what was put in is kept among what was measured; no aim is called so."""
    return f"put in by {body_id}: {what}"[:600]


def short(rows: Sequence[PutIn], starts: date, on: date, least: int) -> list[PutIn]:
    """Return the contributions that fall short: less than `least` per cent, or nothing recorded after a whole year."""
    whole_year = (on - starts).days >= 365
    return [row for row in rows if (row.percent is None and whole_year) or (row.percent or least) < least]


WORDS = {
    "en": {"money": "{sum} of {promised} in the year to {day}", "work": "{percent} % of it in the year to {day}",
           "none": "nobody has recorded what was put in"},
    "cy": {"money": "{sum} o {promised} yn y flwyddyn hyd at {day}",
           "work": "{percent} % ohono yn y flwyddyn hyd at {day}",
           "none": "nid oes neb wedi cofnodi beth a roddwyd"},
}  # fmt: skip


def in_words(row: PutIn, day, lang: str = "en") -> str:
    """Return what was put in, in words; `day` writes a day."""
    words = WORDS[lang]
    if row.figure is None:
        return words["none"]
    said = {"day": day(row.day, lang), "percent": row.percent}
    if row.pence_a_year:
        return words["money"].format(sum=pounds(int(row.figure * 100)), promised=pounds(row.pence_a_year), **said)
    return words["work"].format(**said)
