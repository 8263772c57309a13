"""A result as pages and tables show it, whether of a draft, an edition or a fork."""

import csv
import io
from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.utils.safestring import mark_safe

from moothall.appraisal.rules import words
from moothall.appraisal.rules.pictures import Picture, pictures
from moothall.ui.charts import Chart

HEADS = (
    "Present cost", "Gain over now", "Range of the gain", "Cheapest in", "Paid back", "Five-year test",
    "Dearer for the bodies than now in",
)  # fmt: skip
ABOUT_EACH = ("cash-", "tornado-")
"""Charts that stand once for each option."""


def result(told: dict, csv_url: Callable[[str], str], figure_url: Callable[[str], str] | None) -> dict:
    """Return what `appraisal/parts/result.html` shows of a result; the two give addresses of tables and of figures."""
    found = {name: chart(one, csv_url(name)) for name, one in pictures(told).items()}
    return {
        "told": told,
        "charts": [one for name, one in found.items() if not name.startswith(ABOUT_EACH)],
        "by_option": [
            (told["titles"][name], [found[f"{kind}{name}"] for kind in ABOUT_EACH if f"{kind}{name}" in found])
            for name in told["order"] if f"cash-{name}" in found
        ],
        "rows": [_row(told, name, figure_url) for name in told["order"]],
        "heads": HEADS,
        "kinds": _kinds(told),
        "leaving": _leaving(told),
        "leaving_url": csv_url("leaving"),
        "payers": [
            (told["titles"][name], _payers(found)) for name, found in told["payers"].items() if any(found.values())
        ],
        "turns": [
            (told["titles"][name], [_turn(one) for one in rows[:5]]) for name, rows in told["switching"].items() if rows
        ],
        "debts": [
            (
                told["titles"][name], one["can"], one["decides"], words.pounds(one["band_d"], 2),
                words.percent(one["ratio"]),
            )
            for name, one in (told["debt"] or {}).get("options", {}).items()
        ],
        "csv_url": csv_url("options"),
    }  # fmt: skip


def _kinds(told: dict) -> Chart:
    """Return what each option costs by kind, as a table without a picture."""
    names = [name for name in told["titles"] if name in told["side"]]
    rows = tuple((kind, *(words.pounds(row[name]) for name in names)) for kind, row in told["kinds"])
    caption = "Present cost to society by kind; a gain has a minus"
    return Chart("", mark_safe(""), caption, ("Kind", *(told["titles"][name] for name in names)), rows)


def _by_year(told: dict) -> tuple[tuple[str, ...], list[tuple]]:
    """Return (heads, rows) of what it costs to leave each option at the end of each year, where it costs anything."""
    paths = {name: path for name, path in told["leaving"].items() if any(path)}
    rows = list(zip(told["years"], *paths.values(), strict=True)) if paths else []
    return ("Left at the end of", *(told["titles"][name] for name in paths)), rows


def _leaving(told: dict) -> Chart:
    """Return what leaving costs, as a table without a picture."""
    heads, rows = _by_year(told)
    cells = tuple((year, *(words.pounds(one) for one in amounts)) for year, *amounts in rows)
    caption = "What it costs to leave an option. Left out is what costs nothing to leave, and what is withheld"
    return Chart("", mark_safe(""), caption, heads, cells)


def _row(told: dict, name: str, figure_url) -> dict:
    """Return an option's row: each figure in words with the address at which it is explained."""
    row = told["side"].get(name)
    if row is None:
        return {"title": told["titles"][name], "withheld": True}
    texts = {
        "cost": words.pounds(row["cost"]),
        "gain": words.pounds(row["gain"]),
        "low": f"{words.pounds(row['low'])} to {words.pounds(row['high'])}",
        "best": row["best"] or "not shown",
        "payback": f"year {row['payback']}" if row["payback"] else "never",
        "five": "passes" if row["five"] else "fails",
        "dearer": row["dearer"],
    }
    if name == told["now"]:
        texts |= dict.fromkeys(("gain", "low", "payback", "five", "dearer"), "–")
    cells = [(head, key if texts[key] != "–" else "", texts[key]) for head, key in zip(HEADS, texts, strict=True)]
    return {
        "title": told["titles"][name], "days": row["days"], "by": row["by"],
        "cells": [
            (head, text, figure_url(f"{name}.{key}") if figure_url and f"{name}.{key}" in told["figures"] else "")
            for head, key, text in cells
        ],
    }  # fmt: skip


def _payers(found: dict) -> list[tuple[str, list[str]]]:
    told = []
    for heading, payers in found.items():
        whole = sum(payers.values()) or 1
        told.append(
            (
                heading,
                [f"{who} {words.pounds(value)} ({words.percent(value / whole, 0)})" for who, value in payers.items()],
            )
        )
    return told


def _turn(one: dict) -> str:
    now, then = (words.amount(one[name], "").strip() for name in ("value", "switch"))
    return f"{one['what']}: {now} would have to be {then} ({100 * one['change']:+.0f}%)"


def chart(found: Picture, csv_url: str) -> Chart:
    """Return a picture as the pages show charts."""
    svg = mark_safe(found.svg)  # noqa: S308 - escaped where it is drawn
    return Chart(found.finding, svg, found.caption, found.heads, found.rows, csv_url, found.how)


def table(told: dict, name: str) -> HttpResponse:
    """Return the table of a chart, of all options side by side, or of what leaving costs, for a spreadsheet."""
    if name == "options":
        names = ("cost", "gain", "low", "high", "cash", "best_share", "payback", "five", "saved", "spent", "days")
        heads = ("option", *names)
        rows = [(told["titles"][key], *(row[one] for one in names)) for key, row in told["side"].items()]
    elif name == "leaving":
        heads, rows = _by_year(told)
    else:
        found = pictures(told).get(name)
        if found is None:
            raise Http404
        heads, rows = found.heads, found.rows
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerows([heads, *([_safe(one) for one in row] for row in rows)])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _safe(value):
    """Return a cell that no spreadsheet takes for a formula; an amount below nothing has the minus it can read."""
    text = "" if value is None else str(value)
    if text[:1] in "=+@" or (text[:1] == "-" and text[1:2].isalpha()):
        return f"'{text}"
    return value.replace(words.MINUS, "-") if isinstance(value, str) else value


def explained(told: dict, key: str) -> dict:
    """Return a figure with its formula and the inputs behind it, each with its source. Raises Http404."""
    figure = told["figures"].get(key)
    if figure is None:
        raise Http404
    rows = {row["name"]: row for row in told["inputs"]}
    return {
        "figure": figure, "option": told["titles"].get(key.partition(".")[0], ""),
        "inputs": [input_row(rows[name]) for name in figure["inputs"] if name in rows],
    }  # fmt: skip


def input_row(row: dict) -> dict:
    """Return an input as a table shows it."""
    if row.get("withheld"):
        return row | {"amount": "withheld", "counted": ""}
    counted = words.amount(row["replaced"], row["unit"]) if row["replaced"] is not None else ""
    return row | {"amount": words.amount(row["filed"], row["unit"]), "counted": counted}
