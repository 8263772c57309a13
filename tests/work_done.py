"""Work done for another: cases of Ashby's that Borley finishes, on terms; what the tests of this chapter share."""

import datetime as dt

from tests.world import ASHBY, BORLEY, EASTWOLD

from moothall.casework import actions as casework
from moothall.casework import queries as cases
from moothall.catalogue import queries as catalogue
from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.settlement import actions
from moothall.sharing import actions as sharing
from moothall.sharing.actions import adoptions

AT = dt.datetime(2026, 7, 6, 10, tzinfo=dt.UTC)
"""The Monday after the quarter that the tests charge."""

QUARTER = {"first": dt.date(2026, 4, 1), "last": dt.date(2026, 6, 30)}
SERVICE = "complaint"
PROVIDER, PAYER = Actor("staff", "301", BORLEY), Actor("staff", "201", ASHBY)
OF_PROVIDER = Scope(bodies=(BORLEY,), purpose="test", actor=PROVIDER)
OF_PAYER = Scope(bodies=(ASHBY,), purpose="test", actor=PAYER)
OUTSIDER = Scope(bodies=(EASTWOLD,), purpose="test", actor=Actor("staff", "900", EASTWOLD))
TOLD = {"at": AT, "by": PROVIDER}
BY_PAYER = {"at": AT, "by": PAYER}
ANSWERS = {"about": "delay", "had_answer": False, "happened": "Nobody came.", "put_right": "Come.", "for_other": False,
           "reference": "", "needs_from_us": "", "evidence": []}  # fmt: skip


def provided(service_id: str = SERVICE) -> None:
    """Let Borley provide a service of Ashby's from 1 April 2026."""
    starts = dt.date(2026, 4, 1)
    with scoped(OF_PAYER):
        current = catalogue.current(service_id)
        sharing.end_adoption(body_id=ASHBY, service_id=service_id, ends=starts, **BY_PAYER)
        adoptions.adopt(body_id=ASHBY, service_id=service_id, version_id=current.id, provider_id=BORLEY, starts=starts,
                      **BY_PAYER)  # fmt: skip


def agreed(rule=None, vat: str = "standard", service_id: str = SERVICE, **changes):
    """Let Ashby pay Borley for a service: £4.21 a case and VAT, if nothing else is said."""
    said = {
        "payer_id": ASHBY, "provider_id": BORLEY, "service_id": service_id, "vat": vat, "starts": dt.date(2026, 4, 1),
        "rule": rule or {"method": "per-case", "pence": 421}, "basis": "Joint decision 2026/14",
        "payer_post": "Section 151 officer", "provider_post": "Section 151 officer",
    }  # fmt: skip
    with scoped(OF_PROVIDER):
        return sharing.agree_terms(**said | changes, **TOLD)


def asked(at: dt.datetime, body_id: int = ASHBY):
    """Let somebody complain to Ashby, or to another body; return the case's id."""
    contact = {"name": "Una Example", "email": "una@example.org"}
    with scoped(Scope(purpose="front door", actor=Actor("contact"))):
        opened = casework.open_case(
            service_id=SERVICE, answers=ANSWERS, body_id=body_id, contact=contact, place=None, channel="web", at=at,
            by=Actor("contact"),
        )  # fmt: skip
    queue.run_pending(at=at)
    return opened.case_id


def finish(case_id, at: dt.datetime) -> None:
    """Let Borley do every step of a case that waits for people."""
    for _turn in range(6):
        with scoped(OF_PROVIDER):
            waiting = [task for task in cases.tasks_of(case_id) if task.step_id]
            for task in waiting:
                outputs = _outputs(task)
                casework.finish_step(step_id=task.step_id, outputs=outputs, at=at, by=PROVIDER)
        queue.run_pending(at=at)
        if not waiting:
            return


def _outputs(task) -> dict:
    if task.step.performs == "casework.decide":
        options = task.detail.get("options") or {"done": {}}
        return {"decision": next(iter(options)), "reason": "We looked into it."}
    if task.step.performs == "casework.reply":
        return {"reply": "We looked into it."}
    return {"note": "Done."}


def worked(count: int = 3, month: int = 5) -> list:
    """Let Borley finish some cases for Ashby, one a day from the 4th of a month; return their ids."""
    found = []
    for number in range(count):
        day = dt.datetime(2026, month, 4 + number, 10, tzinfo=dt.UTC)
        found.append(asked(day))
        finish(found[-1], day + dt.timedelta(hours=2))
    return found


def drawn(**changes):
    """Draw up the quarter."""
    with scoped(OF_PROVIDER):
        return actions.draw_up(provider_id=BORLEY, payer_id=ASHBY, **QUARTER | TOLD | changes)


def sent():
    """Draw up the quarter and send it."""
    row = drawn()
    with scoped(OF_PROVIDER):
        return actions.send(statement_id=row.pk, **TOLD)


def approved():
    """Draw up, send and approve the quarter on both sides."""
    row = sent()
    with scoped(OF_PROVIDER):
        actions.approve(statement_id=row.pk, **TOLD)
    with scoped(OF_PAYER):
        return actions.approve(statement_id=row.pk, **BY_PAYER)
