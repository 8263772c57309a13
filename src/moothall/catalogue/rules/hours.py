"""When a telephone is answered: opening hours as schema.org writes them (https://schema.org/openingHours).

`Mo-Fr 09:00-17:00; Sa 10:00-13:00`: days in two letters, one or from-to, then times of the clock in London. A day
that is not named is closed, and so is a bank holiday.
"""

import datetime as dt
import re

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
LINE = re.compile(r"(?P<days>[A-Z][a-z](?:-[A-Z][a-z])?) (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)")
NAMES = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"),
}
SAY = 'Write the hours like "Mo-Fr 09:00-17:00; Sa 10:00-13:00".'


class HoursWrong(ValueError):
    """Opening hours that cannot be read; the message says how to write them."""


def read(text: str) -> dict[int, list[tuple[str, str]]]:
    """Return {weekday, Monday as 0: [(opens, closes)]} of hours as written; raises HoursWrong.

    >>> read("Mo-Tu 09:00-17:00; Sa 10:00-13:00")
    {0: [('09:00', '17:00')], 1: [('09:00', '17:00')], 5: [('10:00', '13:00')]}
    """
    found: dict[int, list[tuple[str, str]]] = {}
    for line in text.split(";"):
        match = LINE.fullmatch(line.strip())
        first, _, last = match["days"].partition("-") if match else ("", "", "")
        if not match or first not in DAYS or (last or first) not in DAYS:
            raise HoursWrong(SAY)
        days = range(DAYS.index(first), DAYS.index(last or first) + 1)
        if not days or not "00:00" <= match["opens"] < match["closes"] <= "24:00":
            raise HoursWrong(SAY)
        for day in days:
            found.setdefault(day, []).append((match["opens"], match["closes"]))
    return found


def closes_at(text: str, local: dt.datetime, holidays: frozenset[dt.date] = frozenset()) -> str | None:
    """Return until when it is open at a moment on London's clocks ("17:00"), or None when it is closed.

    >>> closes_at("Mo-Fr 09:00-17:00", dt.datetime(2026, 6, 1, 16, 59))  # a Monday
    '17:00'
    >>> closes_at("Mo-Fr 09:00-17:00", dt.datetime(2026, 6, 1, 17, 0)) is None
    True
    """
    if local.date() in holidays:
        return None
    now = f"{local:%H:%M}"
    return next((closes for opens, closes in read(text).get(local.weekday(), ()) if opens <= now < closes), None)


def in_words(text: str, lang: str = "en") -> str:
    """Return hours as people read them.

    >>> in_words("Mo-Fr 09:00-17:00; Sa 10:00-13:30")
    'Monday to Friday, 9am to 5pm; Saturday, 10am to 1:30pm'
    """
    read(text)
    return "; ".join(_line_in_words(line.strip(), lang) for line in text.split(";"))


def _line_in_words(line: str, lang: str) -> str:
    match, to = LINE.fullmatch(line), "i" if lang == "cy" else "to"
    first, _, last = match["days"].partition("-")
    names = NAMES[lang]
    days = names[DAYS.index(first)] + (f" {to} {names[DAYS.index(last)]}" if last and last != first else "")
    if (match["opens"], match["closes"]) == ("00:00", "24:00"):
        return f"{days}, {'ddydd a nos' if lang == 'cy' else 'day and night'}"
    times = [clock(match[side], lang) for side in ("opens", "closes")]
    return f"{days}, {times[0]} {to} {times[1]}"


def clock(time: str, lang: str = "en") -> str:
    """Return a time as GOV.UK writes it ("9am", "1:30pm", "midday", "midnight")."""
    hour, minute = (int(part) for part in time.split(":"))
    if minute == 0 and hour in (0, 12, 24):
        return {"en": {12: "midday"}, "cy": {12: "hanner dydd"}}[lang].get(
            hour, "hanner nos" if lang == "cy" else "midnight"
        )
    minutes = f":{minute:02d}" if minute else ""
    half = ("yb", "yp") if lang == "cy" else ("am", "pm")
    return f"{hour % 12 or 12}{minutes}{half[hour >= 12]}"
