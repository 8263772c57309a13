"""Where predecessors offer or are paid different things, somebody decides; nothing is taken because it came first."""

import datetime as dt

import pytest
from tests.world import ASHBY, BORLEY, COVEHAM, as_staff

from moothall.bodies import queries as bodies
from moothall.bodies.queries.edition import expect_change
from moothall.core.actor import Actor
from moothall.core.scope import scoped
from moothall.reorganisation import actions, queries
from moothall.reorganisation.actions.asking import StillOpen
from moothall.reorganisation.tests import lives
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared
from moothall.sharing.rules.prices import PriceRule

pytestmark = pytest.mark.timeout(300)
SERVICE = "garden-waste"


def offered(body_id: int, pence: int) -> None:
    """Let a body offer garden waste, and be paid that much a case by Coveham."""
    by, price = Actor("staff", "301", body_id), PriceRule(method="per-case", pence=pence)
    with scoped(lives.staff(body_id)):
        sharing.offer_service(
            body_id=body_id, service_id=SERVICE, provision="own-staff", capacity=20, price=price, vat="non-business",
            clock=10, terms="We bring it.", languages=["en"], hours="Weekdays", starts=dt.date(2026, 11, 1),
            at=lives.AT, by=by,
        )  # fmt: skip
        sharing.agree_terms(
            payer_id=COVEHAM, provider_id=body_id, service_id=SERVICE, rule=price, vat="non-business", basis="Minute 1",
            payer_post="Treasurer", provider_post="Treasurer", starts=dt.date(2026, 11, 1), at=lives.AT, by=by,
        )  # fmt: skip


def test_offers_and_prices_that_differ_are_decided_and_the_one_decided_goes_on(real_db, client):
    expect_change()
    for body_id, pence in ((ASHBY, 400), (BORLEY, 500)):
        offered(body_id, pence)
    plan_id = lives.two_districts()
    officer = as_staff(client, ASHBY, "monitoring-officer")
    page = f"/staff/reorganisations/{plan_id}/services/"
    shown = officer.get(page).content.decode()
    new = bodies.body("westmarch").id
    assert "what Coveham District Council pays Westmarch Council" in shown
    assert "as offered to others" in shown
    with scoped(lives.staff(ASHBY)):
        open_ones = queries.undecided(queries.plan(plan_id))
        assert [one.matter for one in open_ones] == ["offer", f"price-{COVEHAM}-{new}"]
        with pytest.raises(StillOpen):
            actions.ask(plan_id=plan_id, body_id=ASHBY, what="carry-out", at=lives.ON_THE_DAY, by=lives.RESIDENT)
    for one in open_ones:
        taken = next(way for way in one.ways if way.body.id == BORLEY)
        given = {"way": taken.key, "decided_by": "Shadow executive", "minute": "S/2"}
        assert officer.post(f"{page}{new}/{SERVICE}/{one.matter}/", given).status_code == 302
    assert officer.post(f"{page}{new}/{SERVICE}/price-9-9/", given).status_code == 404
    assert lives.done(plan_id).error == ""
    with scoped(lives.staff(new)):
        (terms,) = shared.terms_between(new, COVEHAM, lives.DAY, service_id=SERVICE)
        (offer,) = shared.offers(lives.DAY, body_id=new, service_id=SERVICE)
        assert (terms.price.pence, offer.rule.pence) == (500, 500)
