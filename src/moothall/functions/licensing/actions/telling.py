"""What a holder is told of their licence, in their language, by whatever way their case is written to."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core.actor import Actor
from moothall.functions.licensing import queries, rules
from moothall.functions.licensing.models import Evidence, Licence, Measure
from moothall.ui.rules import date_words


def tell(
    *, licence: Licence, letter: str, measure: Measure | None = None, paper: Evidence | None = None, at: dt.datetime,
    by: Actor,
) -> None:  # fmt: skip
    """Write one of NEWS or LETTERS to the holder of a licence."""
    with translation.override(licence.language):
        subject, lines = _news(letter, licence) if letter in NEWS else LETTERS[letter](licence, measure, paper)
        body = bodies.body(licence.body_id)
        name = body.name_cy if licence.language == "cy" and body.name_cy else body.name
        text = "\n\n".join([*map(str, filter(None, lines)), f"{name}, {body.signpost_phone}"])
    casework.send_message(case_id=licence.case_id, subject=subject, text=text, at=at, by=by)


def _day(licence: Licence, day: dt.date) -> str:
    return date_words(day, licence.language)


def _notice(licence: Licence, measure: Measure, paper) -> tuple[str, list[str]]:
    """Return the notice that the law asks for: what, on which ground, why, from when, and how to appeal."""
    law, lang = queries.terms(licence), licence.language
    said = {"number": licence.number, "ground": law.grounds[measure.ground][lang],
            "from": _day(licence, measure.takes_effect), "by": _day(licence, measure.appeal_by),
            "court": law.court[lang], "days": law.appeal_days}  # fmt: skip
    suspended = measure.kind == rules.SUSPENSION
    subject = _("We suspend your licence %(number)s") if suspended else _("We revoke your licence %(number)s")
    at_once = _("This takes effect at once. Stop using the licence now. An appeal does not change that.")
    later = _("This takes effect on %(from)s, unless you appeal before: then not until the court has decided.")
    until = _("It lasts until %(until)s.") % {"until": _day(licence, measure.until)} if measure.until else ""
    mend = _("Put right what is wrong by %(day)s, and have us look at it: otherwise the licence is revoked.")
    return subject % said, [
        _("The ground in law: %(ground)s.") % said,
        _("Our reasons: %(reason)s") % {"reason": measure.reason},
        (at_once if measure.began_on else later) % said,
        until,
        mend % {"day": _day(licence, measure.mend_by)} if measure.mend_by else "",
        _("You may appeal to %(court)s within %(days)s days: by %(by)s. Say there that you appeal, and send us a copy.")
        % said,
    ]


def _appeal(licence, measure, paper):
    said = {"number": licence.number}
    held = _("Our decision does not take effect before the court has decided.")
    works = _("Our decision stays in effect until the court decides.")
    return _("We know of your appeal about licence %(number)s") % said, [works if measure.began_on else held]


def _surrendered(licence, measure, paper):
    said = {"number": licence.number}
    return _("You gave back licence %(number)s") % said, [
        _("It is over from today, and no longer in the public register. Send us the plate or badge if you have one.")
    ]


def _renew(licence, measure, paper):
    said = {"number": licence.number, "ends": _day(licence, licence.ends),
            "where": cases.tracking_address(cases.case_file(licence.case_id).case.reference)}  # fmt: skip
    return _("Your licence %(number)s ends on %(ends)s") % said, [
        _("To go on, ask for the next one now: checks take time, and without a licence you must stop."),
        _("Start here; what you told us last time is filled in: %(where)s") % said,
        _("The next licence begins when this one ends, so you lose no day."),
    ]


def _paper(licence, measure, paper):
    said = {"number": licence.number, "paper": paper.title[licence.language],
            "day": _day(licence, paper.expires)}  # fmt: skip
    return _("A paper for licence %(number)s runs out") % said, [
        _("%(paper)s: what you showed us holds until %(day)s.") % said,
        _("Send or bring us the next one before then. Without it we may have to suspend the licence."),
    ]


NEWS = {
    "lifted": (
        gettext_lazy("Your licence %(number)s: the notice is taken back"),
        gettext_lazy("What we wrote to you against your licence holds no longer."),
    ),
    "appeal-allowed": (
        gettext_lazy("Licence %(number)s: the court allowed your appeal"),
        gettext_lazy("Our decision against your licence is ended."),
    ),
    "appeal-dismissed": (
        gettext_lazy("Licence %(number)s: our decision stands"),
        gettext_lazy("Your appeal was dismissed, or you withdrew it."),
    ),
    "begun": (
        gettext_lazy("Licence %(number)s: our decision has taken effect"),
        gettext_lazy("The time to appeal has passed."),
    ),
    "unmended": (
        gettext_lazy("Licence %(number)s is revoked"),
        gettext_lazy("What was wrong was not put right in the time that the law gives."),
    ),
}
"""Letters that say one thing and then how the licence stands: subject and sentence."""
NEWS["appeal-withdrawn"] = NEWS["appeal-dismissed"]


def _news(letter: str, licence: Licence) -> tuple[str, list[str]]:
    subject, sentence = NEWS[letter]
    return subject % {"number": licence.number}, [sentence, _how_it_stands(licence)]


def _how_it_stands(licence: Licence) -> str:
    stands = {
        rules.IN_FORCE: _("Your licence is in force until %(ends)s."),
        rules.SUSPENDED: _("Your licence is suspended: do not use it until we write that you may."),
        rules.REVOKED: _("Your licence is revoked: do not use it any more, and send us the plate or badge."),
    }
    return stands.get(licence.state, "") % {"ends": _day(licence, licence.ends)}


LETTERS = {
    "notice": _notice,
    "appeal": _appeal,
    "surrendered": _surrendered,
    "renew": _renew,
    "paper": _paper,
}
"""The other letters. Each returns the subject and the paragraphs of a letter, in the language that is switched on."""
