"""House rules that a machine can keep by reading the code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [p for p in (ROOT / "src" / "moothall").rglob("*.py") if "migrations" not in p.parts]
LIVE = [p for p in SOURCES if "tests" not in p.parts]
INTERFACE = {"views", "api", "management", "tasks", "templatetags", "site", "simulation", "forms", "handlers", "steps"}
NAMES = {"utils", "helpers", "managers", "services", "common", "mixins", "signals", "misc"}


def ids(path):
    return path.relative_to(ROOT / "src" / "moothall").as_posix()


def rooms(path):
    parts = path.relative_to(ROOT / "src" / "moothall").with_suffix("").parts
    return set(parts)


@pytest.mark.parametrize("path", LIVE, ids=ids)
def test_no_file_is_longer_than_400_lines(path):
    assert len(path.read_text().splitlines()) <= 400, "split it into a folder, one noun a file"


@pytest.mark.parametrize("path", LIVE, ids=ids)
def test_no_function_is_longer_than_60_lines(path):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60
    ]
    assert not long


@pytest.mark.parametrize("path", LIVE, ids=ids)
def test_no_file_is_called_after_nothing(path):
    assert not rooms(path) & NAMES, "name the noun it is about"


@pytest.mark.parametrize("path", [p for p in LIVE if not rooms(p) & INTERFACE and "core" not in rooms(p)], ids=ids)
def test_nothing_below_the_interface_reads_the_clock(path):
    text = path.read_text()
    assert not re.search(r"\b(datetime|dt|date|timezone|clock)\.(now|today|utcnow)\(|(?<![\w.])now\(\)", text), (
        "take `at` as an argument; only views, API, tasks and commands know what time it is"
    )


@pytest.mark.parametrize("path", [p for p in LIVE if rooms(p) & {"views", "queries", "api", "rules"}], ids=ids)
def test_only_actions_write(path):
    writes = re.findall(
        r"\.(?:bulk_create|bulk_update|get_or_create|update_or_create)\(|objects\.create\(", path.read_text()
    )
    assert not writes, "views translate, queries read: call an action"


@pytest.mark.parametrize("path", LIVE, ids=ids)
def test_every_module_and_every_public_function_says_what_it_is_for(path):
    tree = ast.parse(path.read_text())
    if not tree.body or path.name == "apps.py":
        return
    assert ast.get_docstring(tree), "begin the module with a sentence"
    if rooms(path) & {"actions", "queries", "rules", "events", "core"}:
        silent = [
            n.name
            for n in tree.body
            if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_") and not ast.get_docstring(n)
        ]
        assert not silent


def test_the_map_is_what_the_chapters_say():
    from tools import map as house_map

    assert (ROOT / "docs" / "map.md").read_text() == house_map.text(), "run `python -m tools.map`"


def test_nothing_names_a_registry_or_a_machine():
    forbidden = re.compile(
        r"pypi\.org|registry\.npmjs|files\.pythonhosted|" + "/" + r"work/|" + "/" + r"root/|\.\./shared"
    )
    folders = ("src", "services", "docs", "tests", "tools", "assets", "deploy", "benchmarks", "examples", ".ci")
    files = [p for f in folders for p in (ROOT / f).rglob("*") if p.is_file()] + [
        p for p in ROOT.glob("*") if p.is_file()
    ]
    texts = re.compile(r"\.(py|md|toml|txt|in|ya?ml|json|js|html|s?css|service)$")
    found = [
        str(p.relative_to(ROOT))
        for p in files
        if texts.search(p.name) and "node_modules" not in p.parts and p.name != "test_habits.py"
        and forbidden.search(p.read_text(errors="ignore"))
    ]  # fmt: skip
    assert found == []
