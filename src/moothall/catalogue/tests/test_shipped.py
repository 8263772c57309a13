"""The services as shipped: each loads, and each of its worked examples comes out as an officer worked it out."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from moothall.catalogue.rules import examples
from moothall.catalogue.rules.definition import Definition
from moothall.catalogue.rules.load import load_all
from moothall.core.workdays import england

SERVICES = Path(__file__).parents[4] / "services"


def read(name):
    return YAML(typ="safe").load((SERVICES / name).read_text())


DEFINITIONS = load_all(SERVICES, read("performers.yaml"), read("topics.yaml"))
EXAMPLES = [(d, e) for d in DEFINITIONS for e in examples.read(SERVICES / d.id)]


def test_the_services_are_there():
    assert {d.id for d in DEFINITIONS} >= {
        "report-pothole",
        "street-light",
        "fly-tipping",
        "missed-bin",
        "bulky-waste",
        "garden-waste",
        "complaint",
        "information-request",
    }


@pytest.mark.parametrize(("definition", "example"), EXAMPLES, ids=[f"{d.id}: {e.name}" for d, e in EXAMPLES])
def test_the_worked_example_comes_out_as_written(definition, example):
    assert examples.differences(definition, example, england()) == []


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.id)
def test_every_outcome_is_reached_by_some_example(definition):
    played = [examples.play(definition, e, england()) for d, e in EXAMPLES if d is definition]
    reached = {came.get("outcome") for came in played} - {None}
    assert len(reached) >= min(2, len(definition.outcomes)), "write an example for another outcome"


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.id)
def test_it_comes_back_the_same_from_what_is_stored(definition):
    again = Definition.model_validate(definition.compiled())
    assert again == definition
    assert again.digest() == definition.digest()


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.id)
def test_an_example_that_is_wrong_is_noticed(definition):
    example = next(e for d, e in EXAMPLES if d is definition and "messages" in e.then)
    wrong = example.model_copy(update={"then": {"messages": ["another-letter"]}})
    assert examples.differences(definition, wrong, england()) != []
