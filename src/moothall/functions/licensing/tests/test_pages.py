"""The register for everybody; checks, licences and notices for officers."""

import re
from pathlib import Path

import pytest
from tests.world import ASHBY, BORLEY, EASTWOLD, as_staff

from moothall.core.clock import local, now
from moothall.core.scope import scoped
from moothall.functions.licensing import actions, queries, rules
from moothall.functions.licensing.tests.conftest import (
    DAY,
    DISTRICT,
    OFFICER,
    VEHICLE,
    again,
    all_seen,
    ask,
    grant,
    pay,
    states,
    steps,
)

FOLDER = Path(__file__).parents[1]


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def licence(db):
    when = now()
    return grant(ask(when=when), when, until=local(when).date() + 20 * DAY)


@pytest.fixture
def car(db):
    when = now()
    return grant(ask("taxi-vehicle-licence", VEHICLE, when=when), when, until=local(when).date() + 40 * DAY)


def days(name: str, day) -> dict:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_anybody_finds_a_driver_and_a_vehicle_in_the_register(client, licence, car):
    page = text(client.get("/licences/"))
    assert licence.number in page
    assert car.number in page
    found = text(client.get("/licences/", {"q": "sam"}))
    assert licence.number in found
    assert car.number not in found
    assert licence.number not in text(client.get("/licences/", {"kind": "taxi-vehicle-licence"}))
    assert "No licence in force has that in it" in text(client.get("/licences/", {"q": "nobody"}))
    assert car.number in text(client.get("/licences/", {"council": "ashby", "q": "ZM26 ABC"}))


def test_the_register_can_be_read_in_welsh(client, licence):
    page = text(client.get("/licences/", headers={"Accept-Language": "cy"}))
    assert "Trwyddedau mewn grym heddiw" in page
    assert "Trwydded gyrrwr tacsi" in page
    assert "Gyrrwr: Sam Rowe" in page
    shown = text(client.get(f"/licences/check/{licence.code}/", headers={"Accept-Language": "cy"}))
    assert f"Mae trwydded {licence.number} mewn grym" in shown


def test_an_empty_register_says_so(client, db):
    assert "No licence is in force" in text(client.get("/licences/"))


def test_a_code_tells_whether_its_licence_is_in_force(client, licence):
    spoken = rules.spoken(licence.code)
    asked = client.get("/licences/check/", {"code": f" {spoken.lower()} "})
    assert asked["Location"] == f"/licences/check/{spoken}/"
    page = text(client.get(asked["Location"]))
    assert f"Licence {licence.number} is in force" in page
    assert "Sam Rowe" in page
    with scoped(DISTRICT):
        actions.surrender(licence_id=licence.pk, at=now(), by=OFFICER)
    gone = client.get(asked["Location"])
    assert "No licence with this code is in force" in text(gone)
    assert "Sam Rowe" not in text(gone)
    assert client.get("/licences/check/")["Location"] == "/licences/"


def test_nobody_goes_through_the_codes(client, db):
    for _try in range(60):
        client.get("/licences/check/K7M2-QX94-RTBC/")
    assert client.get("/licences/check/K7M2-QX94-RTBC/").status_code == 429


def test_the_service_and_the_search_lead_to_the_register(client, db):
    assert 'href="/licences/"' in text(client.get("/services/taxi-driver-licence/"))
    assert "See who is licensed" in text(client.get("/services/taxi-driver-licence/"))
    assert "See who is licensed" not in text(client.get("/services/pest-control/"))
    assert "/licences/" in text(client.get("/search/", {"q": "is my taxi licensed"}, follow=True))


def test_an_officer_notes_papers_as_they_come_and_passes_the_check(client, db):
    when = now()
    opened = ask(when=when)
    pay(opened, when)
    as_staff(client, ASHBY, "officer", "licensing")
    step = steps(opened)["identity"]
    work = text(client.get(f"/staff/cases/{opened.case_id}/"))
    address = f"/licensing/checks/{step.pk}/"
    assert address in work
    assert "Right to work" in text(client.get(address))
    seen = {"finding-identity": "seen", "finding-right-to-work": "seen", "verdict": "passed"}
    unseen = {"finding-right-to-work": "unseen"}
    assert "Write until which day it holds" in text(client.post(address, seen))
    assert "Say why it is not passed" in text(client.post(address, seen | {"verdict": "failed"}))
    assert client.post(address, seen | unseen | {"verdict": "later"}).status_code == 302
    until = days("expires-right-to-work", local(when).date() + 400 * DAY)
    assert client.post(address, seen | until).status_code == 302
    assert states(opened)["identity"] == "done"


def test_an_officer_suspends_a_licence(client, licence):
    as_staff(client, ASHBY, "officer", "licensing")
    page = f"/licensing/{licence.pk}/"
    assert licence.number in text(client.get("/licensing/"))
    assert licence.number in text(client.get("/licensing/?show=papers"))
    assert "No licence here" in text(client.get("/licensing/?show=revoked"))
    assert "Sam Rowe" in text(client.get(page))
    assert "Choose the ground in law" in text(client.post(f"{page}suspend/", {"reason": "Complaints."}))
    assert client.post(f"{page}suspend/", {"ground": "danger", "reason": "Complaints."}).status_code == 302
    assert "In effect since" in text(client.get(page))
    assert again(licence).state == "suspended"
    assert "settle that one first" in text(client.post(f"{page}suspend/", {"ground": "danger", "reason": "x"})).lower()


