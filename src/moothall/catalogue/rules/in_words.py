"""A condition in words, where its shape is simple: what is asked, what a step came to, what a body set.

Said are comparisons, `in`, `has`, `size(...) > 0`, and what `&&`, `||`, `!` and brackets make of them. Of any other
shape nothing is said, and the expression itself is shown.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from moothall.catalogue.rules.guards import GuardError, guard
from moothall.core.money import pounds

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]*)'|\"(?:[^\"\\]*)\")|(?P<number>\d+(?![\w.]))|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)"
    r"|(?P<sign>&&|\|\||==|!=|>=|<=|[!<>()\[\],?:-]))"
)
_COMPARED = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}
_STATES = {
    "done": "is done", "skipped": "is left out", "refused": "is refused", "failed": "has failed",
    "cancelled": "is cancelled", "waiting": "waits", "ready": "has begun",
}  # fmt: skip
_CASE = {
    "case.reopened": ("it is looked at again", "it is not looked at again"),
    "case.appealed": ("it is under appeal", "it is not under appeal"),
}
_CHANNELS = {
    "web": "on the web", "phone": "by phone", "visit": "on a visit", "email": "by e-mail", "post": "by post",
    "api": "by another system",
}  # fmt: skip
#: What a step put out, said of the step: holds, does not hold.
_OUT = {
    "paid": ("was paid", "was not paid"), "passed": ("was passed", "was not passed"),
    "collected": ("was collected", "was not collected"), "owed": ("is still owed", "is not owed any more"),
    "cleared": ("was cleared", "was not cleared"), "repaired": ("was mended", "was not mended"),
    "evidence": ("found evidence", "found no evidence"),
}  # fmt: skip


class Unsaid(Exception):
    """The shape of this condition has no words here."""


@dataclass(frozen=True)
class Path:
    """A dotted name."""

    name: str


@dataclass(frozen=True)
class Said:
    """A condition as an officer reads it: its words, and the expression that they stand for, to be looked up."""

    words: str
    source: str = ""

    def __str__(self):
        return self.words or self.source


def said(source, definition, lang="en", begins="") -> Said:
    """Return a condition with its words, such as "if ..." where `begins` is "if "; in Welsh the expression alone."""
    words = in_words(source, definition) if lang == "en" else ""
    return Said(f"{begins}{words}", source) if words else Said("", f"{begins}{source}")


def in_words(source, definition) -> str:
    """Return a condition in English, as its definition calls things; empty where its shape is not a simple one.

    `definition` is the one it stands in. The words follow "if", "asked if" or "only if".
    """
    try:
        return _said(str(source), _Names(definition))
    except (Unsaid, GuardError):
        return ""


def _said(source, names):
    guard(source)  # what is no condition has no words
    reading = _Reading(_tokens(source), names)
    words, _ = reading.choice()
    if reading.left:
        raise Unsaid
    return words


@lru_cache(maxsize=5_000)
def _tokens(source):
    """Return the parts of an expression; raises Unsaid for signs that no simple one has.

    >>> _tokens("a.b == 'x' && !c")
    (('name', 'a.b'), ('sign', '=='), ('text', 'x'), ('sign', '&&'), ('sign', '!'), ('name', 'c'))
    """
    found, place, source = [], 0, source.strip()
    while place < len(source):
        part = _TOKEN.match(source, place)
        if part is None:
            raise Unsaid
        kind = part.lastgroup
        found.append((kind, part[kind][1:-1] if kind == "text" else part[kind]))
        place = part.end()
    return tuple(found)


class _Reading:
    """Reads an expression from left to right; each rule returns (words, what bound them last)."""

    def __init__(self, tokens, names):
        self.left, self.names = list(tokens), names

    def next_is(self, *signs):
        return bool(self.left) and self.left[0] in {("sign", sign) for sign in signs}

    def take(self, kind=None, value=None):
        if not self.left or (kind and self.left[0][0] != kind) or (value and self.left[0][1] != value):
            raise Unsaid
        return self.left.pop(0)[1]

    def choice(self):
        """a ? b : c"""
        first = self.either()
        if not self.next_is("?"):
            return first
        self.take()
        then, _ = self.choice()
        self.take("sign", ":")
        other, _ = self.choice()
        return f"where {first[0]}, {then}, and otherwise {other}", "where"

    def either(self):
        """a || b"""
        return self.joined(self.both, "||", "or")

    def both(self):
        """a && b"""
        return self.joined(self.one, "&&", "and")

    def joined(self, part, sign, word):
        parts = [part()]
        while self.next_is(sign):
            self.take()
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        if word == "and":
            said = [f"either {words}" if bound == "or" else words for words, bound in parts]
            said = [words for words in said if not _told_by_another(words, said)]
            mixed = any(bound == "or" for _, bound in parts)
        else:
            said = [f"both {words}" if bound == "and" else words for words, bound in parts]
            mixed = any(bound == "and" for _, bound in parts)
        if any(bound == "where" for _, bound in parts):
            raise Unsaid
        return (f", {word} " if mixed else f" {word} ").join(said), word if len(said) > 1 else ""

    def one(self):
        """(a), !a, a == b, a in [b], a in b, has(a), a"""
        if self.next_is("("):
            self.take()
            inner = self.choice()
            self.take("sign", ")")
            if self.left and not self.next_is("&&", "||", ")", "?", ":"):
                raise Unsaid
            return inner
        if self.next_is("!"):
            self.take()
            if self.next_is("("):
                return f"it is not so that {self.one()[0]}", ""
            return self.names.holds(self.path_or_has(), False), ""
        return self.compared(), ""

    def path_or_has(self):
        name = self.take("name")
        if not self.next_is("("):
            return Path(name)
        self.take()
        inner = Path(self.take("name"))
        self.take("sign", ")")
        if name not in ("has", "size"):
            raise Unsaid
        return (name, inner)

    def value(self):
        if self.next_is("-"):
            self.take()
            return -int(self.take("number"))
        kind = self.left[0][0] if self.left else ""
        if kind == "text":
            return self.take()
        if kind == "number":
            return int(self.take())
        if kind == "name" and self.left[0][1] in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[self.take()]
        return self.path_or_has()

    def compared(self):
        first = self.value()
        if not self.left or self.next_is("&&", "||", ")", "?", ":"):
            return self.names.holds(first, True)
        kind, sign = self.left[0]
        self.take()
        if (kind, sign) == ("name", "in"):
            return self.among(first)
        if kind != "sign" or sign not in ("==", "!=", *_COMPARED):
            raise Unsaid
        return self.names.compared(first, sign, self.value())

    def among(self, first):
        if not self.next_is("["):
            return self.names.has_one(self.value(), first)
        self.take()
        words = [self.value()]
        while self.next_is(","):
            self.take()
            words.append(self.value())
        self.take("sign", "]")
        return self.names.is_one_of(first, words)


def _told_by_another(words, said):
    """Tell whether something "was answered" as another of these says anyway, since it says how much it was."""
    for ending in (" was answered", " gave amount"):
        if words.endswith(ending):
            name = words.removesuffix(ending)
            return any(f"{name} is {than}" in one for one in said for than in _COMPARED.values())
    return False


class _Names:
    """What a definition calls the things in its conditions."""

    def __init__(self, definition):
        self.definition = definition

    def holds(self, what, yes):
        """Return that something holds, or does not."""
        if isinstance(what, tuple):
            call, path = what
            if call != "has":
                raise Unsaid
            return self.known(path, yes)
        if not isinstance(what, Path):
            raise Unsaid
        if what.name in _CASE:
            return _CASE[what.name][not yes]
        root, part, name = self.found(what)
        if root == "answers":
            return f"{name} {'is' if yes else 'is not'} yes"
        if root == "body":
            return f"{name} {'is' if yes else 'is not'} set to yes"
        if part in _OUT:
            return f"{name} {_OUT[part][not yes]}"
        raise Unsaid

    def known(self, path, yes):
        root, part, name = self.found(path)
        if root == "answers":
            return f"{name} was {'' if yes else 'not '}answered"
        if root != "body" and part not in ("state", "due"):
            return f"{name} {'gave' if yes else 'gave no'} {part.replace('_', ' ')}"
        raise Unsaid

    def compared(self, first, sign, other):
        """Return how two things compare, the first of them named."""
        if isinstance(first, tuple):
            return self.sized(first, sign, other)
        if not isinstance(first, Path):
            raise Unsaid
        if isinstance(other, Path) or (isinstance(other, int) and not isinstance(other, bool)):
            return self.measured(first, sign, other)
        if sign not in ("==", "!="):
            raise Unsaid
        if other is None or other == "":
            return self.known(first, sign == "!=")
        if isinstance(other, bool):
            return self.holds(first, other == (sign == "=="))
        return self.is_word(first, [other], sign == "==")

    def sized(self, first, sign, other):
        """Return that there is some of something, or none."""
        if first[0] == "size" and (sign, other) in ((">", 0), ("!=", 0), (">=", 1)):
            return self.known(first[1], True)
        if first[0] == "size" and (sign, other) in (("==", 0), ("<", 1)):
            return self.known(first[1], False)
        raise Unsaid

    def measured(self, first, sign, other):
        """Return how something compares with a number, or with what a body set or somebody gave."""
        said, subject = self.number(first, other), self.subject(first)
        if sign in _COMPARED:
            return f"{subject} is {_COMPARED[sign]} {said}"
        return f"{subject} is {'' if sign == '==' else 'not '}{said}"

    def subject(self, path):
        """Return what a thing is called by itself: of a step what it put out."""
        root, part, name = self.found(path)
        return name if root in ("answers", "body") else f"{part.replace('_', ' ')} of {name}"

    def number(self, of, other):
        """Return a number as it is said of something, or what a body set or somebody gave instead of one."""
        if isinstance(other, Path):
            return self.subject(other)
        return pounds(other) if self.is_money(of) else f"{other:,}"

    def is_money(self, path):
        root, _, part = path.name.partition(".")
        if root == "answers" and part in self.definition.ask:
            return self.definition.ask[part].type == "money"
        if root == "body" and part in self.definition.leaves_open:
            return self.definition.leaves_open[part].type == "money"
        return part in ("amount", "pence")

    def is_one_of(self, first, words):
        if not isinstance(first, Path) or not all(isinstance(word, str) for word in words):
            raise Unsaid
        return self.is_word(first, words, True)

    def has_one(self, holder, word):
        """Return that a list has something among its options."""
        if not isinstance(holder, Path) or not isinstance(word, str):
            raise Unsaid
        _, _, name = self.found(holder)
        return f"{name} has {self.option(holder, word)}"

    def is_word(self, path, words, yes):
        """Return that something is, or is not, one of some words of its own."""
        if path.name == "case.channel":
            return f"it {'came' if yes else 'did not come'} {_or([self.channel(word) for word in words])}"
        root, part, name = self.found(path)
        if root not in ("answers", "body") and part == "state":
            return self.state(name, words, yes)
        said = _or([self.option(path, word) for word in words])
        if root in ("answers", "body"):
            return f"{name} {'is' if yes else 'is not'} {said}"
        return f"{name} {'came to' if yes else 'did not come to'} {said}"

    def state(self, name, words, yes):
        if not all(word in _STATES for word in words):
            raise Unsaid
        said = _or([_STATES[word] for word in words])
        if yes:
            return f"{name} {said}"
        if len(words) > 1 or not said.startswith("is "):
            raise Unsaid
        return f"{name} is not {said.removeprefix('is ')}"

    def channel(self, word):
        if word not in _CHANNELS:
            raise Unsaid
        return _CHANNELS[word]

    def option(self, path, word):
        """Return one of the things that something can be, as people read it."""
        root, _, part = path.name.partition(".")
        if root == "answers":
            options = getattr(self.definition.ask.get(part), "options", None) or {}
        else:
            step = self.definition.steps.get(root)
            options = (step.using.get("options") if step and part == "decision" else None) or {}
        if word in options:
            return f"“{options[word].en}”"
        return f"“{word.replace('-', ' ')}”"

    def found(self, path):
        """Return (root, part, what it is called) of a dotted name. Raises Unsaid."""
        root, dot, part = path.name.partition(".")
        if not dot or "." in part:
            raise Unsaid
        if root == "answers" and part in self.definition.ask:
            return root, part, f"“{self.definition.ask[part].label.en}”"
        if root == "body" and part in self.definition.leaves_open:
            return root, part, f"“{self.definition.leaves_open[part].label}”"
        if root in self.definition.steps:
            return root, part, f"“{self.definition.steps[root].title.en}”"
        raise Unsaid


def _or(words):
    """Return words joined as people say them.

    >>> _or(["a"]), _or(["a", "b", "c"])
    ('a', 'a, b or c')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
