"""What comes in is taken once, read, and led to its case, to an adviser, or aside."""

import datetime as dt
import io
import json
from uuid import uuid4

import pytest
from PIL import Image
from tests.letters import AT, a_case, at_desk, letter, sent_to, taken
from tests.world import ASHBY, EASTWOLD, MARCHSHIRE

from moothall.casework import queries as cases
from moothall.core import files, messages
from moothall.core.actor import Actor
from moothall.core.models import File
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.inbox import actions, queries
from moothall.inbox.actions.settling import DealtWith, NoSuchArrival, NotForHere, NoWayBack
from moothall.inbox.actions.taking import Empty, TooLarge
from moothall.inbox.models import Arrival
from moothall.inbox.rules import scans
from moothall.inbox.rules.mail import LARGEST

ADVISER = Actor("staff", "77", MARCHSHIRE)
TOLD = {"at": AT, "by": ADVISER}


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    settings.MOOTHALL_DATA = tmp_path


def test_a_letter_waits_for_an_adviser_with_all_that_its_words_tell(db):
    found = taken(letter())
    assert (found.state, found.sender, found.subject) == ("waiting", "ann@example.org", "Pothole in Mill Lane")
    assert found.guesses[0][0] == "report-pothole"
    assert {"pothole", "hole"} <= set(found.guesses[0][2])
    assert found.found["phone"] == "01632 960 001"
    assert found.found["places"] == ["14 Mill Lane, Ashby"]
    assert not found.urgent


def test_the_same_letter_handed_over_again_is_one_and_is_read_once(db):
    made = letter()
    first = taken(made)
    again = taken(b"Received: from elsewhere\r\n" + made.as_bytes())
    assert again.pk == first.pk
    with at_desk():
        assert Arrival.objects.count() == 1
        assert len(sent_to("ann@example.org")) == 1
        assert File.objects.filter(kind=actions.MAIL).count() == 1


def test_what_is_empty_or_too_large_is_refused_at_the_door(db):
    with at_desk():
        for raw, refusal in ((b"", Empty), (b"x" * (LARGEST + 1), TooLarge)):
            with pytest.raises(refusal):
                actions.take_in(
                    body_id=MARCHSHIRE, channel="email", raw=raw, name="a", kind=actions.MAIL, at=AT, by=ADVISER
                )
        assert not Arrival.objects.exists()


def test_it_is_acknowledged_once_in_a_conversation_and_in_its_language(db):
    first = letter(Message_ID="<first@example.org>")
    taken(first)
    with at_desk():
        assert "answers by 24 November" in sent_to("ann@example.org")[0].words.text
    more = taken(letter("And another one.", In_Reply_To="<first@example.org>"))
    assert more.silence.startswith("We have written")
    taken(letter("Annwyl Syr, mae twll yn y ffordd ac mae wedi bod yno.", From="Siân <sian@example.org>"))
    with at_desk():
        assert len(sent_to("ann@example.org")) == 1
        assert "erbyn 24 Tachwedd" in sent_to("sian@example.org")[0].words.text


@pytest.mark.parametrize(
    ("headers", "state", "because"),
    [
        ({"Auto_Submitted": "auto-replied"}, "done", ""),
        ({"List_Id": "<all.example.org>"}, "waiting", "This went to a list"),
        ({"From": "no-reply@shop.example"}, "waiting", "The sender's address takes no answers"),
        ({"From": "pay@evil.example", "Reply_To": "x@other.example"}, "waiting", ""),
        ({"From": "Help <help@moothall.example>"}, "doubtful", "There are doubts"),
    ],
)
def test_machines_and_doubtful_senders_are_not_answered(db, headers, state, because):
    found = taken(letter(**headers))
    assert found.state == state
    assert found.silence.startswith(because)
    with at_desk():
        assert bool(found.written) == (state == "waiting" and not because)


def test_two_machines_that_write_to_each_other_fall_silent(db):
    for number in range(6):
        taken(letter(f"Number {number}"))
    with at_desk():
        assert len(sent_to("ann@example.org")) == 3


def test_an_answer_that_names_its_case_goes_to_the_case_with_its_files(db):
    opened = a_case()
    made = letter("It is deeper now.", Subject=f"Re: your report {opened.reference}")
    made.add_attachment(b"Measured: 9 cm\n", maintype="text", subtype="plain", filename="note.txt")
    found = taken(made)
    assert (found.state, found.outcome, found.case_id) == ("done", "added", opened.case_id)
    assert not found.written, "whoever works on the case answers"
    with at_desk():
        page = cases.case(opened.case_id, at=AT)
        assert [m.text for m in page.messages if m.direction == "in"] == ["It is deeper now."]
        assert [a.name for a in page.attachments] == ["note.txt"]
        assert files.of_case(opened.case_id)[0].pk == found.files[0]


