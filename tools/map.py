"""Print docs/map.md from the chapters' own docstrings: `python -m tools.map` (add --check to compare only)."""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "src" / "moothall"
STOREYS = (
    *("site", "simulation", "onboarding", "reorganisation", "leaving", "scrutiny", "appraisal", "promises", "desk"),
    *("editor", "standards", "functions", "functions/highways", "functions/licensing", "functions/returns"),
    *("functions/waste", "settlement", "contracts", "casework", "booking", "ledger", "sharing", "catalogue"),
    *("people", "bodies", "ui", "core"),
)
INTRODUCTION = """# Map of the house

Printed by `python -m tools.map` from the chapters' docstrings; a test fails when it is stale.
Read it from the top storey down: a chapter uses only those below it.
Down is a call, up is an event, sideways is forbidden.
"""


def chapter(name: str) -> str:
    """Return one chapter's part of the map, or nothing if it is not built."""
    path = HOUSE / name / "__init__.py"
    if not path.exists():
        return ""
    lines = (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n")
    title = lines[0].rstrip(".")
    body = "\n".join(lines[1:]).strip()
    return f"\n## `{name}`: {title}\n\n```\n{body}\n```\n"


def text() -> str:
    """Return the whole map."""
    return INTRODUCTION + "".join(chapter(name) for name in STOREYS)


def main() -> None:
    """Write the map, or say that it is stale."""
    path = ROOT / "docs" / "map.md"
    if "--check" in sys.argv:
        if not path.exists() or path.read_text() != text():
            raise SystemExit("docs/map.md is stale: run `python -m tools.map`")
        return
    path.write_text(text())


if __name__ == "__main__":
    main()
