"""The ways in: a watched folder, a mailbox, a mail server of our own, GOV.UK Notify. Stored first, then told."""

import json
import os
import smtplib
import socket
import types
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from tests import imap_standin
from tests.letters import AT, a_case, at_desk, letter, sent_to
from tests.world import ASHBY, MARCHSHIRE

from moothall.core import files
from moothall.core.actor import Actor
from moothall.core.queue import run_pending
from moothall.core.scope import Scope, scoped
from moothall.inbox import actions
from moothall.inbox.management.commands import receive_mail
from moothall.inbox.models import Arrival
from moothall.inbox.rules import addresses, states
from moothall.inbox.rules.addresses import NotAMailbox, mailbox
from moothall.inbox.rules.mail import LARGEST
from moothall.inbox.tasks import folder, looking, polling

SCOPE = Scope(bodies=(MARCHSHIRE,), purpose="test", actor=Actor.system("test", MARCHSHIRE))


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    settings.MOOTHALL_DATA = tmp_path / "data"
    settings.MOOTHALL_MAIL = settings.MOOTHALL_MAIL | {
        "folder": tmp_path / "in",
        "domain": "in.example",
        "mailboxes": {},
        "notify": {"marchshire": "a token of ours"},
    }


def arrivals(body_id=MARCHSHIRE):
    with at_desk(body_id):
        return list(Arrival.objects.order_by("id"))


def put(place, name, content, age=60):
    place.mkdir(parents=True, exist_ok=True)
    path = place / name
    path.write_bytes(content)
    os.utime(path, (AT.timestamp() - age, AT.timestamp() - age))
    return path


@pytest.mark.parametrize("module", [addresses, states])
def test_the_examples_in_the_rules_are_true(module):
    import doctest

    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    "address", ["imap://a:b@mail.example", "imaps://mail.example", "https://a:b@c", "imaps://a:b@c:x"]
)
def test_a_mailbox_whose_password_would_travel_openly_is_refused(address):
    with pytest.raises(NotAMailbox):
        mailbox(address)


def test_files_in_a_watched_folder_are_taken_and_then_removed(db, tmp_path):
    here = tmp_path / "in" / "marchshire"
    taken = [
        put(here / "mail", "one.eml", letter().as_bytes()),
        put(here / "post", "scan.pdf", b"%PDF-1.4 scanned"),
        put(here / "fax", "fax.eml", letter("A fax").as_bytes()),
    ]
    kept = [
        put(here / "post", "young.pdf", b"%PDF-1.4 half", age=2),
        put(here / "post", "rest.part", b"%PDF-1.4 half"),
        put(here / "post", ".hidden.pdf", b"%PDF-1.4 half"),
    ]
    assert folder.take_all(here, SCOPE, at=AT) == 3
    assert not any(path.exists() for path in taken)
    assert all(path.exists() for path in kept)
    assert [row.channel for row in arrivals()] == ["email", "post", "fax"]


def test_a_file_that_was_stored_and_not_removed_is_one(db, tmp_path, monkeypatch):
    path = put(tmp_path / "in" / "marchshire" / "mail", "one.eml", letter().as_bytes())
    monkeypatch.setattr(type(path), "unlink", lambda *a, **k: (_ for _ in ()).throw(OSError("stopped here")))
    with pytest.raises(OSError, match="stopped here"):
        folder.take_all(path.parents[1], SCOPE, at=AT)
    monkeypatch.undo()
    assert folder.take_all(path.parents[1], SCOPE, at=AT) == 0
    assert len(arrivals()) == 1
    assert not path.exists()


def test_what_cannot_be_taken_is_set_aside_with_the_reason(db, tmp_path):
    here = tmp_path / "in" / "marchshire"
    put(here / "post", "empty.pdf", b"")
    assert folder.take_all(here, SCOPE, at=AT) == 0
    assert "nothing in it" in (here / "set-aside" / "empty.pdf.why.txt").read_text()
    assert (here / "set-aside" / "empty.pdf").exists()


def test_a_link_in_the_folder_leads_nowhere(db, tmp_path):
    secret = put(tmp_path / "elsewhere", "secret.pdf", b"%PDF-1.4 secret")
    (tmp_path / "in" / "marchshire" / "post").mkdir(parents=True)
    (tmp_path / "in" / "marchshire" / "post" / "scan.pdf").symlink_to(secret)
    assert folder.take_all(tmp_path / "in" / "marchshire", SCOPE, at=AT) == 0
    assert arrivals() == []


