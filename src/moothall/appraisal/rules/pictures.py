"""The charts of a result: each with the sentence it shows, its table, and the words of how it is made."""

from dataclasses import dataclass

import numpy as np

from moothall.appraisal.rules import charts
from moothall.appraisal.rules.words import millions, percent, pounds

LETTERS = {"bodies": "B", "users": "U", "staff": "S", "community": "C", "provider": "P", "nobody": "–"}
LEGEND = "B the bodies, U users, S staff, C the community, P the provider, – nobody; dark where paper and fact differ"
MOST_WORDS = 46


@dataclass(frozen=True)
class Picture:
    """One chart: what it shows in a sentence, the picture as SVG, and the same figures as a table."""

    finding: str
    svg: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple, ...]
    how: str = ""


def pictures(told: dict) -> dict[str, Picture]:
    """Return the charts of what is shown of a result (rules/shown.py) by name, in the order in which they are read."""
    found = {"gains": _gains(told)} if told["side"] else {}
    for option in told["order"]:
        if option in told["bands"]:
            found[f"cash-{option}"] = _cash(told, option)
    for option in told["order"]:
        if told["influence"].get(option):
            found[f"tornado-{option}"] = _tornado(told, option)
    for number, version in enumerate((told["criteria"] or {}).get("versions", {})):
        found[f"acceptability-{number}"] = _acceptability(told, version)
    if told["people"]:
        found["workforce"] = _workforce(told)
    if told["risks"]:
        found["risks"] = _risks(told)
    return found


def _short(words: str) -> str:
    return words if len(words) <= MOST_WORDS else words[: MOST_WORDS - 1].rstrip() + "…"


def _gains(told: dict) -> Picture:
    rows = [(name, told["side"][name]) for name in told["order"] if name != told["now"] and name in told["side"]]
    ahead = [told["titles"][name] for name, row in rows if row["gain"] > 0]
    finding = (
        f"Cheaper for society than continuing as now: {', '.join(ahead)}."
        if ahead
        else ("No option is cheaper for society than continuing as now.")
    )
    bars = [(_short(told["titles"][name]), row["gain"], millions(row["gain"])) for name, row in rows]
    about = "A bar for each option, in pounds today"
    table = tuple(
        (told["titles"][name], pounds(row["gain"]), pounds(row["low"]), pounds(row["high"])) for name, row in rows
    )
    return Picture(
        finding, charts.bars(bars, "Gain over continuing as now", about) if bars else "", "Gain over continuing as now",
        ("Option", "Gain", "One in twenty gains less than", "One in twenty gains more than"), table,
        f"Present value to society in prices of {told['prices']}.",
    )  # fmt: skip


def _cash(told: dict, option: str) -> Picture:
    low, middle, high = (np.array(part) for part in told["bands"][option])
    title = told["titles"][option]
    ahead = "savings are ahead of spending by" if middle[-1] >= 0 else "spending is ahead of savings by"
    finding = (
        f"{title}: after {len(middle)} years {ahead} {millions(abs(middle[-1]))} in the middle future; nine in ten end "
        f"between {millions(low[-1])} and {millions(high[-1])}."
    )
    name = f"Savings less spending, added up: {title}"
    svg = charts.band(low, middle, high, told["years"], name, "The band holds nine futures in ten")
    rows = tuple(
        (year, pounds(a), pounds(b), pounds(c)) for year, a, b, c in zip(told["years"], low, middle, high, strict=True)
    )
    return Picture(finding, svg, name, ("Year", "Low", "Middle", "High"), rows, "The band holds nine futures in ten.")


def _tornado(told: dict, option: str) -> Picture:
    rows, title = told["influence"][option], told["titles"][option]
    name = f"What moves the answer: {title}"
    top = rows[0]
    finding = f"{title}: what moves the answer most is “{top[0]}”, with a hand in {percent(top[1], 0)} of its spread."
    bars = [(_short(what), share, low, high) for what, share, low, high in rows]
    svg = charts.tornado(bars, name, "Share of the variance of the gain in which each figure has a hand")
    table = tuple((what, percent(share), percent(low), percent(high)) for what, share, low, high in rows)
    how = "Total Sobol index with its 95 % interval: the share of the variance in which a figure has a hand."
    return Picture(finding, svg, name, ("Figure", "Share", "At least", "At most"), table, how)


