"""One of two bodies proposes what one pays the other; the other answers; what was agreed takes the earlier's place."""

import datetime as dt

import pytest
from tests.world import ASHBY, BORLEY, EASTWOLD

from moothall.core.actor import Actor
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions, queries

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
APRIL, JUNE = dt.date(2027, 4, 1), dt.date(2027, 6, 1)
SAID = {
    "payer_id": BORLEY, "provider_id": ASHBY, "service_id": "garden-waste", "vat": "non-business", "starts": APRIL,
    "rule": {"method": "per-case", "pence": 420}, "basis": "Joint decision 2026/14", "post": "Section 151 officer",
}  # fmt: skip


def by(body_id):
    return Actor("staff", f"{body_id}01", body_id)


def acting(body_id):
    return scoped(Scope(bodies=(body_id,), purpose="test", actor=by(body_id)))


def proposed(body_id=ASHBY, **changes):
    with acting(body_id):
        return actions.propose_recharge(**SAID | changes, at=AT, by=by(body_id))


def answered(row, body_id=BORLEY, agree=True, reason=""):
    with acting(body_id):
        return actions.answer_recharge(
            proposal_id=row.pk, agree=agree, post="Treasurer", reason=reason, at=AT, by=by(body_id)
        )


def prices(day=APRIL):
    with acting(BORLEY):
        return [queries.price_words(row.price) for row in queries.terms_between(ASHBY, BORLEY, day)]


def test_what_both_agreed_holds_and_names_both_posts(db):
    row = answered(proposed())
    assert prices() == ["£4.20 a case"]
    assert (row.terms.provider_post, row.terms.payer_post) == ("Section 151 officer", "Treasurer")


def test_a_new_price_takes_the_place_of_the_old_from_its_first_day(db):
    answered(proposed())
    answered(proposed(rule={"method": "fixed", "pence": 900_000}, starts=JUNE))
    assert prices(JUNE - dt.timedelta(days=1)) == ["£4.20 a case"]
    assert prices(JUNE) == ["£9,000.00 a year, however much is done"]


def test_nobody_agrees_with_themselves(db):
    row = proposed()
    with pytest.raises(actions.OwnProposal):
        answered(row, body_id=ASHBY)
    assert prices() == []


def test_declining_needs_a_reason_and_changes_nothing(db):
    row = proposed()
    with pytest.raises(actions.ReasonMissing):
        answered(row, agree=False)
    assert answered(row, agree=False, reason="Too dear").answer == "declined"
    assert prices() == []
    with pytest.raises(actions.AlreadyAnswered):
        answered(row)


def test_one_price_waits_at_a_time_and_may_be_taken_back(db):
    row = proposed()
    with pytest.raises(actions.ProposedAlready):
        proposed(body_id=BORLEY)
    with acting(BORLEY), pytest.raises(actions.TermsNotYours):
        actions.withdraw_recharge(proposal_id=row.pk, at=AT, by=by(BORLEY))
    with acting(ASHBY):
        actions.withdraw_recharge(proposal_id=row.pk, at=AT, by=by(ASHBY))
    assert proposed(body_id=BORLEY).proposer_id == BORLEY


def test_terms_end_when_both_say_so(db):
    terms = answered(proposed()).terms
    with acting(BORLEY):
        row = actions.propose_recharge_end(
            terms_id=terms.pk, ends=JUNE, basis="Cabinet, minute 3", post="Treasurer", at=AT, by=by(BORLEY)
        )
    assert prices(JUNE) == ["£4.20 a case"]
    answered(row, body_id=ASHBY)
    assert prices(JUNE) == []
    assert prices(JUNE - dt.timedelta(days=1)) == ["£4.20 a case"]


def test_a_third_body_neither_sees_nor_makes_one(db):
    row = proposed()
    with acting(EASTWOLD):
        assert queries.proposals(EASTWOLD) == []
        with pytest.raises(NotYours):
            queries.proposal(row.pk)
        with pytest.raises(actions.TermsNotYours):
            actions.propose_recharge(**SAID, at=AT, by=by(EASTWOLD))
    with pytest.raises(NotYours):
        answered(row, body_id=EASTWOLD)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basis": " "}, "basis"),
        ({"vat": "none"}, "vat"),
        ({"provider_id": BORLEY}, "provider"),
        ({"ends": dt.date(2027, 3, 1)}, "ends"),
        ({"rule": {"method": "per-unit", "pence": 1}}, "rule"),
    ],
)
def test_what_cannot_be_applied_is_not_proposed(db, changes, field):
    with pytest.raises(actions.TermsUnsound) as refused:
        proposed(body_id=BORLEY, **changes)
    assert field in refused.value.details["problems"]
