"""Kinds of value that a guard may see: what each looks like, answered and unanswered."""

from dataclasses import dataclass

PLACE_PARTS = ("lat", "lon", "easting", "northing", "street", "usrn", "uprn", "postcode", "ward", "label", "note")

SAMPLES = {
    "text": ["", "some words"],
    "long-text": ["", "some words"],
    "phone": ["01632 960000"],
    "hours": ["Mo-Fr 09:00-17:00"],
    "number": [0, 1, 5],
    "money": [0, 1250],
    "yes-no": [True, False],
    "declaration": [True],
    "date": ["2026-03-02", "2027-01-31"],
    "moment": ["2026-03-02T09:00:00+00:00"],
    "list": [[], ["some words"]],
    "file": [[], ["a-file"]],
    "place": [{part: None for part in PLACE_PARTS}],
    "address": [{part: None for part in PLACE_PARTS}],
    "person": [{"name": "Ann Example", "email": None, "phone": None, "born": None}],
    "organisation": [{"name": "Example Ltd", "number": None}],
    "vehicle": [{"registration": "AB12 CDE", "make": None, "colour": None}],
}
UNANSWERED = {"yes-no": False, "declaration": False, "text": "", "long-text": "", "many": [], "list": [], "file": []}


@dataclass(frozen=True)
class Kind:
    """The type of one variable, its options if it has any, and whether it may be empty.

    >>> Kind("choice", ("high", "low")).samples()
    ['high', 'low']
    >>> Kind("number", may_be_empty=True).samples()
    [0, 1, 5, None]
    """

    type: str
    options: tuple[str, ...] = ()
    may_be_empty: bool = False

    def samples(self):
        """Return values a guard is tried on when a definition is loaded."""
        if self.type == "choice":
            values = list(self.options) or ["some-option"]
        elif self.type == "many":
            values = [[], list(self.options)]
        else:
            values = list(SAMPLES[self.type])
        return [*values, self.unanswered()] if self.may_be_empty else values

    def unanswered(self):
        """Return what a guard sees when there is no value: False, '' or [] where that has a meaning, else None."""
        empty = UNANSWERED.get(self.type)
        return list(empty) if isinstance(empty, list) else empty


_JSON_TYPES = {"string": "text", "integer": "number", "number": "number", "boolean": "yes-no", "array": "list"}
_FORMATS = {"date": "date", "date-time": "moment"}


def known(kind):
    """Return a Kind for what a step performer declares of one output, so that this chapter need not know it.

    It takes a Kind, a type's name, a list of options, or a property of a JSON Schema (`core.steps`).

    >>> known(["high", "low"]).options
    ('high', 'low')
    >>> known({"type": "string", "enum": ["high", "low"]}).options
    ('high', 'low')
    >>> known({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}).type
    'date'
    """
    if isinstance(kind, Kind):
        return kind
    if isinstance(kind, (list, tuple)):
        return Kind("choice", tuple(kind), may_be_empty=True)
    if isinstance(kind, str):
        return Kind(kind, may_be_empty=True)
    if "anyOf" in kind:
        return known(next(k for k in kind["anyOf"] if k.get("type") != "null"))
    if "enum" in kind or "const" in kind:
        return Kind("choice", tuple(kind.get("enum") or [kind["const"]]), may_be_empty=True)
    return Kind(_FORMATS.get(kind.get("format")) or _JSON_TYPES.get(kind.get("type"), "text"), may_be_empty=True)
