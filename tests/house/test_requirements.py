"""What the code imports is what it asks to be installed, and the pins know it."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = {"moothall", "tests", "tools", "benchmarks", "chaos", "conftest"}


def names(text):
    return {_name(line) for line in text.splitlines() if re.match(r"[a-zA-Z]", line)}


def _name(line):
    return re.split(r"[\[<>=~; ]", line)[0].lower().replace("_", "-").replace(".", "-")


def imported(*folders):
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "tests" not in path.parts]
    found = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - OURS


def test_every_package_that_is_imported_is_asked_for():
    asked = names((ROOT / "requirements.in").read_text())
    givers = packages_distributions()
    missing = {module for module in imported("src") if not {_name(name) for name in givers.get(module, [])} & asked}

    assert missing == set(), "add them to requirements.in, then pin: see CONTRIBUTING.md"


def test_everything_asked_for_is_pinned():
    for file in ("requirements", "requirements-dev"):
        asked = names((ROOT / f"{file}.in").read_text())
        pinned = dict(
            line.split("==") for line in (ROOT / f"{file}.txt").read_text().splitlines() if re.match(r"[a-z].*==", line)
        )
        assert asked <= {_name(name) for name in pinned}
