"""Boxes for one part of a definition, drawn from the JSON Schema of the language: what a form asks, and back again.

A box has a path within its part. What a part says beyond its boxes stays as it is.
"""

import copy
import itertools
import re
from dataclasses import dataclass, field

UNITS = {"working_days": "working days", "days": "days", "hours": "hours", "months": "months", "by": "by a day"}
SPARE = 3
"""Empty rows that a choice shows for more; a list of larger parts shows one."""

CALLED = {
    "aside": "It goes on without keeping the request open", "by": "Who does it", "when": "Only if (a condition)",
    "after": "After which steps", "within": "How soon", "title": "What the resident reads", "label": "The question",
    "optional": "It may be left empty", "personal": "The answer says something about a person",
    "missing": "What to say when it is left empty", "stop": "Answers that lead elsewhere", "help": "Help below it",
    "why": "Why we ask", "options": "What can be chosen", "least": "The least", "most": "The most",
    "with": "What they are told", "done_within": "Done within", "counts": "How the time is counted",
    "acknowledge": "When it is acknowledged", "pence": "How much, in pence (or an expression)", "per": "For what",
    "refund": "What is given back", "default": "What is proposed", "at": "When", "letter": "Which letter",
    "who": "Who can ask for it", "needs": "What to have ready", "danger": "Shown before anything else",
    "sign_in": "Signing in", "lgsl": "Number in the Local Government Services List", "schema_org": "For search engines",
    "work": "Kind of work", "bodies": "Kinds of body that do it", "en": "In English", "cy": "In Welsh",
    "largest_mb": "The largest, in megabytes",
    "published": "Shown to others nearby, so that they can follow it", "accept": "Which files",
    "parts": "What else is asked", "for": "For how long", "until": "Until which day",
    "before": "So many days before it", "task": "The task in their queue", "team": "Which team",
    "type": "Kind", "hint": "Hint",
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    """One thing to fill in: `kind` is words, lines, number, either, tick, choice, many or within."""

    path: tuple
    kind: str
    label: str
    hint: str = ""
    choices: tuple = ()
    default: object = None
    needed: bool = False

    @property
    def name(self) -> str:
        """The name in the form: label-en."""
        return "-".join(map(str, self.path))


@dataclass(frozen=True)
class Drawn:
    """The boxes of a part, and the names of what it may say that has none: it is changed in the text."""

    boxes: list[Box] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def draw(schema: dict, node: dict, value, known: dict[tuple, tuple] | None = None) -> Drawn:
    """Return the boxes of a part of which the schema says `node`, for the plain value that it has now.

    `known` gives the choices at a path, such as the steps there are; for entries of lists the path has `*`.
    """
    drawn = Drawn()
    _Drawing(schema, known or {}, drawn).part(node, value if isinstance(value, dict) else {}, ())
    return drawn


def initial(boxes: list[Box], value) -> dict:
    """Return what the boxes show of a plain value, by name."""
    found = {}
    for box in boxes:
        there = _at(value, box.path)
        if box.kind == "within":
            unit = next((u for u in UNITS if isinstance(there, dict) and there.get(u) is not None), "working_days")
            found[f"{box.name}-unit"] = unit
            there = there.get(unit) if isinstance(there, dict) else None
        elif box.kind == "tick":
            there = box.default if there is None else there
        elif box.kind == "lines":
            there = "\n".join(map(str, there or []))
        elif box.kind == "many":
            there = [there] if isinstance(there, str) else list(there or [])
        elif box.kind == "either" and isinstance(there, bool):
            there = "true" if there else "false"
        found[box.name] = there
    return found


def gathered(boxes: list[Box], typed: dict, before) -> dict:
    """Return the plain value that a part becomes: what was typed, and all that has no box as it was.

    What is empty is left out, and so is what only repeats the default, unless it was written before.
    """
    value = copy.deepcopy(before) if isinstance(before, dict) else {}
    for box in boxes:
        given = _given(box, typed)
        if given is None and _at(value, box.path) in EMPTY:
            continue
        if given is None or (given == box.default and _at(value, box.path) is None):
            _leave_out(value, box.path)
        else:
            _set(value, box.path, given)
    return _tidy(value, before)


EMPTY = ("", [], {})
"""What is written, and says nothing: it stays as it is."""


class _Drawing:
    """Goes through a schema and its value together, and notes boxes."""

    def __init__(self, schema, known, drawn):
        self.defs, self.known, self.drawn, self.needed = schema["$defs"], known, drawn, False

    def part(self, node, value, path):
        """Draw every word of a part."""
        node = self.resolved(node)
        for name, inner in node.get("properties", {}).items():
            self.needed = name in node.get("required", ()) and bool(value or not path)
            self.word(name, inner, value.get(name), (*path, name))

    def resolved(self, node):
        """Return what a node says, without the reference and without that it may be nothing."""
        if "$ref" in node:
            return self.defs[node["$ref"].rpartition("/")[2]] | {k: v for k, v in node.items() if k != "$ref"}
        kinds = [one for one in node.get("anyOf", ()) if one.get("type") != "null"]
        if len(kinds) == 1:
            more = {k: v for k, v in node.items() if k in ("description", "default")}
            return self.resolved(kinds[0]) | {k: v for k, v in more.items() if v is not None}
        return node

    def word(self, name, node, value, path):
        """Draw one word: a box, several, or none that a form can have."""
        node = self.resolved(node)
        label, hint = self.label(name, path), node.get("description", "")
        choices = self.known.get(tuple("*" if isinstance(p, int) else p for p in path))
        if "const" in node:
            return
        if self.is_text(node):
            self.text(node, label, path)
        elif set(node.get("properties", ())) == set(UNITS):
            self.box(path, "within", label, hint)
        elif node.get("type") == "object" and "properties" in node:
            self.part(node, value if isinstance(value, dict) else {}, path)
        elif choices is not None and node.get("type") == "array":
            self.box(path, "many", label, hint, choices)
        elif choices is not None or "enum" in node:
            codes = choices or tuple((one, one) for one in node["enum"])
            self.box(path, "choice", label, hint, codes, node.get("default"))
        elif node.get("type") == "array":
            self.array(node, value, label, path)
        elif "patternProperties" in node and self.is_text(self.each(node)):
            self.options(value, label, path)
        else:
            self.single(node, value, label, hint, path)

    def each(self, node):
        """Return what is said of each entry of a part whose names are free."""
        return self.resolved(next(iter(node["patternProperties"].values())))

    def single(self, node, value, label, hint, path):
        """Draw a box for one value of a plain type."""
        kinds = {one.get("type") for one in node.get("anyOf", ())}
        if node.get("type") in ("string", "integer", "boolean"):
            kind = {"string": "words", "integer": "number", "boolean": "tick"}[node["type"]]
            self.box(path, kind, label, hint, default=node.get("default", False if kind == "tick" else None))
        elif "integer" in kinds and "string" in kinds and not isinstance(value, dict):
            self.box(path, "either", label, hint)
        elif isinstance(value, dict) and "en" in value:
            self.text({"properties": {"en": {}, "cy": {}}}, label, path)
        else:
            self.drawn.rest.append(".".join(map(str, path)))

    def text(self, node, label, path):
        """Draw words in both languages, and what else stands with them."""
        self.box((*path, "en"), "words", f"{label} (English)")
        self.box((*path, "cy"), "words", f"{label} (Welsh)")
        for name, inner in node["properties"].items():
            if name not in ("en", "cy"):
                self.word(name, inner, None, (*path, name))

    def array(self, node, value, label, path):
        """Draw a list: lines of words, ticks, or rows of parts with spare ones."""
        inner = self.resolved(node.get("items", {}))
        if "enum" in inner:
            self.box(path, "many", label, choices=tuple((one, one) for one in inner["enum"]))
        elif inner.get("type") == "string":
            self.box(path, "lines", label, "One a line")
        elif "properties" in inner:
            rows = value if isinstance(value, list) else []
            for place in range(len(rows) + 1):
                row = rows[place] if place < len(rows) and isinstance(rows[place], dict) else {}
                self.part(inner, row, (*path, place))
        else:
            self.drawn.rest.append(".".join(map(str, path)))

    def options(self, value, label, path):
        """Draw a choice: a row for each thing to choose, and spare ones."""
        codes = list(value) if isinstance(value, dict) else []
        for place, code in enumerate([*codes, *[None] * SPARE], 1):
            row = (*path, code if code is not None else f"+{place}")
            about = f"{label} {place}"
            if code is None:
                self.box((*row, "code"), "words", f"{about}: name in conditions")
            self.box((*row, "en"), "words", f"{about} (English)" + (f", {code}" if code else ""))
            self.box((*row, "cy"), "words", f"{about} (Welsh)" + (f", {code}" if code else ""))

    def box(self, path, kind, label, hint="", choices=(), default=None):
        needed = self.needed and not str(path[-2:][0]).startswith("+") and kind != "tick"
        self.drawn.boxes.append(Box(path, kind, label, hint, tuple(choices), default, needed))

    def is_text(self, node):
        return {"en", "cy"} <= set(node.get("properties", ())) and "when" not in node["properties"] and all(
            self.resolved(node["properties"][lang]).get("type") == "string" for lang in ("en", "cy")
        )  # fmt: skip

    def label(self, name, path):
        rows = [str(part + 1) for part in path if isinstance(part, int)]
        above = [str(part) for part in path[:-1] if not isinstance(part, int)]
        said = CALLED.get(name) or name.replace("_", " ").capitalize()
        outer = CALLED.get(above[-1], above[-1].replace("_", " ").capitalize()) if above else ""
        return f"{outer}{' ' + rows[-1] if rows else ''}: {said[:1].lower()}{said[1:]}" if outer else said


def _given(box: Box, typed: dict):
    """Return what was typed into a box as a plain value; None where it is empty."""
    given = typed.get(box.name)
    if box.kind == "tick":
        return bool(given)
    if box.kind == "within":
        amount = _number(str(given or "").strip())
        return None if amount == "" else {typed.get(f"{box.name}-unit") or "working_days": amount}
    if box.kind == "lines":
        return [line.strip() for line in str(given or "").splitlines() if line.strip()] or None
    if box.kind == "many":
        return list(given or []) or None
    said = str(given if given is not None else "").replace("\r\n", "\n").strip()
    if box.kind in ("number", "either"):
        said = {"true": True, "false": False}.get(said, _number(said)) if box.kind == "either" else _number(said)
    return None if said == "" else said


def _number(said: str):
    return int(said) if re.fullmatch(r"-?\d{1,12}", said) else said


def _at(value, path):
    for part in path:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def _set(value, path, given):
    for part, after in itertools.pairwise(path):
        empty = [] if isinstance(after, int) else {}
        if isinstance(value, list):
            value += [{} for _ in range(part + 1 - len(value))]
            value = value[part]
        else:
            if not isinstance(value.get(part), (dict, list)):
                value[part] = empty
            value = value[part]
    value[path[-1]] = given


def _leave_out(value, path):
    inner = _at(value, path[:-1])
    if isinstance(inner, dict):
        inner.pop(path[-1], None)


def _tidy(value, before):
    """Return a value without parts that came to nothing; a new choice stands under the name that was written."""
    if isinstance(value, list):
        known = before if isinstance(before, list) else []
        kept = (_tidy(inner, known[n] if n < len(known) else None) for n, inner in enumerate(value))
        return [inner for inner in kept if inner not in ({}, [])]
    if not isinstance(value, dict):
        return value
    found, known = {}, before if isinstance(before, dict) else {}
    for name, inner in value.items():
        kept = _tidy(inner, known.get(name))
        if str(name).startswith("+") and isinstance(kept, dict):
            name = kept.pop("code", "") or (_code(kept.get("en", "")) if kept else "")
        if kept not in ({}, []) or known.get(name) in EMPTY:
            found[name] = kept
    return found


def _code(words: str) -> str:
    """Return a name made of words: "A name, or scribble" gives a-name-or-scribble."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40].strip("-") or "other"
