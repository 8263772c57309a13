"""What makes an urgent referral: whom to ring and when, and what a definition of one may not do."""

import datetime as dt

import pytest

from moothall.catalogue.rules import hours, opening
from moothall.catalogue.tests.test_bad_definitions import refused_once_edited
from moothall.catalogue.tests.test_shipped import DEFINITIONS
from moothall.core.workdays import england

# The edit to homelessness, then what the refusal must say is wrong.
BAD_REFERRALS = {
    "a number that no body gives": ("ring: body.phone", "ring: body.telephone", "`telephone` is no setting of type"),
    "hours where a number belongs": (
        "otherwise: body.night_phone",
        "otherwise: body.hours",
        "no setting of type `phone`",
    ),
    "hours that cannot be read": ("default: Mo-Fr 09:00-17:00", "default: nine to five", "a default that fits"),
    "another team's work": (
        "team: housing-options\n      options",
        "team: complaints\n      options",
        "only `housing-options`",
    ),
    "work without a clock": ("    within: {hours: 4}\n", "", "has a clock"),
    "a place for all to see": ("    type: place\n", "    type: place\n    published: true\n", "publishes nothing"),
    "neighbours who follow it": (
        "leaves_open:\n",
        "duplicates: {metres: 5, days: 5}\nleaves_open:\n",
        "published nowhere",
    ),
    "somebody who must sign in": ("contact:\n", "sign_in: needed\ncontact:\n", "asks nobody to sign in"),
    "somebody who must be reached": ("needed: false", "needed: true", "whoever cannot be reached"),
}


@pytest.mark.parametrize("case", BAD_REFERRALS)
def test_it_refuses_an_urgent_referral_that_would_not_be_safe(case, tmp_path):
    old, new, what = BAD_REFERRALS[case]
    assert what in refused_once_edited(tmp_path, "homelessness", old, new)


@pytest.mark.parametrize(
    "text", ["", "Mo-Fr", "mo-fr 09:00-17:00", "Fr-Mo 09:00-17:00", "Mo 17:00-09:00", "Mo 25:00-26:00"]
)
def test_opening_hours_that_cannot_be_are_refused(text):
    with pytest.raises(hours.HoursWrong):
        hours.read(text)


def test_a_bank_holiday_is_closed_and_night_has_its_own_words():
    boxing_day = dt.datetime(2026, 12, 28, 10, 0)  # a Monday, in lieu of the 26th
    assert hours.closes_at("Mo-Fr 09:00-17:00", boxing_day, england().holidays) is None
    assert hours.in_words("Mo-Su 00:00-24:00") == "Monday to Sunday, day and night"
    assert hours.in_words("Sa 12:00-24:00", "cy") == "dydd Sadwrn, hanner dydd i hanner nos"


def test_a_body_gives_numbers_of_its_own():
    definition = next(d for d in DEFINITIONS if d.id == "homelessness")
    given = {"phone": "01632 960241", "night_phone": "01632 960249"}
    assert opening.check_parameters(definition, given) == {}
    assert set(opening.check_parameters(definition, {})) == {"phone", "night_phone"}
    assert set(opening.check_parameters(definition, given | {"phone": "call us", "hours": "always"})) == {
        "phone",
        "hours",
    }
