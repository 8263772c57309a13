"""Every case answers for the twelve principles, equity and sustainability, among its criteria and not beside them."""

from pathlib import Path

import pytest

from moothall.appraisal.rules import draft, outline, page, principles, starting
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.reading import check
from moothall.appraisal.rules.report import appraise
from moothall.appraisal.rules.shown import shown
from moothall.appraisal.tests.small import LEFT_OUT, small
from moothall.appraisal.tests.test_basis import example
from moothall.appraisal.tests.test_criteria import written

OURS = fact("principles")["principles"]
OWN = {
    "title": "What Ashby stands for",
    "source": "Full council, 14 October 2026",
    "principles": {"kindness": {"name": "Kindness", "meaning": "Nobody is sent away", "source": "Motion of May 2026"}},
}


def refused(data):
    with pytest.raises(CaseRefused) as caught:
        check(data)
    return {fault.field: fault.what for fault in caught.value.faults}


def answered(**more):
    """Return a case with two criteria and an answer for every principle; None takes an answer out."""
    found = dict.fromkeys(OURS, LEFT_OUT) | {
        "best-value": {"criterion": "speed"},
        "participation": {"criterion": "say"},
    }
    found = {name: one for name, one in (found | more).items() if one is not None}
    return small(criteria=written(), principles=found)


def test_there_are_twelve_with_equity_and_sustainability_beside_them_each_with_scale_and_source():
    assert len([one for one in OURS.values() if one["group"] != principles.ALWAYS]) == 12
    assert {name for name, one in OURS.items() if one["group"] == principles.ALWAYS} == {"equity", "sustainability"}
    for one in OURS.values():
        assert one["name"]
        assert one["meaning"].endswith(".")
        assert one["nought"] != one["hundred"]
        assert one["source"]
        assert one["address"].startswith("https://www.legislation.gov.uk/")
        assert one["group"] in {*fact("principles")["groups"], principles.ALWAYS}


@pytest.mark.parametrize("left", OURS)
def test_no_case_is_ranked_while_one_of_the_fourteen_is_not_answered_for(left):
    found = refused(answered(**{left: None}))

    assert list(found) == [f"principles.{left}"]
    assert "neither a criterion nor left out" in found[f"principles.{left}"]


def test_no_case_is_closed_either():
    assert "principles.equity" in refused(answered(equity=None) | {"state": "closed"})


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"criterion": "kindness"}, "no criterion “kindness” with a scale"),
        ({"criterion": "speed"}, "stands for another principle too"),
        ({"left_out": "Not needed, we think: it is so"}, "says `who` left it out"),
        (LEFT_OUT | {"criterion": "speed"}, "or say why it is `left_out`"),
        (LEFT_OUT | {"left_out": "No"}, "at least 20 characters"),
        ({}, "or say why it is `left_out`"),
    ],
)
def test_an_answer_is_one_criterion_of_its_own_or_a_reason_by_somebody_on_a_day(answer, says):
    assert says in " ".join(refused(answered(equity=answer)).values())


def test_an_answer_to_what_nobody_asks_is_refused():
    assert list(refused(answered(kindness=LEFT_OUT))) == ["principles.kindness"]


def test_a_list_of_one_s_own_takes_the_place_of_the_twelve_but_not_of_equity_and_sustainability():
    kept = {"equity": LEFT_OUT, "sustainability": LEFT_OUT, "kindness": LEFT_OUT}
    case = check(small(own_principles=OWN, principles=kept))

    groups = principles.answers(case)

    assert principles.listed(case)["source"] == "Full council, 14 October 2026"
    assert [[row["key"] for row in group["rows"]] for group in groups] == [["kindness"], ["equity", "sustainability"]]
    found = refused(small(own_principles=OWN, principles={"kindness": LEFT_OUT}))
    assert set(found) == {"principles.equity", "principles.sustainability"}
    assert "principles.openness" in refused(small(own_principles=OWN, principles=kept | {"openness": LEFT_OUT}))


def test_the_page_and_the_data_show_each_answer_with_its_source():
    report = appraise(check(answered()))
    text = page.as_html(report).decode()
    told = shown(report)["principles"]

    assert "Left out by Panel of nine on 2026-10-01: Both options fare alike by it" in text
    assert [name for name, one in OURS.items() if one["source"] not in text] == []
    assert sum(len(group["rows"]) for group in told["groups"]) == 14
    best = told["groups"][0]["rows"][0]
    assert (best["criterion"], best["nought"]) == ("Days to decide", "60")


@pytest.mark.parametrize("name", ["in-house", "shared", "joint", "outsourced", "marchshire"])
def test_every_example_weighs_equity_and_sustainability_and_gives_a_reason_for_what_it_leaves_out(name):
    case = check(example(name))

    assert case.principles["equity"].criterion
    assert case.principles["sustainability"].criterion
    assert sum(bool(answer.criterion) for answer in case.principles.values()) >= 10


def test_a_case_from_nothing_begins_with_a_scale_for_each_and_its_pages_say_what_it_means():
    given = starting.blank(["in-house"], 2027)

    assert set(given["criteria"]["scales"]) == set(given["principles"]) == set(OURS)
    node = outline.node(given, ("principles", "openness"))
    assert node.title == "Openness"
    assert "Freedom of Information Act 2000" in node.hint
    assert ("redress", "Putting things right") in next(leaf for leaf in node.fields if leaf.name == "criterion").choices
    assert next(title for _path, title in outline.node(given, ("principles",)).entries) == "Best value"


def test_what_is_missing_leads_to_the_page_of_the_principle():
    given = draft.put(draft.drafted(answered()), ("principles", "equity"), None)

    ((path, fault),) = draft.missing(given)

    assert outline.page_of(given, path) == ("principles", "equity")
    assert "“Equity” is neither" in fault.what


def test_a_case_that_takes_over_the_shape_of_another_says_itself_what_it_leaves_out():
    given = starting.shape_of(draft.drafted(answered()))

    assert set(given["principles"]) == {"best-value", "participation"}


def test_the_document_lists_each_principle_with_its_source():
    text = (Path(__file__).parents[4] / "docs" / "appraisal.md").read_text()
    told = {name: f"`{name}`: {one['name']}. {one['meaning']} | {one['source']} |" for name, one in OURS.items()}

    assert [name for name, line in told.items() if line not in text] == []
