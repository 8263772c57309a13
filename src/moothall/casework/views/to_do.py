"""What the resident still has to do to move a request on: choose a day, pay; and the day they have."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from moothall.booking import queries as places
from moothall.casework import queries
from moothall.casework.rules.money_back import change_by
from moothall.casework.rules.states import ACTIVE, LIVE
from moothall.catalogue import queries as catalogue
from moothall.core.clock import local
from moothall.core.money import pounds
from moothall.ledger import queries as money
from moothall.ui.rules import by_words

CHOOSE, CONFIRM, PAY = "booking.choose", "booking.confirm", "payments.take"


@dataclass(frozen=True)
class Choice:
    """A day that can be chosen: by which step, from whose diary, and what one has now (None: nothing yet)."""

    body_id: int
    kind: str
    ahead: int | None
    mine: object | None
    offer: object | None = None
    waits: bool = False
    keeps_list: bool = False

    @property
    def again(self) -> bool:
        return self.mine is not None


def choice(page, at: dt.datetime) -> Choice | None:
    """Return the day to choose: for the first time, another one in place of what one has, or after a hold ran out."""
    steps = page.file.steps.values()
    step = active(page, CHOOSE)
    if step is None and page.case.state in LIVE:
        step = next((s for s in reversed(steps) if s.performs == CHOOSE and s.state == "done"), None)
    if step is None:
        return None
    told = page.file.definition.steps[step.name].using
    kind = told.get("slots") or page.case.service_id
    mine = places.of_case(page.case.pk, kind)
    if step.state == "done":
        lost = mine is None and active(page, CONFIRM)
        if not lost and (mine is None or places.times(mine.id)[0] <= at):
            return None
    about = places.diary(step.body_id, kind)
    waiting = {
        "offer": places.offer_to(page.case.pk, kind, at=at),
        "waits": places.wish(page.case.pk, kind) is not None,
        "keeps_list": about is not None and about.offer_hours > 0,
    }
    return Choice(step.body_id, kind, told.get("ahead"), mine, **waiting)


def to_do(page, lang: str, at: dt.datetime) -> dict | None:
    """Return what the resident has to do now to move their request on ({"title", "text", "url", "button"}), or None."""
    step, asked = active(page, CHOOSE), choice(page, at)
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
        "change": choice(page, at) is not None,
        "change_by": change_by(local(starts).date(), page.file.calendar),
    }


def day_given_up(page, at: dt.datetime) -> str:
    """Return where to get the file that takes a day to come out of a calendar, once it was booked and given up."""
    mine = places.last_of_case(page.case.pk)
    gone = mine is not None and mine.state == "released" and places.times(mine.id)[0] > at
    return reverse("casework:day_file", args=[page.case.reference]) if gone else ""


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
