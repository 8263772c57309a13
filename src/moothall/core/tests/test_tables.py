"""What others send as CSV is read in one way, whatever program wrote it."""

import doctest

import pytest

from moothall.core import tables


def test_the_example_in_the_docstring_holds():
    assert doctest.testmod(tables).failed == 0


@pytest.mark.parametrize(
    "text",
    ["id,state\r\n1,done\r\n", "\ufeffid;state\n1;done\n", "State , ID\n done,1\n", 'id,state,more\n1,done\n',
     'id,"state"\n"1",done,spare\n'],
)  # fmt: skip
def test_commas_semicolons_marks_of_order_and_short_rows_are_understood(text):
    [(line, row)] = tables.rows(text, ("id", "state"))
    assert (line, row["id"], row["state"]) == (2, "1", "done")


@pytest.mark.parametrize("text", ["", "\n", "id\n1\n", "{}"])
def test_a_text_without_the_columns_says_which_are_missing(text):
    with pytest.raises(tables.NoTable, match=r"state.* missing. Name them in the first line"):
        list(tables.rows(text, ("id", "state")))


def test_a_quotation_mark_that_never_ends_is_told_with_its_line():
    with pytest.raises(tables.NoTable, match="Line 2 cannot be read"):
        list(tables.rows('id\n1\n"' + "x" * 200_000, ("id",)))
