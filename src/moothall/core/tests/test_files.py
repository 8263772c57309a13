"""Files are kept outside the web root and shown only to whom they concern."""

import io
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from moothall.core import audit, files, scan
from moothall.core.actor import Actor
from moothall.core.models import File
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.core.sniff import KindNotAccepted
from moothall.core.tests.conftest import AT, BY, COUNTY, DISTRICT, open_page, scope
from moothall.core.tests.test_sniff import GPS, picture

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def keep(content=None, *, body_id=COUNTY, **more):
    named = {"name": "hole.jpg", "body_id": body_id, "at": AT, "by": BY} | more
    return files.keep(io.BytesIO(content or picture(gps=GPS)), **named)


def test_a_photo_is_kept_bare_with_its_place_in_the_row(db):
    with scope():
        row = keep(case_id=uuid4())
        assert (row.kind, row.lat, row.lon) == ("image/jpeg", 52.41, -2.015)
        content = files.path_of(row).read_bytes()
        assert len(content) == row.size
        assert b"Alex Example" not in content
        assert audit.search(body_id=COUNTY, object=f"file:{row.pk}")[0]["action"] == "file.kept"


def test_nothing_is_kept_below_the_web_root_or_under_the_sender_s_name(db, settings):
    with scope():
        path = files.path_of(keep(name="../../../static/evil.html"))
    assert path.is_relative_to(settings.MOOTHALL_DATA / "files")
    assert "evil" not in str(path)
    assert path.stat().st_mode & 0o111 == 0


def test_equal_bytes_are_one_copy_within_a_body_and_two_between_bodies(db, settings):
    with scope(COUNTY, DISTRICT):
        one, two, other = keep(), keep(), keep(body_id=DISTRICT)
    assert files.path_of(one) == files.path_of(two) != files.path_of(other)
    assert len(list((settings.MOOTHALL_DATA / "files").glob("*/*/*"))) == 2


def test_what_we_do_not_take_leaves_nothing_behind(db, settings):
    with scope(), pytest.raises(KindNotAccepted):
        keep(b"<html><script>")
    assert not (settings.MOOTHALL_DATA / "files").exists()


def test_a_file_is_seen_by_its_bodies_its_case_and_its_person_and_nobody_else(db):
    case, person = uuid4(), uuid4()
    with scope():
        row = keep(case_id=case, person_id=person, seen_by=(7,))
    allowed = [Scope(bodies=(COUNTY,)), Scope(bodies=(7,)), Scope(case=case), Scope(person=person)]
    barred = [Scope(), Scope(bodies=(DISTRICT,)), Scope(case=uuid4()), Scope(person=uuid4()), Scope(account=1)]
    for who in allowed:
        with scoped(who):
            assert files.find(row.pk) == row
    for who in barred:
        with scoped(who), pytest.raises(NotYours):
            files.find(row.pk)


def test_a_resident_keeps_a_file_with_their_case_and_not_with_another_s(db):
    case = uuid4()
    with scoped(Scope(case=case)):
        row = keep(case_id=case)
        assert files.of_case(case) == [row]
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            keep(case_id=uuid4())


def test_another_body_sees_a_case_s_files_once_they_are_shared_with_it(db):
    case = uuid4()
    with scope():
        row = keep(case_id=case)
        assert files.share(case_id=case, with_body=DISTRICT, at=AT, by=BY) == 1
        assert files.share(case_id=case, with_body=DISTRICT, at=AT, by=BY) == 0
    with scope(DISTRICT):
        assert files.of_case(case) == [row]


def test_an_erased_file_is_gone_from_disk_and_its_erasure_is_on_record(real_db):
    with scope():
        one, two = keep(), keep()
    path = files.path_of(one)
    with scope():
        files.erase(file_ids=[one.pk], because="asked for", at=AT, by=BY)
    assert path.exists(), "the other file needs the same bytes"
    with scope():
        files.erase(file_ids=[two.pk], because="asked for", at=AT, by=BY)
        assert path.exists(), "nothing is removed before the transaction commits"
    assert not path.exists()
    with scope():
        with pytest.raises(NotYours):
            files.find(two.pk)
        left = File.objects.get(pk=two.pk)
        assert (left.name, left.lat, left.erased_at) == ("erased", None, AT)
        assert audit.search(body_id=COUNTY, action="file.erased")[0]["data"] == {"because": "asked for"}


def test_bytes_whose_row_was_rolled_back_are_found_as_unused(real_db):
    with pytest.raises(ZeroDivisionError), scope():
        keep()
        raise ZeroDivisionError
    with scope():
        assert len(files.unused(body_id=COUNTY)) == 1
        keep()
        assert files.unused(body_id=COUNTY) == []


class Clamd:
    """Answers INSTREAM as clamd(8) does, with the test signature known."""

    def __init__(self, answer=None):
        import socketserver
        import struct
        import threading

        class Session(socketserver.StreamRequestHandler):
            def handle(session):
                assert session.rfile.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack("!L", session.rfile.read(4))[0]:
                    content += session.rfile.read(size)
                found = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
                session.wfile.write((answer or found) + b"\0")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.address = f"127.0.0.1:{self.server.server_address[1]}"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def test_an_infected_file_is_refused_and_a_clean_one_kept(db, settings):
    daemon = Clamd()
    settings.MOOTHALL_CLAMD = daemon.address
    try:
        with scope():
            with pytest.raises(scan.FileInfected):
                keep(EICAR)
            assert keep().pk
    finally:
        daemon.stop()


def test_when_the_scanner_is_away_or_confused_nothing_is_kept_unscanned(db, settings):
    daemon = Clamd(b"INSTREAM size limit exceeded. ERROR")
    settings.MOOTHALL_CLAMD = daemon.address
    with scope(), pytest.raises(scan.ScannerAway):
        keep()
    daemon.stop()
    with scope(), pytest.raises(scan.ScannerAway):
        keep()


def test_a_file_is_sent_to_be_saved_and_can_do_nothing_in_the_browser(db):
    with scope():
        row = keep(b"The hole is by the gate.\n", name='a"b\r\n.html', case_id=uuid4())
    response = open_page(f"/files/{row.pk}/", Scope(bodies=(COUNTY,), actor=BY))
    assert b"".join(response.streaming_content) == b"The hole is by the gate.\n"
    assert response["Content-Disposition"] == 'attachment; filename="a b.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    with scope():
        read = audit.search(body_id=COUNTY, action="read")[0]
        assert (read["object"], read["actor"]) == (f"case:{row.case_id}", "staff:12")


def test_only_pictures_of_our_own_making_are_shown_in_a_page(db):
    with scope():
        photo, note = keep(), keep(b"words", name="x.txt")
    who = Scope(bodies=(COUNTY,), actor=Actor("resident", "3"))
    assert open_page(f"/files/{photo.pk}/picture", who)["Content-Disposition"].startswith("inline")
    with pytest.raises(NotYours):
        open_page(f"/files/{note.pk}/picture", who)


def test_another_s_file_and_one_that_never_was_are_answered_alike(client, db):
    with scope():
        row = keep(case_id=uuid4())
    other, none = client.get(f"/files/{row.pk}/"), client.get(f"/files/{uuid4()}/")
    assert (other.status_code, none.status_code) == (404, 404)
    assert str(row.pk) not in other.content.decode().replace(f"/files/{row.pk}/", "")


def test_a_request_that_announces_too_much_is_refused_unread(client, db):
    answer = client.post("/", data=b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="999999999")
    assert answer.status_code == 413
    assert b"at most five files" in answer.content
