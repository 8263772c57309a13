"""How a step travels as a row of CSV, for systems that can do no better: out as a request, back as an answer."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from moothall.core import tables

MOST = 10_000
"""Rows of one file of answers."""
ANSWER = ("id", "state")
PLACE = ("label", "street", "usrn", "uprn", "postcode", "ward", "lat", "lon", "note")
OUTPUT = "output_"


@dataclass(frozen=True)
class Row:
    """One row of a file of answers: its line, its columns, and the number that says whether it came before."""

    line: int
    given: dict[str, str]
    number: str


class BadFile(Exception):
    """A file that is none of ours, in a sentence that says what to do."""


class BadRow(Exception):
    """A row that cannot be taken, in a sentence that names columns and never a person."""


def request(message: Mapping) -> dict[str, str]:
    """Return a link's message as the columns of one row; what is no text is written as JSON.

    >>> row = request({"id": "1", "step": "waste.clear", "reference": "A-1", "service": "fly-tipping",
    ...                "place": {"label": "Mill Lane", "lat": 52.4}, "answers": {"what": ["bags"], "amount": "boot"}})
    >>> row["label"], row["answer_what"], row["answer_amount"]
    ('Mill Lane', '["bags"]', 'boot')
    """
    place = message.get("place") or {}
    row = {name: _cell(message.get(name)) for name in ("id", "step", "name", "service", "reference", "due_at")}
    row |= {name: _cell(place.get(name)) for name in PLACE}
    row |= {f"answer_{name}": _cell(value) for name, value in sorted((message.get("answers") or {}).items())}
    return row | {"asks": _cell(message.get("asks") or None), "outputs": _cell(message.get("outputs") or None)}


def _cell(value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def answers(text: str) -> Iterator[Row]:
    """Yield the rows of a file of answers; raise BadFile where it is no such file.

    >>> [row.given["state"] for row in answers("id;state\\n1;done\\n")]
    ['done']
    """
    try:
        for count, (line, row) in enumerate(tables.rows(text, ANSWER), start=1):
            if count > MOST:
                raise BadFile(f"It has more than {MOST:,} rows. Send it in parts.")
            yield Row(line, row, sha256(json.dumps(row, sort_keys=True).encode()).hexdigest())
    except tables.NoTable as wrong:
        raise BadFile(str(wrong)) from None


def said(given: Mapping[str, str]) -> dict:
    """Return what a row of an answer says, as a signed message would.

    >>> said({"id": "1", "state": "done", "output_cleared": "yes"})["outputs"]
    {'cleared': 'yes'}
    """
    outputs = {name.removeprefix(OUTPUT): value for name, value in given.items() if name.startswith(OUTPUT) and value}
    if given.get("outputs"):
        try:
            whole = json.loads(given["outputs"])
        except ValueError:
            raise BadRow("The column outputs is no JSON object.") from None
        if not isinstance(whole, dict):
            raise BadRow("The column outputs is no JSON object in braces.")
        outputs = whole | outputs
    parts = {name: given.get(name, "") for name in ("id", "reason", "reference")}
    return parts | {"state": given.get("state", "").lower(), "outputs": outputs}


def written(rows: list[Mapping[str, str]]) -> str:
    """Return rows as CSV, with all columns that any of them has."""
    heads = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    writer = csv.DictWriter(file, heads, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
