"""What the resident still has to do to move a request on: choose a day, pay; and the day they have."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.booking import queries as places
from moothall.casework import queries
from moothall.casework.rules.money_back import change_by
from moothall.casework.rules.states import ACTIVE
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.money import pounds
from moothall.ledger import queries as money
from moothall.ui.rules import by_words

PAY = "payments.take"


def to_do(page, lang: str, at: dt.datetime) -> dict | None:
    """Return what the resident has to do now to move their request on ({"title", "text", "url", "button"}), or None."""
    step, asked = queries.active_step(page, queries.CHOOSE), queries.day_to_choose(page, at)
    reference = page.case.reference
    if asked and asked.offer:
        told = {"when": queries.slot_words(asked.offer.starts, asked.offer.ends, lang)}
        told["until"] = by_words(asked.offer.until, lang, at)
        return {
            "title": _("A day has come free for you"),
            "text": _("%(when)s. We keep it for you: take it %(until)s, or let the next in line have it.") % told,
            "url": reverse("casework:day", args=[reference]),
            "button": _("Choose a day"),
        }
    if step and asked and asked.waits:
        return {
            "title": _("You are on the waiting list"),
            "text": _("We write to you as soon as a day comes free."),
            "url": reverse("casework:day", args=[reference]),
            "button": _("See which days are left"),
        }
    if step and places.of_case(page.case.pk) is None:
        return {
            "title": _("Choose a day"),
            "text": _("We start once you have chosen a day."),
            "url": reverse("casework:day", args=[reference]),
            "button": _("Choose a day"),
        }
    owed = next((c for c in money.charges_for(page.case.pk) if c.state == "due"), None)
    if owed:
        return {
            "title": _("Pay %(amount)s") % {"amount": pounds(owed.pence)},
            "text": _("We start when you have paid."),
            "url": reverse("ledger:pay", args=[owed.id]),
            "button": _("Pay now"),
        }
    return None


def chosen_day(page, lang: str, at: dt.datetime) -> dict | None:
    """Return the day a case holds or has booked, or None.

    {"words", "held", "url" (its calendar file), "change": whether it can be changed now, "change_by": until when
    whoever booked it may do so}.
    """
    mine = places.of_case(page.case.pk)
    if mine is None:
        return None
    starts, ends = places.times(mine.id)
    return {
        "words": queries.slot_words(starts, ends, lang),
        "held": mine.state == "held" and still_to_pay(page),
        "url": reverse("casework:day_file", args=[page.case.reference]),
        "change": queries.day_to_choose(page, at) is not None,
        "change_by": change_by(local(starts).date(), page.file.calendar),
    }


def day_given_up(page, at: dt.datetime) -> str:
    """Return where to get the file that takes a day to come out of a calendar, once it was booked and given up."""
    mine = places.last_of_case(page.case.pk)
    gone = mine is not None and mine.state == "released" and places.times(mine.id)[0] > at
    return reverse("casework:day_file", args=[page.case.reference]) if gone else ""


def still_to_pay(page) -> bool:
    """Return whether a payment is asked for now or will be: none is where it costs nothing for these answers."""
    if not catalogue.fee(page.file.definition, page.file.answers, page.file.parameters):
        return False
    pays = [name for name, defined in page.file.definition.steps.items() if defined.performs == PAY]
    return any(name not in page.file.steps or page.file.steps[name].state in ACTIVE for name in pays)
