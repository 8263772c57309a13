"""Letters in large print are printed here; those in braille, on audio and in Easy Read wait for people."""

import datetime as dt
import re

import pytest
from tests.world import ASHBY, EASTWOLD, as_staff

from moothall.core import messages
from moothall.core.actor import Actor
from moothall.core.carriers import Parcel
from moothall.core.handlers import subject_access
from moothall.core.ids import new_id
from moothall.core.letters import letter_html, letter_pdf
from moothall.core.models import AuditEntry, Outgoing
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)  # a Friday
BY = Actor("staff", "1", ASHBY)
TO = "Alex Example\n14 Mill Lane\nAshby\nZM1 1EF"
WORDS = Parcel("ref", "letter", TO, "Your bin", "We come on *Tuesday*.", "en", "large-print")


def scope(body=ASHBY):
    return scoped(Scope(bodies=(body,), purpose="test", actor=BY))


def write(made_as, **more):
    said = {"channel": "letter", "to": TO, "template": "t", "subject": f"In {made_as}", "text": "We come."}
    with scope():
        number = messages.send(body_id=ASHBY, made_as=made_as, at=AT, by=BY, **said | more)
    run_pending(at=AT)
    return number


def row(number):
    with scope():
        return Outgoing.objects.get(pk=number)


def test_large_print_is_18_points_and_more_but_for_the_address_in_the_window():
    page = letter_html(WORDS)
    sizes = {float(size) for size in re.findall(r"font-size: (\d+)pt", page.partition("body { font-size: 18pt")[2])}
    assert "body { font-size: 18pt" in page
    assert min(sizes - {12.0}) >= 18
    assert "font-size: 18pt" not in letter_html(Parcel(*list(vars(WORDS).values())[:-1]))


def test_a_letter_in_large_print_is_as_tagged_as_any(pango):
    from moothall.core.tests.test_messages import unpacked

    whole = unpacked(letter_pdf(WORDS))
    assert b"/StructTreeRoot" in whole
    assert re.search(rb"pdfuaid:part(>|=.)1", whole)


@pytest.mark.parametrize("made_as", ["braille", "audio", "easy-read"])
def test_what_no_machine_makes_waits_with_a_day_by_which(real_db, made_as):
    number = write(made_as)
    assert (row(number).state, row(number).make_by.date()) == ("to-make", dt.date(2026, 11, 27))
    with scope():
        assert messages.to_print(body_id=ASHBY) == []
        assert [one.pk for one in messages.to_make(body_id=ASHBY)] == [number]


def test_notify_is_never_handed_what_people_make(real_db, settings):
    settings.DEMO, settings.MESSAGES = (
        False,
        {"via": "notify", "notify": {"key": "x" * 80, "address": "", "templates": {}}},
    )
    assert row(write("braille")).state == "to-make"


def test_an_email_has_no_format_and_an_unknown_one_is_refused(real_db):
    assert row(write("braille", channel="email", to="a@b.example")).made_as == ""
    with pytest.raises(ValueError, match="no format"):
        write("papyrus")


def test_staff_take_its_words_mark_it_as_sent_and_others_see_nothing(real_db, client):
    number = write("braille")
    staff = as_staff(client, ASHBY, "officer")
    assert "1 waits" in staff.get("/staff/letters/").content.decode()
    page = staff.get("/staff/letters/by-hand/").content.decode()
    for words in ("Braille", "In braille", "14 Mill Lane", "1 letter waits"):
        assert words in page, words
    words = staff.get(f"/staff/letters/{number}.txt")
    assert words.content.decode() == "In braille\n\nWe come.\n"
    assert "no-store" in words["Cache-Control"]
    other = as_staff(client, EASTWOLD, "officer")
    assert "In braille" not in other.get("/staff/letters/by-hand/").content.decode()
    assert other.get(f"/staff/letters/{number}.txt").status_code == 404
    assert other.post(f"/staff/letters/{number}/posted").status_code == 404
    staff = as_staff(client, ASHBY, "officer")
    assert staff.post(f"/staff/letters/{number}/posted")["Location"] == "/staff/letters/by-hand/"
    assert "No letter waits" in staff.get("/staff/letters/by-hand/").content.decode()
    assert (row(number).state, row(number).carrier) == ("sent", "post")
    with scope():
        assert AuditEntry.objects.filter(action="letter.made-by-hand", object=f"message:{number}").count() == 1


def test_large_print_stands_among_the_letters_to_print_and_says_so(real_db, client):
    write("large-print")
    page = as_staff(client, ASHBY, "officer").get("/staff/letters/").content.decode()
    assert "Large print" in page
    assert "none waits" in page


def test_the_format_is_told_to_its_reader_and_erased_with_the_words(real_db):
    person = new_id()
    number = write("audio", person_id=person)
    with scope():
        (told,) = subject_access([person], at=AT)["Messages we wrote"]
        assert told["in"] == "Audio"
        messages.erase(outgoing_ids=[number], at=AT)
        assert messages.to_make(body_id=ASHBY) == []
    assert row(number).made_as == ""
