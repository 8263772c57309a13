from datetime import date

import pytest

from moothall.contracts import rules

CLAUSE = {
    "years": 5,
    "kinds": ["pothole"],
    "excludes": ["utility"],
    "deduction": {
        "recover_repair": True,
        "fixed_pence": 25000,
        "repeat_percent": 50,
        "cap_pence": 60000,
    },
}
COVERS = {"48000123/0": date(2023, 6, 30)}
GUARANTEE = rules.guarantee_from("Surfacing 2023, clause 12.4", CLAUSE, COVERS)


def judged(found, segment="48000123/0", kind="pothole", cause="wear"):
    return rules.judge(GUARANTEE, segment=segment, found=found, kind=kind, cause=cause)


def test_a_hole_that_comes_back_on_the_last_day_is_the_contractors():
    assert judged(date(2028, 6, 29)).applies


def test_a_hole_on_the_fifth_anniversary_is_the_councils():
    finding = judged(date(2028, 6, 30))
    assert not finding.applies
    assert finding.until == date(2028, 6, 30)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"segment": "48000123/50"}, "not guaranteed"),
        ({"segment": None}, "not guaranteed"),
        ({"kind": "sign"}, "kind of defect"),
        ({"cause": "utility"}, "this cause"),
    ],
)
def test_the_clause_says_why_it_does_not_apply(change, reason):
    finding = judged(date(2025, 1, 1), **change)
    assert not finding.applies
    assert reason in finding.reason


def test_a_hole_older_than_the_certificate_is_not_the_contractors():
    assert "before the work" in judged(date(2023, 6, 29)).reason


@pytest.mark.parametrize(
    ("repair", "earlier", "pence"),
    [
        (8420, 0, 8420 + 25000),
        (8420, 1, 8420 + 37500),
        (8420, 2, 8420 + 50000),
        (8420, 3, 8420 + 60000),  # 62,500 stops at the limit
        (0, 0, 25000),
    ],
)
def test_the_deduction_grows_with_each_return_up_to_the_limit(repair, earlier, pence):
    deduction = rules.deduct(GUARANTEE, repair_pence=repair, earlier=earlier)
    assert deduction.pence == pence
    assert sum(amount for _, amount in deduction.lines) == pence


def test_a_fraction_of_a_penny_is_dropped():
    odd = rules.guarantee_from(
        "x",
        {**CLAUSE, "deduction": {**CLAUSE["deduction"], "fixed_pence": 333}},
        COVERS,
    )
    assert rules.deduct(odd, repair_pence=0, earlier=1).penalty_pence == 499  # 499.5


def test_a_clause_that_says_nothing_of_its_limit_is_refused():
    with pytest.raises(ValueError, match="cap_pence"):
        rules.guarantee_from(
            "x",
            {**CLAUSE, "deduction": {"recover_repair": True, "fixed_pence": 1}},
            COVERS,
        )


def test_money_written_as_a_fraction_is_refused():
    with pytest.raises(ValueError, match="whole number"):
        rules.guarantee_from(
            "x",
            {**CLAUSE, "deduction": {**CLAUSE["deduction"], "fixed_pence": 10.5}},
            COVERS,
        )
