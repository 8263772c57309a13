"""Every personal column says why it is held, by what right and how long, and can be asked for and erased."""

from django.apps import apps

from moothall.core import personal, ports


def columns():
    return {
        model._meta.db_table: {field.column: field for field in model._meta.local_fields} for model in apps.get_models()
    }


def test_every_declared_column_exists_and_says_purpose_basis_and_retention():
    known = columns()
    for entry in personal.declared():
        assert entry.table in known, entry.table
        assert set(entry.columns) <= set(known[entry.table]), entry
        assert entry.purpose
        assert entry.basis
        assert entry.keep


def test_a_table_that_answers_for_erasure_has_declared_what_is_personal_in_it():
    """A chapter that promises to erase a table must have said what is personal in it and how long it is kept."""
    tables = {entry.table for entry in personal.declared()}
    missing = {table for table in ports.erase.tables() if table.startswith("people_")} - tables
    assert missing == set(), "declare the personal columns of these tables in the chapter's handlers.py"


def test_every_text_a_person_s_record_can_hold_is_declared():
    """Text that a person typed is personal; codes, kinds and ways are not."""
    codes = {"kind", "system", "purpose", "basis", "verified_how", "by", "reason"}
    declared = {(entry.table, column) for entry in personal.declared() for column in entry.columns}
    typed = {
        (table, column)
        for table, fields in columns().items()
        if table.startswith("people_")
        for column, field in fields.items()
        if field.get_internal_type() in ("CharField", "TextField", "EmailField", "JSONField") and column not in codes
    }
    assert typed - declared == set()


def test_personal_tables_answer_for_access_and_staff_for_their_employer():
    asked = ports.subject_access.tables()
    missing = {entry.table for entry in personal.declared()} - asked - {"bodies_staff"}
    assert missing == set(), "answer core.ports.subject_access for these tables"
