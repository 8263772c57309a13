"""The letters that residents get once it is confirmed that their council has become another."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.casework import queries as casework
from moothall.catalogue import queries as catalogue
from moothall.reorganisation.models import Told
from moothall.reorganisation.queries.plans import PlanFact
from moothall.reorganisation.rules.letters import LANGUAGES, About, letter
from moothall.ui.rules import date_words

MOST = 2000


def letter_of(found: PlanFact, successor_id: int, cases: list, language: str = "") -> tuple[str, str]:
    """Return (subject, text) of the one letter about a resident's open cases, in their language or another."""
    lang = "cy" if (language or cases[0].language).startswith("cy") else "en"
    names = bodies.names(lang)
    about = About(
        old=names[_whose(found, successor_id, cases[0].reference)], new=names[successor_id],
        day=date_words(found.row.vesting, lang),
        page=settings.MOOTHALL_ADDRESS + reverse("reorganisation:council", args=[found.row.slug]),
        requests=tuple(
            (one.reference, catalogue.titles([one.service_id])[one.service_id].in_(lang),
             casework.tracking_address(one.reference)) for one in cases
        ),
    )  # fmt: skip
    return letter(about, lang)


def _whose(found: PlanFact, successor_id: int, reference: str) -> int:
    """Return the predecessor that gave a reference; the first of them where it is older than these."""
    before = found.before(successor_id)
    return next((one.id for one in before if reference.startswith(f"{one.code}-")), before[0].id)


def taken_over(found: PlanFact, successor_id: int) -> Iterable:
    """Return the open cases that a successor answers for and that were asked of a predecessor, by id."""
    after = None
    while rows := casework.open_cases(successor_id, after=after, limit=MOST):
        after = rows[-1].pk
        for one in rows:
            if one.body_id == successor_id and one.opened_at < found.row.carried_out_at:
                yield one


def previews(found: PlanFact, body_id: int, limit: int = 20) -> list[dict]:
    """Return, for one open case of each service of a body of the plan, the letter in both languages."""
    heirs = found.heirs_of(body_id) or [bodies.body(body_id)]
    cases = {}
    for one in casework.open_cases(body_id, limit=MOST):
        if one.body_id == body_id:
            cases.setdefault(one.service_id, one)
    return [
        {"case": one, "texts": {lang: letter_of(found, heirs[0].id, [one], lang) for lang in LANGUAGES}}
        for one in list(cases.values())[:limit]
    ]


def told(found: PlanFact) -> int:
    """Return to how many residents it was written; of the scope's body."""
    return Told.objects.filter(reorganisation_id=found.row.pk).values("message_id").distinct().count()
