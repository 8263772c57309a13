"""What may be written at each place of a case: read from its own models, so that pages and engine never differ."""

import datetime as dt
import types
import typing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel
from ruamel.yaml import YAML

from moothall.appraisal.rules.basis import Basis
from moothall.appraisal.rules.case import Case, Input, Option
from moothall.appraisal.rules.closing_case import Stop
from moothall.appraisal.rules.criteria_case import Criteria
from moothall.appraisal.rules.draft import Path, get
from moothall.appraisal.rules.facts import fact
from moothall.appraisal.rules.kinds import ASSETS, KINDS, MODELS
from moothall.appraisal.rules.principles import asked
from moothall.appraisal.rules.words import amount

HIDDEN = {(Case, "state"), (Option, "basis"), (Criteria, "seal"), (Input, "read"), (Stop, "body")}
"""Not written as other fields are: closing, sealing, reading are acts of their own, the basis stands once for all, and
the platform knows which body a partner is."""

INPUTS = {
    "Line.times", "Line.growth", "Risk.chance", "Risk.cost", "Exit.times", "Profit.rate", "Workforce.posts",
    "Workforce.leavers", "Workforce.temporary", "Workforce.leaves_region", "Workforce.found_elsewhere",
    "Correlation.between", "Borrowing.interest_rate",
}  # fmt: skip
"""Fields that name inputs."""


@dataclass(frozen=True)
class Leaf:
    """One field of a page: `kind` says how it is written, `choices` what there is to choose, `many` if several.

    `most` is how many may be chosen, 0 for any number.
    """

    name: str
    label: str
    hint: str
    kind: str
    long: bool = False
    choices: tuple[tuple[str, str], ...] | None = None
    many: bool = False
    needed: bool = False
    most: int = 0


@dataclass(frozen=True)
class Branch:
    """What stands below a place: one part, or a list of entries."""

    path: Path
    title: str
    entries: int
    written: bool


@dataclass(frozen=True)
class Node:
    """One place of a case: either a part with fields and branches, or a list whose entries have a title each.

    `shape` is "part", "named" (entries have names) or "numbered". `adds` are the fields of a new entry of a list.
    """

    path: Path
    title: str
    hint: str
    shape: str
    fields: tuple[Leaf, ...] = ()
    branches: tuple[Branch, ...] = ()
    entries: tuple[tuple[Path, str], ...] = ()
    adds: tuple[Leaf, ...] = ()


@cache
def _words() -> dict:
    text = files("moothall.appraisal").joinpath("facts", "fields.yaml").read_text("utf-8")
    return YAML(typ="safe", pure=True).load(text)


def node(document: dict, path: Path) -> Node | None:
    """Return the place at a path of a document, or None where a case has no such place."""
    about = _type_at(path)
    if about is None or (path and not _is_there(document, path)):
        return None
    shape, inner = _shape(about)
    words = _about_principle(document, path) or _named(path)
    if shape == "part":
        title = _entry_title(document, path) if path and _is_entry(path) else words[0]
        return Node(path, title, words[1], shape, _fields(document, inner, path), _branches(document, inner, path))
    found = get(document, path) or ({} if shape == "named" else [])
    fixed = expected(document, path)
    keys = dict.fromkeys((*fixed, *found)) if shape == "named" else range(len(found))
    entries = tuple(((*path, key), fixed.get(key) or _entry_title(document, (*path, key))) for key in keys)
    part = _shape(inner)[1] if _shape(inner)[0] == "part" and not fixed else None
    adds = _fields(document, part, (*path, "")) if part else ()
    return Node(path, words[0], words[1], shape, entries=entries, adds=adds)


def _about_principle(document: dict, path: Path) -> tuple[str, str] | None:
    """Return a principle's name, and what it means and rests on, where a path is one's."""
    about = asked(document.get("own_principles")).get(path[1]) if path[:1] == ("principles",) and path[1:] else None
    return (about.get("name") or path[1], f"{about.get('meaning')} Source: {about.get('source')}") if about else None


def expected(document: dict, path: Path) -> dict[str, str]:
    """Return {name: title} of the entries that a list must have, whether they are written or not; else nothing."""
    if path[-1:] == ("risks",):
        return fact("risks")["risks"]
    if path == ("principles",):
        return {key: one.get("name") or key for key, one in asked(document.get("own_principles")).items()}
    if path[-1:] == ("exit",) and path[:1] == ("options",):
        return {name: name for name in get(document, ("basis", "exit", "covers")) or ()}
    if path == ("criteria", "scores"):
        return {key: one.get("title") or key for key, one in (document.get("options") or {}).items()}
    if path[:2] == ("criteria", "scores") and len(path) == 3:
        scales = get(document, ("criteria", "scales")) or {}
        return {key: one.get("what") or key for key, one in scales.items()}
    return {}


