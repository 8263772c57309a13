"""Tables that others send as text: CSV whose first line names the columns, with commas or semicolons between them."""

import csv
import io
from collections.abc import Iterable, Iterator


class NoTable(Exception):
    """Why a text is no such table, in a sentence that says what to do."""


def rows(text: str, needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a table, each with its line: {column: text without spaces around it}; empty where it is short.

    Names of columns are read in small letters, with _ for a space; those `needed` must be there, and all others stay.
    Raises NoTable.

    >>> list(rows("ID;Full name\\n1; Ann \\n", ("id",)))
    [(2, {'id': '1', 'full_name': 'Ann'})]
    """
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        heads = [str(head or "").strip().lower().replace(" ", "_") for head in reader.fieldnames or []]
        if missing := [name for name in needed if name not in heads]:
            raise NoTable(f"The columns {', '.join(missing)} are missing. Name them in the first line of the file.")
        reader.fieldnames = heads
        for given in reader:
            yield reader.line_num, {head: str(given.get(head) or "").strip() for head in heads if head}
    except csv.Error:
        raise NoTable(
            f"Line {reader.line_num} cannot be read: a column is too long. Is a quotation mark missing?"
        ) from None
