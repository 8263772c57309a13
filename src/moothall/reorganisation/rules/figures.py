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


def row_words(compared: dict) -> str:
    """Return in words what came of comparing every row of a copy once a plan was undone on it.

    >>> row_words({"tables": 2, "rows": 1234, "lost": {}, "added": {}, "answered": 0})
    '1,234 rows of 2 tables were compared one by one, and all are as they were.'
    >>> row_words({"tables": 2, "rows": 9, "lost": {"casework_case": 1}, "added": {}, "answered": 0})[:78]
    '9 rows of 2 tables were compared one by one: 1 in casework case not as before.'
    """
    said = f"{compared['rows']:,} rows of {compared['tables']} tables were compared one by one"
    wrong = [f"{n:,} in {table.replace('_', ' ')} not as before" for table, n in sorted(compared["lost"].items())]
    wrong += [f"{n:,} in {table.replace('_', ' ')} left over" for table, n in sorted(compared["added"].items())]
    if wrong:
        return f"{said}: {', '.join(wrong)}. Do not carry it out, and tell whoever runs the platform."
    more = compared["answered"]
    return f"{said}, and all are as they were." + (
        f" The books, histories and the trail hold {more:,} entries more, since carrying out and undoing are both "
        "written down there." if more else ""
    )  # fmt: skip


def as_json(figures: dict) -> str:
    """Return figures as they are kept."""
    return json.dumps(figures, sort_keys=True)
