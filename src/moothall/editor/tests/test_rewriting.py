"""A part of a YAML text is changed and nothing else: every byte outside it, and every comment within, stays."""

from pathlib import Path

import pytest

from moothall.editor.rules import rewriting
from moothall.editor.rules.rewriting import CannotRewrite, move, put, read, rename, take_out

TEXT = """\
# What this is for
id: report-graffiti   # the folder's name
title: {en: Report graffiti,   cy: Rhoi gwybod}
ask:
  # asked of everybody
  where:
    type: place
    label: {en: Where is it?, cy: Ble?}   # short on purpose
    published: true

  # only of those who know
  what:
    type: "choice"
    options:
      tag: {en: A name, cy: Enw}
      # reported at once
      hateful: {en: "Hateful", cy: 'Cas'}
promise: {acknowledge: at once, done_within: {days: 5}}
notes: |
  Two lines,
  as they were.
"""
SERVICES = Path(__file__).parents[4] / "services"


def lines_changed(before, after):
    return [line for line in after.splitlines() if line not in before.splitlines()]


def test_a_word_within_braces_is_changed_and_all_other_lines_stay():
    made = put(TEXT, ("ask", "where", "label"), {"en": "Where did you see it?", "cy": "Ble?"})
    assert lines_changed(TEXT, made) == ["    label: {en: Where did you see it?, cy: Ble?} # short on purpose"]


def test_comments_within_a_part_stay_when_something_beside_them_changes():
    made = put(TEXT, ("ask", "what", "options", "tag"), {"en": "A scribble", "cy": "Enw"})
    assert made == TEXT.replace("{en: A name, cy: Enw}", "{en: A scribble, cy: Enw}")


def test_the_same_again_changes_nothing():
    for path in (("title",), ("ask", "where"), ("ask",), ("promise", "done_within")):
        value = read(TEXT)
        for name in path:
            value = value[name]
        assert put(TEXT, path, value) == TEXT


def test_a_new_question_comes_last_and_is_written_as_we_write():
    made = put(TEXT, ("ask", "photo"), {"type": "file", "optional": True, "label": {"en": "A photo", "cy": "Llun"}})
    assert made == TEXT.replace(
        "promise:", "  photo: {type: file, optional: true, label: {en: A photo, cy: Llun}}\npromise:"
    )


def test_what_is_taken_out_takes_its_own_comments_along():
    made = take_out(TEXT, ("ask", "what"))
    assert "only of those" not in made
    assert "asked of everybody" in made
    assert made.endswith(TEXT[TEXT.index("promise:") :])


def test_what_stands_within_braces_is_put_and_taken_out_too():
    made = put(TEXT, ("promise", "done_within"), {"working_days": 3})
    assert made == TEXT.replace("{days: 5}", "{working_days: 3}")
    assert read(take_out(TEXT, ("promise", "acknowledge")))["promise"] == {"done_within": {"days": 5}}


def test_a_part_moves_with_its_comments_and_comes_back():
    moved = move(TEXT, ("ask", "what"), -1)
    assert list(read(moved)["ask"]) == ["what", "where"]
    assert moved.index("# only of those") < moved.index("what:") < moved.index("# asked of everybody")
    assert read(move(moved, ("ask", "what"), 1)) == read(TEXT)
    assert move(TEXT, ("ask", "where"), -1) == TEXT


def test_what_refers_to_another_part_is_never_moved_above_it():
    text = "ask:\n  one: &same\n    type: text\n  two: *same\nsteps: {}\n"
    for name, by in (("one", 1), ("two", -1)):
        with pytest.raises(CannotRewrite, match="Move it in the text"):
            move(text, ("ask", name), by)


def test_a_part_is_renamed_in_its_place():
    assert rename(TEXT, ("ask", "what"), "shows") == TEXT.replace("  what:", "  shows:")
    with pytest.raises(CannotRewrite, match="already"):
        rename(TEXT, ("ask", "what"), "where")


@pytest.mark.parametrize("text", ["a: [", "- one", "", "a: {b: 1\nc: &x [*x"])
def test_what_is_no_definition_is_refused_with_what_to_do(text):
    with pytest.raises(CannotRewrite, match="in the text first"):
        put(text, ("a",), 1)


def test_lists_are_changed_as_a_whole_and_words_that_look_otherwise_are_quoted():
    made = put("a:\n  - {at: late}   # why\n  - {at: closed}\nb: 1\n", ("a",), [{"at": "late"}, {"at": "no: such"}])
    assert read(made)["a"][1] == {"at": "no: such"}
    assert made.endswith("b: 1\n")


@pytest.mark.parametrize("width", [1, 3, 4])
def test_another_indentation_than_ours_is_never_broken(width):
    text = "ask:\n" + " " * width + "one:\n" + " " * width * 2 + "type: text\n" + " " * width + "two: {type: date}\n"
    made = put(text, ("ask", "one", "type"), "number")
    assert read(made) == {"ask": {"one": {"type": "number"}, "two": {"type": "date"}}}


@pytest.mark.parametrize("name", sorted(path.parent.name for path in SERVICES.glob("*/service.yaml"))[::12])
def test_in_every_shipped_service_each_question_and_step_can_be_changed_alone(name):
    text = (SERVICES / name / "service.yaml").read_bytes().decode()
    told = read(text)
    for part in ("ask", "steps"):
        key = list(told[part])[-1]
        field = "label" if part == "ask" else "title"
        words = {"en": "Said otherwise", "cy": "Geiriau eraill"}
        made = put(text, (part, key, field), words)
        assert read(made) == {**told, part: {**told[part], key: {**told[part][key], field: words}}}
        assert put(made, (part, key, field), told[part][key][field]) == text, "and back to the last byte"
        assert rewriting.put(text, (part, key), told[part][key]) == text
