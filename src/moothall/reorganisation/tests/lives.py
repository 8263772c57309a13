"""A small lived-in county for the tests: open and ended requests with places, days, charges and people."""

import datetime as dt
from dataclasses import dataclass

from tests.world import ASHBY, BORLEY, COVEHAM, DUNMERE, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.booking import actions as booking
from moothall.booking import queries as places
from moothall.casework import actions as casework
from moothall.catalogue import queries as catalogue
from moothall.core import kept, operations, queue
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.ledger import actions as ledger
from moothall.ledger import queries as money
from moothall.reorganisation import actions, queries
from moothall.reorganisation.rules.planning import NewBody, Part
from moothall.sharing import actions as sharing

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)  # a Friday
DAY = dt.date(2026, 11, 23)
ON_THE_DAY = dt.datetime(2026, 11, 23, 0, 30, tzinfo=dt.UTC)
RESIDENT = Actor("contact")
DOOR = Scope(purpose="front door", actor=RESIDENT)
CONTACT = {"name": "Ann Example", "email": "ann@example.org", "postcode": "ZM1 2AB"}
COMPLAINT = {"about": "delay", "had_answer": False, "happened": "Nobody came.", "put_right": "Come.",
             "for_other": False, "reference": "", "needs_from_us": "", "evidence": []}  # fmt: skip
POTHOLE = {"surface": "road", "width": "dinner-plate", "depth": "fist"}
WESTMARCH = NewBody(
    code="WES", slug="westmarch", name="Westmarch Council", kind="unitary", colour="#3b2e5a", accent="#e0a458",
    name_cy="Cyngor Westmarch", address="https://westmarch.example/",
)  # fmt: skip
EASTMARCH = NewBody(
    code="EMA", slug="eastmarch", name="Eastmarch Council", kind="unitary", colour="#1d4e4a", accent="#d9b44a",
    address="https://eastmarch.example/",
)  # fmt: skip


def staff(body_id: int, number: str = "301") -> Scope:
    """Return the scope of somebody who works for a body, with those it took the place of."""
    return Scope(bodies=bodies.lineage(body_id), purpose="staff", actor=Actor("staff", number, body_id))


def a_home(district_id: int, which: int = 0):
    """Return a dwelling of a district."""
    return bodies.dwelling(bodies.homes_in(district_id, which + 1)[which])


def asked(service_id: str, body_id: int | None, answers: dict, place: dict | None, at=AT, **contact):
    """Ask for something as a resident does; return what was opened."""
    with scoped(DOOR):
        opened = casework.open_case(
            service_id=service_id, answers=answers, body_id=body_id, contact=CONTACT | contact, place=place,
            channel="web", at=at, by=RESIDENT,
        )  # fmt: skip
    queue.run_pending(at=at)
    return opened


def complained(body_id: int, at=AT, **contact):
    """Complain to a body."""
    return asked("complaint", body_id, COMPLAINT, None, at, **contact)


def collection(body_id: int, which: int = 0, pay: bool = False):
    """Ask for a collection at a home of a district, choose a day, and pay if wanted."""
    home = bodies.place_of_dwelling(a_home(body_id, which).uprn)
    answers = {"where": home, "home": True, "items": ["sofa", "bed"], "count": 3, "low_income": False,
               "put_out": "front", "agreed": True}  # fmt: skip
    opened = asked("bulky-waste", None, answers, home)
    with scoped(DOOR.narrowed(case=opened.case_id)):
        free = places.free(body_id, "bulky-waste", at=AT)
        booking.hold(slot_id=free[0].id, case_id=opened.case_id, at=AT, by=RESIDENT)
    queue.run_pending(at=AT)
    if pay:
        with scoped(staff(body_id)):
            owed = money.charges_for(opened.case_id)[0]
            ledger.record_payment(charge_id=owed.id, how="counter", at=AT, by=RESIDENT)
        queue.run_pending(at=AT)
    return opened


def pothole(district_id: int, which: int = 0, at=AT):
    """Report a hole outside a home of a district: the county's."""
    home = a_home(district_id, which)
    place = bodies.place(home.lat, home.lon, "by the gate")
    return asked("report-pothole", None, POTHOLE | {"where": place}, place, at)