def _is_there(document: dict, path: Path) -> bool:
    """Return whether an entry of a list is there; a part that is not written yet is there to be written."""
    for length in range(1, len(path) + 1):
        about = _type_at(path[: length - 1])
        if about is None or _shape(about)[0] == "part" or get(document, path[:length]) is not None:
            continue
        if path[length - 1] not in expected(document, path[: length - 1]):
            return False
    return True


def _is_entry(path: Path) -> bool:
    about = _type_at(path[:-1])
    return about is not None and _shape(about)[0] != "part"


def _type_at(path: Path):
    about: typing.Any = Case
    for part in path:
        shape, inner = _shape(about)
        if shape == "part":
            if part == "basis" and inner is Case:
                about = Basis
                continue
            field = inner.model_fields.get(part) if isinstance(part, str) else None
            if field is None or (inner, part) in HIDDEN or _shape(field.annotation)[0] == "leaf":
                return None
            about = field.annotation
        elif isinstance(part, int) == (shape == "numbered"):
            about = inner
        else:
            return None
    return about


def _bare(annotation):
    """Return an annotation without its “or None”."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        rest = [one for one in typing.get_args(annotation) if one is not type(None)]
        return rest[0] if len(rest) == 1 else annotation
    return annotation


def _shape(annotation) -> tuple[str, typing.Any]:
    """Return ("part", model), ("named", inner), ("numbered", inner) or ("leaf", annotation)."""
    annotation = _bare(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "part", annotation
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is dict and _shape(inner[1])[0] != "leaf":
        return "named", inner[1]
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis and _shape(inner[0])[0] == "part":
        return "numbered", inner[0]
    return "leaf", annotation


PLAIN = {str: "text", int: "whole", float: "figure", bool: "yes-no", dt.date: "day"}
PAIR = 2
LEAVES = {
    "tuple[str, ...]": "words", "tuple[str, str]": "words", "tuple[float, ...]": "figures",
    "tuple[tuple[float, float], ...]": "pairs", "dict[str, float]": "shares",
}  # fmt: skip


def _kind(annotation) -> str:
    annotation = _bare(annotation)
    if annotation in PLAIN:
        return PLAIN[annotation]
    if typing.get_origin(annotation) is typing.Literal:
        return "choice"
    return LEAVES.get(str(annotation), "profile")


def _fields(document: dict, model: type[BaseModel], path: Path) -> tuple[Leaf, ...]:
    found = []
    for name, field in model.model_fields.items():
        if (model, name) in HIDDEN or _shape(field.annotation)[0] != "leaf":
            continue
        label, hint, *more = _words()["fields"][f"{model.__name__}.{name}"]
        kind = _kind(field.annotation)
        choices = _choices(document, model, name, path)
        if kind == "choice" and choices is None:
            choices = tuple(
                (one, _words()["choices"].get(one, one)) for one in typing.get_args(_bare(field.annotation))
            )
        found.append(Leaf(name, label, hint, kind, "long" in more, choices, kind == "words" and choices is not None,
                         field.is_required(), PAIR if str(field.annotation) == "tuple[str, str]" else 0))  # fmt: skip
    return tuple(found)


def _choices(document: dict, model: type[BaseModel], name: str, path: Path) -> tuple[tuple[str, str], ...] | None:
    """Return what there is to choose for a field, or None where anything may be written."""
    field = f"{model.__name__}.{name}"
    if field in INPUTS:
        return _input_choices(document)
    options = {key: one.get("title") or key for key, one in (document.get("options") or {}).items()}
    own = get(document, path[:2]) if path[:1] == ("options",) else None
    known = {
        "Input.reference_class": lambda: {key: one["what"] for key, one in fact("classes").items()},
        "Line.kind": lambda: {key: one.name for key, one in KINDS.items()},
        "Line.asset": lambda: {one: one for one in ASSETS},
        "Line.covers": lambda: {
            one: one for part in ("transition", "client_side") for one in get(document, ("basis", part, "covers")) or ()
        },
        "Line.falls_on": lambda: {key: one.get("what") or key for key, one in (document.get("groups") or {}).items()},
        "Bias.type": lambda: {one: one for one in fact("optimism")["types"]},
        "Option.model": lambda: {key: one.name for key, one in MODELS.items()},
        "Profit.on": lambda: {key: one.get("what") or key for key, one in ((own or {}).get("lines") or {}).items()},
        "Impact.subject": lambda: fact("impacts")["subjects"],
        "Impact.options": lambda: options,
        "Stop.partner": lambda: {one: one for one in document.get("bodies") or ()},
        "Stop.stage": lambda: {one: one for one in fact("impacts")["stages"]},
        "Answer.criterion": lambda: {
            key: one.get("what") or key for key, one in (get(document, ("criteria", "scales")) or {}).items()
        },
        "Basis.discount": lambda: {key: one["title"] for key, one in fact("discount").items()},
        "RiskBasis.priced": lambda: fact("risks")["risks"],
        "Borrowing.body": lambda: {one: one for one in document.get("bodies") or ()},
    }.get(field)
    return tuple(known().items()) if known else None


def _input_choices(document: dict) -> tuple[tuple[str, str], ...]:
    """Return every figure that a line may name: inputs, volumes and the employer's rate."""
    named = {key: _with_its_figure(one, key) for key, one in (document.get("inputs") or {}).items()}
    volumes = get(document, ("basis", "volumes")) or {}
    shared = {f"volumes.{key}": f"Volume: {key}" for key in volumes} | {
        "pensions.employer_rate": "Employer's pension rate"
    }
    return tuple((named | shared).items())


