"""Tables as files for spreadsheets."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse


def plain(pence: int) -> str:
    """Return pence as pounds for a spreadsheet.

    >>> plain(1250), plain(-5)
    ('12.50', '-0.05')
    """
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def sheet(name: str, heads: tuple, rows: Iterable[Iterable]) -> HttpResponse:
    """Return rows as a CSV file to download; text that a spreadsheet would take for a formula is made plain."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(heads)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def harmless(cell) -> str:
    """Return a cell's text, with an apostrophe before what a spreadsheet would run."""
    text = str(cell)
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text[:1] in "=+-@\t\r" and text[:1] and not is_number else text
