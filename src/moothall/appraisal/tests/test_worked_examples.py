"""The worked examples in the rules' docstrings hold."""

import doctest
import importlib
from pathlib import Path

import pytest

RULES = Path(__file__).parents[1] / "rules"
NAMES = sorted(path.stem for path in RULES.glob("*.py") if ">>>" in path.read_text())


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_in_the_docstrings_hold(name):
    module = importlib.import_module(f"moothall.appraisal.rules.{name}")

    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0
