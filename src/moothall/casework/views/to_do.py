"""What the resident still has to do to move a request on: choose a day, pay."""

from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.booking import queries as places
from moothall.casework.rules.states import ACTIVE, LIVE
from moothall.catalogue import queries as catalogue
from moothall.core.money import pounds
from moothall.ledger import queries as money
from moothall.ui.rules import day_words, time_words

CHOOSE, PAY = "booking.choose", "payments.take"


def to_do(page, lang: str) -> dict | None:
    """Return what the resident has to do now to move their request on ({"title", "text", "url", "button"}), or None."""
    step = active(page, CHOOSE)
    reference = page.case.reference
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


def chosen_day(page, lang: str) -> dict | None:
    """Return the day a case holds or has booked ({"words", "held", "url"}), or None."""
    mine = places.of_case(page.case.pk)
    if mine is None:
        return None
    starts, ends = places.times(mine.id)
    words = {"day": day_words(starts, lang), "from": time_words(starts, lang), "to": time_words(ends, lang)}
    return {
        "words": _("%(day)s, %(from)s to %(to)s") % words,
        "held": mine.state == "held" and still_to_pay(page),
        "url": reverse("casework:day_file", args=[page.case.reference]),
    }


def active(page, performs: str):
    """Return the step of a live case that is performed by this and has not ended, or None."""
    if page.case.state not in LIVE:
        return None
    steps = page.file.steps.values()
    return next((s for s in steps if s.performs == performs and s.state in ACTIVE), None)


def still_to_pay(page) -> bool:
    """Return whether a payment is asked for now or will be: none is where it costs nothing for these answers."""
    if not catalogue.fee(page.file.definition, page.file.answers, page.file.parameters):
        return False
    pays = [name for name, defined in page.file.definition.steps.items() if defined.performs == PAY]
    return any(name not in page.file.steps or page.file.steps[name].state in ACTIVE for name in pays)
