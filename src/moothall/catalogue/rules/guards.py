"""Conditions in CEL, the Common Expression Language: compiled once, total, never `eval`.

A guard sees only what the definition declares. What has no value is filled in as empty, so a guard never
fails for a question that was not asked. Language: https://github.com/google/cel-spec
"""

import difflib
import itertools
import re
from functools import lru_cache

import cel

_STRINGS = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"")
_PATH = re.compile(r"(?<![\w.\]])([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(\s*\()?")
_WORDS = {"true", "false", "null", "in"}
_CALLED_ON = re.compile(r"\.[A-Za-z_]\w*$")
_EQUAL = re.compile(r"([A-Za-z_][\w.]*)\s*[!=]=\s*(['\"])(.*?)\2")
_AMONG = re.compile(r"([A-Za-z_][\w.]*)\s+in\s+\[(.*?)\]")
_CONTAINS = re.compile(r"(['\"])(.*?)\1\s+in\s+([A-Za-z_][\w.]*)(?!\s*\[)")
MACROS = {"has", "size", "int", "double", "string", "bool", "timestamp", "duration", "type"}


class GuardError(Exception):
    """A condition that cannot be understood or that does not hold together with the definition."""

    def __init__(self, what, write):
        super().__init__(what)
        self.what, self.write = what, write


class Guard:
    """One compiled condition.

    >>> guard("inspect.risk in ['high', 'medium']").true({"inspect": {"risk": "high"}})
    True
    >>> guard("inspect.risk in ['high', 'medium']").true({})
    False
    >>> guard("answers.width == 'larger' ? 2 : 28").value({"answers": {"width": "larger"}})
    2
    """

    def __init__(self, source):
        self.source = source
        try:
            self._program = cel.compile(source)
        except ValueError as error:
            where = str(error).split("Syntax error:")[-1].split("\n")[0].strip()
            raise GuardError(
                f"the condition `{source}` cannot be read: {where}",
                "a condition such as `answers.width == 'larger' && inspect.risk != 'low'`",
            ) from None
        self.paths = _paths(source)

    def value(self, variables):
        """Return what the expression comes to. `variables` is a dict of dicts; what is missing is empty."""
        seen = {}
        for path in self.paths:
            _copy(path.split("."), variables, seen)
        try:
            return self._program.execute(seen)
        except (TypeError, RuntimeError, ValueError) as error:
            raise GuardError(
                f"the condition `{self.source}` does not work out: {str(error).split('.')[0]}",
                "a test for what may be empty first, such as `answers.items != null && answers.items > 3`",
            ) from None

    def true(self, variables):
        """Say whether the condition holds. Anything but true counts as not holding."""
        return self.value(variables) is True


@lru_cache(maxsize=10_000)
def guard(source):
    """Return the compiled guard for an expression; raises GuardError when it cannot be read."""
    return Guard(str(source))


def _paths(source):
    """Return the dotted names an expression uses, without function names and words in quotes.

    >>> sorted(_paths("a.b in ['x.y'] && size(c.d) > 1 && e.f.startsWith('g')"))
    ['a.b', 'c.d', 'e.f']
    """
    found, bound = set(), set(re.findall(r"\.(?:exists|all|map|filter|exists_one)\(\s*(\w+)\s*,", source))
    for path, call in _PATH.findall(_STRINGS.sub("''", source)):
        if call:
            path = _CALLED_ON.sub("", path) if "." in path else ""
        if path and path not in _WORDS and path.split(".")[0] not in bound:
            found.add(path)
    return frozenset(p for p in found if not any(q != p and p == q.split(".")[0] for q in found))


def _copy(parts, variables, seen):
    """Copy one dotted name from what is known to what the guard sees, empty where nothing is known."""
    node, target = variables, seen
    for part in parts[:-1]:
        node = node.get(part) if isinstance(node, dict) else None
        inner = target.setdefault(part, {})
        if not isinstance(inner, dict):
            return
        target = inner
    value = node.get(parts[-1]) if isinstance(node, dict) else None
    target.setdefault(parts[-1], value)


def filled(kinds, values):
    """Return nested variables for guards: `kinds` maps dotted names to Kind, `values` is what is known so far.

    >>> from moothall.catalogue.rules.kinds import Kind
    >>> filled({"answers.wet": Kind("yes-no"), "answers.width": Kind("choice", ("small",))}, {})
    {'answers': {'wet': False, 'width': None}}
    """
    result = {root: dict(inner) if isinstance(inner, dict) else inner for root, inner in values.items()}
    for path, kind in kinds.items():
        root, name = path.split(".", 1)
        inner = result.setdefault(root, {})
        if inner.get(name) is None:
            inner[name] = kind.unanswered()
    return result


def check(source, kinds, expect, where="this condition"):
    """Refuse an expression that uses an unknown name, an unknown option, or that fails on a possible value.

    `kinds` maps dotted names ("answers.width") to Kind. `expect` is the Python type the expression must give.
    Raises GuardError.
    """
    compiled = guard(source)
    used = {}
    for path in compiled.paths:
        name = ".".join(path.split(".")[:2])
        if name not in kinds:
            raise GuardError(f"`{path}` is not known in {where}", _nearest(path, kinds))
        used[name] = kinds[name]
    _check_options(compiled.source, kinds)
    _try(compiled, used, expect)


def _nearest(path, kinds):
    root, _, leaf = path.partition(".")
    leaves = {k.split(".")[1]: k for k in kinds if k.split(".")[0] == root}
    close = difflib.get_close_matches(leaf, leaves, n=1, cutoff=0.7) if leaves else []
    if close:
        return f"`{leaves[close[0]]}`"
    whole = [] if leaves else difflib.get_close_matches(path, kinds, n=1, cutoff=0.7)
    if whole:
        return f"`{whole[0]}`"
    return "one of " + ", ".join(f"`{k}`" for k in sorted(leaves.values() or kinds)[:12])


def _check_options(source, kinds):
    pairs = [(path, word) for path, _, word in _EQUAL.findall(source)]
    pairs += [
        (path, word) for path, words in _AMONG.findall(source) for _, word in re.findall(r"(['\"])(.*?)\1", words)
    ]
    pairs += [(path, word) for _, word, path in _CONTAINS.findall(source)]
    for path, word in pairs:
        kind = kinds.get(path)
        if kind and kind.options and word not in kind.options:
            raise GuardError(
                f"`{path}` is never '{word}'", "one of its options: " + ", ".join(f"'{o}'" for o in kind.options)
            )


def _try(compiled, used, expect):
    """Evaluate on every combination of sample values (at most 200), and require the expected type."""
    names = sorted(used)
    for values in itertools.islice(itertools.product(*(used[n].samples() for n in names)), 200):
        known = {}
        for name, value in zip(names, values, strict=True):
            root, leaf = name.split(".", 1)
            known.setdefault(root, {})[leaf] = value
        result = compiled.value(known)
        if type(result) is not expect:
            wanted = {bool: "true or false", int: "a whole number", str: "a word or date"}[expect]
            raise GuardError(
                f"`{compiled.source}` gives {result!r} where {wanted} is needed",
                f"an expression that always gives {wanted}",
            )
