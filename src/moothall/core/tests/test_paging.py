"""A cursor is read back as it was written, and nothing else is."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as some

from moothall.core import paging
from moothall.core.ids import new_id


@given(moment=some.datetimes(timezones=some.just(UTC)))
def test_a_cursor_says_where_the_next_page_begins(moment):
    row_id = new_id()
    assert paging.read_cursor(paging.cursor_after(moment, row_id)) == (moment, row_id)


@given(text=some.text(max_size=60))
def test_a_cursor_we_did_not_write_is_refused(text):
    with pytest.raises(paging.BadCursor):
        paging.read_cursor(text)
