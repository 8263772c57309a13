"""People get a copy of what is held about them, and have it erased; both leave evidence and neither leaks."""

import datetime as dt
import doctest
import io
import json
import zipfile
from uuid import uuid4

import pytest

from moothall.core import audit, files, messages, personal, privacy, queue, sealing
from moothall.core.actor import Actor
from moothall.core.guard import NotYourRole
from moothall.core.models import File, Outgoing, OutgoingWords, PrivacyRequest, Receipt
from moothall.core.privacy import NobodyNamed, ReasonMissing
from moothall.core.scope import Scope, scoped
from moothall.core.tests.conftest import AT, BY, COUNTY, DISTRICT, open_page, scope
from moothall.core.tests.test_sniff import picture
from moothall.core.verify import verify

OFFICE = Scope(account=12, bodies=(COUNTY,), purpose="test", actor=BY)
LATER = AT + dt.timedelta(minutes=1)


def live(person, *, body_id=COUNTY):
    """Give a person a file, a message and a reader at one body."""
    with scope(body_id):
        files.keep(io.BytesIO(picture()), name="my hole.jpg", body_id=body_id, person_id=person, at=AT, by=BY)
        messages.send(
            body_id=body_id,
            channel="email",
            to="alex@example.com",
            template="case-received",
            subject="We have it",
            text="CANARY words",
            person_id=person,
            at=AT,
            by=BY,
        )
        audit.read(object=audit.person_object(person), body_id=body_id, at=AT, by=BY, what="CANARY page")


def ask(kind, person, **more):
    with scope():
        ask_for = privacy.ask_for_pack if kind == "access" else privacy.ask_for_erasure
        number = ask_for(person_ids=[person], body_id=COUNTY, at=AT, by=BY, **more)
    queue.run_pending(at=LATER)
    with scope():
        return PrivacyRequest.objects.get(pk=number)


def test_the_examples_are_true():
    assert doctest.testmod(privacy).failed == 0


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-20", "2026-12-20"),
        ("2026-12-31", "2027-01-31"),
        ("2028-01-31", "2028-02-29"),
        ("2026-08-31", "2026-09-30"),
    ],
)
def test_an_answer_is_due_in_a_calendar_month(asked, due):
    assert privacy.due_date(dt.datetime.fromisoformat(asked + "T12:00Z")).isoformat() == due


def test_a_pack_holds_what_this_body_holds_about_this_person_and_nothing_else(real_db):
    person, other = uuid4(), uuid4()
    live(person)
    live(other)
    live(person, body_id=DISTRICT)
    done = ask("access", person)
    assert done.done_at == LATER
    assert done.counts == {"Files": 1, "Messages we wrote": 1, "Who read your data": 1}
    with scope():
        content = files.path_of(File.objects.get(pk=done.file_id)).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        data = json.loads(archive.read("data.json"))
        page = archive.read("read-me-first.html").decode()
        photo = next(name for name in names if name.startswith("files/"))
        assert archive.read(photo).startswith(b"\xff\xd8")
    (message,) = data["held"]["core"]["Messages we wrote"]
    assert message["text"] == "CANARY words"
    assert "CANARY words" in page
    assert str(other) not in str(data)


def test_only_the_body_that_was_asked_can_open_the_pack(real_db):
    person = uuid4()
    live(person)
    done = ask("access", person)
    assert open_page(f"/files/{done.file_id}/", OFFICE).status_code == 200
    for stranger in (Scope(bodies=(DISTRICT,)), Scope(person=person), Scope()):
        with scoped(stranger):
            assert not File.objects.filter(pk=done.file_id).exists()


def test_erasure_takes_the_values_and_leaves_the_evidence(real_db, owner, settings):
    person, other = uuid4(), uuid4()
    live(person)
    live(other)
    live(person, body_id=DISTRICT)
    done = ask("erasure", person, because="asked for, no duty to keep")
    assert done.counts["core_file"] == done.counts["core_outgoingwords"] == 1
    assert done.counts["core_auditpayload"] >= 1
    with scope():
        assert File.objects.get(person_id=person).erased_at
        words = OutgoingWords.objects.get(outgoing__person_id=person)
        assert words.text is None
        assert OutgoingWords.objects.get(outgoing__person_id=other).text == "CANARY words"
        read = audit.search(body_id=COUNTY, action="read", object=audit.person_object(person))[0]
        assert read["data"] is None
        sealing.seal(body_id=COUNTY, at=LATER)
    with scope(DISTRICT):
        assert OutgoingWords.objects.get().text == "CANARY words", "another body answers for itself"
    assert verify(owner, settings.MOOTHALL_DATA, (COUNTY, DISTRICT)).sound


def test_after_a_restore_from_before_an_erasure_it_is_done_again(real_db, settings):
    person = uuid4()
    live(person)
    done = ask("erasure", person, because="asked for, no duty to keep")
    with scope():  # as if the database were from before: the values are back and the request unknown
        words = OutgoingWords.objects.get(outgoing__person_id=person)
        words.text, words.erased_at = "CANARY words", None
        words.save()
        PrivacyRequest.objects.filter(pk=done.pk).update(done_at=None)
    assert privacy.replay(at=LATER) == 1
    with scope():
        assert OutgoingWords.objects.get(outgoing__person_id=person).text is None
    assert privacy.replay(at=LATER) == 0
    ledger = (settings.MOOTHALL_DATA / "erasures" / f"{COUNTY}.jsonl").read_text()
    assert str(person) in ledger
    assert "alex" not in ledger


