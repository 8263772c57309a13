"""Licences of Ashby's: one with a notice, one under appeal, and a request whose papers are still to be seen."""

import datetime as dt

from tests.leaks import stories
from tests.leaks.words import as_body, canary, told
from tests.world import ASHBY, MILL_LANE_14

from moothall.core import queue
from moothall.core.clock import local, now


def plant(person_id) -> None:
    """Plant two vehicles' licences, one a resident's, and a driver's open request.

    What the register publishes holds no word.
    """
    _against(_licensed("ZM26 ABC", person_id), "suspension")
    _appealed(_against(_licensed("ZM26 ABD"), "revocation"))
    _paid(_ask("taxi-driver-licence", driver={"name": "Sam Rowe", "born": "1988-04-02"}, drives="both",
               licence_code="aB3", abroad=False, convicted=True, convictions=canary("ASH")))  # fmt: skip


def _ask(service_id: str, person_id=None, **answers):
    from moothall.bodies import queries as bodies

    home, word = bodies.place_of_dwelling(MILL_LANE_14), canary("ASH")
    answers |= {"where": home, "before": "first", "true_to_say": True}
    contact = {"name": f"{word} Contact", "email": f"{word.lower()}@example.org"}
    return stories.ask(service_id=service_id, answers=answers, place=home, contact=contact,
                       person_id=person_id)  # fmt: skip


def _paid(case_id):
    from moothall.ledger import actions as ledger
    from moothall.ledger import queries as money

    with as_body(ASHBY):
        ledger.record_payment(charge_id=money.charges_for(case_id)[0].id, how="counter", **told(ASHBY))
    queue.run_pending(at=now())
    return case_id


def _licensed(plate: str, person_id=None):
    """Let a vehicle be licensed; return the licence's id."""
    from moothall.casework import actions as casework
    from moothall.casework import queries as cases
    from moothall.functions.licensing import actions as licensing
    from moothall.functions.licensing import queries as licences

    vehicle = {"registration": plate, "make": "Skoda", "colour": "white"}
    case_id = _paid(_ask("taxi-vehicle-licence", person_id, owner={"name": f"{canary('ASH')} Cars"}, vehicle=vehicle,
                         use="private-hire", seats=4, wheelchair=True))  # fmt: skip
    until = local(now()).date() + dt.timedelta(days=200)
    for name in ("papers", "inspection", "recommend"):
        with as_body(ASHBY):
            step = cases.case_file(case_id).steps[name]
            if name == "recommend":
                outputs = {"decision": "grant", "checked": {"passed": "seen"}}
                casework.finish_step(step_id=step.pk, outputs=outputs, **told(ASHBY))
            else:
                said = {row.code: {"finding": "seen", "expires": until if row.runs_out else None}
                        for row in licences.check_of(step.pk)}  # fmt: skip
                licensing.finish_check(step_id=step.pk, said=said, verdict="passed", **told(ASHBY))
        queue.run_pending(at=now())
    with as_body(ASHBY):
        return licences.live_of_case(case_id).pk


def _against(licence_id, kind: str):
    from moothall.functions.licensing import actions as licensing

    with as_body(ASHBY):
        return licensing.take_measure(licence_id=licence_id, kind=kind, ground="unfit",
                                      reason=f"{canary('ASH')} tyres", **told(ASHBY))  # fmt: skip


def _appealed(measure) -> None:
    from moothall.functions.licensing import actions as licensing

    with as_body(ASHBY):
        licensing.record_appeal(measure_id=measure.pk, on=local(now()).date(), **told(ASHBY))
