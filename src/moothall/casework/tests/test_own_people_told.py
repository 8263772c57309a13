"""A body's own people hear that a request was made, is late or is closed: once, and nothing about the resident."""

import datetime as dt

import pytest
from tests import world
from tests.world import ASHBY, BORLEY

from moothall.bodies import queries as bodies
from moothall.casework import actions
from moothall.core import audit, queue
from moothall.core.clock import local, now
from moothall.core.models import Outgoing
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions as sharing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("functions")]
LONG = dt.timedelta(days=90)
TOLD = ("told.opened", "told.late", "told.ended")


def as_body(body_id):
    return scoped(Scope(bodies=(body_id,), purpose="tests", actor=world.BY))


@pytest.fixture(autouse=True)
def _told():
    """Let Ashby's managers and scrutiny hear of complaints, at every moment."""
    with as_body(ASHBY):
        for role in ("manager", "councillor"):
            sharing.tell(body_id=ASHBY, service_id="complaint", kind="role", named=role,
                         moments=["opened", "late", "ended"], at=now(), by=world.BY)  # fmt: skip


def complain(body_id=ASHBY):
    answers = {
        "about": "delay",
        "had_answer": False,
        "happened": "Nobody came to 14 Mill Lane.",
        "put_right": "Come.",
        "for_other": False,
    }
    with as_body(body_id):
        return actions.open_case(
            service_id="complaint", answers=answers, contact={"name": "Ann Example", "email": "ann@example.org"},
            body_id=body_id, channel="web", at=now(), by=world.BY,
        )  # fmt: skip


def heard(at=None):
    """Return what was written to Ashby's own people: (moment, address, text)."""
    queue.run_pending(at=at or now())
    with as_body(ASHBY):
        rows = Outgoing.objects.filter(template__in=TOLD).select_related("words").order_by("at", "id")
        return [
            (row.template.partition(".")[2], row.words.recipient, row.words.subject + row.words.text) for row in rows
        ]


def own(role):
    with as_body(ASHBY):
        day = local(now()).date()
        return {post.account.email for post in bodies.staff(ASHBY, day, role).select_related("account")}


def test_they_are_told_once_without_the_resident_and_it_is_in_the_trail():
    opened = complain()
    found = heard()
    assert {address for _, address, _ in found} == own("manager") | own("councillor")
    assert heard() == found, "a second run tells nobody again"
    with as_body(ASHBY):
        (entry,) = audit.search(body_id=ASHBY, action="case.told")
    assert entry["object"] == f"case:{opened.case_id}"
    for _, address, text in found:
        assert opened.reference in text
        assert not any(word in text for word in ("Ann", "Mill Lane", "ann@example.org", "Nobody came"))
        assert (f"/staff/cases/{opened.case_id}/" in text) == (address in own("manager")), "only who may open it"


def test_they_hear_that_a_promise_is_missed_and_how_it_ended():
    opened = complain()
    heard()
    with as_body(ASHBY):
        assert actions.notice_missed(body_id=ASHBY, at=now() + LONG, by=world.BY) == 1
        actions.notice_missed(body_id=ASHBY, at=now() + LONG, by=world.BY)
    late = [text for moment, _, text in heard(now() + LONG) if moment == "late"]
    assert len(late) == len(own("manager") | own("councillor"))
    assert "It was promised by" in late[0]
    with as_body(ASHBY):
        actions.cancel_case(case_id=opened.case_id, at=now() + LONG, by=world.BY)
    ended = [text for moment, _, text in heard(now() + LONG) if moment == "ended"]
    assert len(ended) == len(late)
    assert "It was withdrawn" in ended[0]


def test_nobody_is_told_of_another_body_s_requests():
    complain(BORLEY)
    assert heard() == []
    with as_body(BORLEY):
        assert not Outgoing.objects.filter(template__in=TOLD).exists()
