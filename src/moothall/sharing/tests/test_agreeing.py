"""Where a partnership stands, worked out from versions and decisions."""

import datetime as dt

import pytest
from tests.terms import terms
from tests.world import ASHBY, BORLEY, COVEHAM

from moothall.sharing.rules.agreeing import Decided, Version, may_leave_on, standing
from moothall.sharing.rules.business_models import business_models, facts
from moothall.sharing.rules.changes import changes
from moothall.sharing.rules.terms import Terms, problems

NAMES = {ASHBY: "Ashby", BORLEY: "Borley", COVEHAM: "Coveham"}


def day(text):
    return dt.date.fromisoformat(text)


FIRST = Version(1, (ASHBY, BORLEY), day("2026-01-01"))
YES = [Decided(ASHBY, "agree", 1, day("2025-12-10")), Decided(BORLEY, "agree", 1, day("2026-01-15"))]


def test_it_begins_when_the_last_member_has_agreed():
    assert standing([FIRST], YES[:1], day("2026-02-01")).state == "proposed"
    assert standing([FIRST], YES[:1], day("2026-02-01")).waiting == {1: (BORLEY,)}
    found = standing([FIRST], YES, day("2026-01-15"))
    assert (found.state, found.number, found.since) == ("running", 1, day("2026-01-15"))
    assert standing([FIRST], YES, day("2026-01-14")).state == "proposed"


def test_one_no_refuses_it_until_that_body_changes_its_mind():
    no = Decided(BORLEY, "refuse", 1, day("2026-01-02"))
    assert standing([FIRST], [YES[0], no], day("2026-02-01")).state == "refused"
    assert standing([FIRST], [YES[0], no, YES[1]], day("2026-02-01")).state == "running"


def test_old_terms_hold_until_all_have_agreed_to_the_new():
    second = Version(2, (ASHBY, BORLEY, COVEHAM), day("2026-03-01"))
    two = [Decided(b, "agree", 2, day("2026-02-01")) for b in (ASHBY, BORLEY)]
    assert standing([FIRST, second], YES + two, day("2026-06-01")).number == 1
    three = [*two, Decided(COVEHAM, "agree", 2, day("2026-02-20"))]
    found = standing([FIRST, second], YES + three, day("2026-06-01"))
    assert (found.number, found.members[COVEHAM]) == (2, (day("2026-03-01"), None))
    assert standing([FIRST, second], YES + three, day("2026-02-28")).number == 1


def test_it_ends_when_too_few_are_left():
    leaving = Decided(BORLEY, "leave", 1, day("2026-06-01"), day("2026-12-01"))
    assert standing([FIRST], [*YES, leaving], day("2026-11-30")).state == "running"
    found = standing([FIRST], [*YES, leaving], day("2026-12-01"))
    assert (found.state, found.ended) == ("ended", day("2026-12-01"))


def test_it_goes_on_without_one_of_three_who_need_not_agree_any_more():
    three = Version(1, (ASHBY, BORLEY, COVEHAM), day("2026-01-01"))
    yes = [Decided(b, "agree", 1, day("2025-12-10")) for b in three.member_ids]
    leaving = Decided(COVEHAM, "leave", 1, day("2026-01-02"), day("2026-02-01"))
    later = Version(2, (ASHBY, BORLEY, COVEHAM), day("2026-03-01"))
    again = [Decided(b, "agree", 2, day("2026-03-01")) for b in (ASHBY, BORLEY)]
    found = standing([three, later], [*yes, leaving, *again], day("2026-04-01"))
    assert (found.state, found.number, found.members[COVEHAM][1]) == ("running", 2, day("2026-02-01"))


@pytest.mark.parametrize(
    ("decided", "months", "leaves"),
    [("2026-01-31", 1, "2026-03-01"), ("2026-06-15", 12, "2027-06-15"), ("2026-06-15", 0, "2026-06-15")],
)
def test_notice_runs_in_whole_months(decided, months, leaves):
    assert may_leave_on(day(decided), months) == day(leaves)


