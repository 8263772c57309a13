"""The worked examples in the rules' docstrings hold."""

import doctest
from importlib import import_module

import pytest

MODULES = ("duties", "index", "labels", "projection", "words")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_hold(name):
    result = doctest.testmod(import_module(f"moothall.bodies.rules.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
