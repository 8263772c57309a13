"""A body on its way in: the fire service, invited by the county, half set up by its own people."""

import datetime as dt

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.onboarding import actions as onboarding
from moothall.simulation.queries import post
from moothall.simulation.rules.organisations import COUNTY, FIRE
from moothall.simulation.rules.papers import own_papers

FIRST = {"first_name": "Carys Whitlock", "first_email": "carys.whitlock@marchshire-fire.example"}
PEOPLE = (
    ("Huw Ferris", "huw.ferris@marchshire-fire.example", ("manager", "operator"), "governance"),
    ("Beth Lindow", "beth.lindow@marchshire-fire.example", ("officer", "information-governance"), "governance"),
)
HEADS = "number,service,opened,promised,name,email,answer_wanted,answer_form"
CASES = (
    "FS-1204,information-request,{first},{due},Idris Vane,idris.vane@people.example,How many alarms were fitted?,email",
    "FS-1207,information-request,{second},,Mabel Orr,mabel.orr@people.example,How fast were engines at Elmstead?,paper",
    "FS-1209,information-request,{second},,Rhys Calder,,,email",
)
"""The third has neither a question nor an address to answer to."""


def begin_joining(*, at: dt.datetime, by: Actor) -> int:
    """Let the county invite the fire service, and its first people do half of what is to be done; return its id.

    What is left: the books, a finance officer, a file with a wrong line to take in, and the test cases.
    """
    operator = post(COUNTY, "operator", at)
    with scoped(Scope(bodies=(COUNTY,), purpose="inviting", actor=operator)):
        onboarding.invite(host_id=COUNTY, known_id=FIRE, **FIRST, at=at, by=operator)
    first = post(FIRE, "manager", at)
    told = {"body_id": FIRE, "at": at + dt.timedelta(days=1), "by": first}
    with scoped(Scope(bodies=(FIRE,), purpose="joining", actor=first)):
        onboarding.take_pack(code="fire", papers=own_papers(bodies.body(FIRE), at.date()), **told)
        onboarding.bring_staff(people=_colleagues(at.date()), **told)
        days = {"first": at.date() - dt.timedelta(days=12), "second": at.date() - dt.timedelta(days=4)}
        content = "\n".join([HEADS, *(line.format(**days, due=at.date() + dt.timedelta(days=16)) for line in CASES)])
        onboarding.bring_file(kind="cases", system="Station files", title="open-requests.csv", content=content, **told)
    return FIRE


def _colleagues(starts: dt.date) -> list:
    return [
        onboarding.Colleague(name, email, tuple(sorted(roles)), team, starts) for name, email, roles, team in PEOPLE
    ]
