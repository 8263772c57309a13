"""Core's pages show each reader their own, and write down that staff read."""

import json
from uuid import uuid4

import pytest
from django.http import Http404

from moothall.core import audit, messages, queue, sealing
from moothall.core.actor import Actor
from moothall.core.guard import NotYourRole
from moothall.core.refusal import NotYours
from moothall.core.scope import Scope, scoped
from moothall.core.seals import proof_holds, public_keys
from moothall.core.tests.conftest import AT, BY, COUNTY, DISTRICT, open_page, scope, write

COUNTY_STAFF = Scope(account=12, bodies=(COUNTY,), purpose="test", actor=BY)
DISTRICT_STAFF = Scope(account=13, bodies=(DISTRICT,), purpose="test", actor=Actor("staff", "13", DISTRICT))
RESIDENT = Scope(account=3, person=uuid4(), actor=Actor("resident", "3"))


def say(**changes):
    said = {"body_id": COUNTY, "channel": "email", "to": "alex@example.com", "template": "case-received"}
    said |= {"subject": "We have it", "text": "See https://marchshire.example/cases/1 <b>now</b>", "at": AT, "by": BY}
    with scope():
        return messages.send(**said | changes)


def body(response):
    return response.content.decode()


def test_the_outbox_shows_a_resident_theirs_and_staff_their_body_s(db):
    mine = say(person_id=RESIDENT.person)
    say(subject="To somebody else")
    assert "We have it" in body(open_page("/outbox/", RESIDENT))
    assert "somebody else" not in body(open_page("/outbox/", RESIDENT))
    assert "To somebody else" in body(open_page("/outbox/", COUNTY_STAFF))
    for stranger in (DISTRICT_STAFF, Scope()):
        assert "No messages yet" in body(open_page("/outbox/", stranger))
        with pytest.raises(NotYours):
            open_page(f"/outbox/{mine}/", stranger)


def test_a_message_is_shown_as_words_with_its_links_and_no_markup_of_its_own(db):
    page = body(open_page(f"/outbox/{say(person_id=RESIDENT.person)}/", RESIDENT))
    assert "&lt;b&gt;now&lt;/b&gt;" in page
    assert 'href="https://marchshire.example/cases/1"' in page


def test_staff_who_read_a_message_are_written_down_and_its_reader_is_not(db):
    case = uuid4()
    number = say(case_id=case, person_id=RESIDENT.person)
    open_page(f"/outbox/{number}/", COUNTY_STAFF)
    open_page(f"/outbox/{number}/", RESIDENT)
    with scope():
        read = audit.search(body_id=COUNTY, action="read")
    assert [(r["object"], r["actor"]) for r in read] == [(audit.person_object(RESIDENT.person), "staff:12")]


def test_outside_the_demo_there_is_no_outbox(db, settings):
    settings.DEMO = False
    for url in ("/outbox/", f"/outbox/{say()}/"):
        with pytest.raises(Http404):
            open_page(url, COUNTY_STAFF)


def test_staff_print_letters_and_take_them_off_the_list(real_db, pango):
    number = say(channel="letter", to="Alex Example\n14 Mill Lane\nZM1 2AB")
    queue.run_pending(at=AT)
    assert "14 Mill Lane" in body(open_page("/staff/letters/", COUNTY_STAFF, roles=["officer"]))
    pdf = open_page(f"/staff/letters/{number}.pdf", COUNTY_STAFF, roles=["officer"])
    assert pdf.content.startswith(b"%PDF")
    with pytest.raises(NotYours):
        open_page(f"/staff/letters/{number}.pdf", DISTRICT_STAFF, roles=["officer"])
    open_page(f"/staff/letters/{number}/posted", COUNTY_STAFF, roles=["officer"], method="post")
    assert "No letters wait" in body(open_page("/staff/letters/", COUNTY_STAFF, roles=["officer"]))


def test_auditors_search_the_trail_of_their_own_body_and_the_search_is_in_it(db):
    with scope():
        write(60)
        sealing.seal(body_id=COUNTY, at=AT)
    page = body(open_page("/staff/audit/?action=case.", COUNTY_STAFF, roles=["auditor"]))
    assert page.count("case.noted") == 50
    assert "before=" in page
    assert "60 entries are sealed" in page
    found = body(open_page("/staff/audit/?object=case:7", COUNTY_STAFF, roles=["auditor"]))
    assert "hole 7" in found
    assert "hole 8" not in found
    with scope():
        searched = audit.search(body_id=COUNTY, action="audit.searched")
    assert [s["data"] for s in searched] == [{"object": "case:7"}, {"action": "case."}]
    other = body(open_page("/staff/audit/?action=case.", DISTRICT_STAFF, roles=["auditor"]))
    assert "No entry is like that" in other
    assert "Nothing is sealed yet" in other


def test_a_search_that_makes_no_sense_says_what_is_wrong(db):
    page = body(open_page("/staff/audit/?since=yesterday", COUNTY_STAFF, roles=["auditor"]))
    assert "There is a problem" in page


def test_the_trail_is_for_auditors_and_information_governance(db):
    for roles in (["officer", "manager"], []):
        with pytest.raises(NotYourRole):
            open_page("/staff/audit/", COUNTY_STAFF, roles=roles)


def test_an_auditor_takes_away_a_proof_that_anyone_can_check(db, settings):
    with scope():
        number = write(3)[1]
        sealing.seal(body_id=COUNTY, at=AT)
    response = open_page(f"/staff/audit/{number}/proof.json", COUNTY_STAFF, roles=["auditor"])
    assert proof_holds(json.loads(response.content), public_keys(settings.MOOTHALL_DATA / "keys"))
    with pytest.raises(NotYours):
        open_page(f"/staff/audit/{number}/proof.json", DISTRICT_STAFF, roles=["auditor"])


def test_pages_page_on_by_key(db):
    for n in range(55):
        say(subject=f"Message {n}")
    first = body(open_page("/outbox/", COUNTY_STAFF))
    assert "Message 54" in first
    assert "Message 4<" not in first
    with scoped(COUNTY_STAFF):
        fiftieth = messages.newest(limit=50)[-1].pk
    assert f"before={fiftieth}" in first
    assert "Message 4<" in body(open_page(f"/outbox/?before={fiftieth}", COUNTY_STAFF))
