"""Load a service's folder, or say exactly what is wrong with it: file, line, what, and what to write instead."""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from moothall.catalogue.rules import folder as folder_of
from moothall.catalogue.rules import letters as letters_of
from moothall.catalogue.rules.definition import Definition
from moothall.catalogue.rules.meaning import faults, used_outputs
from moothall.catalogue.rules.writing import WRITE, words_at


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a definition."""

    file: str
    line: int
    what: str
    write: str

    def __str__(self):
        return f"{self.file}:{self.line}: {self.what}. Write {self.write}."


class BadDefinition(Exception):
    """A definition that cannot be used; `.problems` lists everything found, first by line."""

    def __init__(self, problems):
        self.problems = sorted(problems, key=lambda p: (p.file, p.line))
        super().__init__("\n".join(str(p) for p in self.problems))


def load(source, performers=None, *, topics=None, works=None, services=None, letters=None):
    """Return the Definition in a folder (or in a YAML text, with `letters` given as {name: {lang: markdown}}).

    `performers` maps a step performer's name to its declared outputs ({name: kind}); `topics`, `works` and
    `services` are the names that exist. What is None is not checked. Raises BadDefinition.
    """
    if isinstance(source, Path):
        return load_files(
            folder_of.read(source), Known(performers, topics, works, services, folder=source.name), source.name
        )
    return _load(source, "service.yaml", letters or {}, Known(performers, topics, works, services))


@dataclass(frozen=True)
class Known:
    """The names that exist outside the definition; None where they are not to be checked."""

    performers: dict | None = None
    topics: object = None
    works: object = None
    services: object = None
    folder: str | None = None


def load_files(files, known, folder=""):
    """Return the Definition in a service's files ({path: text}); raises BadDefinition.

    `folder` stands before the names of files in what is said of them.
    """
    file = f"{folder}/{folder_of.DEFINITION}" if folder else folder_of.DEFINITION
    return _load(files.get(folder_of.DEFINITION), file, letters_of.read(files), known)


def _load(text, file, letters, known):
    if text is None:
        raise BadDefinition(
            [Problem(file, 1, "there is no service.yaml in this folder", "a service.yaml beside the letters")]
        )
    node = read_yaml(text, file)
    lines = {}
    try:
        data = _plain(node, (), lines)
    except (TooLarge, RecursionError):
        raise BadDefinition([Problem(file, 1, "it refers to itself, or to too much", "each part out, once")]) from None
    for noted in {"letters", "outputs"} & set(data):
        where = lines[(noted,)]
        raise BadDefinition([Problem(file, where, f"`{noted}` cannot stand here", "it nowhere: leave it out")])
    try:
        definition = Definition.model_validate(data | {"letters": letters})
    except ValidationError as error:
        raise BadDefinition(_problems(error.errors(include_url=False), lines, file)) from None
    found = [
        Problem(
            (fault.file and (Path(file).parent / fault.file).as_posix()) or file,
            fault.line or _line(fault.path, lines),
            fault.what,
            fault.write,
        )
        for fault in faults(definition, known)
    ]
    if found:
        raise BadDefinition(found)
    return definition.model_copy(update={"outputs": used_outputs(definition, known.performers)})


def read_yaml(text, file):
    """Return YAML 1.2 with line numbers; raises BadDefinition for text that is not YAML or not a mapping."""
    if deep := _too_deep(text):
        raise BadDefinition([Problem(file, deep, "it is nested too deep to be read", "fewer brackets")])
    try:
        node = YAML(typ="rt").load(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise BadDefinition([Problem(file, line, "a character that cannot be printed", "plain text")]) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = (error.problem or error.context or "this is not YAML").split("\n")[0]
        twice = "duplicate key" in what
        write = "each name once" if twice else "YAML: `name: value`, two spaces deeper for what belongs to it"
        raise BadDefinition([Problem(file, mark.line + 1 if mark else 1, what, write)]) from None
    if not isinstance(node, CommentedMap):
        raise BadDefinition(
            [
                Problem(
                    file, 1, "the file is empty or is not a list of names and values", "`moothall: 1` as its first line"
                )
            ]
        )
    return node


MOST_PARTS = 20_000
"""How many places a definition may have: a few lines of YAML can stand for millions by references to each other."""


class TooLarge(ValueError):
    """A definition of more places than `MOST_PARTS`."""


DEEPEST = 60
"""How many brackets or dashes may stand within each other: reading thousands takes seconds."""


def _too_deep(text):
    """Return the first line where brackets or dashes are nested deeper than any definition; 0 where none is."""
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        depth = max(0, depth + line.count("[") + line.count("{") - line.count("]") - line.count("}"))
        if depth > DEEPEST or re.search(rf"(?:[-?]\s+){{{DEEPEST}}}", line):
            return number
    return 0


def _plain(node, path, lines):
    """Return plain values, and note the line of each path. Raises TooLarge."""
    if len(lines) > MOST_PARTS:
        raise TooLarge
    if isinstance(node, CommentedMap):
        written = node.lc.data or {}
        for key in node:  # what `<<` brings in stands elsewhere
            lines[(*path, key)] = (written[key][0] if key in written else node.lc.line) + 1
        return {key: _plain(value, (*path, key), lines) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        for i in range(len(node)):
            lines[(*path, i)] = node.lc.item(i)[0] + 1
        return [_plain(value, (*path, i), lines) for i, value in enumerate(node)]
    return node


def _line(path, lines):
    path = tuple(path)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _problems(errors, lines, file):
    """Return one problem a place: pydantic tells of every type it tried there."""
    by_place = {}
    for error in errors:
        by_place.setdefault(_real(error, lines), []).append(error)
    for loc, several in by_place.items():
        what, write = _words(several[0], str(loc[-1]) if loc else "", loc, one=len(several) == 1)
        yield Problem(file, _line(loc, lines), what, write)


def _real(error, lines):
    """Return the path in the file: pydantic adds the names of the types it tried, which the file does not have."""
    real, loc = (), error["loc"]
    for i, part in enumerate(loc):
        if (*real, part) in lines or (error["type"] == "missing" and i == len(loc) - 1):
            real = (*real, part)
    return real


def _words(error, name, loc, one):
    """Return (what is wrong, what to write) for an error, in words for whoever writes services."""
    kind, given = error["type"], error.get("input")
    where = ".".join(str(p) for p in loc)
    example = WRITE.get(name) or f"a fitting `{name}`"
    if not one:
        return f"`{where}` cannot be `{given}`", example
    if kind == "missing":
        return f"`{where}` is missing", example
    if kind == "extra_forbidden":
        close = difflib.get_close_matches(name, words_at(error["loc"][:-1]), n=1)
        return (
            f"`{where}` is not a word of this language here",
            f"`{close[0]}`" if close else "it nowhere: leave it out",
        )
    if kind == "value_error" and "|" in error["msg"]:
        what, _, write = error["msg"].removeprefix("Value error, ").partition("|")
        return f"`{where}` needs {what}", write
    if kind in ("literal_error", "union_tag_invalid"):
        expected = error["ctx"].get("expected") or error["ctx"].get("expected_tags")
        bad = given.get("type") if isinstance(given, dict) else given
        close = difflib.get_close_matches(str(bad), re.findall(r"'([^']+)'", expected), n=1)
        return f"`{where}` cannot be `{bad}`", f"`{close[0]}`" if close else f"one of {expected}"
    if kind == "union_tag_not_found":
        return f"the question `{where}` has no type", "`type: choice` or another type of question"
    if kind == "string_pattern_mismatch":
        return f"`{given}` will not do for `{where}`", WRITE.get(
            name
        ) or "small letters, figures and hyphens: dinner-plate"
    return f"`{where}`: {error['msg'][0].lower()}{error['msg'][1:]}, not `{given}`", example


def load_all(folder, performers=None, topics=None, works=None):
    """Return the Definitions of every service folder below `folder`, by id; raises one BadDefinition for all."""
    folders = sorted(p.parent for p in Path(folder).glob("*/service.yaml"))
    names = {f.name for f in folders}
    definitions, problems = [], []
    for one in folders:
        try:
            definitions.append(load(one, performers, topics=topics, works=works, services=names))
        except BadDefinition as bad:
            problems += bad.problems
    if problems:
        raise BadDefinition(problems)
    return definitions
