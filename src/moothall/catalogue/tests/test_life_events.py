"""Life events: as shipped they fit the services; what does not fit is refused; people's own words find them."""

import pytest

from moothall.catalogue.rules import life, search
from moothall.catalogue.rules.load import BadDefinition
from moothall.catalogue.tests.test_shipped import DEFINITIONS, SERVICES

SHIPPED = SERVICES / "life-events.yaml"
BY_ID = {d.id: d for d in DEFINITIONS}
EVENTS = life.load_life_events(SHIPPED.read_text(), BY_ID)


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_each_concerns_several_services_and_asks_something_once_for_two_of_them(event):
    assert len(event.does) > 1
    filled = [own for doing in event.does.values() for own in doing.fills.values()]
    assert all(filled.count(own) > 1 for own in event.ask)


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_what_it_answers_itself_is_an_answer_that_the_service_takes(event):
    for doing in event.does.values():
        for name, value in doing.answers.items():
            question = BY_ID[doing.service].ask[name]
            assert value in question.options if question.type == "choice" else value is not None, (event.id, name)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("service: new-bin", "service: new-bins", "there is no service `new-bins`"),
        ("fills: {where: home, since: day}", "fills: {were: home, since: day}", "does not ask `were`"),
        ("fills: {where: old_home}", "fills: {where: odd_home}", "the event does not ask `odd_home`"),
        ("fills: {where: old_home}", "fills: {where: day}", "`where` of `bulky-waste` is of type address"),
        ("answers: {reason: alone}", "answers: {because: alone}", "does not ask `because`"),
        ("  summary:\n", "  sumary:\n", "summary: Field required"),
    ],
)
def test_one_that_does_not_hold_together_is_refused_with_its_line(old, new, said):
    text = SHIPPED.read_text()
    assert old in text
    with pytest.raises(BadDefinition) as refused:
        life.load_life_events(text.replace(old, new, 1), BY_ID)
    (problem,) = [one for one in refused.value.problems if said in one.what]
    assert abs(problem.line - text[: text.index(old)].count("\n")) <= 8


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fills: {where: old_home}", "fills: {whence: old_home}"),
        ("service: bulky-waste", "service: bulk"),
        ("  summary:\n", "  sumary:\n"),
    ],
)
def test_what_no_longer_fits_is_left_out_where_people_look_and_the_rest_stays(old, new):
    left = life.load_life_events(SHIPPED.read_text().replace(old, new, 1), BY_ID, whole=False)
    assert "someone-died" in left
    if "moved-home" in left:
        assert "rubbish" not in left["moved-home"].does
        assert {"into", "bins"} <= left["moved-home"].does.keys()


def test_where_a_service_is_not_offered_what_needs_it_is_left_out():
    known = {name: d for name, d in BY_ID.items() if not name.startswith("council-tax")}
    left = life.load_life_events(SHIPPED.read_text(), known, whole=False)
    assert "alone" not in left["moved-home"].does
    assert "day" not in left["moved-home"].ask


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("i am moving house", "moved-home"),
        ("change of address", "moved-home"),
        ("my husband died", "someone-died"),
        ("I want to open a cafe", "started-business"),
        ("symud tŷ", "moved-home"),
        ("wedi marw", "someone-died"),
    ],
)
def test_people_s_own_words_find_it(typed, first):
    assert search.search(search.build(EVENTS.values()), typed)[0][0] == first
