"""Every table that names a body says what becomes of its rows when bodies become one, or one is divided."""

import psycopg
import pytest

from moothall.core import ports
from moothall.core.succession import Chapter, moves, stays
from moothall.reorganisation.queries import chapters
from moothall.reorganisation.rules.words import CHAPTERS

NAMES_A_BODY = """
select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not a.attisdropped and (
  a.attname = 'body_id' or (format_type(a.atttypid, null) = 'smallint[]' and a.attname ~ 'seen_by|ids$') or exists (
    select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'
      and k.confrelid = 'bodies_body'::regclass and k.conkey = array[a.attnum]))
order by 1, 2"""


def unsaid(columns, found: list[Chapter]) -> list[str]:
    """Return the columns that name a body and of which no chapter says what becomes of it."""
    missing = []
    for table, column in columns:
        speaks = next((chapter for chapter in found if table in chapter.fates), None)
        fates = speaks.of(table) if speaks else ()
        told = all(fate.kind == "stays" for fate in fates) or any(
            column == fate.by or column in fate.change for fate in fates
        )
        if not fates or not told:
            missing.append(f"{table}.{column}")
    return missing


@pytest.fixture
def columns(postgres_server, clone_name, django_db_setup):
    with psycopg.connect(postgres_server.conninfo(clone_name)) as admin:
        return admin.execute(NAMES_A_BODY).fetchall()


def test_no_table_that_names_a_body_is_forgotten(columns):
    assert len(columns) > 70
    missing = unsaid(columns, [chapter for _, chapter in chapters()])
    assert not missing, f"answer core.ports.succession for {', '.join(missing)}: what becomes of these rows?"


def test_a_table_that_nobody_speaks_for_is_found():
    said = [Chapter({"one": stays("history"), "two": moves("open work")})]
    assert unsaid([("one", "body_id"), ("two", "body_id")], said) == []
    assert unsaid([("two", "provider_id"), ("three", "body_id")], said) == ["two.provider_id", "three.body_id"]


def test_two_chapters_never_speak_for_one_table():
    named = [table for answer in ports.succession for table in answer.give().fates]
    assert sorted(named) == sorted(set(named))


def test_every_chapter_that_passes_something_on_has_words_for_the_page():
    assert {name for name, _ in chapters()} <= set(CHAPTERS)


def test_every_fate_says_why():
    for _, chapter in chapters():
        for table in chapter.fates:
            assert all(len(fate.why) > 10 for fate in chapter.of(table)), table
