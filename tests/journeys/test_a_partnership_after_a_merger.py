"""A partnership of a council that becomes another: the successor stands in it, and writes its next terms."""

import datetime as dt

import pytest
from tests.terms import decide, running, terms
from tests.world import ASHBY, BORLEY, COVEHAM, MARCHSHIRE

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.core.actor import Actor
from moothall.core.scope import scoped
from moothall.reorganisation.tests import lives
from moothall.sharing import actions, queries
from moothall.sharing.actions.partnerships import NotAMember

pytestmark = pytest.mark.timeout(300)
LATER = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
SLUG = "ashby-and-borley-waste"


def members(*ids: int, lead: int, day: str, name: str) -> dict:
    """Return what terms say of their members."""
    service = terms(name)["services"][0] | {"accountable": lead, "provider": lead, "receivers": list(ids[1:])}
    return {"members": [{"body_id": one, "starts": day} for one in ids], "lead": lead, "services": [service],
            "interests": [{"body_id": one, "what": "None"} for one in ids]}  # fmt: skip


def test_the_successor_stands_for_its_predecessor_proposes_and_decides(real_db):
    expect_change()
    with scoped(lives.staff(ASHBY)):
        name = bodies.staff(ASHBY, lives.AT.date(), "councillor").first().name
    row = running(**members(ASHBY, MARCHSHIRE, lead=ASHBY, day="2026-11-20", name=name))
    assert queries.partnership(SLUG, lives.AT.date()).member_ids == (MARCHSHIRE, ASHBY)
    assert lives.done(lives.two_districts()).error == ""
    new = bodies.body("westmarch").id
    standing = queries.partnership(SLUG, LATER.date())
    assert (standing.state, standing.member_ids) == ("running", (MARCHSHIRE, new))
    assert [one.slug for one in queries.partnerships(LATER.date(), new)] == [SLUG]

    said = terms(name, starts=LATER.date().isoformat()) | members(
        new, MARCHSHIRE, lead=new, day=LATER.date().isoformat(), name=name
    )
    by = Actor("staff", "301", new)
    for outsider in (COVEHAM, BORLEY):
        with scoped(lives.staff(outsider)), pytest.raises(NotAMember):
            actions.propose(body_id=outsider, terms=said, partnership_id=row.partnership_id, at=LATER, by=by)
    with scoped(lives.staff(new)):
        next_ = actions.propose(body_id=new, terms=said, partnership_id=row.partnership_id, at=LATER, by=by)
    for member in (new, MARCHSHIRE):
        decide(member, next_, at=LATER)
    standing = queries.partnership(SLUG, LATER.date())
    assert (standing.number, standing.state, standing.terms.lead) == (2, "running", new)