def test_a_stranger_who_knows_a_reference_does_not_write_in_its_case(db):
    opened = a_case()
    found = taken(letter("Close it.", From="eve@example.org", Subject=opened.reference))
    assert (found.state, found.case_id) == ("waiting", None)
    with at_desk():
        assert [case.pk for case in queries.known_cases(found)] == [opened.case_id]


def test_an_answer_to_our_letter_finds_its_case_by_the_letters_number(db):
    opened = a_case()
    with at_desk():
        run_pending(at=AT)
        wrote = next(m for m in sent_to("ann@example.org") if m.case_id == opened.case_id)
    found = taken(letter("Thank you.", Subject="Re: Diolch", References=f"<{wrote.pk}@moothall.example>"))
    assert found.case_id == opened.case_id
    forged = taken(letter("Close it.", From="eve@example.org", In_Reply_To=f"<{wrote.pk}@moothall.example>"))
    assert forged.case_id is None


def test_a_report_that_our_letter_did_not_arrive_sends_somebody_to_reach_them(db):
    from moothall.inbox.tests.test_reading_mail import BOUNCE

    opened = a_case()
    with at_desk():
        run_pending(at=AT)
        wrote = next(m for m in sent_to("ann@example.org") if m.case_id == opened.case_id)
    report = BOUNCE.replace("0190b3c4-0000-7000-8000-000000000001", str(wrote.pk))
    assert taken(report.encode()).outcome == "automatic"
    with at_desk():
        run_pending(at=AT)
        assert messages.find(wrote.pk).state == "failed"
        titles = [task.title for task in cases.case(opened.case_id, at=AT).tasks]
        assert "Reach the resident in another way: our email did not arrive" in titles


def test_a_text_message_that_names_its_case_goes_there_and_another_waits(db):
    opened = a_case(phone="07700 900 123")

    def text_message(text):
        said = {"id": str(uuid4()), "source_number": "447700900123", "message": text}
        return taken(json.dumps(said).encode(), channel="sms", kind=actions.TEXT_MESSAGE, name="text.json")

    assert text_message(f"{opened.reference} deeper now").case_id == opened.case_id
    other = text_message("Is anybody there?")
    assert (other.state, other.sender, other.found["phone"]) == ("waiting", "07700900123", "07700900123")
    with at_desk():
        actions.answer(arrival_id=other.pk, text="Yes. What has happened?", **TOLD)
        assert sent_to("+447700900123")[-1].words.text == "Yes. What has happened?"


