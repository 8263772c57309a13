"""Bodies agree what one pays the other: both sides named, one price at a time, published, kept."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from tests.world import ASHBY, BORLEY, EASTWOLD

from moothall.core.actor import Actor
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions, queries
from moothall.sharing.actions import TermsNotYours, TermsOverlap, TermsUnsound
from moothall.sharing.models import RechargeTerms
from moothall.sharing.rules.vat import CODES, treatment, vat

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
BY = Actor("staff", "201", ASHBY)
TWO = Scope(bodies=(ASHBY,), purpose="test", actor=BY)
PAYER = Scope(bodies=(BORLEY,), purpose="test", actor=Actor("staff", "301", BORLEY))
OUTSIDER = Scope(bodies=(EASTWOLD,), purpose="test", actor=Actor("staff", "900", EASTWOLD))
RULE = {"method": "per-case", "pence": 420}
SAID = {
    "payer_id": BORLEY, "provider_id": ASHBY, "service_id": "garden-waste", "rule": RULE, "vat": "non-business",
    "basis": "Joint decision 2026/14", "payer_post": "Section 151 officer, Borley", "starts": dt.date(2026, 4, 1),
    "provider_post": "Section 151 officer, Ashby", "at": AT, "by": BY,
}  # fmt: skip


def agreed(scope=TWO, **changes):
    with scoped(scope):
        return actions.agree_terms(**SAID | changes)


def test_terms_are_kept_as_they_were_agreed_and_everybody_may_read_them(db):
    row = agreed()
    with scoped(OUTSIDER):
        found = queries.terms(row.pk)
        assert queries.price_words(found.price) == "£4.20 a case"
        assert (found.body_id, found.provider_id) == (BORLEY, ASHBY)


def test_terms_hold_from_their_first_day_to_the_day_before_they_end(db):
    agreed(ends=dt.date(2026, 7, 1))
    with scoped(TWO):
        assert queries.terms_between(ASHBY, BORLEY, dt.date(2026, 3, 31)) == []
        assert len(queries.terms_between(ASHBY, BORLEY, dt.date(2026, 6, 30))) == 1
        assert queries.terms_between(ASHBY, BORLEY, dt.date(2026, 7, 1)) == []
        assert len(queries.terms_between(ASHBY, BORLEY, dt.date(2026, 1, 1), dt.date(2026, 12, 31))) == 1
        assert queries.terms_between(BORLEY, ASHBY, dt.date(2026, 6, 30)) == []
        assert queries.terms_between(ASHBY, BORLEY, dt.date(2026, 6, 30), service_id="missed-bin") == []
        assert len(queries.terms_of(BORLEY, dt.date(2026, 6, 30))) == 1


def test_one_service_has_one_price_between_two_bodies_at_a_time(db):
    agreed()
    with pytest.raises(TermsOverlap):
        agreed(starts=dt.date(2026, 9, 1))


def test_a_new_price_follows_once_the_old_one_has_ended(db):
    first = agreed()
    with scoped(PAYER):
        actions.end_terms(terms_id=first.pk, ends=dt.date(2026, 9, 1), at=AT, by=BY)
        actions.end_terms(terms_id=first.pk, ends=dt.date(2026, 9, 1), at=AT, by=BY)
    agreed(starts=dt.date(2026, 9, 1), rule={"method": "fixed", "pence": 900})
    with scoped(TWO):
        both = queries.terms_between(ASHBY, BORLEY, dt.date(2026, 4, 1), dt.date(2027, 3, 31))
        assert [row.price.method for row in both] == ["per-case", "fixed"]


@pytest.mark.parametrize("ends", [dt.date(2026, 3, 31), dt.date(2026, 10, 1)])
def test_terms_end_on_a_day_on_which_they_hold(db, ends):
    row = agreed(ends=dt.date(2026, 9, 1))
    with scoped(TWO), pytest.raises(TermsUnsound):
        actions.end_terms(terms_id=row.pk, ends=ends, at=AT, by=BY)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"rule": {"method": "per-case"}}, "rule", "a price of nothing"),
        ({"rule": {"method": "by-magic"}}, "rule", "Input should be"),
        ({"vat": "none"}, "vat", "how VAT is treated"),
        ({"provider_id": BORLEY}, "provider", "does not pay itself"),
        ({"ends": dt.date(2026, 1, 1)}, "ends", "end after"),
        ({"payer_post": " "}, "payer_post", "who agreed"),
        ({"basis": ""}, "basis", "which decision"),
    ],
)
def test_terms_that_cannot_be_applied_are_refused_with_what_to_correct(db, changes, field, said):
    with pytest.raises(TermsUnsound) as refused:
        agreed(**changes)
    assert refused.value.field == field
    assert said in refused.value.details["problems"][field]


def test_an_outsider_neither_agrees_nor_ends_terms_of_others(db):
    row = agreed()
    with pytest.raises(TermsNotYours):
        agreed(OUTSIDER, service_id="missed-bin")
    with scoped(OUTSIDER), pytest.raises(TermsNotYours):
        actions.end_terms(terms_id=row.pk, ends=dt.date(2026, 9, 1), at=AT, by=BY)


def test_terms_that_nobody_knows_are_not_found(db):
    with scoped(TWO):
        for ask in (lambda: queries.terms(RechargeTerms().pk),
                    lambda: actions.end_terms(terms_id=RechargeTerms().pk, ends=AT.date(), at=AT, by=BY)):  # fmt: skip
            with pytest.raises(NotYours):
                ask()


def test_terms_are_never_removed(db):
    agreed()
    with pytest.raises(DatabaseError), scoped(TWO), transaction.atomic():
        RechargeTerms.objects.all().delete()


def test_each_vat_treatment_has_its_day_and_its_source():
    for code in CODES:
        found = treatment(code, AT.date())
        assert found.source
        assert found.words_cy
    with pytest.raises(ValueError, match="no VAT treatment"):
        treatment("standard", dt.date(1970, 1, 1))


def test_vat_is_rounded_down_on_the_whole():
    assert [vat(pence, 2000) for pence in (4, 5, 9, 10, 10_399)] == [0, 1, 1, 2, 2079]