def said(**changed):
    return " ".join(what for _, what in problems(Terms(**terms(**changed)), day=day("2026-11-22"), names=NAMES))


def service(**changed):
    return [terms()["services"][0] | changed]


def test_whole_terms_can_be_proposed():
    assert said() == ""


@pytest.mark.parametrize(
    ("changed", "asks"),
    [
        ({"services": service(councillor=" ")}, "Name the councillor who answers for “Garden waste”"),
        ({"services": service(accountable=None)}, "Choose the member that answers"),
        ({"services": service(accountable=COVEHAM)}, "Choose the member that answers"),
        ({"services": service(receivers=[COVEHAM])}, "Coveham receives “Garden waste” and is no member"),
        ({"services": service(provider=COVEHAM)}, "Choose a member that does"),
        ({"services": []}, "at least one service"),
        ({"aims": terms()["aims"][:1]}, "Add an aim further off"),
        ({"aims": terms()["aims"][1:]}, "Add an aim within two years"),
        ({"interests": terms()["interests"][:1]}, "Write what Borley declares"),
        ({"powers": []}, "who may decide what"),
        ({"costs": []}, "how the cost is shared"),
        ({"exit": None}, "how a member leaves"),
        ({"lead": COVEHAM}, "Choose which member leads"),
        ({"ends": "2026-12-01"}, "a last day that is after"),
        ({"members": terms()["members"][:1], "services": service(receivers=[])}, "at least two"),
    ],
)
def test_what_is_missing_is_asked_for(changed, asks):
    assert asks in said(**changed)


def test_what_is_withheld_has_a_day_to_come():
    why = {"part": "exit", "reason": "Being negotiated", "owner": "Ashby", "test": "Weighed", "expires": "2026-11-22"}
    assert "after today" in said(withheld=[why])
    assert said(withheld=[why | {"expires": "2026-11-23"}]) == ""


def told(lang="en", **changed):
    return changes(Terms(**terms()), Terms(**terms(**changed)), names=NAMES, lang=lang)


def test_changes_are_said_in_words():
    assert told() == ["The wording is the same."]
    exit_terms = {"notice_months": 12, "cost_pence": None, "words": "As before."}
    assert told(exit=exit_terms) == [
        "Notice to leave: 6 months became 12 months.",
        "Cost of leaving: £2,500.00 became nothing said.",
    ]
    cost = [{"service": "Garden waste", "method": "per-case", "words": "£4.50 a bin"}]
    assert told(costs=cost) == ["Changed in how cost is shared: Garden waste: £4.50 a bin."]
    assert told(aims=terms()["aims"][:1]) == ["Taken out of aims: One round across the border."]
    members = [*terms()["members"], {"body_id": COVEHAM, "starts": "2026-12-01"}]
    assert told(members=members) == ["Coveham joins."]


def test_they_are_said_in_welsh():
    assert told("cy", model="joint-committee", lead=None) == [
        "Model busnes: aeth Awdurdod arweiniol yn Cydbwyllgor.",
        "Awdurdod arweiniol: aeth Ashby yn dim wedi'i ddweud.",
    ]


def test_an_ending_says_why_and_what_goes_on():
    found = told(ending={"on": "2027-04-01", "why": "Too little gained.", "continuing": ["Garden waste"]})
    assert found == [
        "The partnership ends on 1 April 2027: Too little gained.",
        "Its members go on with: Garden waste.",
    ]


def test_every_model_says_how_tax_and_pensions_treat_it_and_by_what_law():
    for code in business_models():
        found = facts(code, day("2026-11-22"))
        assert all(found[topic] for topic in ("tax", "pension"))
        assert all("Act" in one.source or "SI " in one.source or "Direction" in one.source
                   for many in found.values() for one in many)  # fmt: skip


def test_law_that_was_not_yet_in_force_is_left_out():
    assert facts("lead-authority", day("2012-01-01"))["tax"][0].source.startswith("Corporation Tax Act")