def _acceptability(told: dict, version: str) -> Picture:
    found = told["criteria"]["versions"][version]
    winners = [(one["who"], told["titles"][one["order"][0]]) for one in found["sets"].values()]
    often = max(found["acceptability"], key=lambda name: found["acceptability"][name][0])
    share = percent(found["acceptability"][often][0], 0)
    chosen = "; ".join(f"{who}: {title}" for who, title in winners)
    finding = (
        f"First under each group's weights: {chosen}. “{told['titles'][often]}” is first under {share} of all weights."
    )
    name = f"Share of all possible weights, {version}"
    strips = [(_short(told["titles"][key]), tuple(shares)) for key, shares in found["acceptability"].items()]
    svg = charts.ranks(strips, name, "Share of all possible weights that put the option first, second and so on")
    heads = ("Option", *(str(rank + 1) for rank in range(len(strips))))
    rows = tuple(
        (told["titles"][key], *(percent(one) for one in shares)) for key, shares in found["acceptability"].items()
    )
    return Picture(finding, svg, name, heads, rows, "First, second and so on under every possible set of weights.")


def _workforce(told: dict) -> Picture:
    people = told["people"]
    worst = min(people, key=lambda name: people[name]["net_jobs"])
    finding = (
        f"Most jobs go under “{told['titles'][worst]}”: {-people[worst]['net_jobs']:.0f} fewer in the region."
        if people[worst]["net_jobs"] < -0.5
        else "No option leaves fewer jobs in the region."
    )
    lines = [
        (_short(told["titles"][name]), [one["start"], *one["posts"]], f"{one['posts'][-1]:.0f} posts")
        for name, one in people.items()
    ]
    svg = charts.paths(lines, ["start", told["years"][-1]], "Posts year by year", "A line for each option")
    heads = ("Option", "Start", *told["years"], "Net jobs in the region")
    rows = tuple(
        (told["titles"][name], *(f"{value:.1f}" for value in (one["start"], *one["posts"], one["net_jobs"])))
        for name, one in people.items()
    )
    return Picture(finding, svg, "Posts at the end of each year", heads, rows, "Full-time posts.")


def _risks(told: dict) -> Picture:
    names = [name for name in told["titles"] if any(name in row["cells"] for row in told["risks"])]
    apart = {
        name: sum(row["cells"][name]["on_paper"] != row["cells"][name]["in_fact"] for row in told["risks"])
        for name in names
    }
    worst = max(apart, key=lambda name: apart[name])
    finding = (
        f"Under “{told['titles'][worst]}” {apart[worst]} of {len(told['risks'])} risks are borne by others than the "
        "papers say."
        if apart[worst]
        else "Whoever bears a risk on paper bears it in fact, under every option."
    )
    rows = [(row["risk"], [_bearers(row["cells"][name]) for name in names]) for row in told["risks"]]
    heads = [str(number + 1) for number, _name in enumerate(names)]
    svg = charts.matrix(heads, rows, "Who bears each risk", f"A column for each option. {LEGEND}")
    table = tuple((row["risk"], *(_bearer_words(row["cells"][name]) for name in names)) for row in told["risks"])
    legend = "; ".join(f"{number} {told['titles'][name]}" for number, name in zip(heads, names, strict=True))
    columns = ("Risk", *(told["titles"][name] for name in names))
    return Picture(finding, svg, "Who bears each risk, and its present price", columns, table, f"{legend}. {LEGEND}.")


def _bearers(cell: dict) -> tuple[str, bool]:
    paper, fact = LETTERS[cell["on_paper"]], LETTERS[cell["in_fact"]]
    return (paper, False) if paper == fact else (f"{paper}→{fact}", True)


def _bearer_words(cell: dict) -> str:
    if cell["on_paper"] == cell["in_fact"] == "nobody":
        return "nobody"
    who = (
        cell["in_fact"]
        if cell["on_paper"] == cell["in_fact"]
        else f"{cell['on_paper']} on paper, {cell['in_fact']} in fact"
    )
    return f"{who}: {pounds(cell['present'])}" if cell["present"] else who
