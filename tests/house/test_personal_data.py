"""Every column that may hold something about a person is registered, shown to them on request, and erased in time."""

import re

import pytest
from django.apps import apps
from django.db import models

from moothall.core import personal, ports

LOOKS_PERSONAL = re.compile(
    r"^(.*name|full|given|family|known_as|normal|born|birth.*|e?mail|phone|mobile|recipient|contact|caller|value|"
    r"address|uprn|postcode|street|place.*|lat|lon|answers|data|payload|detail|details|outputs|text|words|notes?|message|"
    r"subject|search|reason|because|description|narrative|label)$"
)
PLACES = {"bodies_area", "bodies_street", "bodies_dwelling", "bodies_body", "bodies_team"}  # nobody in particular
TYPES = (models.CharField, models.TextField, models.JSONField, models.FloatField, models.DateField)
TABLES = [m for m in apps.get_models() if m.__module__.startswith("moothall.") and m._meta.db_table not in PLACES]


def suspicious(model):
    """Return the columns of a model that look personal: by name, unless they hold one of a few codes."""
    return [
        field.column
        for field in model._meta.local_fields
        if isinstance(field, TYPES) and not isinstance(field, models.DateTimeField) and not field.choices
        if LOOKS_PERSONAL.match(field.column)
    ]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_a_column_that_looks_personal_is_declared(model):
    table = model._meta.db_table
    silent = [column for column in suspicious(model) if not personal.is_declared(table, column)]
    assert not silent, (
        f"in the chapter's handlers.py call core.personal.declare({table!r}, *{silent}, purpose=, basis=, keep=) "
        f"or, if nobody can be known by it, personal.free({table!r}, *{silent}, why=)"
    )


@pytest.mark.parametrize("table", sorted(personal.answerable_tables()))
def test_a_table_with_personal_data_answers_access_and_erasure(table):
    assert table in ports.subject_access.tables(), "answer ports.subject_access for it in handlers.py"
    assert table in ports.erase.tables() | ports.retention.tables(), "answer ports.erase or ports.retention for it"


def test_only_real_columns_are_declared():
    columns = {(m._meta.db_table, field.column) for m in apps.get_models() for field in m._meta.local_fields}
    declared = {(held.table, column) for held in personal.register() for column in held.columns}
    assert declared <= columns


def test_every_declaration_says_what_for_by_what_right_and_how_long():
    for held in personal.register():
        assert held.basis in personal.BASES
        assert len(held.purpose.split()) >= 2
        assert re.search(r"\d|case|account|until|as long as|while", held.keep), f"{held.table}: say how long"
