"""The six ways to share, with how tax and pensions treat each: dated facts with sources, read from a file."""

import datetime as dt
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML


class Fact(BaseModel):
    """One fact of law in force from a day on, with where it stands."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    starts: dt.date = Field(alias="from")
    words: str
    words_cy: str
    source: str


class BusinessModel(BaseModel):
    """One way to share."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    title: dict[str, str]
    says: dict[str, str]
    tax: tuple[Fact, ...]
    pension: tuple[Fact, ...]


@cache
def business_models() -> dict[str, BusinessModel]:
    """Return the six models by code, in the order in which they bind their members ever more."""
    read = YAML(typ="safe").load(Path(__file__).with_name("business_models.yaml"))
    return {code: BusinessModel.model_validate(said) for code, said in read.items()}


def facts(model: str, on: dt.date) -> dict[str, list[Fact]]:
    """Return what holds of a model's tax and pensions on a day: {"tax": [...], "pension": [...]}."""
    found = business_models()[model]
    return {
        "tax": [one for one in found.tax if one.starts <= on],
        "pension": [one for one in found.pension if one.starts <= on],
    }