def test_only_a_manager_revokes_and_an_appeal_is_settled(client, licence):
    page = f"/licensing/{licence.pk}/"
    as_staff(client, ASHBY, "manager", "licensing")
    assert client.post(f"{page}revoke/", {"ground": "cause", "reason": "Complaints."}).status_code == 302
    with scoped(DISTRICT):
        (measure,) = queries.measures(licence)
    notice = f"/licensing/notices/{measure.pk}"
    assert f"{notice}/appeal/" in text(client.get(page))
    assert "There is no appeal to settle" in text(client.post(f"{notice}/outcome/", {"outcome": "allowed"}))
    assert client.post(f"{notice}/appeal/", days("on", local(now()).date())).status_code == 302
    assert "Waits for the court" in text(client.get(page))
    assert licence.number in text(client.get("/licensing/?show=appeals"))
    assert client.post(f"{notice}/outcome/", {"outcome": "dismissed"}).status_code == 302
    assert again(licence).state == "revoked"
    assert "settled already" in text(client.post(f"{notice}/lift/", {"sure": "on"}))


def test_an_officer_takes_back_a_notice_notes_a_paper_and_takes_a_licence_back(client, car):
    page = f"/licensing/{car.pk}/"
    as_staff(client, ASHBY, "officer", "licensing")
    with scoped(DISTRICT):
        measure = actions.take_measure(licence_id=car.pk, kind="suspension", ground="unfit", reason="Tyres.", at=now(),
                                       by=OFFICER)  # fmt: skip
        paper = next(row for row in queries.evidence_of(case_id=car.case_id) if row.code == "mot")
    assert "Say that you are sure" in text(client.post(f"/licensing/notices/{measure.pk}/lift/", {"sure": ""}))
    assert client.post(f"/licensing/notices/{measure.pk}/lift/", {"sure": "on"}).status_code == 302
    soon = local(now()).date()
    assert "still to come" in text(client.post(f"{page}papers/{paper.pk}/", days("expires", soon - DAY)))
    assert client.post(f"{page}papers/{paper.pk}/", days("expires", soon + 300 * DAY)).status_code == 302
    assert client.post(f"{page}given-back/", {"sure": "on"}).status_code == 302
    assert "Given back" in text(client.get(page))


@pytest.mark.parametrize(("body", "role"), [(EASTWOLD, "officer"), (BORLEY, "manager")])
def test_another_district_s_officers_find_none_of_it(client, licence, body, role):
    as_staff(client, body, role)
    assert licence.number not in text(client.get("/licensing/"))
    assert client.get(f"/licensing/{licence.pk}/").status_code == 404
    assert client.get(f"/licensing/{licence.pk}/suspend/").status_code == 404


def test_an_officer_may_not_revoke_and_a_stranger_signs_in(client, licence):
    assert client.get("/licensing/")["Location"].startswith("/sign-in/")
    as_staff(client, ASHBY, "crew", "waste-crew")
    assert client.get("/licensing/").status_code == 403
    as_staff(client, ASHBY, "officer", "street-scene")
    assert "A manager can revoke it." in text(client.get(f"/licensing/{licence.pk}/"))
    assert client.get(f"/licensing/{licence.pk}/revoke/").status_code == 403


def test_papers_are_seen_by_their_own_days(db):
    opened = ask()
    pay(opened)
    assert {code: one["expires"] is not None for code, one in all_seen(steps(opened)["record"].pk).items()} == {
        "dbs": True, "nr3s": False, "good-character": False,
    }  # fmt: skip


def test_a_holder_takes_the_document_away_and_renews_with_what_is_known(client, db):
    when = now()
    opened = ask(when=when)
    client.post("/track/", {"reference": opened.reference, "contact": "sam@example.org"})
    page = f"/cases/{opened.reference}/"
    assert "Renew this licence" not in text(client.get(page))
    assert client.post(f"{page}again/").status_code == 409
    licence = again(grant(opened, when, until=local(when).date() + 40 * DAY))
    shown = text(client.get(page))
    assert "Renew this licence" in shown
    paper = f"{page}papers/{licence.document}/"
    assert paper in shown
    assert client.get(paper)["Content-Type"] == "application/pdf"
    assert client.get(f"{page}papers/{licence.pk}/").status_code == 404
    begun = client.post(f"{page}again/")
    first = client.get(begun["Location"])
    assert first["Location"].endswith("/ask/licence_code/?change=yes")
    assert licence.number in text(client.get(first["Location"].replace("licence_code", "number")))
    client.post(first["Location"], {"licence_code": "new code"})
    assert client.get(begun["Location"])["Location"].endswith("/ask/abroad/?change=yes")


def test_a_stranger_neither_takes_a_document_nor_renews(client, db):
    when = now()
    opened = ask(when=when)
    licence = again(grant(opened, when, until=local(when).date() + 40 * DAY))
    page = f"/cases/{opened.reference}/"
    for answer in (client.get(f"{page}papers/{licence.document}/"), client.post(f"{page}again/")):
        assert answer["Location"].startswith("/track/")


@pytest.mark.parametrize("name", ["register.html", "verify.html", "document.html"])
def test_no_text_that_the_public_reads_lacks_its_welsh(name):
    known = (FOLDER / "locale/cy/LC_MESSAGES/django.po").read_text()
    texts = re.findall(r'translate "([^"]+)"|=_\("([^"]+)"\)', (FOLDER / "templates/licensing" / name).read_text())
    assert len(texts) > 3
    assert [one for pair in texts for one in pair if one and f'msgid "{one}"' not in known] == []
