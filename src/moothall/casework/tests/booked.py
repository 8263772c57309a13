"""A request with a booked day, for the tests of what becomes of that day."""

import datetime as dt

from tests.world import MARCHSHIRE, MILL_LANE_14

from moothall.bodies import queries as bodies
from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import actions
from moothall.casework.models import Case, Step
from moothall.casework.rules.money_back import change_by
from moothall.casework.tests.conftest import CONTACT, NOBODY, RESIDENT, a_place, scope
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import scoped
from moothall.core.workdays import england

OFFICER = Actor("staff", "301", MARCHSHIRE)
COUNTY = scope(MARCHSHIRE, by=OFFICER)


class Booked:
    """A request with a booked day, and what the tests do with it."""

    def __init__(self, service, answers, place, kind, contact=CONTACT):
        self.kind = kind
        with scoped(NOBODY):
            opened = actions.open_case(
                service_id=service, answers=answers, place=place, contact=contact, channel="web", at=now(), by=RESIDENT
            )
        self.case_id, self.reference = opened.case_id, opened.reference
        queue.run_pending(at=now())
        self.slots = places.free(MARCHSHIRE, kind, at=now(), ahead=14)
        with self.seen():
            booking.hold(slot_id=self.slots[-9].id, case_id=self.case_id, at=now(), by=RESIDENT)
        queue.run_pending(at=now())

    def seen(self):
        return scoped(NOBODY.narrowed(case=self.case_id))

    def move(self, slot, at=None, by=RESIDENT, **more):
        with self.seen():
            actions.move_day(case_id=self.case_id, slot_id=slot.id, at=at or now(), by=by, **more)
        queue.run_pending(at=at or now())

    def step(self, name):
        with scoped(COUNTY):
            return Step.objects.get(case_id=self.case_id, name=name)

    def case(self):
        with scoped(COUNTY):
            return Case.objects.get(pk=self.case_id)

    def place(self):
        with self.seen():
            return places.of_case(self.case_id)

    def too_late(self):
        with self.seen():
            day = places.when(self.place().id)["day"]
        return change_by(day, england()) + dt.timedelta(seconds=1)

    def walk(self, client):
        session = client.session
        session["cases"] = {self.reference: str(self.case_id)}
        session.save()
        return f"/cases/{self.reference}/"


def a_birth(**more):
    place = a_place()
    answers = {"what": "birth", "where": place, "parents": True, "copies": 0, "day": now().date().isoformat()}
    return Booked("registrar-appointment", answers, place, "registrar", **more)


def a_tip_visit(**more):
    home = bodies.place_of_dwelling(MILL_LANE_14)
    answers = {"where": home, "home": True, "by": "foot", "what": ["recycling"]}
    return Booked("tip-visit", answers, home, "tip-visit", **more)
