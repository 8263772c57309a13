"""A new service to begin from: small, whole, and good as it stands."""

import re
from pathlib import Path

BEGINNING = Path(__file__).parents[1] / "beginning"
NAME = re.compile(r"[a-z]+(-[a-z0-9]+)*")


class CannotBegin(ValueError):
    """The new service's folder cannot be made; the text says why and what to do."""


def begin(root, name, given):
    """Write a new service's folder below `root` and return the paths of its files.

    `given` has title, title_cy, work, bodies (names of kinds), topic, team and source: what the law calls the duty.
    Raises CannotBegin.
    """
    if not NAME.fullmatch(name):
        raise CannotBegin("Give a name in small letters with hyphens, such as report-graffiti.")
    folder = Path(root) / name
    if folder.exists():
        raise CannotBegin(f"There is a {name} already. Give another name, or edit that one.")
    filled = given | {"name": name, "words": name.replace("-", " "), "bodies": ", ".join(given["bodies"])}
    written = []
    for source in sorted(p for p in BEGINNING.rglob("*") if p.is_file()):
        target = folder / source.relative_to(BEGINNING)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(re.sub(r"@(\w+)@", lambda m: str(filled[m[1]]), source.read_text()))
        written.append(target)
    return written
