"""A message leaves once, to one person, and never before what it tells of is kept."""

import contextlib
import datetime as dt
import re
import sys
import zlib
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.db import connection, transaction
from django.test import override_settings
from tests import notify_standin

from moothall.core import messages, queue
from moothall.core.models import Fact, Outgoing, OutgoingWords
from moothall.core.scope import Scope, scoped
from moothall.core.tests.conftest import AT, BY, COUNTY, DISTRICT, scope
from moothall.core.writing import NotAnEmailAddress, NotAPhoneNumber

LATER = [AT + dt.timedelta(seconds=2), AT + dt.timedelta(minutes=1), AT + dt.timedelta(minutes=10)]


def write(**changes):
    said = {
        "body_id": COUNTY,
        "channel": "email",
        "to": "alex@example.com",
        "template": "case-received",
        "subject": "We have it: ((reference))",
        "text": "We will look at it by ((day)).",
        "values": {"reference": "MAR-0012-345K", "day": "Tuesday 24 November"},
    }
    with scope():
        return messages.send(**(said | changes), at=AT, by=BY)


def run(*moments):
    for moment in moments or (AT,):
        queue.run_pending(at=moment)


def row(number):
    with scope():
        return Outgoing.objects.select_related("words").get(pk=number)


@pytest.fixture
def notify(settings):
    settings.DEMO = False
    with notify_standin.running() as server:
        options = {"key": notify_standin.KEY, "address": server.address, "templates": notify_standin.TEMPLATES}
        settings.MESSAGES = {"via": "notify", "notify": options}
        yield server


def test_a_message_is_filled_in_and_sent_by_a_job(real_db):
    number = write()
    assert row(number).state == "queued"
    run()
    sent = row(number)
    assert (sent.state, sent.carrier, sent.sent_at) == ("sent", "outbox", AT)
    assert sent.words.subject == "We have it: MAR-0012-345K"
    assert sent.words.text == "We will look at it by Tuesday 24 November."


def test_what_is_rolled_back_is_never_said(real_db):
    with pytest.raises(ZeroDivisionError), scope():
        messages.send(
            body_id=COUNTY, channel="email", to="a@b.example", template="x", subject="x", text="x", at=AT, by=BY
        )
        raise ZeroDivisionError
    run()
    with scope():
        assert not Outgoing.objects.exists()


@pytest.mark.parametrize(
    ("channel", "to", "refusal"),
    [("email", "a@b.example, c@d.example", NotAnEmailAddress), ("sms", "nobody", NotAPhoneNumber)],
)
def test_a_message_to_no_one_or_to_two_is_refused(db, channel, to, refusal):
    with pytest.raises(refusal):
        write(channel=channel, to=to)


def test_a_job_s_arguments_hold_ids_and_nothing_that_was_said(db):
    write()
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs")
        said = str(cursor.fetchall())
    assert "alex" not in said
    assert "Tuesday" not in said


def test_only_the_body_the_case_s_holder_and_the_person_see_a_message(db):
    case, person = uuid4(), uuid4()
    number = write(case_id=case, person_id=person)
    sees = {
        "body": Scope(bodies=(COUNTY,)),
        "case": Scope(case=case),
        "person": Scope(person=person),
        "other body": Scope(bodies=(DISTRICT,)),
        "other case": Scope(case=uuid4()),
        "nobody": Scope(),
        "demo": Scope(purpose="demo outbox"),
    }
    found = set()
    for name, who in sees.items():
        with scoped(who):
            if messages.find(number) and OutgoingWords.objects.filter(pk=number).exists():
                found.add(name)
    assert found == {"body", "case", "person"}


def test_notify_is_given_the_message_once_with_our_reference(real_db, notify):
    number = write()
    run()
    assert row(number).state == "sent"
    (kept,) = notify.kept
    assert (kept["reference"], kept["email_address"]) == (str(number), "alex@example.com")
    assert kept["personalisation"] == {
        "subject": "We have it: MAR-0012-345K",
        "text": "We will look at it by Tuesday 24 November.",
    }


def test_when_notify_s_answer_is_lost_it_is_asked_before_anything_is_sent_again(real_db, notify):
    notify.lose = 1
    number = write(channel="sms", to="07700 900982")
    run()
    assert row(number).state == "sending"
    run(*LATER)
    assert row(number).state == "sent"
    assert len(notify.kept) == 1


def test_a_worker_killed_after_handing_over_sends_nothing_twice(real_db, notify, monkeypatch):
    number = write()
    monkeypatch.setattr(messages, "_ended", lambda *args: (_ for _ in ()).throw(RuntimeError("killed")))
    run()
    monkeypatch.undo()
    run(*LATER)
    assert row(number).state == "sent"
    assert len(notify.kept) == 1


def test_a_worker_that_stood_still_before_handing_over_leaves_the_message_to_who_took_over(
    real_db, notify, monkeypatch
):
    number, real = write(), messages.parcel
    job = {"body": COUNTY, "outgoing_id": str(number), "at": AT, "by": BY}

    def stand_still(found):
        monkeypatch.setattr(messages, "parcel", real)
        transaction.on_commit(lambda: messages.deliver(**job))
        return real(found)

    monkeypatch.setattr(messages, "parcel", stand_still)
    messages.deliver(**job)

    assert row(number).state == "sent"
    assert len(notify.kept) == 1


