"""Figures before and after: what must be the same when bodies become one."""

import json


def differences(before: dict[str, dict[str, int]], after: dict[str, dict[str, int]]) -> list[str]:
    """Return in words what is not the same; empty when nothing was lost.

    >>> differences({"Cases": {"open": 2}}, {"Cases": {"open": 2}})
    []
    >>> differences({"Cases": {"open": 2}}, {"Cases": {"open": 1, "closed": 1}})
    ['Cases, closed: 0 before, 1 after', 'Cases, open: 2 before, 1 after']
    """
    found = []
    for words in sorted({*before, *after}):
        was, now = before.get(words, {}), after.get(words, {})
        found += [
            f"{words}, {name}: {was.get(name, 0)} before, {now.get(name, 0)} after"
            for name in sorted({*was, *now})
            if was.get(name, 0) != now.get(name, 0)
        ]
    return found


def rows(figures: dict, units: dict[str, str]) -> list[dict]:
    """Return figures line by line: words, name, before, after, whether they are the same, and their unit.

    `back` is the figure once it was undone, on the copy of a rehearsal; None where nothing was undone.

    >>> rows({"before": {"Cases": {"open": 2}}, "after": {"Cases": {"open": 2}}}, {"Cases": "count"})[0]["same"]
    True
    """
    before, after, undone = (figures.get(name, {}) for name in ("before", "after", "back"))
    found = []
    for words in sorted({*before, *after}):
        for name in sorted({*before.get(words, {}), *after.get(words, {})}):
            was, now = before.get(words, {}).get(name, 0), after.get(words, {}).get(name, 0)
            back = undone.get(words, {}).get(name, 0) if undone else None
            same = was == now and back in (was, None)
            found.append({"words": words, "name": name, "before": was, "after": now, "back": back, "same": same,
                          "pence": units.get(words) == "pence"})  # fmt: skip
    return found


def as_json(figures: dict) -> str:
    """Return figures as they are kept."""
    return json.dumps(figures, sort_keys=True)
