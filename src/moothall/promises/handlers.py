"""What promises tells of a partnership on its page."""

import datetime as dt
from uuid import UUID

from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import personal
from moothall.core.ports import partnership_finding, succession
from moothall.core.succession import Chapter, stays
from moothall.promises import queries
from moothall.promises.rules import health, saying
from moothall.promises.rules.thresholds import thresholds
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words


@partnership_finding.answer()
def fares(partnership_id: UUID, day: dt.date, lang: str) -> list[tuple[str, str]]:
    """Return the newest fit test, the honest sentence on who does how much for whom, and what warns."""
    found, told = sharing.partnership_of(partnership_id, day), []
    run = queries.last_run(partnership_id)
    if run:
        address = reverse("promises:fit", args=[found.slug])
        told.append((saying.sentence(queries.findings(run), lang), address))
    if found.state != "running":
        return told
    how, address = queries.health(found, day), reverse("promises:health", args=[found.slug])
    names = bodies.names(lang)
    limit = thresholds(day)["reciprocity"].value
    told.append((health.sentence(how, names, limit, date_words, lang), address))
    mark = {"en": "Warning:", "cy": "Rhybudd:"}[lang]
    return told + [(f"{mark} {health.alarm_words(one, names, date_words, lang)}", address) for one in how.alarms]


personal.free("promises_casetime", "source", why="how a public body measured its own work")
personal.free("promises_measurement", "aim", "source", why="a public body's figure of an aim, and where it stands")


@succession.answer()
def passes_on() -> Chapter:
    """What was found, measured and warned of stays with the day it was said on."""
    said = stays("what was found then, of the members of then")
    return Chapter(
        fates=dict.fromkeys(("promises_casetime", "promises_fitrun", "promises_measurement", "promises_warning"), said)
    )
