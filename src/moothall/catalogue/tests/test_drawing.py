"""The workflow drawn: an SVG that is well formed and says in words what it shows."""

from xml.etree import ElementTree

import pytest

from moothall.catalogue.rules.draw import draw, layers
from moothall.catalogue.tests.test_shipped import DEFINITIONS

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lang", ["en", "cy"])
@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.id)
def test_it_is_an_accessible_picture_of_every_step_and_outcome(definition, lang):
    root = ElementTree.fromstring(draw(definition, lang))
    labelled = root.get("aria-labelledby").split()
    told = {e.get("id"): e.text for e in root if e.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.get("role") == "img"
    assert sorted(labelled) == sorted(told)
    assert definition.title.in_(lang) in told[labelled[0]]
    for step in definition.steps.values():
        assert step.title.in_(lang) in told[labelled[1]]
    for outcome in definition.outcomes.values():
        assert outcome.title.in_(lang) in told[labelled[1]]
    drawn = [t.text for t in root.iter(f"{SVG}text")]
    assert sum(step.performs in drawn for step in definition.steps.values()) == len(definition.steps)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.id)
def test_no_two_boxes_overlap_and_all_are_inside(definition):
    root = ElementTree.fromstring(draw(definition))
    _, _, width, height = (int(n) for n in root.get("viewBox").split())
    boxes = [tuple(int(r.get(a)) for a in ("x", "y", "width", "height")) for r in root.iter(f"{SVG}rect")]
    assert all(x >= 0 and y >= 0 and x + w <= width and y + h <= height for x, y, w, h in boxes)
    for i, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[i + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_a_step_stands_below_all_that_it_follows():
    complaint = next(d for d in DEFINITIONS if d.id == "complaint")
    assert layers(complaint) == [["acknowledge"], ["stage_one", "stage_two"], ["put_right"]]
