"""Fields as people write them: what stands in a case as text, and text as what stands in a case."""

from moothall.appraisal.rules.outline import Leaf

LINES = ("words", "shares", "pairs")
"""Kinds that are written one a line."""


class Unreadable(ValueError):
    """What was written is no value of its kind; the message says what to write."""


def said(leaf: Leaf, value) -> object:
    """Return a value as a form begins with it: text, or a list where several are chosen."""
    if value is None:
        return [] if leaf.many else ""
    if leaf.kind == "yes-no":
        return "yes" if value else "no"
    if leaf.many:
        return list(value)
    if leaf.kind == "words":
        return "\n".join(value)
    if leaf.kind == "figures" or (leaf.kind == "profile" and value != "every"):
        return " ".join(f"{one:g}" if one == round(one, 6) else repr(one) for one in value)
    if leaf.kind == "shares":
        return "\n".join(f"{name}: {number(amount)}" for name, amount in value.items())
    if leaf.kind == "pairs":
        return "\n".join(f"{number(one)}: {number(other)}" for one, other in value)
    return number(value) if leaf.kind in ("whole", "figure") else str(value)


def number(value) -> str:
    """Return a number as short as it can be written without losing any of it.

    >>> number(2.0), number(0.1), number(610000)
    ('2', '0.1', '610000')
    """
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def read(leaf: Leaf, written) -> object:
    """Return what was written as a value; None where nothing was. Raises Unreadable."""
    if isinstance(written, list | tuple):
        return list(written) or None
    text = str(written or "").strip()
    if not text:
        return None
    return READ.get(leaf.kind, str)(text)


def figure(text: str) -> float | int:
    """Return a number as people write it: 38,400.50 or £12. Raises Unreadable."""
    plain = text.replace(",", "").replace("£", "").strip()
    try:
        found = float(plain)
    except ValueError:
        raise Unreadable(f"“{text}” is no number. Write one, such as 38400 or 0.12.") from None
    if found != found or found in (float("inf"), float("-inf")):
        raise Unreadable(f"“{text}” is no number. Write one, such as 38400 or 0.12.")
    return int(found) if found.is_integer() and "." not in plain and "e" not in plain.lower() else found


def _whole(text: str) -> int:
    found = figure(text)
    if found != int(found):
        raise Unreadable("Write a whole number.")
    return int(found)


def _figures(text: str) -> list:
    return [figure(one) for one in text.replace(";", " ").split()]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _named(text: str) -> list[tuple[str, float]]:
    found = []
    for line in _lines(text):
        name, colon, amount = line.rpartition(":")
        if not colon or not name.strip():
            raise Unreadable(f"“{line}” has no name and number. Write one a line, such as bills: 92000.")
        found.append((name.strip(), figure(amount)))
    return found


READ = {
    "yes-no": lambda text: text == "yes",
    "whole": _whole,
    "figure": figure,
    "words": _lines,
    "figures": _figures,
    "profile": lambda text: "every" if text.strip("“”\"' ").lower() == "every" else _figures(text),
    "shares": lambda text: dict(_named(text)),
    "pairs": lambda text: [[figure(name), amount] for name, amount in _named(text)],
}
