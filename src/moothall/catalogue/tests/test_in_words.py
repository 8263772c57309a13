"""Conditions are said as officers say them where their shape is simple; else the expression is shown."""

import pytest

from moothall.catalogue.rules.changes import changes
from moothall.catalogue.rules.in_words import in_words, said
from moothall.catalogue.tests.test_shipped import DEFINITIONS

BY_ID = {definition.id: definition for definition in DEFINITIONS}
SAYS = {
    ("home-repair", "answers.fault == 'damp'"): "“What is wrong?” is “Damp or mould”",
    ("home-repair", "answers.fault != 'damp'"): "“What is wrong?” is not “Damp or mould”",
    ("home-repair", "answers.fault in ['roof', 'other']"): "“What is wrong?” is “The roof leaks” or “Something else”",
    ("home-repair", "visit.decision == 'part'"): "“We come and mend it” came to “Made safe, a part is on order”",
    ("home-repair", "choose.state == 'done'"): "“You choose a day” is done",
    ("home-repair", "choose.state != 'done'"): "“You choose a day” is not done",
    ("tip-visit", "!answers.home"): "“Is it all from your own home?” is not yes",
    ("tip-visit", "'asbestos' in answers.what"): "“What do you bring?” has “Asbestos”",
    ("tip-visit", "answers.bags != null && answers.bags > 2"):
        "“How many 50-litre bags of rubble or the like?” is more than 2",
    ("tip-visit", "has(answers.bags)"): "“How many 50-litre bags of rubble or the like?” was answered",
    ("tip-visit", "size(answers.what) > 0"): "“What do you bring?” was answered",
    ("taxi-driver-licence", "pay.paid && !case.reopened"): "“You pay” was paid and it is not looked at again",
    ("taxi-driver-licence", "case.channel in ['phone', 'visit']"): "it came by phone or on a visit",
    ("new-bin", "body.fee_pence > 0"): None,
    ("missed-bin", "!(check_round.verdict in ['missed'])"):
        "it is not so that “We check what the crew recorded” came to “missed”",
    ("taxi-driver-licence", "confirm.state == 'done' ? confirm.decision == 'panel' : recommend.decision == 'panel'"):
        "where “Somebody else looks at it” is done, “Somebody else looks at it” came to “The licensing panel decides”, "
        "and otherwise “A licensing officer decides” came to “The licensing panel decides”",
}  # fmt: skip


@pytest.mark.parametrize(("service", "source"), SAYS)
def test_a_simple_condition_is_said_by_what_people_call_its_parts(service, source):
    words = in_words(source, BY_ID[service])
    assert words == SAYS[service, source] if SAYS[service, source] else "£0" in words


def test_and_and_or_together_say_what_belongs_together():
    definition = BY_ID["home-repair"]
    a, b, c = (f"answers.fault == '{one}'" for one in ("damp", "roof", "fan"))
    x, y, z = (in_words(one, definition) for one in (a, b, c))
    assert in_words(f"{a} && {b} && {c}", definition) == f"{x} and {y} and {z}"
    assert in_words(f"{a} && ({b} || {c})", definition) == f"{x}, and either {y} or {z}"
    assert in_words(f"{a} || {b} && {c}", definition) == f"{x}, or both {y} and {z}"
    assert in_words(f"({a} || {b}) || {c}", definition) == f"{x} or {y} or {z}"


@pytest.mark.parametrize(
    "source",
    ["true", "answers.fault + 'x' == 'y'", "answers.more.matches('^a')", "answers.nothing == 'x'",
     "size(answers.more) == 3",
     "answers.fault == ", "(answers.at_risk", "dates.a < dates.b", "answers.where.street == 'Mill Lane'", "'a' == 'b'",
     "answers.fault == 'damp' == true", "answers.at_risk ? 1 : 2", "[1, 2].exists(x, x > 1)", ")", "has()", "!", ""],
)  # fmt: skip
def test_of_any_other_shape_nothing_is_said(source):
    assert in_words(source, BY_ID["home-repair"]) == ""
    assert str(said(source, BY_ID["home-repair"], begins="if ")) == f"if {source}"


def conditions(definition):
    yield from (one.when for one in definition.questions if one.when)
    yield from (stop.when for one in definition.questions for stop in one.stop)
    for part in (definition.steps.values(), definition.outcomes.values(), definition.messages):
        yield from (one.when for one in part if one.when)


def test_nearly_all_conditions_of_the_shipped_services_have_words_without_names_of_a_machine():
    found = {(d.id, one): in_words(one, d) for d in DEFINITIONS for one in conditions(d)}
    unsaid = [key for key, words in found.items() if not words]
    assert len(unsaid) < len(found) / 20, unsaid
    for words in filter(None, found.values()):
        assert not any(sign in words for sign in ("answers.", "&&", "||", "==", ".state", "_")), words


def test_what_changes_is_told_in_words_and_how_it_is_written_where_nothing_else_differs():
    old = BY_ID["home-repair"]
    said_of = {"promise": "", "cost": ""}

    def told(source):
        steps = old.steps | {"soon": old.steps["soon"].model_copy(update={"when": source})}
        return [one.what for one in changes(old, old.model_copy(update={"steps": steps}), said_of, said_of)]

    [was] = told("answers.fault == 'damp'")
    assert was.endswith("is “What is wrong?” is “Damp or mould”.")
    old = old.model_copy(update={"steps": old.steps | {
        "soon": old.steps["soon"].model_copy(update={"when": "answers.fault in ['damp']"})}})  # fmt: skip
    [was] = told("answers.fault == 'damp'")
    assert was.endswith("its condition was answers.fault in ['damp'], is answers.fault == 'damp'.")
