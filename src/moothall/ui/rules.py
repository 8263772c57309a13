"""What may be read: contrast and themes; and how days and times are said. Plain Python."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# WCAG 2.2, success criterion 1.4.3: text of ordinary size needs a contrast of at least 4.5 to 1.
LEAST_CONTRAST = 4.5
WHITE, INK = "#ffffff", "#18222d"
OWN_THEME = ("1d4f5f", "e3a62f")

# Where the place picker asks. Each is the name of an address that the chapters with places and cases provide.
PLACE_ADDRESSES = {
    "search": "places_search",  # ?q=  gives {"results": [{"value", "label", "lat", "lon", "usrn", "uprn"}, ...]}
    "at": "places_at",  # ?lat=&lon=  gives one such result, or 404 outside the area
    "streets": "places_streets",  # ?bbox=west,south,east,north  gives GeoJSON lines with a "name"
    "districts": "places_districts",  # GeoJSON polygons with a "name"
    "reported": "casework:places_reported",  # ?bbox=  gives GeoJSON points with a "label"
}
PLACE_PARTS = ("search", "choice", "lat", "lon", "usrn", "uprn", "label", "note")
PLACE_CENTRE = {"lat": "52.4", "lon": "-2", "zoom": "10.5"}

DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"),
}
MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "cy": (
        *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
        *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
    ),
}


def channels(colour: str) -> tuple[int, int, int]:
    """Return the red, green and blue (0-255) of "#rrggbb"; raises ValueError for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour. Write it as # and six hexadecimal digits, such as #1d4f5f.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    parts = [value / 255 for value in channels(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    """
    Return the contrast of two colours, from 1 (none) to 21 (black on white), as WCAG 2.2 defines it.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, two: str, part: float) -> str:
    """Mix two colours: part 0 gives the first, 1 the second."""
    both = zip(channels(one), channels(two), strict=True)
    return "#" + "".join(f"{round(a * (1 - part) + b * part):02x}" for a, b in both)


def is_readable_theme(colour: str, accent: str) -> bool:
    """Say whether white text can be read on a body's colour, and that both are colours (six digits, no #)."""
    try:
        channels(f"#{accent}")
        return contrast(f"#{colour}", WHITE) >= LEAST_CONTRAST
    except ValueError:
        return False


def theme(colour: str, accent: str) -> dict[str, str]:
    """
    Return the style variables of a body with these two colours (six hexadecimal digits each, no #).

    Links and buttons take the body's colour; the accent is only ever a line or a shape, never text.
    Raises ValueError when a colour is none, or white on it has a contrast under 4.5 to 1.
    """
    brand, line = f"#{colour}", f"#{accent}"
    channels(line)
    found = contrast(brand, WHITE)
    if found < LEAST_CONTRAST:
        raise ValueError(
            f"White text on {brand} has a contrast of {found:.1f} to 1, and {LEAST_CONTRAST} is the least. "
            "Choose a darker colour."
        )
    return {
        "--mh-brand": brand,
        "--mh-brand-dark": mix(brand, "#000000", 0.35),
        "--mh-brand-tint": mix(brand, WHITE, 0.92),
        "--mh-accent": line,
        "--mh-mark": line if contrast(line, brand) >= 3 else WHITE,
        "--govuk-brand-colour": brand,
        "--govuk-link-colour": mix(brand, "#000000", 0.1),
        "--govuk-link-hover-colour": mix(brand, "#000000", 0.5),
    }


def _in_london(moment: date | datetime) -> date | datetime:
    return moment.astimezone(LONDON) if isinstance(moment, datetime) and moment.tzinfo else moment


def _day_of(moment: date | datetime) -> date:
    there = _in_london(moment)
    return there.date() if isinstance(there, datetime) else there


def day_words(moment: date | datetime, language: str = "en", today: date | datetime | None = None) -> str:
    """
    Say a day as people do, in London's time; the year is added when it is not that of `today`.

    >>> day_words(date(2026, 11, 24))
    'Tuesday 24 November'
    >>> day_words(date(2026, 11, 24), "cy")
    'dydd Mawrth 24 Tachwedd'
    """
    day = _day_of(moment)
    words = f"{DAYS[language][day.weekday()]} {day.day} {MONTHS[language][day.month - 1]}"
    return f"{words} {day.year}" if today and _day_of(today).year != day.year else words


def date_words(moment: date | datetime, language: str = "en") -> str:
    """Say a date with its year and no weekday: "24 November 2026"."""
    day = _day_of(moment)
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def month_words(moment: date | datetime, language: str = "en") -> str:
    """Say a month: "November 2026"."""
    day = _day_of(moment)
    return f"{MONTHS[language][day.month - 1]} {day.year}"


def time_words(moment: datetime | time, language: str = "en") -> str:
    """
    Say a time: "5pm", "5:30pm", "midday", "midnight"; in Welsh with yb and yp.

    The last minute of a day is said as midnight, since a promise that ends with the day ends then.
    """
    there = _in_london(moment) if isinstance(moment, datetime) else moment
    if (there.hour, there.minute) in {(0, 0), (23, 59)}:
        return {"en": "midnight", "cy": "hanner nos"}[language]
    if (there.hour, there.minute) == (12, 0):
        return {"en": "midday", "cy": "hanner dydd"}[language]
    half = {"en": ("am", "pm"), "cy": ("yb", "yp")}[language][there.hour >= 12]
    minutes = f":{there.minute:02d}" if there.minute else ""
    return f"{there.hour % 12 or 12}{minutes}{half}"


def by_words(moment: date | datetime, language: str = "en", today: date | datetime | None = None) -> str:
    """Say a deadline: "by 5pm on Tuesday 24 November"; the end of a day needs no time."""
    by = {"en": "by", "cy": "erbyn"}[language]
    there = _in_london(moment)
    day = day_words(moment, language, today)
    if not isinstance(there, datetime) or (there.hour, there.minute) == (23, 59):
        return f"{by} {day}"
    return f"{by} {time_words(there, language)} {'on ' if language == 'en' else ''}{day}"


def days_between(moment: date | datetime, today: date | datetime) -> int:
    """Return whole calendar days from `today` to `moment` in London: -1 was yesterday."""
    return (_day_of(moment) - _day_of(today)).days


def due_words(due: date | datetime | None, at: datetime) -> tuple[str, str]:
    """
    Say when something is due, for a queue: ("2 days late", "late"), ("Tomorrow", "soon"), ("Friday 4 December", "").

    The second word is how pressing it is: "late", "soon" (today or tomorrow) or "".
    """
    if due is None:
        return "No date", ""
    days = days_between(due, at)
    if isinstance(due, datetime) and due < at:
        return (f"{-days} day{'s' if days < -1 else ''} late" if days < 0 else f"Late since {time_words(due)}"), "late"
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late", "late"
    if days == 0:
        timed = isinstance(due, datetime) and time_words(due) != "midnight"
        return (f"Today by {time_words(due)}" if timed else "Today"), "soon"
    if days == 1:
        return "Tomorrow", "soon"
    return day_words(due, today=at), ""


def since_words(moment: date | datetime, at: datetime) -> str:
    """Say how long ago: "today", "yesterday", "3 days ago", "5 weeks ago", "14 months ago"."""
    days = -days_between(moment, at)
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    for size, word in ((400, "month"), (28, "week")):
        if days >= size:
            count = days // (30 if word == "month" else 7)
            return f"{count} {word}s ago"
    return f"{days} days ago"
