"""What leaves the pages: mail, files, jobs, logs, facts, receipts, the audit trail, and the API's answers."""

from functools import partial

import pytest
from django.core.cache import cache
from django.test import Client
from tests.leaks import reading
from tests.leaks.walkers import EVERY, NOBODY, RESIDENTS
from tests.leaks.words import CODES, OF_STAFF, SHARED, canary, met

pytestmark = pytest.mark.timeout(400)

PLANTED = {
    "casework_attachment", "casework_case", "casework_draft", "casework_follower", "casework_message",
    "casework_note", "casework_payload", "casework_step", "casework_task", "core_auditpayload", "core_file",
    "core_outgoing", "core_outgoingwords", "core_privacyrequest", "highways_defect", "highways_inspection",
    "highways_repair", "ledger_charge", "ledger_journal", "ledger_refund", "links_call", "people_contactpoint",
    "people_name", "people_residence", "people_sourcerecord", "bodies_staff", "sharing_telling", "waste_visit",
}  # fmt: skip
"""Tables in which the planting puts words; else the walks would find nothing there."""

ROWS_WITHOUT_WORDS = {"booking_booking", "booking_wish", "contracts_claim", "highways_workorder", "ledger_payment",
                      "people_actsfor", "people_householdmember", "waste_missedreport"}  # fmt: skip
"""Tables that have rows and no room for words: their addresses and forms are tried."""

IDS_ONLY = {
    "core_fact": "payload",
    "core_receipt": "key",
    "procrastinate_jobs": "args",
    "core_auditentry": "(action || object || purpose || actor)",
    "casework_event": "data",
    "django_session": "session_data",
}
"""Where no word of anybody's may ever stand, and in which column it would."""


def test_the_planting_has_not_grown_thin(planted, admin):
    holding = {
        table
        for table in PLANTED
        if admin.execute(f"select 1 from {table} t where t::text ilike '%%canary-%%' limit 1").fetchone()
    }
    assert holding == PLANTED
    assert {table for table in ROWS_WITHOUT_WORDS if admin.execute(f"select 1 from {table} limit 1").fetchone()} == (
        ROWS_WITHOUT_WORDS
    )


def test_answers_of_every_kind_were_read(sights):
    read = set().union(*(sight.kinds for sight in sights.values()))
    assert read >= {
        "text/html", "text/csv", "text/calendar", "text/plain", "application/json", "application/pdf", "image/png",
    }  # fmt: skip
    assert "/metrics" in sights[NOBODY].addresses


@pytest.mark.parametrize("table", IDS_ONLY)
def test_jobs_facts_receipts_and_the_trail_hold_ids_and_no_words(sights, admin, table):
    column = IDS_ONLY[table]
    assert admin.execute(f"select count(*) from {table}").fetchone()[0] > 3
    held = admin.execute(f"select {column}::text from {table} where {column}::text ilike '%%canary-%%'").fetchall()
    assert held == []


def test_logs_hold_no_word_of_anybody(sights, log_lines):
    assert len(log_lines) > 500, "nothing was logged"
    assert [line for line in log_lines if "CANARY" in line.upper()] == []


@pytest.mark.parametrize("body_id", CODES)
def test_mail_and_trail_of_a_body_hold_no_word_of_others(sights, admin, body_id):
    mail = admin.execute(
        "select concat_ws(' ', w.recipient, w.subject, w.text) from core_outgoing o "
        "join core_outgoingwords w on w.outgoing_id = o.id where o.body_id = %s", [body_id]
    ).fetchall()  # fmt: skip
    trail = admin.execute("select data from core_auditpayload where body_id = %s", [body_id]).fetchall()
    assert len(mail) > 2
    assert len(trail) > 20
    told = " ".join(str(text) for (text,) in (*mail, *trail)).upper()
    assert met(told, OF_STAFF[body_id]) == []


def test_mail_of_no_body_is_the_resident_s_own(planted, admin):
    for resident in RESIDENTS:
        mail = admin.execute(
            "select concat_ws(' ', w.recipient, w.subject, w.text) from core_outgoing o "
            "join core_outgoingwords w on w.outgoing_id = o.id where o.body_id = 0 and w.recipient ilike %s",
            [f"%{canary(resident.role)}@%"],
        ).fetchall()
        assert mail
        assert met(" ".join(text for (text,) in mail).upper(), resident.may_meet) == []


def test_files_on_the_disk_hold_words_of_their_own_body_only(sights, admin, data_folder):
    known = {digest: body_id for digest, body_id in admin.execute("select digest, body_id from core_file").fetchall()}
    packs = admin.execute("select body_id from core_privacyrequest where file_id is not null").fetchall()
    assert len(packs) == len(CODES), "no pack was made"
    archived = admin.execute("select body_id, name from leaving_archive").fetchall()
    kept = [path for path in data_folder.rglob("*") if path.is_file()]
    held = {}
    for path in kept:
        body_id = next((known[digest] for digest in known if digest in path.as_posix()), None)
        if path.parent.name == "archives":
            body_id = next(body_id for body_id, name in archived if name == path.stem)
        allowed = OF_STAFF[body_id] if body_id else set()
        if found := met(reading.unpacked(path.read_bytes()).upper(), allowed):
            held[path.relative_to(data_folder).as_posix()] = found
    assert held == {}
    assert len(kept) >= len(CODES) * 2


def test_a_pack_about_a_person_holds_what_its_own_body_knows_and_no_more(planted, admin, data_folder):
    for body_id, digest in admin.execute(
        "select r.body_id, f.digest from core_privacyrequest r join core_file f on f.id = r.file_id"
    ).fetchall():
        (path,) = [path for path in data_folder.rglob("*") if digest in path.as_posix()]
        told = reading.unpacked(path.read_bytes()).upper()
        assert canary(CODES[body_id]) in told
        assert met(told, OF_STAFF[body_id]) == []


@pytest.mark.parametrize("operation", ["", "/events", "/days", "/day"])
def test_the_api_tells_a_case_to_who_knows_its_contact_and_the_same_nothing_to_all_others(sights, admin, operation):
    references = dict(admin.execute("select id, reference from casework_case").fetchall()).values()
    outsider = EVERY[-1].browser()
    for client in (Client(), outsider):
        for reference in (*references, "MAR-9999-999X"):
            cache.clear()
            url = f"/api/v1/cases/{reference}{operation}"
            ask = partial(client.put, data={"slot": 1}, content_type="application/json")
            ask = ask if operation == "/day" else client.get
            silent, wrong = ask(url), ask(url, HTTP_CONTACT="nobody@example.org")
            assert (silent.status_code, wrong.status_code) == (401, 404)
            assert met(reading.said(silent) + reading.said(wrong), set()) == []


def test_the_api_tells_the_contact_of_a_case_nothing_that_staff_wrote_among_themselves(planted, admin):
    for code in ("MAR", "ASH", *SHARED):
        (reference,) = admin.execute("select reference from casework_case where id = %s", [planted[code]]).fetchone()
        cache.clear()
        answer = Client().get(f"/api/v1/cases/{reference}", HTTP_CONTACT=f"{canary(code).lower()}@example.org")
        assert answer.status_code == 200, code
        assert met(reading.said(answer), {code}) == []
