"""The documents name what there is."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_every_setting_of_the_environment_is_documented():
    code = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.py") if "tests" not in path.parts)
    settings = set(re.findall(r'environ(?:\.get\(|\[)"(MOOTHALL_[A-Z_]+)"', code))
    docs = "\n".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    internal = {"MOOTHALL_CHILD", "MOOTHALL_AS_OWNER", "MOOTHALL_TESTING"}

    missing = {name for name in settings - internal if name not in docs and f"_{name.split('_', 2)[-1]}" not in docs}
    assert missing == set(), "say in docs/running.md what they mean"


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", path.read_text()):
            if not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")
    assert broken == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/stories/*.md")), ids=lambda path: path.stem)
def test_every_function_that_a_story_names_is_there(path):
    named = re.findall(r"`(moothall\.[a-z_.]+)\.([a-z_]+)`", path.read_text())
    missing = [f"{module}.{name}" for module, name in named if not hasattr(import_module(module), name)]

    assert named
    assert missing == [], "tell the story as it goes now"