@pytest.mark.parametrize("moves", [True, False])
def test_a_mailbox_is_emptied_into_a_folder_of_its_own(db, moves):
    with imap_standin.running([letter("One").as_bytes(), letter("Two").as_bytes()], moves=moves) as server:
        assert polling.take_all(mailbox(server.address), SCOPE, at=AT) == 2
        assert server.folders["INBOX"] == {}
        assert len(server.folders["Moothall"]) == 2
        assert polling.take_all(mailbox(server.address), SCOPE, at=AT) == 0
    assert len(arrivals()) == 2


def test_a_line_that_breaks_before_the_server_is_told_loses_and_doubles_nothing(db):
    with imap_standin.running([letter("One").as_bytes(), letter("Two").as_bytes()]) as server:
        server.drop_after_fetch = True
        with pytest.raises(polling.MailboxAway):
            polling.take_all(mailbox(server.address), SCOPE, at=AT)
        assert len(arrivals()) == 1, "stored before the server was told"
        assert len(server.folders["INBOX"]) == 2
        server.drop_after_fetch = False
        assert polling.take_all(mailbox(server.address), SCOPE, at=AT) == 1
    assert len(arrivals()) == 2


def test_a_letter_too_large_stays_in_the_mailbox_and_the_inbox_says_so(db):
    class Large(bytes):
        size = LARGEST + 1

    with imap_standin.running([Large(letter("x", Subject="Plans").as_bytes())]) as server:
        assert polling.take_all(mailbox(server.address), SCOPE, at=AT) == 1
        assert len(server.folders["Moothall-too-large"]) == 1
    with at_desk():
        run_pending(at=AT, bodies=(MARCHSHIRE,))
    found = arrivals()[0]
    assert (found.subject, found.sender) == ("Plans", "ann@example.org")
    assert "larger than 25 MB" in found.text


def test_a_wrong_password_is_said_and_nothing_is_lost(db):
    with imap_standin.running([letter().as_bytes()]) as server:
        wrong = mailbox(server.address.replace("s3cret", "other"))
        with pytest.raises(polling.MailboxAway):
            polling.take_all(wrong, SCOPE, at=AT)
        assert len(server.folders["INBOX"]) == 1


def test_each_minute_only_bodies_with_a_way_in_are_looked_at(db, settings, tmp_path):
    put(tmp_path / "in" / "marchshire" / "mail", "one.eml", letter().as_bytes())
    settings.MOOTHALL_MAIL["mailboxes"] = {"ashby": "imaps://a:b@mail.example"}
    assert looking.with_a_way_in() == (MARCHSHIRE, ASHBY)
    looking.look(body=MARCHSHIRE, at=AT, by=SCOPE.actor)
    assert len(arrivals()) == 1
    settings.MOOTHALL_MAIL["folder"], settings.MOOTHALL_MAIL["mailboxes"] = None, {}
    assert looking.with_a_way_in() == ()


def spoken(monkeypatch, *recipients, content=None):
    """Return what our mail server answers to a letter for these addresses, as its last word to each command."""

    async def at_once(do, *args):
        return do(*args)

    monkeypatch.setattr(receive_mail.asyncio, "to_thread", at_once)  # the test's transaction is this thread's
    monkeypatch.setattr(receive_mail, "close_old_connections", lambda: None)
    envelope = types.SimpleNamespace(rcpt_tos=[], mail_from="ann@example.org", content=content or letter().as_bytes())

    to = receive_mail.Receiver()
    said = [_ended(to.handle_RCPT(None, None, envelope, one, [])) for one in recipients]
    if envelope.rcpt_tos:
        said.append(_ended(to.handle_DATA(None, None, envelope)))
    return [answer[:3] for answer in said]


def _ended(coroutine):
    """Return what a coroutine that waits for nothing returns."""
    with pytest.raises(StopIteration) as end:
        coroutine.send(None)
    return end.value.value


