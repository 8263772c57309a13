"""A case closes when voices are answered, harm is dealt with, every subject looked at, and nobody says stop."""

import pytest

from moothall.appraisal.rules import closing, page, report
from moothall.appraisal.rules.basis import CaseRefused
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.reading import check
from moothall.appraisal.tests.small import small

REPLY = "The counter in Ashby stays open until the trial has been judged"


def effect(subject, **more):
    return {"subject": subject, "options": ["in-house"], "what": "None", "adverse": False, "source": "Survey"} | more


def ready(**more):
    """Return a case that may close: all thirteen subjects looked at, one voice answered."""
    voice = {"who": "Users' panel", "on": "2026-10-01", "says": "Keep the counter", "reply": REPLY}
    found = {
        "state": "closed",
        "impacts": [effect(subject) for subject in fact("impacts")["subjects"]],
        "voices": [voice | {"replied_on": "2026-10-20"}],
    }
    return small(**(found | more))


def refused(data):
    with pytest.raises(CaseRefused) as caught:
        check(data)
    return [(fault.option, fault.field) for fault in caught.value.faults]


def test_a_case_with_all_of_it_closes():
    assert check(ready()).state == "closed"
    assert closing.obstacles(check(ready())) == []


def test_the_nine_characteristics_and_four_more_are_looked_at_for_every_option_but_now():
    assert len(fact("impacts")["subjects"]) == 13
    fewer = [effect(subject) for subject in fact("impacts")["subjects"] if subject != "disability"]

    assert refused(ready(impacts=fewer)) == [("in-house", "impacts.disability")]


def test_an_unanswered_voice_keeps_it_open():
    voice = {"who": "The union", "on": "2026-10-05", "says": "Who trains the new starters?"}

    assert refused(ready(voices=[voice])) == [("the case", "voices.0")]


def test_a_reply_of_two_words_is_no_reply():
    voice = {"who": "The union", "on": "2026-10-05", "says": "Why?", "reply": "Noted.", "replied_on": "2026-10-06"}

    assert refused(ready(voices=[voice])) == [("the case", "voices.0.reply")]


@pytest.mark.parametrize("dealt", [{}, {"mitigation": "Forms filled at home"}, {"owner": "Head of service"}])
def test_harm_without_a_remedy_and_an_owner_keeps_it_open(dealt):
    impacts = [effect(s) for s in fact("impacts")["subjects"]] + [
        effect("age", adverse=True, what="Online only", **dealt)
    ]

    assert refused(ready(impacts=impacts)) == [("in-house", "impacts.13")]


@pytest.mark.parametrize("remedy", ["mitigation", "alternative"])
def test_harm_with_a_remedy_and_an_owner_lets_it_close(remedy):
    harm = effect("age", adverse=True, what="Online only", owner="Head of service", **{remedy: "Visits at home"})

    assert check(ready(impacts=ready()["impacts"] + [harm])).state == "closed"


@pytest.mark.parametrize("stage", fact("impacts")["stages"])
@pytest.mark.parametrize("partner", ["Ashby", "Borley"])
def test_every_partner_can_say_stop_at_every_stage(partner, stage):
    stop = {"partner": partner, "stage": stage, "on": "2026-11-01", "why": "Our members voted against it"}

    assert refused(ready(stops=[stop])) == [("the case", "stops.0")]
    assert check(ready(stops=[stop | {"withdrawn_on": "2026-11-15"}])).state == "closed"


def test_nobody_else_can_say_stop():
    stop = {"partner": "The contractor", "stage": "tender", "on": "2026-11-01", "why": "We would rather not"}

    assert ("the case", "stops.0.partner") in refused(ready(stops=[stop]))


def test_an_open_case_is_appraised_and_says_what_keeps_it_open():
    stop = {"partner": "Borley", "stage": "decision", "on": "2026-11-01", "why": "Our members voted against it"}
    voice = {"who": "The union", "on": "2026-10-05", "says": "Who trains the new starters?"}

    text = page.as_html(report.appraise(check(small(stops=[stop], voices=[voice])))).decode()

    assert "<strong>Borley says stop</strong> (decision, 2026-11-01): Our members voted against it" in text
    assert "15 things keep it from closing" in text
    assert "what The union said on 2026-10-05 has no reply" in text
