"""What differs between two definitions of a service, in words, in the order in which a resident would meet it."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from moothall.catalogue.rules.in_words import in_words


@dataclass(frozen=True)
class Change:
    """One thing that differs: under which heading, and what was and is, in words."""

    heading: str
    what: str


RESIDENT, WORK, RULES = "For the resident", "Work", "Law and rules"
REST = {
    "danger": (RESIDENT, "The warning before anything else"),
    "needs": (RESIDENT, "What to have ready"),
    "sign_in": (RESIDENT, "Signing in"),
    "contact": (RESIDENT, "Whether we must know how to reach somebody"),
    "urgent": (RESIDENT, "The urgent referral"),
    "other_ways": (RESIDENT, "Other ways to ask"),
    "topics": ("How it is found", "Topics"),
    "synonyms": ("How it is found", "Words people use"),
    "related": ("How it is found", "Related services"),
    "lgsl": ("How it is found", "Its number in the Local Government Services List"),
    "schema_org": ("How it is found", "What search engines are told"),
    "duplicates": (WORK, "What counts as the same thing reported twice"),
    "dates": (WORK, "Days of every year by law"),
    "review": (WORK, "Having a decision looked at again"),
    "done_by": (RULES, "Who does it"),
    "basis": (RULES, "Law, and how long it is kept"),
    "notes": ("For officers", "Notes"),
}
"""What has no list of its own below: under which heading it is told, and what it is called."""


def changes(old, new, before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Return what differs between two definitions.

    `before` and `after` are the sentences that residents read, as {"promise", "cost"}; all else is in the definitions.
    Definitions that are not equal differ in something that is told here.
    """
    found = []
    for heading, one, other in (
        (RESIDENT, old.title, new.title),
        (RESIDENT, old.summary, new.summary),
        (RESIDENT, old.who, new.who),
        ("Clock", before["promise"], after["promise"]),
        ("Fee", before["cost"], after["cost"]),
    ):
        if one != other:
            found.append(Change(heading, _became(one, other)))
    for heading, one, other in (("Clock", old.promise, new.promise), ("Fee", old.fee, new.fee)):
        if one != other and not any(change.heading == heading for change in found):
            found += [Change(heading, said) for said in _within(one, other)]
    for name, (heading, label) in REST.items():
        if (one := getattr(old, name)) != (other := getattr(new, name)):
            found.append(Change(heading, f"{label} {_differs(_plain(one), _plain(other))}"))
    both = (old, new)
    found += _named("Question", old.ask, new.ask, lambda q: q.label, both)
    found += _named("Step", old.steps, new.steps, lambda s: s.title, both)
    found += _named("Outcome", old.outcomes, new.outcomes, lambda o: o.title, both)
    found += _messages(old, new)
    found += _letters(old.letters, new.letters)
    return found + _named("Setting", old.leaves_open, new.leaves_open, lambda p: p.label)


def _became(one, other) -> str:
    """Return that one text took the place of another, in Welsh where only the Welsh differs."""
    if str(one) == str(other):
        return f"In Welsh “{one.cy}” becomes “{other.cy}”."
    return f"“{one}” becomes “{other}”."


def _named(heading, old, new, words, both=()) -> list[Change]:
    """Return what is new, gone, said otherwise, or changed within, among named parts of `both` definitions."""
    found = [Change(heading, f"New: {words(part)}.") for name, part in new.items() if name not in old]
    found += [Change(heading, f"No longer: {words(part)}.") for name, part in old.items() if name not in new]
    for name, part in new.items():
        if name in old and part != old[name]:
            before, after = words(old[name]), words(part)
            if before != after:
                found.append(Change(heading, _became(before, after)))
            found += [Change(heading, f"{after}: {said}") for said in _within(old[name], part, both)]
    kept = [name for name in new if name in old]
    if kept != [name for name in old if name in new]:
        found.append(Change(heading, "They come in another order."))
    return found


UNSAID = {"label", "title"}


def _within(old, new, both=()) -> list[str]:
    """Return what differs inside one part, field by field; a condition in words where both have them."""
    before, after = _plain(old) or {}, _plain(new) or {}
    if both and before.get("when") != after.get("when"):
        told = [_condition(part.get("when"), whole) for part, whole in zip((before, after), both, strict=True)]
        if told[0] != told[1]:  # else only how it is written differs, and that is told
            before, after = before | {"when": told[0]}, after | {"when": told[1]}
    return [
        f"{FIELDS.get(key, key)} {_differs(before.get(key), after.get(key))}"
        for key in dict.fromkeys([*before, *after])
        if key not in UNSAID and before.get(key) != after.get(key)
    ]