def _with_its_figure(given: dict, key: str) -> str:
    """Return what an input is with its figure, by which one of two alike is known."""
    what, value = given.get("what") or key, given.get("value")
    return what if value is None else f"{what} ({amount(value, given.get('unit') or '')})"


def _branches(document: dict, model: type[BaseModel], path: Path) -> tuple[Branch, ...]:
    names = [name for name in model.model_fields if (model, name) not in HIDDEN]
    names = ["basis", *names] if model is Case else names
    found = []
    for name in names:
        place = (*path, name)
        about = _type_at(place)
        if about is None:
            continue
        there = get(document, place)
        many = _shape(about)[0] != "part"
        found.append(Branch(place, _named(place)[0], len(there or ()) if many else 0, there is not None))
    return tuple(found)


def _named(path: Path) -> tuple[str, str]:
    """Return the title of a place and what it is for."""
    titles = _words()["places"]
    parts = [str(part) for part in path]
    for start in range(len(parts)):
        found = titles.get(".".join(parts[start:]))
        if found:
            return found[0], found[1]
    last = parts[-1] if parts else "case"
    return tuple(titles.get(last, (last, "")))[:2]


def _entry_title(document: dict, path: Path) -> str:
    value, told = get(document, path), expected(document, path[:-1])
    if path[-2:-1] in (("risks",), ("principles",)):
        return told.get(path[-1], str(path[-1]))
    if isinstance(value, dict):
        for name in ("title", "what", "says", "asks", "why", "who"):
            if value.get(name) and isinstance(value[name], str):
                return value[name]
        if value.get("between"):
            return " and ".join(value["between"])
    return str(path[-1] + 1 if isinstance(path[-1], int) else path[-1])


def place(text: str) -> Path | None:
    """Return the path that an address names, as “inputs/pay”, or None where a case has no such place."""
    path: Path = ()
    for part in [one for one in text.split("/") if one]:
        about = _type_at(path)
        numbered = about is not None and _shape(about)[0] == "numbered"
        if numbered and not part.isdigit():
            return None
        path = (*path, int(part) if numbered else part)
    return path if _type_at(path) is not None else None


def writable(path: Path) -> bool:
    """Return whether an author writes at a path: a place of a case, or a field of one that is not an act's.

    >>> writable(("inputs", "pay", "value")), writable(("voices", 0)), writable(("state",)), writable(("nowhere",))
    (True, True, False, False)
    """
    if not path:
        return False
    if _type_at(path) is not None:
        return True
    about = _type_at(path[:-1])
    shape, model = _shape(about) if about is not None else ("", None)
    field = model.model_fields.get(path[-1]) if shape == "part" else None
    return field is not None and (model, path[-1]) not in HIDDEN and _shape(field.annotation)[0] == "leaf"


def page_of(document: dict, path: Path) -> Path:
    """Return the place whose page mends what stands at a path: the nearest above it that has one."""
    for length in range(len(path), 0, -1):
        if _type_at(path[:length]) is not None and _is_there(document, path[:length]):
            return path[:length]
    return ()


def trail(document: dict, path: Path) -> list[tuple[Path, str]]:
    """Return the places above a place, from the top, each with its title."""
    found = []
    for length in range(1, len(path)):
        place_ = path[:length]
        if _type_at(place_) is not None:
            found.append((place_, _entry_title(document, place_) if _is_entry(place_) else _named(place_)[0]))
    return found


def told(document: dict, path: Path) -> str:
    """Return in words what stands at a path: the titles down to it, and the field's own question."""
    words, length = [], 0
    for length in range(1, len(path) + 1):
        place_ = path[:length]
        if _type_at(place_) is None:
            break
        words.append(_entry_title(document, place_) if _is_entry(place_) else _named(place_)[0])
    else:
        return " – ".join(words) or "The case"
    shape, model = _shape(_type_at(path[: length - 1]))
    label = _words()["fields"].get(f"{model.__name__}.{path[length - 1]}") if shape == "part" else None
    return " – ".join([*words, label[0] if label else str(path[length - 1])])
