"""A request that ended is begun again with what is known of it, as far as its definition lets one."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from moothall.catalogue.rules import again
from moothall.catalogue.rules.load import load
from moothall.catalogue.tests.test_bad_definitions import PERFORMERS, refused_once_edited

TODAY = dt.date(2026, 11, 23)
GIVEN = {
    "where": {"uprn": "1", "label": "14 Mill Lane"}, "driver": {"name": "Sam Rowe", "born": "1988-04-02"},
    "before": "first", "drives": "both", "licence_code": "aB3", "abroad": False, "convicted": True,
    "convictions": "A fine.", "papers": ["one"], "true_to_say": True,
}  # fmt: skip
ISSUED = {"issue": {"state": "done", "number": "ASH-D-314159"}}


@pytest.fixture(scope="module")
def licence():
    return load(Path(settings.SERVICES) / "taxi-driver-licence", PERFORMERS)


def test_it_takes_over_what_stays_true_and_asks_the_rest_anew(licence):
    known = again.answers(licence, GIVEN, ISSUED, today=TODAY)
    assert known == {
        "where": GIVEN["where"], "driver": GIVEN["driver"], "before": "renew", "number": "ASH-D-314159",
        "drives": "both",
    }  # fmt: skip


def test_what_ended_otherwise_is_not_begun_again(licence):
    assert again.answers(licence, GIVEN, {"issue": {"state": "skipped"}}, today=TODAY) is None


def test_a_service_that_says_nothing_of_it_has_no_such_button():
    other = load(Path(settings.SERVICES) / "pest-control", PERFORMERS)
    assert again.answers(other, {}, {}, today=TODAY) is None


def test_an_answer_that_will_not_do_any_more_is_asked_for(licence):
    known = again.answers(licence, GIVEN | {"drives": "lorries"}, ISSUED, today=TODAY)
    assert "drives" not in known


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("answers: {before: renew}", "answers: {after: renew}", "there is no question `after`"),
        ("answers: {before: renew}", "answers: {before: often}", "`often` is no answer to `before`"),
        ("from: {number: issue.number}", "from: {number: issue.page}", "no step puts out `issue.page`"),
        ("from: {number: issue.number}", "from: {number: issued.number}", "no step puts out `issued.number`"),
        ("afresh: [licence_code,", "afresh: [code,", "there is no question `code`"),
        ("when: issue.state == 'done'\n  answers", "when: issue.state == 'gone'\n  answers", "gone"),
    ],
)
def test_what_cannot_be_is_named(tmp_path, old, new, says):
    assert says in refused_once_edited(tmp_path, "taxi-driver-licence", old, new)
