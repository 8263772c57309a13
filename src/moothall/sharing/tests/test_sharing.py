"""Who offers what, and who may take requests for whom."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from tests.world import ASHBY, BORLEY, EASTWOLD, MARCHSHIRE

from moothall.catalogue import queries as catalogue
from moothall.core.actor import Actor
from moothall.core.scope import Scope, scoped
from moothall.sharing import actions, queries
from moothall.sharing.actions import AlreadyAdopted, DeskOfOwn, NotAdopted, ParametersWrong, adoptions
from moothall.sharing.models import Adoption, Agreement

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
TODAY = AT.date()
DAY = dt.timedelta(days=1)
BY = Actor("staff", "1", ASHBY)


def as_body(*bodies):
    return scoped(Scope(bodies=bodies, purpose="sharing", actor=BY))


def adopt(body_id=ASHBY, service_id="report-pothole", **more):
    version = catalogue.current(service_id).id
    return adoptions.adopt(body_id=body_id, service_id=service_id, version_id=version, at=AT, by=BY, **more)


@pytest.mark.django_db
def test_a_body_offers_what_it_adopted_from_the_day_it_starts():
    with as_body(ASHBY):
        adopt(starts=TODAY + DAY)
        assert queries.adoption(ASHBY, "report-pothole", TODAY) is None
        found = queries.adoption(ASHBY, "report-pothole", TODAY + DAY)
    assert (found.provider_id, found.parameters) == (ASHBY, {})


@pytest.mark.django_db
def test_another_body_may_provide_it():
    with as_body(ASHBY):
        adopt(provider_id=BORLEY)
        assert queries.adoption(ASHBY, "report-pothole", TODAY).provider_id == BORLEY


@pytest.mark.django_db
def test_it_is_adopted_once_at_a_time_and_again_after_it_ended():
    with as_body(ASHBY):
        adopt()
        with pytest.raises(AlreadyAdopted):
            adopt()
        actions.end_adoption(body_id=ASHBY, service_id="report-pothole", ends=TODAY + 10 * DAY, at=AT, by=BY)
        adopt(starts=TODAY + 10 * DAY)
        assert queries.adoption(ASHBY, "report-pothole", TODAY + 9 * DAY).ends == TODAY + 10 * DAY
        assert queries.adoption(ASHBY, "report-pothole", TODAY + 10 * DAY).ends is None


@pytest.mark.django_db
def test_the_database_itself_refuses_two_at_once():
    with as_body(ASHBY):
        row = adopt()
        with pytest.raises(IntegrityError), transaction.atomic():
            Adoption.objects.create(
                body_id=ASHBY,
                service_id=row.service_id,
                version_id=row.version_id,
                provider_id=ASHBY,
                starts=TODAY + 5 * DAY,
            )


@pytest.mark.django_db
def test_only_what_is_adopted_can_be_ended():
    with as_body(ASHBY), pytest.raises(NotAdopted):
        actions.end_adoption(body_id=ASHBY, service_id="report-pothole", ends=TODAY, at=AT, by=BY)


@pytest.mark.django_db
def test_only_what_the_service_leaves_open_can_be_set():
    with as_body(ASHBY):
        with pytest.raises(ParametersWrong) as refused:
            adopt(parameters={"mend_days": 90, "colour": "green"})
        assert set(refused.value.details["problems"]) == {"mend_days", "colour"}
        assert adopt(parameters={"mend_days": 14}).parameters == {"mend_days": 14}


@pytest.mark.django_db
def test_a_desk_takes_what_was_agreed_and_its_own():
    assert queries.may_take(ASHBY, ASHBY, "missed-bin", TODAY)
    assert queries.may_take(ASHBY, MARCHSHIRE, "report-pothole", TODAY)
    assert not queries.may_take(ASHBY, MARCHSHIRE, "complaint", TODAY)
    assert not queries.may_take(EASTWOLD, MARCHSHIRE, "report-pothole", TODAY)


@pytest.mark.django_db
def test_an_agreement_has_its_days():
    with as_body(BORLEY):
        actions.agree_desk(
            desk_id=ASHBY,
            body_id=BORLEY,
            services=["missed-bin"],
            basis="Local Government Act 1972 s.101",
            ends=TODAY + DAY,
            at=AT,
            by=BY,
        )
        assert queries.may_take(ASHBY, BORLEY, "missed-bin", TODAY)
        assert not queries.may_take(ASHBY, BORLEY, "missed-bin", TODAY + DAY)
        with pytest.raises(DeskOfOwn):
            actions.agree_desk(desk_id=BORLEY, body_id=BORLEY, services=[], basis="", at=AT, by=BY)


@pytest.mark.django_db
def test_another_body_s_adoptions_can_be_read_and_not_changed():
    with as_body(EASTWOLD):
        assert Adoption.objects.filter(body_id=MARCHSHIRE).exists()
        assert Adoption.objects.filter(body_id=MARCHSHIRE).update(provider_id=EASTWOLD) == 0
        assert Agreement.objects.filter(body_id=MARCHSHIRE).update(desk_id=EASTWOLD) == 0


def test_what_is_kept_follows_a_commit_and_ignores_a_rollback(real_db):
    assert queries.adoption(ASHBY, "report-pothole", TODAY) is None
    with pytest.raises(ZeroDivisionError), as_body(ASHBY):
        adopt()
        assert queries.adoption(ASHBY, "report-pothole", TODAY)
        raise ZeroDivisionError
    assert queries.adoption(ASHBY, "report-pothole", TODAY) is None
    with as_body(ASHBY):
        adopt()
    assert queries.adoption(ASHBY, "report-pothole", TODAY)
