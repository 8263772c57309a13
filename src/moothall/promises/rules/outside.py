"""Work won outside: what members do for bodies that are no members, against what their aims promised of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from moothall.core.money import pounds

COUNTS = ("outside-requests", "outside-pounds", "outside-hours")
"""What an aim may have counted here; each over the year that ends on the day."""


@dataclass(frozen=True)
class Outside:
    """Requests of a body's service that a member did, the body being no member.

    `pence` is what they come to by the published price, `minutes` the staff time; None where that is not known.
    """

    provider: int
    receiver: int
    service: str
    cases: int
    pence: int | None
    minutes: int | None


def won(rows: Sequence[Outside], counts: str) -> Decimal | None:
    """Return what outside work came to, as an aim counts it: requests, pounds, or hours; nothing is rounded.

    None where a price or a time that is needed is not known.

    >>> row = Outside(2, 5, "garden-waste", 12, 25800, 90)
    >>> [str(won([row], counts)) for counts in COUNTS]
    ['12', '258', '1.5']
    """
    taken = {"outside-requests": "cases", "outside-pounds": "pence", "outside-hours": "minutes"}[counts]
    each = [getattr(row, taken) for row in rows]
    if None in each:
        return None
    total = sum(each)
    return {
        "outside-requests": Decimal(total), "outside-pounds": Decimal(total) / 100,
        "outside-hours": Decimal(total) / 60,
    }[counts]  # fmt: skip


def due_by_now(target: Decimal, starts: date, due: date, on: date) -> Decimal:
    """Return what of a target would be reached on a day if it grew evenly from the first day to the due day.

    >>> due_by_now(Decimal(1000), date(2026, 1, 1), date(2028, 1, 1), date(2027, 1, 1))
    Decimal('500.00')
    """
    passed, whole = (min(on, due) - starts).days, (due - starts).days
    return (target * passed / whole).quantize(Decimal("0.01")) if whole > 0 else target


def in_words(figure: Decimal, counts: str, lang: str = "en") -> str:
    """Return a figure as an aim counts it, with its unit; hours are rounded half up.

    >>> in_words(Decimal("258"), "outside-pounds"), in_words(Decimal("1.5"), "outside-hours")
    ('£258.00', '2 hours')
    """
    if counts == "outside-pounds":
        return pounds(int(figure * 100))
    whole = int(figure + Decimal("0.5"))
    number = f"{whole:,}"
    if lang == "cy":
        return f"{number} cais" if counts == "outside-requests" else f"{number} awr"
    word = "request" if counts == "outside-requests" else "hour"
    return f"{number} {word}{'' if whole == 1 else 's'}"


WORDS = {
    "en": {
        "none": "Between {first} and {on} no member did anything on record for a body that is no member.",
        "some": "Between {first} and {on} members did {cases} for {bodies}: {money}, {time}.",
        "bodies": ("one body that is no member", "{n} bodies that are no members"),
        "money": "{figure} by their published prices",
        "no-money": "what they earned is not told by the number of requests",
        "time": "{figure} of staff time", "no-time": "nobody has measured the staff time",
        "aim": " Their aims promise {target} a year by {due}.", "no-aim": " None of their aims promises any.",
    },
    "cy": {
        "none": "Rhwng {first} a {on} ni wnaeth yr un aelod ddim sydd ar gofnod dros gorff nad yw'n aelod.",
        "some": "Rhwng {first} a {on} gwnaeth aelodau {cases} dros {bodies}: {money}, {time}.",
        "bodies": ("un corff nad yw'n aelod", "{n} corff nad ydynt yn aelodau"),
        "money": "{figure} yn ôl eu prisiau cyhoeddedig",
        "no-money": "ni ellir dweud o nifer y ceisiadau faint a enillwyd",
        "time": "{figure} o amser staff", "no-time": "nid oes neb wedi mesur amser y staff",
        "aim": " Mae eu nodau'n addo {target} y flwyddyn erbyn {due}.", "no-aim": " Nid yw'r un o'u nodau'n addo dim.",
    },
}  # fmt: skip


def sentence(rows: Sequence[Outside], aims: Sequence, days: tuple[str, str], day, lang: str = "en") -> str:
    """Return what was won outside and what the aims promised of it. `days` are the first and last in words.

    `aims` have `counts`, `target` and `due`; `day` writes a day in words.
    """
    words = WORDS[lang]
    said = {"first": days[0], "on": days[1]}
    if rows:
        earned, time = won(rows, "outside-pounds"), won(rows, "outside-hours")
        many = len({row.receiver for row in rows})
        said |= {
            "cases": in_words(won(rows, "outside-requests"), "outside-requests", lang),
            "bodies": words["bodies"][many > 1].format(n=many),
            "money": words["no-money"] if earned is None
            else words["money"].format(figure=in_words(earned, "outside-pounds")),
            "time": words["no-time"] if time is None
            else words["time"].format(figure=in_words(time, "outside-hours", lang)),
        }  # fmt: skip
    promised = [aim for aim in aims if aim.counts]
    told = "".join(
        words["aim"].format(target=in_words(aim.target, aim.counts, lang), due=day(aim.due, lang)) for aim in promised
    )
    return words["some" if rows else "none"].format(**said) + (told or words["no-aim"])
