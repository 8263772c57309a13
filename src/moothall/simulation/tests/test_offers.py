"""The county shares a service: Ashby does its neighbours' garden waste, Coveham waits for a signature."""

import datetime as dt

import pytest
from tests import world
from tests.world import ASHBY, BORLEY, COVEHAM, DUNMERE

from moothall.core.scope import Scope, scoped
from moothall.sharing import queries as shared
from moothall.simulation.actions import offer_services, play

AT = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_ashby_does_borley_s_garden_waste_and_there_is_a_second_offer_to_compare_with():
    offer_services(at=AT, by=world.BY)
    assert shared.adoption(BORLEY, "garden-waste", AT.date()).provider_id == ASHBY
    assert shared.adoption(BORLEY, "garden-waste", AT.date() - dt.timedelta(days=1)).provider_id == BORLEY
    assert {row.body_id for row in shared.offers(AT.date())} == {ASHBY, COVEHAM}
    assert shared.adoption(DUNMERE, "garden-waste", AT.date()).provider_id == ASHBY
    assert len(shared.terms_between(ASHBY, BORLEY, AT.date(), service_id="garden-waste")) == 1


@pytest.mark.django_db
def test_coveham_s_draft_waits_for_its_section_151_officer():
    offer_services(at=AT, by=world.BY)
    with scoped(Scope(bodies=(COVEHAM,))):
        (row,) = (one for one in shared.draw_downs(COVEHAM) if one.state == "draft")
        missing = [one.gate.code for one in shared.draw_down(row.pk).still_open(AT.date())]
    assert (row.state, missing) == ("draft", ["section-151-officer"])


def test_the_county_s_days_go_on_with_the_work_shared(real_db, owner):
    """Borley's gardeners ask Borley, pay Borley, and Ashby's crew brings the bin."""
    offer_services(at=AT, by=world.BY)
    play(first=AT.date(), days=30, seed=7, scale=3, only=(ASHBY, BORLEY), at=AT + dt.timedelta(days=31), by=world.BY)
    rows = owner.execute(
        "select provider_id, state, outcome from casework_case where body_id = %s and service_id = 'garden-waste'",
        [BORLEY],
    ).fetchall()
    assert rows
    assert {provider for provider, _, _ in rows} == {ASHBY}
    assert "subscribed" in {outcome for _, _, outcome in rows}
    told = (
        "select o.body_id, w.recipient, count(*) from core_outgoing o "
        "join core_outgoingwords w on w.outgoing_id = o.id where o.template = 'told.opened' group by 1, 2"
    )
    assert owner.execute(told).fetchall() == [(BORLEY, "garden.waste@borley.example", len(rows))]
    paid_to = (
        "select distinct body_id from ledger_charge where what = 'pay' and case_id in (select id from casework_case "
    )
    paid_to += "where body_id = %s and service_id = 'garden-waste')"
    assert owner.execute(paid_to, [BORLEY]).fetchall() == [(BORLEY,)]