def test_when_notify_is_down_we_try_again_later(real_db, notify):
    notify.refuse = 503
    number = write()
    run()
    assert (row(number).state, row(number).error) == ("sending", "HTTP503Error")
    notify.refuse = None
    run(*LATER)
    assert (row(number).state, row(number).error) == ("sent", "")
    assert len(notify.kept) == 1


def test_an_address_that_notify_refuses_fails_at_once_and_somebody_is_told(real_db, notify):
    notify.refuse = 400
    number = write()
    run()
    assert (row(number).state, row(number).error) == ("failed", "notify-400")
    with scope():
        fact = Fact.objects.get(name="core.messages.MessageFailed")
        assert fact.payload["outgoing_id"] == str(number)
        assert "alex" not in str(fact.payload)
        messages.try_again(outgoing_id=number, at=AT, by=BY)
    notify.refuse = None
    run()
    assert row(number).state == "sent"


def test_a_message_that_never_gets_through_ends_as_failed(real_db, notify):
    notify.refuse = 503
    number = write()
    run(*(AT + dt.timedelta(hours=5 * n) for n in range(12)))
    assert row(number).state == "failed"


def test_a_letter_goes_to_notify_as_a_finished_pdf(real_db, notify, pango):
    number = write(channel="letter", to="Alex Example\n14 Mill Lane\nZM1 2AB")
    run()
    assert row(number).state == "sent"
    import base64

    assert base64.b64decode(notify.kept[0]["content"]).startswith(b"%PDF-1.7")


def test_without_a_printer_of_our_own_letters_wait_for_staff(real_db):
    number = write(channel="letter", to="Alex Example\n14 Mill Lane\nZM1 2AB")
    run()
    with scope():
        assert [waiting.pk for waiting in messages.to_print(body_id=COUNTY)] == [number]
        messages.mark_posted(outgoing_id=number, at=AT, by=BY)
        assert messages.to_print(body_id=COUNTY) == []
    assert row(number).carrier == "post"


def test_a_demo_never_sends_anything_outside(real_db, notify, settings):
    settings.DEMO = True
    number = write()
    run()
    assert row(number).carrier == "outbox"
    assert notify.kept == []


def test_by_smtp_goes_plain_text_with_a_stable_message_id(real_db, settings, monkeypatch):
    settings.DEMO, settings.MESSAGES = False, {"via": "smtp"}
    from django.core.mail.backends import locmem

    monkeypatch.setattr("moothall.core.carriers.EmailBackend", lambda timeout: locmem.EmailBackend())
    number = write()
    run()
    (sent,) = mail.outbox
    assert sent.to == ["alex@example.com"]
    assert sent.extra_headers["Message-ID"].startswith(f"<{number}@")


def test_a_new_address_is_never_announced_and_a_protected_person_hears_nothing(db):
    told = {"body_id": COUNTY, "kind": "email", "old": "old@example.com", "new": "new@example.com", "at": AT, "by": BY}
    with scope():
        number = messages.announce_contact_change(**told, protected=False)
        words = OutgoingWords.objects.get(pk=number)
        assert words.recipient == "old@example.com"
        assert "new@example.com" not in words.subject + words.text
        assert messages.announce_contact_change(**told, protected=True) is None
        assert Outgoing.objects.count() == 1


def test_erased_words_are_gone_and_the_message_is_still_on_record(real_db):
    number = write()
    run()
    with scope():
        assert messages.erase(outgoing_ids=[number], at=AT) == 1
        words = OutgoingWords.objects.get(pk=number)
        assert (words.recipient, words.subject, words.text) == (None, None, None)
    assert row(number).state == "sent"


@override_settings(EMAIL_BACKEND="moothall.core.messages.OutboxBackend")
def test_sign_in_codes_go_to_the_outbox_one_to_each(real_db):
    with scoped(Scope()):
        assert send_mail("Your code", "It is 123456.\n\nKeep it.", None, ["a@b.example", "c@d.example"]) == 2
    run(dt.datetime.now(dt.UTC))
    with scoped(Scope(purpose="demo outbox")):
        rows = messages.newest()
        assert [r.words.recipient for r in rows] == ["c@d.example", "a@b.example"]
        assert rows[0].words.text == "It is 123456.\n\nKeep it."
        assert {r.state for r in rows} == {"sent"}
    with scope():
        assert messages.newest() == []


def test_a_letter_is_tagged_for_those_who_cannot_see_it(pango):
    from moothall.core.carriers import Parcel
    from moothall.core.letters import letter_html, letter_pdf

    words = Parcel(
        "ref", "letter", "Alex <b>\n14 Mill Lane\nZM1 2AB", "Twll & mwy", "## Nesaf\n\n<img src=x> Dewch.", "cy"
    )
    assert "<img" not in letter_html(words)
    assert "Alex &lt;b&gt;" in letter_html(words)
    whole = unpacked(letter_pdf(words))
    assert b"/StructTreeRoot" in whole
    assert re.search(rb"pdfuaid:part(>|=.)1", whole)
    assert b"/Lang (cy)" in whole


def test_a_machine_that_cannot_draw_letters_says_so(monkeypatch):
    from moothall.core.carriers import Parcel
    from moothall.core.letters import CannotPrint, letter_pdf

    class Lacking:
        def __getattr__(self, name):
            raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setitem(sys.modules, "weasyprint", Lacking())
    with pytest.raises(CannotPrint):
        letter_pdf(Parcel("ref", "letter", "Alex", "Hello", "Hello.", "en"))


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF's text with its compressed streams opened."""
    parts = [pdf]
    for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.S):
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompress(stream))
    return b"".join(parts)
