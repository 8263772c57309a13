"""What the tests of licensing share: a driver of Ashby asks, pays, is checked and gets a licence."""

import datetime as dt
from types import SimpleNamespace

import pytest
from tests.world import ASHBY, EASTWOLD, MILL_LANE_14

from moothall.bodies import queries as bodies
from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import LONDON
from moothall.core.scope import Scope, scoped
from moothall.functions.licensing import actions, queries
from moothall.functions.licensing.models import Licence
from moothall.ledger import actions as ledger
from moothall.ledger import queries as money

OFFICER, SECOND, THIRD = (Actor("staff", str(number), ASHBY) for number in (201, 202, 203))
DISTRICT = Scope(bodies=(ASHBY,), purpose="test", actor=OFFICER)
OUTSIDER = Scope(bodies=(EASTWOLD,), purpose="test", actor=Actor("staff", "900", EASTWOLD))
NOBODY = Scope(purpose="front door", actor=Actor("contact"))
CONTACT = {"name": "Sam Rowe", "email": "sam@example.org"}
ASKED = dt.datetime(2026, 11, 23, 10, tzinfo=LONDON)
TODAY = ASKED.date()
DAY = dt.timedelta(days=1)
DRIVER = {
    "driver": {"name": "Sam Rowe", "born": "1988-04-02"}, "before": "first", "drives": "both",
    "licence_code": "aB3 dE5 gH7", "abroad": False, "convicted": False, "true_to_say": True,
}  # fmt: skip
VEHICLE = {
    "owner": {"name": "Rowe Cars"}, "before": "first",
    "vehicle": {"registration": "ZM26 ABC", "make": "Skoda", "colour": "white"},
    "use": "private-hire", "seats": 4, "wheelchair": True, "true_to_say": True,
}  # fmt: skip


def ask(service_id="taxi-driver-licence", answers=DRIVER, when=ASKED, language="en", run=True, **more):
    """Ask for a licence as somebody at 14 Mill Lane does, and let the queue work."""
    place = bodies.place_of_dwelling(MILL_LANE_14)
    with scoped(NOBODY):
        opened = casework.open_case(
            service_id=service_id, answers=answers | {"where": place} | more, place=place, contact=CONTACT,
            channel="web", language=language, at=when, by=NOBODY.actor,
        )  # fmt: skip
    if run:
        queue.run_pending(at=when)
    return opened


def pay(opened, when=ASKED):
    with scoped(DISTRICT):
        ledger.record_payment(charge_id=money.charges_for(opened.case_id)[0].id, how="counter", at=when, by=OFFICER)
    queue.run_pending(at=when)


def steps(opened) -> dict:
    with scoped(DISTRICT):
        return cases.case_file(opened.case_id).steps


def states(opened) -> dict:
    return {name: step.state for name, step in steps(opened).items()}


def all_seen(step_id, until=dt.date(2027, 5, 31)) -> dict:
    with scoped(DISTRICT):
        return {row.code: {"finding": "seen", "expires": until if row.runs_out else None}
                for row in queries.check_of(step_id)}  # fmt: skip


def pass_checks(opened, when=ASKED, **until):
    for step in steps(opened).values():
        if step.performs == "licensing.check" and step.state == "waiting":
            said = all_seen(step.pk, **until)
            with scoped(DISTRICT):
                actions.finish_check(step_id=step.pk, said=said, verdict="passed", at=when, by=OFFICER)
            queue.run_pending(at=when)


def decide(opened, step, decision, reason="", by=OFFICER, when=ASKED):
    row = steps(opened)[step]
    with scoped(DISTRICT):
        checks = cases.case_file(opened.case_id).definition.steps[step].using.get("check") or {}
        outputs = {"decision": decision, "reason": reason, "checked": dict.fromkeys(checks, "seen")}
        casework.finish_step(step_id=row.pk, outputs=outputs, at=when, by=by)
    queue.run_pending(at=when)


def grant(opened, when=ASKED, **until) -> Licence:
    """Take a request from its beginning to its licence."""
    pay(opened, when)
    pass_checks(opened, when, **until)
    decide(opened, "recommend", "grant", when=when)
    with scoped(DISTRICT):
        return Licence.objects.get(case_id=opened.case_id)


def again(licence) -> Licence:
    with scoped(DISTRICT):
        return queries.licence(licence.pk)


def entries(text="", today=TODAY, **which) -> list[str]:
    """Return the numbers in the register, as anybody sees it."""
    with scoped(NOBODY):
        return [row.number for row in queries.register(text=text, today=today, **which).rows]


def written(opened_or_licence) -> list:
    """Return what was written to the holder, oldest first."""
    with scoped(DISTRICT):
        page = cases.case(opened_or_licence.case_id, at=ASKED)
        return [SimpleNamespace(subject=one.subject, text=one.text) for one in page.messages if one.direction == "out"]


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    """Draw no documents but where a test is about them: each takes a second."""
    monkeypatch.setattr("moothall.functions.licensing.actions.issuing.tagged_pdf", lambda page, style: PDF)


PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