def test_our_mail_server_takes_letters_for_its_bodies_and_is_no_relay(db, monkeypatch, settings):
    said = spoken(monkeypatch, "marchshire@in.example", "Ashby+fax@IN.example", "x@in.example", "ashby@gmail.example")
    assert said == ["250", "250", "550", "550", "250"]
    assert [row.channel for row in arrivals()] == ["email"]
    assert [row.channel for row in arrivals(ASHBY)] == ["fax"]
    with at_desk():
        raw = files.path_of(files.find(arrivals()[0].raw_id)).read_bytes()
    assert raw.startswith(b"Return-Path: <ann@example.org>\r\n")
    settings.MOOTHALL_MAIL["domain"] = ""
    assert spoken(monkeypatch, "marchshire@in.example") == ["550"], "off until it is named"


def test_a_letter_that_cannot_be_stored_stays_with_its_sender(db, monkeypatch):
    def broken(**_):
        raise OSError("disk full")

    monkeypatch.setattr(actions, "take_in", broken)
    assert spoken(monkeypatch, "marchshire@in.example") == ["250", "451"]
    assert arrivals() == []


def test_our_mail_server_speaks_over_the_wire_and_bounds_what_it_takes(monkeypatch):
    stored = []
    monkeypatch.setattr(receive_mail, "whose", lambda address: (1, "email") if "marchshire" in address else None)
    monkeypatch.setattr(receive_mail, "store", lambda address, raw: stored.append((address, raw)))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = receive_mail.receiver("127.0.0.1", port)
    server.start()
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as link:
            link.sendmail("ann@example.org", ["marchshire@in.example"], letter().as_bytes())
            assert link.esmtp_features["size"] == str(LARGEST)
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                link.sendmail("ann@example.org", ["other@elsewhere.example"], b"x")
    finally:
        server.stop()
    assert stored[0][0] == "marchshire@in.example"
    assert b"Mill Lane" in stored[0][1]


def test_the_mail_server_does_not_start_without_a_domain(settings):
    settings.MOOTHALL_MAIL["domain"] = ""
    with pytest.raises(CommandError, match="MOOTHALL_MAIL_DOMAIN"):
        call_command("receive_mail")


def called(client, what, said, token="a token of ours", slug="marchshire"):
    return client.post(
        f"/api/notify/{slug}/{what}/", json.dumps(said), "application/json", HTTP_AUTHORIZATION=f"Bearer {token}"
    )


TEXT = {
    "id": "b1b1c0a4-2f6c-4b6e-9d1c-000000000001",
    "source_number": "447700900123",
    "destination_number": "07700900200",
    "message": "There is a pothole in Mill Lane",
    "date_received": "2026-11-20T10:00:00.000000Z",
}


def test_a_text_message_comes_in_once_however_often_notify_calls(db, client):
    assert called(client, "received", TEXT).json() == {"state": "taken"}
    assert called(client, "received", TEXT).json() == {"state": "known"}
    assert [row.channel for row in arrivals()] == ["sms"]


@pytest.mark.parametrize(
    ("said", "token", "slug", "status"),
    [
        (TEXT, "another", "marchshire", 401),
        (TEXT, "", "marchshire", 401),
        (TEXT, "", "ashby", 401),
        (TEXT, "a token of ours", "nowhere", 401),
        ([], "a token of ours", "marchshire", 422),
        ({"id": "1"}, "a token of ours", "marchshire", 422),
        (TEXT | {"message": 5}, "a token of ours", "marchshire", 422),
        (TEXT | {"message": "x" * 30_000}, "a token of ours", "marchshire", 413),
    ],
)
def test_whoever_has_no_token_or_sends_no_message_changes_nothing(db, client, said, token, slug, status):
    assert called(client, "received", said, token, slug).status_code == status
    assert arrivals() == []


def test_notify_tells_of_what_did_not_arrive(db, client):
    opened = a_case()
    with at_desk():
        run_pending(at=AT)
        wrote = next(m for m in sent_to("ann@example.org") if m.case_id == opened.case_id)
    told = {"id": str(uuid4()), "reference": str(wrote.pk), "status": "permanent-failure"}
    assert called(client, "delivered", told | {"status": "delivered"}).json() == {"state": "known"}
    assert called(client, "delivered", told).json() == {"state": "taken"}
    assert called(client, "delivered", told).json() == {"state": "known"}
    assert called(client, "delivered", told | {"reference": None}).json() == {"state": "not ours"}
    with scoped(SCOPE):
        wrote.refresh_from_db()
        assert (wrote.state, wrote.error) == ("failed", "notify-permanent-failure")
