"""Forms drawn from the language's own schema: what they show is what is written, and what is written comes back."""

from pathlib import Path

import pytest

from moothall.catalogue.queries import json_schema
from moothall.editor.rules import boxes, rewriting
from moothall.editor.rules.sections import QUESTIONS, SECTIONS, begun, fitting, node_of

SERVICES = Path(__file__).parents[4] / "services"
SCHEMA = json_schema()


def parts(told):
    """Return (section, value) of every page and entry of a definition."""
    for section in SECTIONS.values():
        if section.entries:
            yield from ((section, value) for value in (told.get(section.code) or {}).values())
        else:
            yield section, {name: told[name] for name in section.words if name in told}


@pytest.mark.parametrize("name", sorted(path.parent.name for path in SERVICES.glob("*/service.yaml"))[1::9])
def test_what_is_shown_and_not_touched_comes_back_the_same(name):
    told = rewriting.read((SERVICES / name / "service.yaml").read_text())
    for section, value in parts(told):
        drawn = boxes.draw(SCHEMA, node_of(SCHEMA, section, value), value)
        shown = boxes.initial(drawn.boxes, value)
        back = boxes.gathered(drawn.boxes, shown, value)
        assert said(back) == said(value), section.code


def said(value):
    """Return a value with one name as a list of one, and without space at the ends of words."""
    if isinstance(value, dict):
        alone = {name: [inner] for name, inner in value.items() if name == "after" and isinstance(inner, str)}
        return {name: said(inner) for name, inner in (value | alone).items()}
    if isinstance(value, list):
        return [said(inner) for inner in value]
    return value.strip() if isinstance(value, str) else value


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_kind_of_question_begins_whole_and_has_boxes_for_its_words(kind):
    value = begun(SECTIONS["ask"], kind)
    drawn = boxes.draw(SCHEMA, node_of(SCHEMA, SECTIONS["ask"], value), value)
    names = {box.name for box in drawn.boxes}
    assert {"label-en", "label-cy", "optional", "when", "stop-0-when"} <= names
    assert {"label-en", "label-cy"} <= {box.name for box in drawn.boxes if box.needed}
    assert drawn.rest in ([], ["earliest", "latest"])
    assert fitting(SCHEMA, value) == value


def test_a_new_choice_takes_its_name_from_its_words_and_an_emptied_one_goes():
    value = {"type": "choice", "label": {"en": "Which?", "cy": "Pa?"}, "options": {"a": {"en": "A", "cy": "A"}}}
    drawn = boxes.draw(SCHEMA, node_of(SCHEMA, SECTIONS["ask"], value), value)
    typed = boxes.initial(drawn.boxes, value) | {"options-+2-en": "A name, or scribble", "options-+2-cy": "Enw"}
    made = boxes.gathered(drawn.boxes, typed, value)
    new = {"en": "A name, or scribble", "cy": "Enw"}
    assert made["options"] == {"a": {"en": "A", "cy": "A"}, "a-name-or-scribble": new}
    gone = boxes.gathered(drawn.boxes, typed | {"options-a-en": "", "options-a-cy": ""}, value)
    assert list(gone["options"]) == ["a-name-or-scribble"]


def test_a_clock_changes_its_unit_and_a_figure_may_be_an_expression():
    value = {"by": "casework.task", "title": {"en": "x", "cy": "x"}, "within": {"working_days": 5}}
    drawn = boxes.draw(SCHEMA, node_of(SCHEMA, SECTIONS["steps"], value), value)
    typed = boxes.initial(drawn.boxes, value) | {"within": "body.days", "within-unit": "days"}
    assert boxes.gathered(drawn.boxes, typed, value)["within"] == {"days": "body.days"}
    assert "within" not in boxes.gathered(drawn.boxes, typed | {"within": ""}, value)


def test_what_a_person_is_told_beyond_the_boxes_stays():
    told = {"task": "Decide", "team": "t", "options": {"yes": {"en": "Yes", "cy": "Ie"}}, "grants": ["yes"]}
    value = {"by": "casework.decide", "title": {"en": "x", "cy": "x"}, "with": told}
    drawn = boxes.draw(SCHEMA, node_of(SCHEMA, SECTIONS["steps"], value), value)
    typed = boxes.initial(drawn.boxes, value) | {"with-task": "Decide it"}
    assert boxes.gathered(drawn.boxes, typed, value)["with"] == value["with"] | {"task": "Decide it"}


def test_what_a_question_of_another_kind_does_not_know_is_left_behind():
    value = {"type": "date", "label": {"en": "x", "cy": "x"}, "most": 5, "options": {}}
    assert fitting(SCHEMA, value) == {"type": "date", "label": {"en": "x", "cy": "x"}}
