"""How an adviser says in one key what a contact was, and when a call-back may be promised for."""

import datetime as dt
from dataclasses import dataclass

from moothall.core.clock import local
from moothall.core.workdays import Calendar


@dataclass(frozen=True)
class WrapUp:
    """One of the ten commonest ends of a contact, with what it is recorded as."""

    words: str
    kind: str
    outcome: str


WRAP_UPS = {
    "1": WrapUp("How is it going? Told them", "chase", "answered"),
    "2": WrapUp("How is it going? Asked whoever deals with it", "chase", "passed-on"),
    "3": WrapUp("Had a question. Answered", "question", "answered"),
    "4": WrapUp("Had a question. We ring back", "question", "call-back"),
    "5": WrapUp("Wanted something new. Shown where on the web", "request", "referred"),
    "6": WrapUp("Told us more, or changed their details", "more", "passed-on"),
    "7": WrapUp("Booked, moved or cancelled a day", "more", "answered"),
    "8": WrapUp("Needed another body. Told whom", "wrong-place", "referred"),
    "9": WrapUp("Was not content. Answered there and then", "complaint", "answered"),
    "0": WrapUp("Wrong number, silence or a prank", "question", "nothing"),
}
"""By the key that an adviser presses."""

OPENS, CLOSES = 9, 17
"""Between which hours of a working day we ring people back."""

TRIES = 3
"""How often we ring before we give a call-back up."""

REMIND_BEFORE = dt.timedelta(minutes=15)
"""How long before it is due the desk is reminded of a call-back."""


def times(at: dt.datetime, calendar: Calendar) -> dict[str, tuple[str, dt.datetime]]:
    """Return by when a call-back may be promised now: {key: (words, moment)}, the soonest first.

    An hour ahead is offered while the desk is open an hour from now; later today until three; then the next two working
    days.
    """
    here = local(at)
    today = calendar.is_working_day(here.date())
    found = {}
    if today and here.hour >= OPENS and here + dt.timedelta(hours=1) <= _of(here, here.date(), CLOSES):
        found["hour"] = ("Within an hour", at + dt.timedelta(hours=1))
    if today and here < _of(here, here.date(), 15):
        found["today"] = ("Today by 5pm", _of(here, here.date(), CLOSES))
    first, second = (calendar.add_working_days(here.date(), n) for n in (1, 2))
    found["next-noon"] = ("The next working day by noon", _of(here, first, 12))
    found["next"] = ("The next working day by 5pm", _of(here, first, CLOSES))
    found["after"] = ("In two working days, by 5pm", _of(here, second, CLOSES))
    return found


def _of(here: dt.datetime, day: dt.date, hour: int) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), tzinfo=here.tzinfo)
