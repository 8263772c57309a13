"""The house rules a machine can keep: every chapter's docstring tells the truth."""

import ast
import re
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2] / "src" / "moothall"
DOORS = ("actions", "queries", "events")
CHAPTERS = sorted(p.parent for p in ROOT.glob("*/__init__.py")) + sorted(
    p.parent for p in ROOT.glob("functions/*/__init__.py")
)
NAMES = [c.relative_to(ROOT).as_posix().replace("/", ".") for c in CHAPTERS]
GRAPH = grimp.build_graph("moothall")


def docstring(chapter):
    return ast.get_docstring(ast.parse((chapter / "__init__.py").read_text())) or ""


def told(chapter, heading):
    """Return what a docstring says after "Owns:", "Offers:", "Needs:" or "Never:"."""
    match = re.search(rf"^{heading}:\s+(.+?)(?=^\w+:|\Z)", docstring(chapter), re.M | re.S)
    return match[1].strip() if match else ""


def defined(chapter, room, kinds):
    """Return the public names a room (a file, or a folder of files) defines or hands on."""
    files = [chapter / f"{room}.py", *(chapter / room).glob("*.py")]
    body = [node for path in files if path.exists() for node in ast.parse(path.read_text()).body]
    return {node.name for node in body if isinstance(node, kinds) and not node.name.startswith("_")}


def tables(chapter):
    """Return the names of the classes in `models` that are tables."""
    files = [chapter / "models.py", *(chapter / "models").glob("*.py")]
    classes = [n for p in files if p.exists() for n in ast.parse(p.read_text()).body if isinstance(n, ast.ClassDef)]
    bases = {"Model", "AbstractBaseUser"}
    real = [c for c in classes if any(ast.unparse(b).split(".")[-1] in bases for b in c.bases)]
    return {c.name for c in real if not c.name.startswith("_")}  # a name in private is an abstract model


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_a_chapter_says_what_it_owns_offers_needs_and_may_never_do(chapter):
    assert all(told(chapter, heading) for heading in ("Owns", "Offers", "Needs", "Never"))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_it_owns_the_tables_it_claims(chapter):
    claimed = set(re.findall(r"\b[A-Z]\w+", told(chapter, "Owns")))
    assert claimed == tables(chapter)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_it_offers_what_it_claims(chapter):
    for door, name in re.findall(r"\b(actions|queries|events)\.(\w+)", told(chapter, "Offers")):
        assert name in defined(chapter, door, (ast.FunctionDef, ast.ClassDef))


@pytest.mark.parametrize(("name", "chapter"), list(zip(NAMES, CHAPTERS, strict=True)), ids=NAMES)
def test_it_needs_only_what_it_claims(name, chapter):
    inside = {f"moothall.{name}"} | GRAPH.find_descendants(f"moothall.{name}")
    if name == "functions":  # each function speaks for itself
        inside = {"moothall.functions"}
    used = set()
    for module in inside:
        for other in GRAPH.find_modules_directly_imported_by(module) - inside:
            used.add(other.split(".")[1])
    claimed = set(re.findall(r"\w+", told(chapter, "Needs"))) - {"nothing"}
    assert used <= claimed


@pytest.mark.parametrize("chapter", CHAPTERS, ids=NAMES)
def test_every_action_is_called_by_name_and_says_when_and_by_whom(chapter):
    files = [chapter / "actions.py", *(chapter / "actions").glob("*.py")]
    for f in [n for path in files if path.exists() for n in ast.parse(path.read_text()).body]:
        if isinstance(f, ast.FunctionDef) and not f.name.startswith("_"):
            assert not f.args.args, f"{f.name} takes positional arguments"
            assert {"at", "by"} <= {a.arg for a in f.args.kwonlyargs}, f"{f.name} must be told at= and by="