def _condition(source, definition):
    return source and (in_words(source, definition) or source)


FIELDS = {
    "within": "its clock", "by": "who does it", "after": "what it follows", "when": "its condition",
    "default": "what is proposed", "least": "the least", "most": "the most", "options": "the choice",
    "optional": "may be left empty", "help": "the help", "stop": "where it leads elsewhere",
    "with": "what is told to who does it", "wait": "its wait", "pence": "the amount", "per": "what it is for",
    "refund": "what is given back", "acknowledge": "the acknowledgement", "done_within": "the time",
    "counts": "how the time is counted", "missing": "what is said when it is left empty", "type": "its type",
    "personal": "says something about a person",
}  # fmt: skip


def _plain(value):
    """Return a part as plain values."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def _differs(one, other) -> str:
    """Return how two plain values differ: what came and what went of lists and choices, else what was and is."""
    if _is_deep(one) and _is_deep(other):
        told = [f"{_name(k)} {_differs(one.get(k), other.get(k)).rstrip('.')}" for k in dict.fromkeys([*one, *other])
                if one.get(k) != other.get(k)]  # fmt: skip
        return ("; ".join(told) or "in another order") + "."
    if isinstance(one, list) and isinstance(other, list) and one and other:
        came, went = [x for x in other if x not in one], [x for x in one if x not in other]
        told = [f"now also {_short(came)}" if came else "", f"no longer {_short(went)}" if went else ""]
        return ("; ".join(part for part in told if part) or "in another order") + "."
    if _is_text(one) and _is_text(other) and one["en"] == other["en"]:
        return f"in Welsh was “{one['cy']}”, is “{other['cy']}”."
    return f"was {_short(one)}, is {_short(other)}."


def _is_deep(value) -> bool:
    """Tell whether a part has parts of its own, so that what differs within is told, and not the whole of it."""
    return isinstance(value, dict) and not _is_text(value) and any(isinstance(v, (dict, list)) for v in value.values())


def _is_text(value) -> bool:
    return isinstance(value, dict) and isinstance(value.get("en"), str)


def _name(key) -> str:
    return FIELDS.get(key, str(key).replace("_", " "))


def _short(value) -> str:
    if value is None or value in ([], {}, ""):
        return "nothing"
    if _is_text(value):
        return f"“{value['en']}”"
    if isinstance(value, dict):
        return "; ".join(
            f"{key.replace('_', ' ')} {_short(inner)}" for key, inner in value.items() if inner is not None
        )
    if isinstance(value, list):
        return ", ".join(_short(inner) for inner in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _messages(old, new) -> list[Change]:
    """Return which letters go out at other moments or on other conditions."""
    told, was = [_sent(one, new) for one in new.messages], [_sent(one, old) for one in old.messages]
    if told == was:  # or else only how a condition is written differs
        told, was = [_sent(one) for one in new.messages], [_sent(one) for one in old.messages]
    found = [Change("Message", f"New: {one}.") for one in told if one not in was]
    found += [Change("Message", f"No longer: {one}.") for one in was if one not in told]
    return found or ([Change("Message", "They are tried in another order.")] if told != was else [])


def _sent(message, definition=None) -> str:
    when = _condition(message.when, definition) if definition else message.when
    return f"“{message.letter}” at {message.at}" + (f" if {when}" if when else "")


def _letters(old: Mapping, new: Mapping) -> list[Change]:
    found = [Change("Letter", f"New: {_subject(text)}.") for name, text in new.items() if name not in old]
    found += [Change("Letter", f"No longer: {_subject(text)}.") for name, text in old.items() if name not in new]
    for name, text in new.items():
        if name in old and text != old[name]:
            for lang, words in (("en", ""), ("cy", " in Welsh")):
                found += [
                    Change("Letter", f"{_subject(text)}{words}: {said}")
                    for said in _lines(old[name].get(lang, ""), text.get(lang, ""))
                ]
    return found


def _lines(one: str, other: str) -> list[str]:
    """Return which lines of a letter went and came, a sentence a place."""
    before, after = ([line for line in text.splitlines() if line.strip()] for text in (one, other))
    found = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        was, now = " ".join(before[a:b]), " ".join(after[c:d])
        if kind == "replace":
            found.append(f"“{was}” becomes “{now}”.")
        elif kind == "delete":
            found.append(f"no longer says “{was}”.")
        elif kind == "insert":
            found.append(f"says “{now}” too.")
    return found or (["other spacing."] if one != other else [])


def _subject(text: Mapping) -> str:
    return text["en"].split("\n", 1)[0].removeprefix("# ").strip()
