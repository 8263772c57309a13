"""Letters that come in, for the tests of whoever deals with them."""

import datetime as dt
from email.message import EmailMessage
from uuid import uuid4

from tests.world import MARCHSHIRE, MILL_LANE_14

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.core.actor import Actor
from moothall.core.models import Outgoing
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.inbox import actions, queries

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)  # a Friday


def at_desk(body_id=MARCHSHIRE):
    return scoped(Scope(bodies=(body_id,), purpose="staff", actor=Actor("staff", "77", body_id)))


def letter(text="There is a deep hole in the road outside 14 Mill Lane, Ashby.\n\nAnn Reed\n01632 960 001", **headers):
    """Return a letter's bytes."""
    made = EmailMessage()
    given = {"From": "Ann Reed <ann@example.org>", "To": "marchshire@in.example", "Subject": "Pothole in Mill Lane"}
    for name, value in (given | {"Message_ID": f"<{uuid4()}@example.org>"} | headers).items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def taken(made, body_id=MARCHSHIRE, channel="email", kind=actions.MAIL, name="letter.eml", at=AT):
    """Take something in, let the job read it, and return it."""
    raw = made if isinstance(made, bytes) else made.as_bytes()
    with at_desk(body_id):
        pk, _ = actions.take_in(
            body_id=body_id, channel=channel, raw=raw, name=name, kind=kind, at=at, by=Actor.system("test", body_id)
        )
        run_pending(at=at, bodies=(body_id,))
        return queries.arrival(pk)


def a_case(**contact):
    """Open a pothole case of Marchshire's and return it."""
    place = bodies.place_of_dwelling(MILL_LANE_14)
    with scoped(Scope(purpose="front door", actor=Actor("contact"))):
        return casework.open_case(
            service_id="report-pothole", channel="web", contact=contact or {"email": "ann@example.org"},
            answers={"where": place, "surface": "road", "width": "dinner-plate", "depth": "fist"},
            at=AT - dt.timedelta(days=3), by=Actor("contact"),
        )  # fmt: skip


def sent_to(address):
    return list(Outgoing.objects.filter(words__recipient=address).order_by("id"))
