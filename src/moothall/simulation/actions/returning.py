"""Food businesses, ratepayers and landlords whom the districts knew before, brought by a file; a baker at home."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import local
from moothall.core.models import Account
from moothall.core.scope import Scope, scoped
from moothall.functions.returns import actions as returns
from moothall.functions.returns import queries as owed
from moothall.people import queries as people
from moothall.simulation.rules.organisations import DISTRICT_IDS
from moothall.simulation.rules.personas import RESIDENT

KINDS = ("food-business-registration", "business-rates-return", "landlord-licence-return")
EACH, AMONG = 8, 900
"""How many addresses owe each of these, spread over so many of the first homes."""
FIRST, BETWEEN = -20, 17
"""Days from the file until the first of them is due, and from one to the next: some are late by now."""
BAKERY = "Pritchard Home Baking"
AHEAD = dt.timedelta(days=15)


def keep_returns(*, at: dt.datetime, by: Actor) -> int:
    """Let each district bring who owed it returns before, correct a day and end one; return how many were brought."""
    brought = 0
    for body_id in DISTRICT_IDS.values():
        with scoped(Scope(bodies=(body_id,), purpose="simulation", actor=by)):
            officer = bodies.staff(body_id, local(at).date(), "officer").first()
            told = {"by": Actor("staff", str(officer.account_id), body_id) if officer else by}
            for n, kind in enumerate(KINDS):
                came = returns.bring(body_id=body_id, service_id=kind, text=_file(body_id, n, at), at=at, **told)
                brought += len(came.good)
            _put_right(body_id, at, **told)
    return brought


def _file(body_id: int, n: int, at: dt.datetime) -> str:
    known = bodies.homes_in(body_id, AMONG)
    homes = known[n :: max(2, len(known) // EACH)][:EACH]
    days = [local(at).date() + dt.timedelta(days=FIRST + BETWEEN * row + n) for row in range(len(homes))]
    return "uprn,due\n" + "".join(f"{uprn},{day.isoformat()}\n" for uprn, day in zip(homes, days, strict=True))


def _put_right(body_id: int, at: dt.datetime, *, by: Actor) -> None:
    """Give one of them more time, and end one that is gone."""
    today = local(at).date()
    found = owed.entries(body_ids=(body_id,), show="unknown", kind=KINDS[0], today=today).rows
    if len(found) < 3:
        return
    later, when = found[2], at + dt.timedelta(days=6)
    day = later[1].due_on + dt.timedelta(days=30)
    returns.correct(entry_id=later[0].pk, due_on=day, why="They open again in spring", at=when, by=by)
    returns.end(entry_id=found[-1][0].pk, why="A visit found nobody there", at=when, by=by)


def bake_at_home(*, today: dt.date, at: dt.datetime, by: Actor) -> None:
    """Let the resident of the stories register a bakery at her home, so that soon after `today` she is asked again."""
    account = Account.objects.get(email=RESIDENT.email)
    resident = Actor("resident", str(account.pk))
    with scoped(Scope(account=account.pk, purpose="front door", actor=resident)):
        person = people.person_for_account(account.pk)
    place = bodies.place_of_dwelling(RESIDENT.home)
    opens = today + AHEAD - dt.timedelta(days=365)
    answers = {
        "what": "new", "where": place, "business": BAKERY, "operator": {"name": RESIDENT.name}, "kind": ["home"],
        "supplies": False, "opens": opens.isoformat(),
    }  # fmt: skip
    with scoped(Scope(account=account.pk, person=person, purpose="front door", actor=resident)):
        casework.open_case(
            service_id=KINDS[0], answers=answers, place=place, person_id=person,
            contact={"name": RESIDENT.name, "email": RESIDENT.email, "postcode": place["postcode"]}, channel="web",
            at=at, by=resident,
        )  # fmt: skip
    queue.run_pending(at=at)
