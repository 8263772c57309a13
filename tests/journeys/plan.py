"""
Which journeys are walked: every pair of values of the four factors meets in at least one of them.

    python -m tests.journeys.plan

prints the plan. The chooser is greedy and has no dice in it: the same factors give the same plan.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations, product

FACTORS: dict[str, Sequence] = {
    "service": (
        *("report-pothole", "street-light", "fly-tipping", "missed-bin", "bulky-waste", "garden-waste"),
        "complaint",
    ),
    "begun": ("with an account", "without an account", "at the body's own desk", "at another body's desk"),
    "width": (320, 1280),
    "scripts": (True, False),
}

Pair = tuple[tuple[str, object], tuple[str, object]]


def pairs_of(row: Mapping) -> set[Pair]:
    """Return the pairs of (factor, value) that a row covers; a row may be unfinished."""
    return set(combinations(sorted(row.items(), key=lambda item: item[0]), 2))


def all_pairs(factors: Mapping[str, Sequence]) -> set[Pair]:
    """Return every pair of values of two different factors."""
    names = combinations(sorted(factors), 2)
    return {((a, x), (b, y)) for a, b in names for x, y in product(factors[a], factors[b])}


def choose(factors: Mapping[str, Sequence]) -> list[dict]:
    """
    Return rows that together cover every pair.

    Each row begins with a pair that no row covers yet, from the two factors with most values; every other factor
    then takes the value that covers most new pairs, or of equals the one that met the others least.

    >>> choose({"a": (1, 2), "b": (1, 2), "c": (1, 2)})[0]
    {'a': 1, 'b': 1, 'c': 1}
    """
    names = sorted(factors, key=lambda name: -len(factors[name]))
    order = {name: {value: n for n, value in enumerate(factors[name])} for name in names}
    left, rows = all_pairs(factors), []
    while left:
        seed = min(left, key=lambda pair: sorted((names.index(f), order[f][v]) for f, v in pair))
        row = dict(seed)
        for name in names:
            if name not in row:
                row[name] = min(factors[name], key=lambda v: (-_gain(row, name, v, left), _met(row, name, v, rows)))
        rows.append({name: row[name] for name in factors})
        left -= pairs_of(row)
    return rows


def _gain(row: Mapping, name: str, value, left: set[Pair]) -> int:
    return len(pairs_of({**row, name: value}) & left)


def _met(row: Mapping, name: str, value, rows: list[dict]) -> int:
    """Return how often a value has met the values that a row has so far."""
    return sum(other[known] == chosen for other in rows if other[name] == value for known, chosen in row.items())


JOURNEYS = choose(FACTORS)


def name_of(row: Mapping) -> str:
    """Return a journey's name, as tests and pictures are called."""
    scripts = "scripts" if row["scripts"] else "plain"
    return f"{row['service']}, {row['begun']}, {row['width']} px, {scripts}"


def table(rows: list[dict]) -> str:
    """Return the plan as a table to read."""
    lines = [f"{'':>3}  {'service':<16}{'begun':<24}{'width':>5}  scripts"]
    for n, row in enumerate(rows, 1):
        scripts = "on" if row["scripts"] else "off"
        lines.append(f"{n:>3}  {row['service']:<16}{row['begun']:<24}{row['width']:>5}  {scripts}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(JOURNEYS))
