"""A body's own words and its own evidence: asked, said and written where the definition leaves them open."""

import datetime as dt
import shutil

import pytest

from moothall.catalogue.rules import answers, flow, letters
from moothall.catalogue.rules.load import BadDefinition, load
from moothall.catalogue.rules.opening import check_parameters
from moothall.catalogue.rules.rehearsal import rehearse
from moothall.catalogue.rules.wording import setting_told, setting_words
from moothall.catalogue.tests.test_shipped import DEFINITIONS, SERVICES
from moothall.core.clock import LONDON
from moothall.core.workdays import england

GARDEN = next(d for d in DEFINITIONS if d.id == "garden-waste")
NEW = {"where": {"uprn": "999000000014", "label": "14 Mill Lane"}, "start": "new", "bins": 1, "agreed": True}
OWN = {"put_out": {"en": "By the gate, by 6am.", "cy": "Wrth y giât, erbyn 6yb."}}
ENGLISH = {"put_out": {"en": "By the gate, by 6am.", "cy": ""}}


def agreed(parameters):
    return next(q for q in answers.visible_questions(GARDEN, NEW, parameters) if q.id == "agreed").help


def welcome(parameters, lang):
    guarded = flow.seen(GARDEN, NEW, {}, {}, parameters)
    return letters.write(GARDEN, "welcome", lang, {"reference": "ASH-1", "body": "Ashby"}, guarded)[1]


def test_a_question_says_what_the_body_wrote_and_else_what_is_proposed():
    assert (agreed(OWN).en, agreed(OWN).cy) == ("By the gate, by 6am.", "Wrth y giât, erbyn 6yb.")
    assert agreed({}).en == "Put it out by 7am on the day, with the lid shut."
    assert GARDEN.ask["agreed"].help.en == "{{ body.put_out }}", "the definition itself stays as it was written"


def test_a_letter_says_it_in_its_own_language_and_in_english_where_there_is_no_other():
    assert "By the gate, by 6am." in welcome(OWN, "en")
    assert "Wrth y giât, erbyn 6yb." in welcome(OWN, "cy")
    assert "By the gate, by 6am." in welcome(ENGLISH, "cy")
    assert "gyda'r caead" in welcome({}, "cy") or "a'r caead" in welcome({}, "cy")


def test_a_photo_is_asked_for_and_named_beforehand_only_where_the_body_asks_for_one():
    for parameters, asked in (({"asks_photo": True}, True), ({}, False)):
        assert ("stand" in [q.id for q in answers.visible_questions(GARDEN, NEW, parameters)]) == asked
        assert any("photo" in need.en for need in answers.needs(GARDEN, parameters)) == asked


def test_a_trial_says_a_clock_with_the_body_s_own_figure():
    at = dt.datetime(2026, 6, 1, 10, tzinfo=LONDON)
    came = rehearse(GARDEN, NEW, {"deliver_days": 12}, {}, at=at, calendar=england())
    assert [soon for title, _, soon, _ in came.steps if title == "We bring your bin"] == ["within 12 working days"]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"en": "By the gate", "cy": ""}, None),
        ({"en": " ", "cy": "Wrth y giât"}, "Write it in English"),
        ("By the gate", "in Welsh (cy) too"),
        ({"en": "x" * 301, "cy": ""}, "300 characters or fewer"),
        ({"en": "Pay {{ fee }}", "cy": ""}, "Leave out double braces"),
    ],
)
def test_own_words_are_short_and_whole(value, says):
    problem = check_parameters(GARDEN, {"put_out": value}).get("put_out")
    assert problem is None if says is None else says in problem


def test_settings_are_told_as_people_say_them():
    opens = GARDEN.leaves_open
    assert setting_told(opens["fee_pence"], 5000) == ("Fee for one bin for a year", "£50.00")
    assert setting_told(opens["asks_photo"], True)[1] == "Yes"
    assert setting_told(opens["put_out"], OWN["put_out"])[1] == "By the gate, by 6am. In Welsh: Wrth y giât, erbyn 6yb."
    assert setting_told(opens["put_out"], ENGLISH["put_out"])[1] == "By the gate, by 6am."
    assert setting_words(opens["asks_photo"], False, "cy") == "na"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{{ body.put_out }}", "{{ body.put_it_out }}", "`{{ body.put_it_out }}` is not left open to the body"),
        ("{{ body.put_out }}", "{{ answers.bins }}", "a question knows nothing else"),
        ("when: body.asks_photo &&", "when: body.put_out == 'x' &&", "`body.put_out` is not known"),
        ("{when: body.asks_photo,", "{when: answers.bins > 1,", "`answers.bins` is not known in what to have ready"),
    ],
)
def test_a_text_takes_in_only_what_the_body_sets_and_a_condition_no_text(old, new, what, tmp_path):
    folder = shutil.copytree(SERVICES / "garden-waste", tmp_path / "garden-waste")
    path = folder / "service.yaml"
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(BadDefinition) as bad:
        load(folder)
    assert any(what in problem.what for problem in bad.value.problems), [p.what for p in bad.value.problems]
