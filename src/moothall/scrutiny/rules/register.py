"""The register of shared arrangements: one row a partnership, wherever it is run; how it is read, searched and written.

Days may be known only by year or month: "2012", "2012-05" and "2012-05-17" are all days here; none is made up.
"""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from moothall.core.money import NotMoney, parse_pounds, pounds
from moothall.ui.rules import date_words, month_words

KINDS = {
    "alone": ("Each on its own", "Pob un ar ei ben ei hun"),
    "lead-authority": ("Lead authority", "Awdurdod arweiniol"),
    "joint-committee": ("Joint committee", "Cydbwyllgor"),
    "public-company": ("Company the bodies own", "Cwmni sy'n eiddo i'r cyrff"),
    "joint-venture": ("Joint venture with a firm", "Cyd-fenter â chwmni preifat"),
    "contract": ("Contract with a firm", "Contract â chwmni preifat"),
}
COLUMNS = (
    "reference", "name", "kind", "members", "services", "starts", "ends", "why_ended", "promised_pounds",
    "verified_pounds", "verified_source", "source",
)  # fmt: skip
STATES = ("proposed", "running", "ended")
DAY = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")
MOST_LINES = 5000


class Row(BaseModel):
    """One arrangement as published. Savings are what was promised, and what a ledger showed, in pence altogether or a
    year as `promised_words` says; None where nothing was promised, published or verified."""

    model_config = ConfigDict(frozen=True)
    reference: str = Field(description="Unique among the rows of whoever registered it", max_length=60)
    name: str = Field(max_length=200)
    kind: Literal["alone", "lead-authority", "joint-committee", "public-company", "joint-venture", "contract"]
    members: tuple[str, ...] = Field(description="Names of the member bodies")
    services: tuple[str, ...] = ()
    state: Literal["proposed", "running", "ended"] = "running"
    starts: str = Field("", description="YYYY, YYYY-MM or YYYY-MM-DD, as exactly as it is known")
    ends: str = Field("", description="First day without it, as exactly as it is known; empty while it runs")
    why_ended: str = ""
    promised_pence: int | None = None
    promised_words: str = Field("", description="What was promised, where it is said in words or withheld")
    verified_pence: int | None = Field(None, description="Saving shown by a ledger; null: none verified yet")
    verified_source: str = ""
    source: str = Field("", description="Where this row's facts stand")
    address: str = Field("", description="Page of the partnership on this platform")


