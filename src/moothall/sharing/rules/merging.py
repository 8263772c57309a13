"""What changes between two versions of a service, in words; and a body's own settings carried over, three ways."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting in the new version: what it becomes, and why; `unbound` says what a person must decide, or is empty.

    `why` is kept, new-default, new, both-same or unbound.
    """

    name: str
    value: object
    why: str
    unbound: str = ""


@dataclass(frozen=True)
class Change:
    """One thing that differs: under which heading, and what was and is, in words."""

    heading: str
    what: str


def merge(old_open, new_open, own: Mapping, wrong: Mapping[str, str] | None = None) -> list[Setting]:
    """Carry a body's settings over to a new version: three ways, between the old default, the new one and its own.

    `old_open` and `new_open` map a name to its parameter (with `type`, `default`); `own` is what the body set; `wrong`
    is what the new version says against a carried value. What the body set itself stays; what it left at the default
    follows the default; where both moved apart, and where a value does not fit any more, a person decides.
    """
    wrong = wrong or {}
    return [_merged(name, old_open.get(name), parameter, own, wrong) for name, parameter in new_open.items()]


def dropped(old_open, new_open, own: Mapping) -> list[str]:
    """Return the names that a body set and the new version does not leave open any more."""
    return [name for name in own if name in old_open and name not in new_open]


def _merged(name, old, new, own, wrong) -> Setting:
    default = plain(new.default)
    if old is None or old.type != new.type:
        return Setting(name, default, "new", wrong.get(name, "This is new: set it, or keep what is proposed."))
    before, mine = plain(old.default), own.get(name, plain(old.default))
    if name in wrong:
        return Setting(name, mine, "unbound", wrong[name])
    if mine == before and default != before:
        return Setting(name, default, "new-default")
    if mine == default and mine != before:
        return Setting(name, mine, "both-same")
    if mine != before and default != before:
        said = "You set this yourselves, and what is proposed has changed too. Choose which holds."
        return Setting(name, mine, "unbound", said)
    return Setting(name, mine, "kept")


def plain(value):
    """Return a default as a plain value."""
    return value.model_dump() if hasattr(value, "model_dump") else value


def changes(old, new, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Return what differs between two definitions, in the order in which a resident would meet it.

    `before` and `after` are the sentences that residents read, as {"promise", "cost"}; all else is in the definitions.
    """
    found = []
    for heading, one, other in (
        ("For the resident", old.title.en, new.title.en),
        ("For the resident", old.summary.en, new.summary.en),
        ("For the resident", old.who.en, new.who.en),
        ("Clock", before["promise"], after["promise"]),
        ("Fee", before["cost"], after["cost"]),
        ("Kept", str(old.basis.keep.why), str(new.basis.keep.why)),
    ):
        if one != other:
            found.append(Change(heading, f"“{one}” becomes “{other}”."))
    found += _named("Question", old.ask, new.ask, lambda q: q.label.en)
    found += _named("Step", old.steps, new.steps, lambda s: s.title.en)
    found += _letters(old.letters, new.letters)
    return found + _named("Setting", old.leaves_open, new.leaves_open, lambda p: p.label)


def _named(heading, old, new, words) -> list[Change]:
    """Return what is new, gone, said otherwise, or changed within, among named parts."""
    found = [Change(heading, f"New: {words(part)}.") for name, part in new.items() if name not in old]
    found += [Change(heading, f"No longer: {words(part)}.") for name, part in old.items() if name not in new]
    for name, part in new.items():
        if name in old and part != old[name]:
            before, after = words(old[name]), words(part)
            if before != after:
                found.append(Change(heading, f"“{before}” becomes “{after}”."))
            found += [Change(heading, f"{after}: {said}") for said in _within(old[name], part)]
    kept = [name for name in new if name in old]
    if kept != [name for name in old if name in new]:
        found.append(Change(heading, "They come in another order."))
    return found


UNSAID = {"label", "title"}


def _within(old, new) -> list[str]:
    """Return what differs inside one part, field by field."""
    before, after = old.model_dump(mode="json", by_alias=True), new.model_dump(mode="json", by_alias=True)
    return [
        f"{FIELDS.get(key, key)} was {_short(before.get(key))}, is {_short(after.get(key))}."
        for key in dict.fromkeys([*before, *after])
        if key not in UNSAID and before.get(key) != after.get(key)
    ]


FIELDS = {
    "within": "its clock", "by": "who does it", "after": "what it follows", "when": "its condition",
    "default": "what is proposed", "least": "the least", "most": "the most", "options": "the choice",
    "optional": "may be left empty", "help": "the help", "stop": "where it leads elsewhere",
    "with": "what is told to who does it", "wait": "its wait",
}  # fmt: skip


def _short(value) -> str:
    if value is None or value in ([], {}, ""):
        return "nothing"
    if isinstance(value, dict) and "en" in value:
        return f"“{value['en']}”"
    if isinstance(value, dict):
        return "; ".join(
            f"{key.replace('_', ' ')} {_short(inner)}" for key, inner in value.items() if inner is not None
        )
    if isinstance(value, list):
        return ", ".join(_short(inner) for inner in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _letters(old: Mapping, new: Mapping) -> list[Change]:
    found = [Change("Letter", f"New: {_subject(text)}.") for name, text in new.items() if name not in old]
    found += [Change("Letter", f"No longer: {_subject(text)}.") for name, text in old.items() if name not in new]
    return found + [
        Change("Letter", f"Says something else: {_subject(text)}.")
        for name, text in new.items()
        if name in old and text != old[name]
    ]


def _subject(text: Mapping) -> str:
    return text["en"].split("\n", 1)[0].removeprefix("# ").strip()
