"""House rules that a machine can keep by reading the code."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = [p for p in (ROOT / "src" / "moothall").rglob("*.py") if "migrations" not in p.parts]
LIVE = {p: p.read_text() for p in SOURCES if "tests" not in p.parts}
TREES = {p: ast.parse(text) for p, text in LIVE.items()}
INTERFACE = {"views", "api", "management", "tasks", "templatetags", "site", "simulation", "forms", "handlers", "steps"}
NAMES = {"utils", "helpers", "managers", "services", "common", "mixins", "signals", "misc"}
CLOCK = re.compile(r"\b(datetime|dt|date|timezone|clock)\.(now|today|utcnow)\(|(?<![\w.])now\(\)")
WRITES = re.compile(r"\.(?:bulk_create|bulk_update|get_or_create|update_or_create)\(|objects\.create\(")


def rooms(path):
    parts = path.relative_to(ROOT / "src" / "moothall").with_suffix("").parts
    return set(parts)


def told(paths):
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def test_no_file_is_longer_than_400_lines():
    assert told(p for p, text in LIVE.items() if len(text.splitlines()) > 400) == [], "split it: one noun a file"


def test_no_function_is_longer_than_60_lines():
    long = [
        f"{path.name} {node.name}: {node.end_lineno - node.lineno + 1}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60
    ]
    assert long == []


def test_no_file_is_called_after_nothing():
    assert told(path for path in LIVE if rooms(path) & NAMES) == [], "name the noun it is about"


def test_nothing_below_the_interface_reads_the_clock():
    below = {path: text for path, text in LIVE.items() if not rooms(path) & INTERFACE and "core" not in rooms(path)}

    assert told(path for path, text in below.items() if CLOCK.search(text)) == [], (
        "take `at` as an argument; only views, API, tasks and commands know what time it is"
    )


def test_only_actions_write():
    readers = {path: text for path, text in LIVE.items() if rooms(path) & {"views", "queries", "api", "rules"}}

    assert told(path for path, text in readers.items() if WRITES.search(text)) == [], "call an action"


def test_every_module_and_every_public_function_says_what_it_is_for():
    silent = []
    for path, tree in TREES.items():
        if not tree.body or path.name == "apps.py":
            continue
        if not ast.get_docstring(tree):
            silent.append(path.as_posix())
        if rooms(path) & {"actions", "queries", "rules", "events", "core"}:
            nodes = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
            silent += [f"{path}: {n.name}" for n in nodes if not n.name.startswith("_") and not ast.get_docstring(n)]
    assert silent == []


def test_the_map_is_what_the_chapters_say():
    from tools import map as house_map

    assert (ROOT / "docs" / "map.md").read_text() == house_map.text(), "run `python -m tools.map`"


def test_nothing_names_a_registry_or_a_machine():
    forbidden = re.compile(
        r"pypi\.org|registry\.npmjs|files\.pythonhosted|" + "/" + r"work/|" + "/" + r"root/|\.\./shared"
    )
    folders = (
        "src",
        "services",
        "docs",
        "tests",
        "tools",
        "assets",
        "deploy",
        "benchmarks",
        "chaos",
        "examples",
        ".ci",
    )
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
