"""Where a finding turns into a warning: dated data with the reason, read from a file."""

from datetime import date
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML


class Words(BaseModel):
    """The same words in English and in Welsh."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    en: str = Field(min_length=1)
    cy: str = Field(min_length=1)


class Threshold(BaseModel):
    """One threshold in force from a day on: what it decides, why it is where it is, and who says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    key: str
    value: int
    starts: date = Field(alias="from")
    says: Words
    why: Words
    source: Words

    def told(self, lang: str = "en") -> str:
        """Return the threshold as everybody reads it: what it decides, why, and its source."""
        says, why, source = (getattr(words, lang) for words in (self.says, self.why, self.source))
        return f"{says.format(value=self.value)} {why} ({source})"


@cache
def _all(file: str) -> tuple[Threshold, ...]:
    rows = YAML(typ="safe").load(Path(__file__).with_name(file))
    return tuple(Threshold.model_validate(row) for row in rows)


def thresholds(on: date, file: str = "thresholds.yaml") -> dict[str, Threshold]:
    """Return the thresholds of a file by key: the latest in force on a day, or the first there was before any."""
    rows = sorted(_all(file), key=lambda row: row.starts)
    first = {row.key: row for row in reversed(rows)}
    return first | {row.key: row for row in rows if row.starts <= on}