@dataclass
class Lived:
    """What happened in the districts before anything changes."""

    open_complaint: object
    ended_complaint: object
    paid: object
    due: object
    hole_west: object
    hole_east: object

    @property
    def open(self):
        """Return the open requests of the two districts."""
        return self.open_complaint, self.paid, self.due


def live(west: int = ASHBY, east: int = BORLEY) -> Lived:
    """Let residents of two districts ask for things, some done, some not."""
    ended = complained(west, email="bob@example.org")
    with scoped(staff(west)):
        casework.close_case(case_id=ended.case_id, outcome="upheld", at=AT, by=Actor("staff", "301", west))
    queue.run_pending(at=AT)
    for body, role in ((west, "manager"), (east, "manager"), (east, "officer")):
        with scoped(staff(body)):
            sharing.tell(body_id=body, service_id="complaint", kind="role", named=role, moments=["late"], at=AT,
                         by=Actor("staff", "301", body))  # fmt: skip
    return Lived(complained(east), ended, collection(west, pay=True), collection(east),
                 pothole(west), pothole(east))  # fmt: skip


def two_districts(slug: str = "west-march", vesting: dt.date = DAY, at: dt.datetime = AT):
    """Plan that Ashby and Borley become Westmarch; return the plan's id."""
    by = Actor("staff", "301", ASHBY)
    with scoped(staff(ASHBY)):
        plan_id = actions.plan(
            body_id=ASHBY, slug=slug, title="Ashby and Borley become Westmarch", vesting=vesting,
            basis="The Marchshire (Structural Changes) Order 2026", successors=[WESTMARCH],
            parts=[Part(ASHBY, "WES"), Part(BORLEY, "WES")], at=at, by=by,
        )  # fmt: skip
    return agreed(helplines_chosen(plan_id))


def agreed(plan_id):
    """Let every predecessor of a plan agree, and return the plan's id."""
    for body in queries.plan(plan_id).predecessors:
        with scoped(staff(body.id)):
            actions.agree(plan_id=plan_id, body_id=body.id, at=AT, by=Actor("staff", "301", body.id))
    return plan_id


def helplines_chosen(plan_id, body_id: int = ASHBY):
    """Let each successor answer its predecessor's number where people ask for urgent help: those always differ."""
    with scoped(staff(body_id)):
        for one in queries.undecided(queries.plan(plan_id)):
            if catalogue.current(one.service_id).definition.urgent:
                actions.decide_setting(
                    plan_id=plan_id, successor_id=one.successor.id, service_id=one.service_id, matter=one.matter,
                    chosen=one.ways[0].key, decided_by="Shadow executive", minute="S/0", at=AT,
                    by=Actor("staff", "301", body_id),
                )  # fmt: skip
    return plan_id


def done(plan_id, kind: str = "carry-out", at=ON_THE_DAY, body_id: int = ASHBY):
    """Ask for a plan to be carried out, or undone, and run it; return the operation."""
    by = Actor("staff", "301", body_id)
    with scoped(staff(body_id)):
        number = operations.ask(f"reorganisation.{kind}", body_id=body_id, at=at, by=by,
                                subject={"plan": str(plan_id), "at": at.isoformat()})  # fmt: skip
    operations.run(number)
    expect_change()
    kept.forget_all()
    with scoped(staff(body_id)):
        return operations.get(number)


def two_unitaries():
    """Plan that the county and its four districts become Westmarch and Eastmarch; return the plan's id."""
    lands = {body: bodies.area_of(body).id for body in (ASHBY, BORLEY, COVEHAM, DUNMERE)}
    west, east = (lands[ASHBY], lands[COVEHAM]), (lands[BORLEY], lands[DUNMERE])
    with scoped(staff(MARCHSHIRE)):
        plan_id = actions.plan(
            body_id=MARCHSHIRE, slug="two-unitaries", title="Marchshire becomes two councils", vesting=DAY,
            basis="The Marchshire (Structural Changes) Order 2026", successors=[WESTMARCH, EASTMARCH],
            parts=[
                Part(ASHBY, "WES"), Part(COVEHAM, "WES"), Part(BORLEY, "EMA"), Part(DUNMERE, "EMA"),
                Part(MARCHSHIRE, "WES", land=west, share=5_500),
                Part(MARCHSHIRE, "EMA", land=east, share=4_500, residuary=False),
            ],
            at=AT, by=Actor("staff", "101", MARCHSHIRE),
        )  # fmt: skip
    return agreed(plan_id)
