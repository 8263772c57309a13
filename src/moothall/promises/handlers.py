"""What promises tells of a partnership on its page."""

import datetime as dt
from uuid import UUID

from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.core import personal
from moothall.core.ports import partnership_finding, succession
from moothall.core.succession import Chapter, Figure, moves, stays
from moothall.promises import queries
from moothall.promises.rules import health, saying
from moothall.promises.rules.thresholds import thresholds
from moothall.promises.rules.told import sentence
from moothall.sharing import queries as sharing
from moothall.ui.rules import date_words


@partnership_finding.answer()
def fares(partnership_id: UUID, day: dt.date, lang: str) -> list[tuple[str, str]]:
    """Return the newest fit test, what became of savings, the honest sentence on who does how much, and what warns."""
    found, told = sharing.partnership_of(partnership_id, day), []
    run = queries.last_run(partnership_id)
    if run:
        address = reverse("promises:fit", args=[found.slug])
        told.append((saying.sentence(queries.findings(run), lang), address))
    years = queries.yearly(partnership_id=partnership_id)
    if years:
        told.append((sentence(queries.this_year(years, day), lang), reverse("promises:savings")))
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


personal.declare(
    "promises_saving",
    "owner_id",
    purpose="show which officer owns a saving, and warn them when it slips",
    basis="public task",
    keep="6 years after the saving was last reported on (Limitation Act 1980 s.5)",
    answered_by="the body whose officer it is",
)
personal.declare(
    "promises_planaction",
    "owner_id",
    purpose="show which officer owns an action of a plan, and warn them when it is late",
    basis="public task",
    keep="6 years after the plan's last year (Limitation Act 1980 s.5)",
    answered_by="the body whose officer it is",
)
personal.declare(
    "promises_idea",
    "proposed_by",
    purpose="keep whoever wrote an idea down from deciding on it, and ask them what came of its trial",
    basis="public task",
    keep="6 years after the idea was decided on (Limitation Act 1980 s.5)",
    answered_by="the body whose officer it is",
)
personal.free("promises_idea", "words", "reason", why="an idea for a service; its form asks to name no person")
personal.free("promises_lesson", "words", why="what a plan or a trial taught a public body")
personal.free("promises_savingevent", "words", why="what a public body did and decided; its forms ask for posts only")
personal.free("promises_baseline", "because", why="a public body's or a union's reason, as published")


@succession.answer()
def passes_on() -> Chapter:
    """What was found, said and proved stays with its day; a saving that is not given up goes on with the successor."""
    said = stays("what was found then, of the members of then")
    of_then = stays("what was said of a saving, and proved, in the books of then")
    found = ("casetime", "fitrun", "measurement", "warning")
    proved = ("savingfigure", "savingevent", "baseline", "verification", "savingline")
    planned = ("plan", "planaction", "voice", "lesson", "idea", "fund")
    goes_on = stays("a plan of then, which the successor reads and goes on with; it writes its own next")
    return Chapter(
        fates={
            **dict.fromkeys((f"promises_{name}" for name in found), said),
            **dict.fromkeys((f"promises_{name}" for name in proved), of_then),
            **dict.fromkeys((f"promises_{name}" for name in planned), goes_on),
            "promises_saving": moves("a saving goes on with the successor", "t.state <> 'given-up'"),
        },
        figures=(
            Figure(
                "Savings verified",
                "select 'verified', coalesce(sum(pence), 0) from promises_verification where withdrawn_at is null "
                "and body_id = any(%(bodies)s)",
                unit="pence",
            ),
        ),
    )
