"""What somebody who filed a return is told of the next, where an officer gave it another day."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core.actor import Actor
from moothall.functions.returns import queries
from moothall.functions.returns.models import Entry
from moothall.ui.rules import date_words


def tell_of_day(*, entry: Entry, before: dt.date, day: dt.date, at: dt.datetime, by: Actor) -> None:
    """Write to whoever filed last that the next is due on another day, in the language they wrote in."""
    case = cases.case_file(entry.case_id).case
    body, lang = bodies.body(entry.body_id), case.language
    with translation.override(lang):
        title = queries.title(entry.service_id)
        said = {
            "title": title.get(lang) or title["en"], "address": entry.label, "before": date_words(before, lang),
            "day": date_words(day, lang), "where": cases.tracking_address(case.reference),
        }  # fmt: skip
        name = body.name_cy if lang == "cy" and body.name_cy else body.name
        text = "\n\n".join([
            _("%(title)s, %(address)s: the next one is now due by %(day)s. We told you %(before)s before.") % said,
            _("Send it from here, or ask us about it: %(where)s") % said,
            f"{name}, {body.signpost_phone}",
        ])  # fmt: skip
        subject = _("Your next return is now due by %(day)s") % said
    casework.send_message(case_id=entry.case_id, subject=subject, text=text, at=at, by=by)
