"""What the resident is told at each promise: the definition's letters, composed from the case's file."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

from moothall.casework.models import Message
from moothall.casework.queries.decisions import disputable
from moothall.casework.queries.file import CaseFile
from moothall.catalogue import queries as catalogue
from moothall.ui.rules import by_words, day_words, time_words

OF_THE_HOUSE = {
    "reminded": (
        gettext_noop("A reminder: %(title)s on %(day)s"),
        gettext_noop(
            "This is a reminder of what you booked with us. Reference **%(reference)s**.\n\nWhen: %(when)s\n\n"
            "What you need to know, and how to change or cancel it: %(track)s\n\n%(body)s"
        ),
    ),
    "offered": (
        gettext_noop("A day has come free: %(day)s"),
        gettext_noop(
            "You are on the waiting list for: %(title)s. Reference **%(reference)s**.\n\n"
            "A place has come free: %(when)s\n\n"
            "We keep it for you %(until)s. Take it, or let the next in line have it, here: %(track)s\n\n%(body)s"
        ),
    ),
}
"""What is said at a moment by any service whose definition has no letter for it."""


def letter(
    file: CaseFile,
    moment: str,
    *,
    at: dt.datetime,
    by: str,
    reason: str = "",
    due: dt.datetime | None = None,
    when: tuple[dt.datetime, dt.datetime] | None = None,
) -> Message | None:
    """Return the message that the definition names for a moment ("acknowledged", "inspect.done", "closed"), unsaved.

    Where it names none: the house's own of that moment, which says what is booked and `when`, else None. `reason` is
    what the officer or the function wrote.
    """
    guarded = file.guarded() if any(m.at == moment for m in file.definition.messages) else None
    name = guarded and catalogue.message(file.definition, moment, guarded)
    if not name:
        return _of_the_house(file, moment, when, at, by, due) if moment in OF_THE_HOUSE else None
    case = file.case
    words = _words(file) | {"reason": reason, "due": due}
    subject, text = catalogue.write_letter(file.definition, name, case.language, words, guarded)
    return Message(
        case_id=case.pk,
        body_id=case.body_id,
        direction="out",
        letter=name,
        subject=subject[:200],
        text=text,
        at=at,
        by=by,
    )


def _of_the_house(file: CaseFile, moment: str, when, at: dt.datetime, by: str, due: dt.datetime | None) -> Message:
    """Return what the house writes of a booked day where a service has no words of its own."""
    case, lang = file.case, file.case.language
    with override(lang):
        words = {
            "title": file.definition.title.in_(lang),
            "day": day_words(when[0], lang),
            "when": slot_words(*when, lang),
            "reference": case.reference,
            "track": tracking_address(case.reference),
            "body": (file.body.name_cy if case.language == "cy" else "") or file.body.name,
            "until": by_words(due, lang) if due else "",
        }
        subject, text = (gettext(said) % words for said in OF_THE_HOUSE[moment])
    return Message(
        case_id=case.pk, body_id=case.body_id, direction="out", letter=moment, subject=subject[:200], text=text, at=at,
        by=by,
    )  # fmt: skip


def slot_words(starts: dt.datetime, ends: dt.datetime, lang: str, *, with_day: bool = True) -> str:
    """Say when a slot is: "Tuesday 24 November, 7am to 3pm", or only its hours."""
    words = {"day": day_words(starts, lang), "from": time_words(starts, lang), "to": time_words(ends, lang)}
    return (gettext("%(day)s, %(from)s to %(to)s") if with_day else gettext("%(from)s to %(to)s")) % words


def tracking_address(reference: str) -> str:
    """Return the address where a case can be followed."""
    return f"{settings.MOOTHALL_ADDRESS}/cases/{reference}/"


def outcome_title(file: CaseFile, lang: str = "") -> str:
    """Return how the case ended, in the language asked for, else the resident's; empty while it is open."""
    outcome = file.definition.outcomes.get(file.case.outcome)
    return outcome.title.in_(lang or file.case.language) if outcome else ""


def _words(file: CaseFile) -> dict:
    case, review = file.case, file.definition.review
    return {
        "reference": case.reference,
        "body": (file.body.name_cy if case.language == "cy" else "") or file.body.name,
        "track": tracking_address(case.reference),
        "promise": case.promise_due,
        "opened": case.opened_at,
        "place": case.place_label,
        "phone": file.body.signpost_phone,
        "fee": file.fee_in_pounds(),
        "outcome": outcome_title(file),
        "appeal_to": review.then.name.in_(case.language) if review and review.then else "",
        **disputable(file),
    }
