"""Who the personas are in the county as it stands, and what its residents tell."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from moothall.bodies import queries as bodies
from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.simulation.rules.organisations import URGENT_TEAMS
from moothall.simulation.rules.personas import PERSONAS, RESIDENT, TOUR, Persona
from moothall.simulation.rules.year import SERVICES


def post(body_id: int, role: str, at: dt.datetime) -> Actor:
    """Return who holds a post in a body on a day, as whoever does something."""
    with scoped(Scope(bodies=(body_id,), purpose="finding a post")):
        holders = bodies.staff(body_id, at.date(), role).exclude(team__code__in=URGENT_TEAMS)
        return Actor("staff", str(holders.first().account_id), body_id)


def account(persona: Persona, on: dt.date) -> Account | None:
    """Return the account a persona signs in with, or None before the county is laid out."""
    if persona.body_id is None:
        return Account.objects.filter(email=RESIDENT.email).first()
    with scoped(Scope(bodies=(persona.body_id,), purpose="be a persona")):
        post = bodies.staff(persona.body_id, on, persona.role).filter(team__code=persona.team).first()
    return post and Account.objects.filter(pk=post.account_id).first()


def personas(on: dt.date) -> list[tuple[Persona, Account]]:
    """Return the personas that exist, with their accounts."""
    found = [(persona, account(persona, on)) for persona in PERSONAS]
    return [(persona, one) for persona, one in found if one]


def tour_stop(number: int | None) -> dict | None:
    """Return what to see at a stop of the tour and the address of the next ("" after the last); None off the tour."""
    if not number or number > len(TOUR):
        return None
    stop, following = TOUR[number - 1], number + 1
    next_url = reverse("simulation:stop", args=[following]) if following <= len(TOUR) else ""
    return {"number": number, "last": len(TOUR), "title": stop.title, "see": stop.see, "next_url": next_url}


def stories_of_one_body(service_id: str) -> list[dict]:
    """Return the answers of a service's worked examples in which no other body has a part.

    The year is played in halves whose days do not meet, so what two bodies do together is told apart from it.
    """
    parts = {name for name, step in catalogue.current(service_id).definition.steps.items() if step.work}
    return [answers for answers, done in _stories(service_id) if not done & parts]


def decided_services() -> list[str]:
    """Return the services of the played year in which somebody decides, in its order."""
    return [
        service_id
        for service_id in SERVICES
        if any(one.performs == "casework.decide" for one in catalogue.current(service_id).definition.steps.values())
    ]


def stories_with(service_id: str, step: str) -> list[dict]:
    """Return the answers of a service's worked examples in which a step is done."""
    return [answers for answers, done in _stories(service_id) if step in done]


def _stories(service_id: str) -> list[tuple[dict, set[str]]]:
    """Return the worked examples that are taken in: what is answered, and which steps are done."""
    told = catalogue.worked_examples(Path(settings.SERVICES) / service_id)
    return [
        (one.answers, {name for name, state in one.then.get("steps", {}).items() if state != "skipped"})
        for one in told
        if "problems" not in one.then and one.answers
    ]
