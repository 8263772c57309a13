"""What we write says what was meant, to one person, and gives nothing away."""

import doctest

import pytest

from moothall.core import writing
from moothall.core.writing import (
    GapNotFilled,
    NotAnAddress,
    NotAnEmailAddress,
    NotAPhoneNumber,
    contact_changed,
    fill,
    plain,
    recipient,
    sms_parts,
    write,
)


def test_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(writing).failed == 0


def test_a_gap_without_words_is_named():
    with pytest.raises(GapNotFilled, match="day, name"):
        fill("((name)), ((day))", {"place": "Mill Lane"})


def test_what_a_resident_typed_cannot_add_a_gap_a_link_or_a_heading():
    typed = "((secret)) [pay here](https://evil.example)\r\n\r\n# FINAL NOTICE"
    said = fill("About ((note)).", {"note": typed, "secret": "x"})
    assert said == "About ( (secret) ) pay here https://evil.example FINAL NOTICE."


def test_hidden_direction_marks_are_taken_out():
    assert plain("abc\u202etxt.exe\u200b") == "abc txt.exe"


@pytest.mark.parametrize("new", ["new@example.com", "07700 900 123", "14 Mill Lane, Ashby"])
def test_a_message_that_names_what_it_must_not_is_never_written(new):
    with pytest.raises(ValueError, match="gives away"):
        write(subject="Changed", text="It is now: ((it)).", values={"it": new.replace(" ", "-").upper()}, never=(new,))


@pytest.mark.parametrize("kind", ["email", "phone", "post"])
def test_a_change_of_contact_is_told_without_the_new_value_and_never_to_the_protected(kind):
    subject, text = contact_changed(kind, protected=False)
    assert "changed" in subject
    assert "tell us at once" in text
    assert contact_changed(kind, protected=True) is None


@pytest.mark.parametrize(
    "value",
    [
        "a@b.example, c@d.example",
        "a@b.example;c@d.example",
        "a@b\nBcc: x@y.example",
        "a b@c.d",
        "@x.y",
        "a@b",
        ".a@b.c",
    ],
)
def test_a_message_has_one_email_address_and_it_is_one(value):
    with pytest.raises(NotAnEmailAddress):
        recipient("email", value)


def test_an_email_address_keeps_its_name_and_lowers_its_domain():
    assert recipient("email", " Alex.Example+hole@Ashby.EXAMPLE ") == "Alex.Example+hole@ashby.example"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700 900982", "+447700900982"),
        ("+44 (0)7700-900982", "+447700900982"),
        ("0044 7700 900982", "+447700900982"),
        ("+353 85 012 3456", "+353850123456"),
    ],
)
def test_a_phone_number_is_told_as_the_network_wants_it(typed, number):
    assert recipient("sms", typed) == number


@pytest.mark.parametrize("typed", ["", "12345", "07700 900982, 07700 900983", "07700 9009821234", "call me"])
def test_what_is_no_phone_number_is_refused(typed):
    with pytest.raises(NotAPhoneNumber):
        recipient("sms", typed)


def test_a_letter_needs_an_address_that_the_post_can_use():
    assert recipient("letter", "Alex Example\n\n14 Mill Lane\n ZM1 2AB ") == "Alex Example\n14 Mill Lane\nZM1 2AB"
    with pytest.raises(NotAnAddress):
        recipient("letter", "Alex\nAshby")


@pytest.mark.parametrize(
    ("text", "parts"), [("", 1), ("€" * 80, 1), ("€" * 81, 2), ("ŷ" * 70, 1), ("ŷ" * 135, 3), ("a" * 307, 3)]
)
def test_text_messages_are_counted_as_the_network_counts(text, parts):
    assert sms_parts(text) == parts
