"""A body decides to leave: notice is given, the cost stands with its formula, and everybody may read when and why."""

import datetime as dt

import pytest
from tests.terms import AT, BY, SECRET, as_body, running
from tests.world import ASHBY, BORLEY, COVEHAM, as_staff

from moothall.leaving import actions, queries
from moothall.leaving.actions import deciding
from moothall.leaving.models import Costing
from moothall.leaving.queries.money import _falls
from moothall.leaving.rules.cost import ONCE, OTHERS, UNTIL
from moothall.sharing import actions as sharing
from moothall.sharing import queries as shared

pytestmark = pytest.mark.django_db
TODAY = AT.date()
DAY = dt.date(2027, 6, 1)


def decided(body_id=BORLEY, **changes):
    """Let a body decide to leave."""
    words = {
        "leaves": DAY, "reason": "We join another platform.", "decided_by": "Full council", "minute": "C/26/201",
        "decided_on": TODAY, "address": "https://www.borley.example", "phone": "",
    } | changes  # fmt: skip
    with as_body(body_id):
        return actions.decide_to_leave(body_id=body_id, **words, at=AT, by=BY)


def meant(body_id=BORLEY, leaves=DAY):
    with as_body(body_id):
        return queries.meaning(body_id, queries.departure(body_id), leaves, TODAY)


def test_every_partnership_is_given_notice_and_says_why_the_member_goes():
    running()
    row = decided()
    assert shared.partnership("ashby-and-borley-waste", DAY).state == "ended"
    ended = shared.partnership("ashby-and-borley-waste", TODAY)
    assert (ended.members[BORLEY][1], ended.ends, ended.why_ended) == (DAY, DAY, "We join another platform.")
    with as_body(ASHBY):
        assert queries.departure(BORLEY) == row, "the others read that it leaves"
    assert (queries.departure(COVEHAM), len(queries.departures())) == (None, 1)


def test_less_notice_than_the_terms_ask_for_is_refused_and_nothing_is_recorded():
    running()
    with pytest.raises(sharing.NoticeTooShort, match="20 May 2027"):
        decided(leaves=dt.date(2027, 5, 19))
    assert queries.departures() == []
    found = meant(leaves=dt.date(2027, 5, 19))
    assert [(one.months, one.soonest, one.kept(found.leaves)) for one in found.notices] == [
        (6, dt.date(2027, 5, 20), False)
    ]
    assert found.soonest == dt.date(2027, 5, 20)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"leaves": TODAY}, deciding.DayPast),
        ({"decided_on": TODAY + dt.timedelta(days=1)}, deciding.DecidedLater),
    ],
)
def test_a_day_that_cannot_be_is_refused(changes, refusal):
    with pytest.raises(refusal):
        decided(**changes)


def test_a_body_leaves_once():
    decided()
    with pytest.raises(actions.LeavingAlready):
        decided()


def test_the_cost_is_the_exit_sum_and_what_runs_until_the_day_each_with_its_formula():
    running(contributions=[{"body_id": BORLEY, "what": "Two officers", "pence_a_year": 3_650_000}])
    with as_body(ASHBY, BORLEY):
        sharing.agree_terms(
            payer_id=BORLEY, provider_id=ASHBY, service_id="garden-waste", rule={"method": "fixed", "pence": 730_000},
            vat="non-business", basis="C/26/1", payer_post="Section 151 officer", provider_post="Director",
            starts=TODAY, at=AT, by=BY,
        )  # fmt: skip
    found = meant(leaves=TODAY + dt.timedelta(days=200))
    assert [(one.kind, one.pence) for one in found.sums] == [(ONCE, 250_000), (UNTIL, 2_000_000), (UNTIL, 400_000)]
    assert found.cost == (2_650_000, 0)
    assert found.sums[1].formula == "£36,500.00 a year × 200 of 365 days"
    with_known = meant(leaves=TODAY - dt.timedelta(days=10)).sums[1]
    assert with_known.pence == -100_000, "nothing is clamped: a day that is past gives a sum below nothing"