def a_fax():
    """Return two pages of a fax, as a gateway sends them."""
    out = io.BytesIO()
    pages = [Image.new("1", (400, 300), 1) for _ in range(2)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()


def test_a_fax_is_kept_as_a_pdf_and_read_where_a_reader_is_installed(db, tmp_path, monkeypatch):
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n[ \"$1\" = --list-langs ] && echo eng && exit\necho 'A HOLE IN MILL LANE'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = taken(a_fax(), channel="fax", kind="image/tiff", name="page.tif")
    with at_desk():
        assert files.find(found.files[0]).kind == "application/pdf"
    assert found.text == "A HOLE IN MILL LANE\n\nA HOLE IN MILL LANE"
    assert found.guesses[0][0] == "report-pothole"


def test_every_page_of_a_scanned_pdf_is_read_in_order(tmp_path, monkeypatch):
    """The stand-ins take what Poppler and Tesseract take: a PDF on stdin and a name to write pages under; a picture."""
    for page, width in (("01", 10), ("02", 20)):
        Image.new("L", (width, 10), 255).save(tmp_path / f"drawn-{page}.png")
    drawer, reader = tmp_path / "pdftoppm", tmp_path / "tesseract"
    drawer.write_text(
        f'#!/bin/sh\nfor last; do :; done\nfor n in 01 02; do cp {tmp_path}/drawn-$n.png "$last-$n.png"; done\n'
    )
    reader.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && echo eng && exit\ncksum\n')
    for program in (drawer, reader):
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    read = scans.words(b"%PDF-1.7 two pages").split("\n\n")
    assert len(read) == len(set(read)) == 2


def test_without_a_reader_a_person_reads_the_scan(db, monkeypatch):
    monkeypatch.setenv("PATH", "")
    found = taken(a_fax(), channel="post", kind="image/tiff", name="page.tif")
    assert (found.text, found.state, len(found.files)) == ("", "waiting", 1)
    with at_desk(), pytest.raises(NoWayBack):
        actions.answer(arrival_id=found.pk, text="Thank you.", **TOLD)


def test_a_fax_by_mail_is_the_pages_and_not_the_gateways_letter(db, monkeypatch):
    monkeypatch.setenv("PATH", "")
    made = letter("You have a fax.", From="gateway@fax.example", Subject="Fax from 01632 960 002")
    made.add_attachment(a_fax(), maintype="image", subtype="tiff", filename="fax.tif")
    found = taken(made, channel="fax")
    assert (found.sender, found.state, found.written) == ("", "waiting", [])
    assert len(found.files) == 1


def test_a_broken_scan_is_said_to_be_so_and_stays_as_it_came(db):
    assert scans.as_pdf(b"II*\x00broken") == b"II*\x00broken"
    found = taken(b"II*\x00broken", channel="post", kind="image/tiff", name="page.tif")
    assert found.state == "waiting"
    assert found.left_out[0][0] == "page.tif"
    with at_desk():
        assert files.path_of(files.find(found.raw_id)).read_bytes() == b"II*\x00broken"


def test_what_is_enclosed_and_not_kept_is_named_with_the_reason(db):
    made = letter()
    made.add_attachment(b"PK\x03\x04zip", maintype="application", subtype="zip", filename="all.zip")
    assert taken(made).left_out[0][0] == "all.zip"


def test_an_adviser_adds_it_to_a_case_once(db):
    opened, found = a_case(), taken(letter())
    with at_desk():
        actions.add_to_case(arrival_id=found.pk, case_id=opened.case_id, **TOLD)
        with pytest.raises(DealtWith):
            actions.add_to_case(arrival_id=found.pk, case_id=opened.case_id, **TOLD)
        with pytest.raises(NotForHere):
            actions.bring_back(arrival_id=found.pk, **TOLD)


def test_what_was_put_aside_in_error_is_brought_back(db):
    found = taken(letter(From="Help <help@moothall.example>"))
    with at_desk():
        actions.close(arrival_id=found.pk, outcome="unwanted", **TOLD)
        actions.bring_back(arrival_id=found.pk, **TOLD)
        assert queries.counts(MARCHSHIRE) == {"waiting": 1}
        assert [row.pk for row in queries.waiting(MARCHSHIRE)] == [found.pk]


def test_a_files_copy_goes_to_another_bodys_case(db):
    opened = a_case()
    made = letter()
    made.add_attachment(b"Measured: 9 cm\n", maintype="text", subtype="plain", filename="note.txt")
    found = taken(made, body_id=ASHBY)
    with scoped(Scope(bodies=(ASHBY,), case=opened.case_id, actor=Actor("staff", "1", ASHBY))):
        actions.became_case(arrival_id=found.pk, case_id=opened.case_id, at=AT, by=Actor("staff", "1", ASHBY))
    with at_desk():
        assert [row.body_id for row in files.of_case(opened.case_id)] == [MARCHSHIRE]


def test_another_body_does_not_know_of_it(db):
    found = taken(letter())
    with at_desk(EASTWOLD):
        assert not Arrival.objects.exists()
        with pytest.raises(NoSuchArrival):
            actions.close(arrival_id=found.pk, outcome="nothing", at=AT, by=ADVISER)


def test_its_words_are_forgotten_in_time_and_a_cases_files_are_not(db):
    opened = a_case()
    made = letter("Deeper.", Subject=opened.reference)
    made.add_attachment(b"Measured: 9 cm\n", maintype="text", subtype="plain", filename="note.txt")
    added, waits = taken(made), taken(letter())
    with at_desk():
        raw = files.path_of(files.find(added.raw_id))
        assert actions.keep_no_longer(body_id=MARCHSHIRE, at=AT + dt.timedelta(days=89), by=ADVISER) == 0
        assert actions.keep_no_longer(body_id=MARCHSHIRE, at=AT + dt.timedelta(days=91), by=ADVISER) == 1
        added.refresh_from_db()
        waits.refresh_from_db()
        assert (added.text, added.sender, added.sender_digest) == ("", "", None)
        assert waits.text
        assert files.of_case(opened.case_id)
        assert File.objects.get(pk=added.raw_id).erased_at
        assert raw.exists(), "the bytes go when the transaction ends"


def test_a_person_sees_what_they_wrote_and_has_it_erased(db):
    from moothall.people import actions as people

    with at_desk():
        person_id = people.record_person(body_id=MARCHSHIRE, name="Ann Reed", **TOLD)
        people.add_contact(person_id=person_id, body_id=MARCHSHIRE, kind="email", value="ann@example.org", **TOLD)
        found = taken(letter())
        held = queries.held_about([person_id])["What you wrote to us"]
        assert [row["about"] for row in held] == ["Pothole in Mill Lane"]
        assert actions.erase_person(person_ids=[person_id], body_id=MARCHSHIRE, **TOLD) == 0, "it waits"
        actions.close(arrival_id=found.pk, outcome="nothing", **TOLD)
        assert actions.erase_person(person_ids=[person_id], body_id=MARCHSHIRE, **TOLD) == 1
        assert queries.held_about([person_id]) == {}
