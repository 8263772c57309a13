"""A new service to begin from: small, whole, and good as it stands."""

import re
from pathlib import Path

from moothall.catalogue.rules.folder import read, write

BEGINNING = Path(__file__).parents[1] / "beginning"
NAME = re.compile(r"[a-z]+(-[a-z0-9]+)*")
LONGEST = 40
FILLED = re.compile(r"@(\w+)@")


class CannotBegin(ValueError):
    """The new service's folder cannot be made; the text says why and what to do."""


def begin(root, name, given):
    """Write a new service's folder below `root` and return the paths of its files. `given` as for `begun`.

    Raises CannotBegin.
    """
    files = begun(name, given)
    folder = Path(root) / name
    if folder.exists():
        raise CannotBegin(f"There is a {name} already. Give another name, or edit that one.")
    write(folder, files)
    return [folder / path for path in sorted(files)]


def begun(name, given):
    """Return {path: text} of a new service's files.

    `given` has title, title_cy, work, bodies (names of kinds), topic, team and source: what the law calls the duty.
    Raises CannotBegin.
    """
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise CannotBegin("Give a name in small letters with hyphens, such as report-graffiti, of 40 letters at most.")
    filled = given | {"name": name, "words": name.replace("-", " "), "bodies": ", ".join(given["bodies"])}
    return {path: FILLED.sub(lambda m: _inside(filled[m[1]]), text) for path, text in read(BEGINNING).items()}


def _inside(value):
    """Return words as they stand between double quotes in YAML."""
    return str(value).replace("\\", "\\\\").replace('"', '\\"')
