"""Play the worked examples of a body's services against its own settings; nothing of it stays but what came of it."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.catalogue import queries as catalogue
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import LONDON, local
from moothall.core.refusal import Refusal
from moothall.core.scope import current_scope, rescope
from moothall.onboarding import queries
from moothall.onboarding.models import Trial
from moothall.onboarding.rules import playing
from moothall.sharing import queries as sharing

CONTACT = {"name": "Ann Example", "email": "ann@example.org", "address": "14 Mill Lane"}


class NothingToTry(Refusal):
    """There is no service to try out yet. Take the starter pack first."""


def try_services(*, body_id: int, at: dt.datetime, by: Actor) -> dict[str, bool]:
    """Play the worked examples of every service that a body offers; return {service: whether all went well}.

    Each is asked with its own answers in the body's own area and settings, through the same action as a resident's
    request, up to whose work it becomes; then all of it is undone. Nobody is written to. Refuses NothingToTry.
    """
    queries.joining(body_id)
    adopted = sharing.adoptions(local(at).date(), body_id=body_id)
    if not adopted:
        raise NothingToTry
    came = {}
    for adoption in adopted:
        found = [_played(adoption, story, at) for story in _stories(adoption.service_id)]
        passed = bool(found) and not any(one["problems"] for one in found)
        Trial.objects.create(
            body_id=body_id, service_id=adoption.service_id, digest=queries.settings_digest(adoption), passed=passed,
            found=found, at=at, by=str(by),
        )  # fmt: skip
        came[adoption.service_id] = passed
    audit.record(action="joining.tried", object=f"body:{body_id}", body_id=body_id, at=at, by=by, data=came)
    return came


def _stories(service_id: str) -> list:
    return catalogue.worked_examples(settings.SERVICES / service_id)


def _played(adoption, story, at: dt.datetime) -> dict:
    """Return what came of one story: the promise, who gets which step, and what went wrong."""
    opened = playing.same_weekday(story.opened.replace(tzinfo=LONDON), at)
    place = _place(adoption.body_id)
    definition = catalogue.definition(adoption.version_id)
    answers = playing.moved(definition, story.answers, place, opened.date() - story.opened.date())
    before, came = current_scope(), {"example": story.name, "promise": "", "steps": [], "problems": []}
    with transaction.atomic():
        try:
            with transaction.atomic():
                came |= _asked(adoption, answers, place, story.channel, opened)
        except casework.AnswersWrong as refusal:
            came["problems"] = playing.unexpected(refusal.details["problems"], story.then.get("problems", {}))
        except Refusal as refusal:
            came["problems"] = [refusal.message]
        transaction.set_rollback(True)
    rescope(before)
    if "problems" in story.then and came["promise"]:
        came["problems"] = ["It was taken, though its answers will not do."]
    return came


def _asked(adoption, answers: dict, place: dict, channel: str, opened: dt.datetime) -> dict:
    by = Actor("contact")
    case = casework.open_case(
        service_id=adoption.service_id, answers=answers, place=place, contact=CONTACT, body_id=adoption.body_id,
        channel=channel, at=opened, by=by,
    )  # fmt: skip
    begun = [step for step in cases.case_file(case.case_id).steps.values() if step.state == "ready"]
    definition = catalogue.definition(adoption.version_id)
    steps, lacking = [], []
    for step in begun:
        code = definition.steps[step.name].using.get("team")
        there = {team.code: team.name for team in bodies.teams(step.body_id)}
        steps.append([definition.steps[step.name].title.en, there.get(code, "")])
        lacking += [f"There is no team “{code}” to do it."] if code and code not in there else []
    promise = f"{local(case.promise_due):%d %B %Y}" if case.promise_due else ""
    return {"promise": promise, "steps": steps, "problems": lacking}


def _place(body_id: int) -> dict:
    """Return a home of the body's, else a spot in its area, else a spot of nobody's."""
    home = next(iter(bodies.homes_in(body_id, 1)), None)
    if home:
        return bodies.place_of_dwelling(home)
    return bodies.place(*(bodies.spot_in(body_id) or playing.NOWHERE))
