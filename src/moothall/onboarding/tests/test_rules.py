"""The examples in the rules' docstrings hold."""

import doctest
from importlib import import_module

import pytest

RULES = ("area", "cases", "columns", "customers", "land", "lines", "packs", "playing", "staff")


@pytest.mark.parametrize("name", RULES)
def test_the_examples_in_the_docstrings_hold(name):
    results = doctest.testmod(import_module(f"moothall.onboarding.rules.{name}"))
    assert results.failed == 0
