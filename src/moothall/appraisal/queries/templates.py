"""Cases to begin from: worked examples, one for each way to provide."""

import datetime as dt
from functools import cache

from django.conf import settings

from moothall.appraisal.rules import draft, starting

TITLES = {
    "in-house": "Improving in house, beside continuing as now",
    "shared": "Sharing with another body, beside improving in house",
    "joint": "A company that the bodies own, beside improving in house",
    "outsourced": "Buying from a contractor, beside improving in house",
    "marchshire": "Six ways beside each other: in house, shared by two or four, owned jointly, bought",
}


@cache
def template(name: str) -> dict | None:
    """Return the document of a worked example, or None where there is none of that name."""
    path = settings.APPRAISALS / f"{name}.yaml"
    return draft.drafted_from(path.read_text("utf-8")) if name in TITLES and path.exists() else None


def begun_from(name: str, *, title: str, bodies: list[str], author: str, on: dt.date) -> dict:
    """Return the document of a case that begins from a worked example, figures included."""
    return starting.begun(template(name), title=title, bodies=bodies, author=author, on=on.isoformat())


def templates() -> list[tuple[str, str]]:
    """Return (name, title) of the worked examples that are installed."""
    return [(name, title) for name, title in TITLES.items() if (settings.APPRAISALS / f"{name}.yaml").exists()]
