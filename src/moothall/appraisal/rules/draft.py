"""A case while it is written: one document, unfinished as it may be, whose basis stands once for all options.

A document is a case (rules/case.py) as plain data, but for `basis`, which stands at the top instead of in every option:
so options cannot drift apart while several people write. A path names a place in it: ("inputs", "pay", "value").
"""

import copy
from collections.abc import Sequence

from moothall.appraisal.rules.basis import CaseRefused, Fault
from moothall.appraisal.rules.reading import UNSEALED, check, fingerprint_of_data, loaded

Path = tuple[str | int, ...]
LISTS = ("correlations", "impacts", "voices", "stops")
BY_NAME = ("inputs", "groups", "options")


def drafted(data: dict) -> dict:
    """Return the document of a whole case in plain data; of options whose bases differ the first one's is kept."""
    document = copy.deepcopy(data)
    bases = [option.pop("basis", None) for option in document.get("options", {}).values()]
    found = next((basis for basis in bases if basis), {})
    document.setdefault("state", "open")
    for name in LISTS:
        document[name] = list(document.get(name) or ())
    for name in BY_NAME:
        document.setdefault(name, {})
    return {"basis": found} | document


def drafted_from(text: str) -> dict:
    """Return the document of a case written in YAML. Raises CaseRefused for what is no case at all."""
    return plain(drafted(loaded(text)))


def plain(value):
    """Return data as JSON knows it: days as text, sequences as lists; what is empty or None in a mapping is left out.

    >>> plain({"on": None, "times": ("a", "b")})
    {'times': ['a', 'b']}
    """
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def whole(document: dict) -> dict:
    """Return the case a document says, with its basis in every option, as `reading.check` reads it."""
    data = {name: value for name, value in document.items() if name != "basis"}
    basis = document.get("basis") or {}
    data["options"] = {name: option | {"basis": basis} for name, option in (document.get("options") or {}).items()}
    return data


def get(document, path: Path):
    """Return what stands at a path, or None where nothing does."""
    for part in path:
        try:
            document = document[part]
        except (KeyError, IndexError, TypeError):
            return None
    return document


def put(document, path: Path, value):
    """Return a document with something else at a path; None takes a named entry out. Nothing given is changed.

    >>> put({"inputs": {"pay": {"value": 1}}}, ("inputs", "pay", "value"), 2)
    {'inputs': {'pay': {'value': 2}}}
    >>> put({"voices": []}, ("voices", 0), {"who": "Users"})
    {'voices': [{'who': 'Users'}]}
    """
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(first, int):
        found = list(document or ())
        inner = put(found[first] if first < len(found) else {}, rest, value)
        return [*found[:first], inner, *found[first + 1 :]]
    found = dict(document or {})
    if not rest and value is None:
        found.pop(first, None)
        return found
    return found | {first: put(found.get(first), rest, value)}


def overlap(one: Path, other: Path) -> bool:
    """Return whether a change at one path touches what stands at the other.

    >>> overlap(("inputs", "pay"), ("inputs", "pay", "value")), overlap(("inputs", "pay"), ("inputs", "rooms"))
    (True, False)
    """
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


def of_acts(document: dict) -> tuple[object, object, dict]:
    """Return what stands in a document by acts of their own: its state, its seal, and where figures were read.

    >>> of_acts({"state": "open", "inputs": {"pay": {"value": 1}, "cost": {"read": {"what": "cost"}}}})
    ('open', None, {'cost': {'what': 'cost'}})
    """
    inputs = document.get("inputs") or {}
    read = {name: one["read"] for name, one in inputs.items() if isinstance(one, dict) and one.get("read")}
    return document.get("state"), get(document, ("criteria", "seal")), read


def written_over(before: dict, after: dict) -> list[Path]:
    """Return the paths of `read` in figures that were read and have another value, unit or source since.

    >>> cost = {"value": 7, "unit": "£", "read": {"what": "cost"}}
    >>> written_over({"inputs": {"cost": cost}}, {"inputs": {"cost": cost | {"value": 8}}})
    [('inputs', 'cost', 'read')]
    """
    found = []
    for name, place in of_acts(after)[2].items():
        one, other = (get(document, ("inputs", name)) or {} for document in (before, after))
        if place == one.get("read") and any(one.get(part) != other.get(part) for part in ("value", "unit", "source")):
            found.append(("inputs", name, "read"))
    return found


def stops_undone(before: dict, after: dict) -> list[dict]:
    """Return the stops that no longer stand as they stood: altered, withdrawn or taken out.

    >>> said = {"partner": "Borley", "why": "Too dear"}
    >>> stops_undone({"stops": [said]}, {"stops": [{"partner": "Ashby"}, said]})
    []
    >>> stops_undone({"stops": [said, said]}, {"stops": [said]}) == [said]
    True
    """
    left = list(after.get("stops") or ())
    undone = []
    for stop in before.get("stops") or ():
        if stop in left:
            left.remove(stop)
        elif stop.get("partner"):
            undone.append(stop)
    return undone


def missing(document: dict) -> list[tuple[Path, Fault]]:
    """Return everything that keeps a document from being appraised, each with the place where it is mended."""
    try:
        check(whole(document))
    except CaseRefused as refused:
        seen: dict[tuple[Path, str], Fault] = {}
        for fault in refused.faults:
            seen.setdefault((where(document, fault.option, fault.field), fault.what), fault)
        return [(path, fault) for (path, _what), fault in seen.items()]
    return []


def where(document: dict, option: str, field: str) -> Path:
    """Return the path of what a fault is about: as much of it as there is in the document, its last part included."""
    options = document.get("options") or {}
    parts: list[str | int] = [int(part) if part.isdigit() else part for part in field.split(".")]
    head = parts[0]
    if option not in options:
        if head == "correlations" or head in LISTS:
            return tuple(parts[:2])
        return _known(document, tuple(parts))
    if head == "basis":
        return _known(document, tuple(parts))
    if head == "criteria":
        return _known(document, ("criteria", "scores", option, *parts[2:]))
    if head == "impacts":
        return ("impacts", parts[1]) if len(parts) > 1 and isinstance(parts[1], int) else ("impacts",)
    if head in ("transition", "client_side", "assets"):
        return ("options", option, "lines")
    return _known(document, ("options", option, *parts))


def _known(document: dict, path: Path) -> Path:
    for length in range(len(path), 0, -1):
        if get(document, path[: length - 1]) is not None:
            return path[:length]
    return ()


def seal_of(document: dict) -> str:
    """Return the fingerprint of a document's scales and weights. Raises CaseRefused where they are not whole."""
    return fingerprint_of_data(document)


def unsealed() -> dict:
    """Return the seal of criteria that nobody has sealed yet."""
    return dict(UNSEALED)


def written(path: Sequence[str | int]) -> str:
    """Return a path as it is kept and shown: its parts with “ / ” between them."""
    return " / ".join(str(part) for part in path)