def schema() -> dict:
    """Return the JSON Schema of the register as published."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Register of shared arrangements",
        "type": "object", "required": ["arrangements"],
        "properties": {"arrangements": {"type": "array", "items": Row.model_json_schema(mode="serialization")}},
    }  # fmt: skip


def read(text: str, *, today: date) -> tuple[list[Row], list[tuple[int, str]]]:
    """Return the rows of a table in CSV, and what is wrong with it: (line, what to do); the heading is line 1.

    Columns are COLUMNS, in any order; members and services are parted by ";".
    """
    sheet = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), restval="")
    heading = [(name or "").strip() for name in sheet.fieldnames or []]
    missing = [name for name in COLUMNS if name not in heading]
    unknown = [name for name in heading if name not in COLUMNS]
    if missing or unknown:
        words = [f"Add the column “{name}”." for name in missing] + [f"Take out “{name}”." for name in unknown]
        return [], [(1, " ".join(words))]
    sheet.fieldnames = heading
    rows, problems, seen = [], [], {}
    for given in sheet:
        line = sheet.line_num
        if line > MOST_LINES:
            return [], [(line, f"Send at most {MOST_LINES} lines at once.")]
        row, wrong = _row({k: (v or "").strip() for k, v in given.items() if k in COLUMNS}, None in given, today)
        if row and row.reference in seen:
            wrong = [f"The reference “{row.reference}” stands on line {seen[row.reference]} already."]
        problems += [(line, words) for words in wrong]
        if row and not wrong:
            seen[row.reference] = line
            rows.append(row)
    if not rows and not problems:
        problems.append((1, "There is no line below the heading. Add one for each arrangement."))
    return rows, problems


def _row(given: dict, too_many: bool, today: date) -> tuple[Row | None, list[str]]:
    wrong = ["There are more cells than columns: put text with a comma in quotation marks."] if too_many else []
    wrong += [f"Write “{name}”." for name in ("reference", "name", "members", "starts", "source") if not given[name]]
    if given["kind"] not in KINDS:
        wrong.append(f"“kind” is one of: {', '.join(KINDS)}.")
    money, unsound = _money(given)
    wrong += [*_wrong_days(given), *unsound]
    if wrong:
        return None, wrong
    ended = given["ends"] and given["ends"] <= today.isoformat()[: len(given["ends"])]
    parted = {name: tuple(filter(None, map(str.strip, given[name].split(";")))) for name in ("members", "services")}
    same = {name: given[name] for name in SAME}
    try:
        return Row(**same, **parted, **money, state="ended" if ended else "running"), []
    except ValidationError as fault:
        return None, [f"“{error['loc'][0]}” is too long." for error in fault.errors()]


SAME = ("reference", "name", "kind", "starts", "ends", "why_ended", "verified_source", "source")


def _wrong_days(given: dict) -> list[str]:
    wrong = [
        f"Write “{name}” as 2012, 2012-05 or 2012-05-17."
        for name in ("starts", "ends")
        if given[name] and not is_day(given[name])
    ]
    if given["ends"] and not given["why_ended"]:
        wrong.append("Write why it ended.")
    if given["ends"] and given["starts"] and given["ends"] < given["starts"][: len(given["ends"])]:
        wrong.append("It cannot end before it starts.")
    return wrong


def _money(given: dict) -> tuple[dict, list[str]]:
    money, wrong = {}, []
    for name in ("promised", "verified"):
        try:
            money[f"{name}_pence"] = parse_pounds(given[f"{name}_pounds"]) if given[f"{name}_pounds"] else None
        except NotMoney:
            wrong.append(f"Write “{name}_pounds” in pounds, such as 12000 or 12,000.50, or leave it empty.")
    if given["verified_pounds"] and not given["verified_source"]:
        wrong.append("A verified saving needs its source: which ledger or audit shows it?")
    return money, wrong


def is_day(text: str) -> bool:
    """Return whether a text is a day as exactly as it is known.

    >>> is_day("2012"), is_day("2012-05"), is_day("2012-02-30"), is_day("May 2012")
    (True, True, False, False)
    """
    if not DAY.match(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def day_words(text: str, lang: str = "en") -> str:
    """Return a day in words, as exactly as it is known: "2012", "May 2012", "17 May 2012".

    >>> day_words("2012"), day_words("2012-05"), day_words("2012-05-17")
    ('2012', 'May 2012', '17 May 2012')
    """
    if len(text) == 10:
        return date_words(date.fromisoformat(text), lang)
    return month_words(date.fromisoformat(f"{text}-01"), lang) if len(text) == 7 else text


def narrowed(rows: Iterable[Row], *, words: str = "", kind: str = "", member: str = "", state: str = "") -> list[Row]:
    """Return the rows that have all of these words, of a kind, with a member, in a state."""
    asked = words.casefold().split()
    return [
        row
        for row in rows
        if (not kind or row.kind == kind)
        and (not member or member in row.members)
        and (not state or row.state == state)
        and all(word in _text(row) for word in asked)
    ]


def _text(row: Row) -> str:
    return " ".join([row.reference, row.name, *row.members, *row.services, row.why_ended]).casefold()


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as a table for a spreadsheet, its first columns those that `read` reads."""
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow([*COLUMNS, "state", "promised_words", "address"])
    for row in rows:
        said = row.model_dump() | {"members": "; ".join(row.members), "services": "; ".join(row.services)}
        said["promised_pounds"] = _amount(row.promised_pence)
        said["verified_pounds"] = _amount(row.verified_pence)
        sheet.writerow([said[name] for name in (*COLUMNS, "state", "promised_words", "address")])
    return out.getvalue()


def _amount(pence: int | None) -> str:
    return "" if pence is None else pounds(pence).replace("£", "").replace(",", "")