def test_a_sum_that_nobody_worked_out_is_not_taken_for_nothing():
    running(exit={"notice_months": 6, "cost_pence": None, "words": "To be agreed."})
    found = meant()
    assert found.cost == (0, 1)
    assert "Nobody has worked out" in found.sums[0].formula


def test_a_shared_cost_falls_to_the_others_by_their_own_weights():
    rule = {"method": "step-down", "steps": [{"centre": "ICT", "pence": 90_000, "to": {"ASH": 1, "BOR": 1, "COV": 1}}]}
    with as_body(ASHBY, BORLEY):
        sharing.agree_terms(
            payer_id=BORLEY, provider_id=ASHBY, service_id="garden-waste", rule=rule, vat="non-business", basis="C/1",
            payer_post="Section 151 officer", provider_post="Director", starts=TODAY, at=AT, by=BY,
        )  # fmt: skip
    assert [one for one in meant().sums if one.kind == OTHERS] == [], "no statement says yet what a year comes to"
    said = _falls(shared.terms_of(BORLEY, TODAY)[0], 30_000)
    assert said == "Stepped down without us: ASH £450.00 instead of £300.00, COV £450.00 instead of £300.00 a year."


def test_what_leaving_costs_is_shown_to_the_body_alone():
    running(withheld=[SECRET | {"part": "exit"}])
    decided()
    with as_body(ASHBY):
        assert not Costing.objects.exists()
    with as_body(BORLEY):
        assert Costing.objects.get().pence == 250_000


def test_who_does_a_service_afterwards_is_said_and_said_anew():
    decided()
    with as_body(BORLEY):
        with pytest.raises(actions.NobodyNamed):
            actions.say_afterwards(body_id=BORLEY, service_id="missed-bin", who="other", at=AT, by=BY)
        actions.say_afterwards(body_id=BORLEY, service_id="missed-bin", who="other", name="Fen Lorries", at=AT, by=BY)
        assert {one.service_id: one.said for one in meant().ours}["missed-bin"]
        actions.say_afterwards(body_id=BORLEY, service_id="missed-bin", who="nobody", at=AT, by=BY)
        assert "missed-bin" in {one.service_id for one in meant().unsaid}


def test_a_body_may_stay_after_all_while_nothing_is_carried_out():
    running()
    decided()
    with as_body(BORLEY):
        actions.stay_after_all(body_id=BORLEY, reason="The county made us a better offer.", at=AT, by=BY)
    assert queries.departure(BORLEY) is None
    assert shared.partnership("ashby-and-borley-waste", TODAY).members[BORLEY][1] == DAY, "notice stands"
    assert decided(leaves=DAY).state == "planned", "and it may decide again"


def test_pages_show_it_to_those_who_may_see_it(client):
    running(at=AT)
    as_staff(client, BORLEY, "councillor")
    page = client.get("/staff/leaving/").content.decode()
    assert "Nothing is decided" in page
    assert "£2,500.00" in page
    assert client.get("/staff/leaving/afterwards/").status_code == 403, "a councillor does not arrange work"
    as_staff(client, BORLEY, "partnership-office")
    assert client.get("/staff/leaving/decide/").status_code == 403
    assert client.get("/leaving/borley/").status_code == 404


def test_the_public_page_says_it_in_two_languages(client):
    decided()
    with as_body(BORLEY):
        actions.say_afterwards(body_id=BORLEY, service_id="missed-bin", who="own", at=AT, by=BY)
    page = client.get("/leaving/borley/").content.decode()
    assert "Borley District Council leaves" in page
    assert "own teams" in page
    client.get("/language/cy/?next=/")
    page = client.get("/leaving/borley/").content.decode()
    assert "yn gadael" in page
    assert "Eich cyfeirnod" in page