def test_an_erasure_that_fails_erases_nothing(real_db, monkeypatch):
    person = uuid4()
    live(person)
    monkeypatch.setattr(messages, "erase", lambda **kwargs: 1 / 0)
    done = ask("erasure", person, because="asked for, no duty to keep")
    assert done.done_at is None
    with scope():
        assert File.objects.get(person_id=person).erased_at is None
        assert files.path_of(File.objects.get(person_id=person)).exists()


def test_a_request_names_a_person_and_an_erasure_its_reason(db):
    with scope():
        with pytest.raises(NobodyNamed):
            privacy.ask_for_pack(person_ids=[], body_id=COUNTY, at=AT, by=BY)
        with pytest.raises(ReasonMissing):
            privacy.ask_for_erasure(person_ids=[uuid4()], body_id=COUNTY, because="ok", at=AT, by=BY)


def test_what_is_past_its_time_goes_by_itself_and_is_counted(real_db):
    person = uuid4()
    live(person)
    with scope():
        Outgoing.objects.update(at=AT - dt.timedelta(days=800))
        Receipt.objects.create(key="long ago", at=AT - dt.timedelta(days=91))
    with scope():
        privacy.run_retention(body=COUNTY, at=AT, by=Actor.system("core.retention"))
    with scope():
        assert OutgoingWords.objects.get().text is None
        run = PrivacyRequest.objects.get(kind="retention")
        assert run.counts == {"core_outgoingwords": 1}
        assert audit.search(body_id=COUNTY, action="privacy.retention")[0]["data"] == {"core_outgoingwords": 1}
        assert not Receipt.objects.filter(key="long ago").exists()
        privacy.run_retention(body=COUNTY, at=AT, by=Actor.system("core.retention"))
        assert PrivacyRequest.objects.filter(kind="retention").count() == 1, "a run that erases nothing leaves no row"


def test_another_body_knows_of_no_request(db):
    with scope():
        privacy.ask_for_pack(person_ids=[uuid4()], body_id=COUNTY, at=AT, by=BY)
    with scope(DISTRICT):
        assert privacy.requests(body_id=COUNTY) == []


def test_a_basis_that_is_none_is_refused():
    with pytest.raises(ValueError, match="lawful basis"):
        personal.declare("x", "y", purpose="because we can", basis="curiosity", keep="1 year")


class TestThePage:
    """/staff/privacy/"""

    def page(self, url, *, method="get", roles=("information-governance",), **data):
        return open_page(url, OFFICE, roles=roles, method=method, **data)

    def test_is_for_information_governance_alone(self, db):
        for url in ("/staff/privacy/", f"/staff/privacy/person/?person_ids={uuid4()}"):
            with pytest.raises(NotYourRole):
                self.page(url, roles=("officer", "manager", "auditor"))
        for url in ("/staff/privacy/pack", "/staff/privacy/erase"):
            with pytest.raises(NotYourRole):
                self.page(url, roles=("officer",), method="post", person_ids=str(uuid4()))

    def test_shows_how_much_is_held_and_writes_down_the_look(self, real_db):
        person = uuid4()
        live(person)
        page = self.page("/staff/privacy/person/", person_ids=str(person)).content.decode()
        assert "Messages we wrote" in page
        assert "CANARY" not in page
        with scope():
            read = audit.search(body_id=COUNTY, object=audit.person_object(person))[0]
        assert read["data"] == {"what": "how much is held"}

    def test_asks_for_a_reason_and_to_be_sure_before_it_erases(self, db):
        person = str(uuid4())
        page = self.page("/staff/privacy/erase", method="post", person_ids=person).content.decode()
        assert "Say why these data are erased." in page
        assert "Tick the box if you are sure." in page
        with scope():
            assert not PrivacyRequest.objects.exists()

    def test_sends_nonsense_back_to_the_start(self, db):
        for method, url in (("get", "person/"), ("post", "erase")):
            answer = self.page(f"/staff/privacy/{url}", method=method, person_ids="1 or 1=1")
            assert answer["Location"] == "/staff/privacy/"

    def test_lists_requests_with_the_day_to_answer_by(self, db):
        with scope():
            privacy.ask_for_erasure(person_ids=[uuid4()], body_id=COUNTY, because="asked for in person", at=AT, by=BY)
        page = self.page("/staff/privacy/").content.decode()
        assert "Sunday 20 December" in page
        assert "asked for in person" in page

    def test_says_so_when_nobody_is_found(self, db):
        assert "Nobody is found" in self.page("/staff/privacy/", q="zzz no such person").content.decode()


def test_everyone_may_read_what_is_held_and_why(client, db):
    page = client.get("/privacy/").content.decode()
    assert "UK GDPR article 6(1)(e)" in page
    assert "core outgoingwords" in page
