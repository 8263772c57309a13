"""What scrutiny hears, and what it tells those below it."""

from django.urls import reverse
from django.utils.translation import get_language

from moothall.bodies import queries as bodies
from moothall.casework.events import CaseClosed, PromiseMissed
from moothall.core import personal
from moothall.core.clock import local, now
from moothall.core.events import on
from moothall.core.ports import promises_kept, promises_over_time, service_figure, succession
from moothall.core.succession import Chapter, Figure, stays
from moothall.scrutiny import actions, queries
from moothall.scrutiny.rules.figures import latest, period, short


@on(CaseClosed, PromiseMissed)
def count(event, *, at, by):
    """Count the promise when it is kept or missed."""
    actions.count_fact(name=event.name(), payload=event.payload(), at=at, by=by)


@service_figure.answer()
def figure(service_id: str, body_id: int | None):
    """Return how often a body keeps a service's promise, as (sentence, address of all the figures), or None."""
    if body_id is None:
        return None
    rows, quarterly = queries.series(service_id=service_id, body_id=body_id, on=local(now()).date())
    if latest(rows) is None:
        return None
    lang = "cy" if (get_language() or "").startswith("cy") else "en"
    told = short(rows, period(latest(rows).start, quarterly, lang), lang)
    return (told, reverse("scrutiny:service", args=[bodies.body(body_id).slug, service_id])) if told else None


@promises_kept.answer()
def kept(asks: list) -> dict:
    """Return {ask: (kept, of how many)} for whole months that begin in its time; what may not be published is left out.

    The promises of a body are also those of the bodies whose place it took.
    """
    return queries.kept(asks)


@promises_over_time.answer()
def over_time(body_id: int, service_id: str, day) -> list:
    """Return the charts of a service's year up to a day, as its own page shows them."""
    return queries.pictures(service_id, body_id, day)


personal.free("scrutiny_arrangement", "name", why="the name of an arrangement between public bodies")


@succession.answer()
def passes_on() -> Chapter:
    """What was published stays as it was published, under the name of the body it was about."""
    return Chapter(
        fates={
            "scrutiny_arrangement": stays("the register says what was shared, under the names of then"),
            "scrutiny_decision": stays("promises counted once are not counted again"),
            "scrutiny_contactfigure": stays(
                "contacts counted of a body stay that body's, and its successor's page adds them"
            ),
            "scrutiny_figure": stays("figures published of a body stay that body's"),
        },
        figures=(
            Figure(
                "Promises counted",
                "select 'kept', coalesce(sum(kept), 0) from scrutiny_figure where body_id = any(%(bodies)s) union all "
                "select 'missed', coalesce(sum(missed), 0) from scrutiny_figure where body_id = any(%(bodies)s)",
            ),
        ),
    )
