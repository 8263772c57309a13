"""The pages of those who keep a diary."""

import datetime as dt

import pytest
from tests.world import ASHBY, EASTWOLD, POLICE, as_staff

from moothall.booking import actions, queries
from moothall.booking.models import Slot
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.django_db
BOOKS = Scope(bodies=(ASHBY,), purpose="test", actor=Actor("staff", "1", ASHBY))
PARTS = ("day", "month", "year")
PATTERN = {"weekdays": ["0", "2"], "start": "08:00", "end": "12:00", "capacity": "5"}


@pytest.fixture
def officer(client):
    return as_staff(client, ASHBY, "officer")


def june():
    with scoped(BOOKS):
        since = dt.datetime(2027, 6, 1, tzinfo=dt.UTC)
        return queries.slots(ASHBY, "bulky-waste", since=since, until=since + dt.timedelta(days=14))


def names(form):
    """Return a pattern for the first fortnight of June 2027 under the names that the page's boxes have."""
    days = {"first": ("1", "6", "2027"), "last": ("14", "6", "2027")}
    boxes = {f"{name}-{part}": value for name, parts in days.items() for part, value in zip(PARTS, parts, strict=True)}
    return boxes | form


def test_diaries_say_when_the_next_day_is_free(officer):
    shown = officer.get("/diaries/").text
    assert "Collections of large items" in shown
    assert "12 left" in shown


def test_a_body_without_one_is_told_how_it_gets_one(client):
    assert "keeps no diary" in as_staff(client, POLICE, "officer").get("/diaries/").text


def test_days_are_opened_by_a_weekly_pattern(officer):
    before = {slot.starts for slot in june()}

    answer = officer.post("/diaries/bulky-waste/", names(PATTERN))

    assert answer.status_code == 302, answer.text
    added = [slot for slot in june() if slot.starts not in before]
    assert [(f"{s.starts:%a %d %H:%M}", s.capacity) for s in added] == [
        ("Wed 02 07:00", 5),
        ("Mon 07 07:00", 5),
        ("Wed 09 07:00", 5),
        ("Mon 14 07:00", 5),
    ]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"weekdays": []}, "Choose at least one day of the week"),
        ({"end": "07:00"}, "Choose a time after the beginning"),
        ({"last-year": "2029"}, "at most a year later"),
        ({"capacity": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_pattern_that_makes_no_sense_is_said_to_make_none(officer, wrong, words):
    before = len(june())
    assert words in officer.post("/diaries/bulky-waste/", names(PATTERN) | wrong).text
    assert len(june()) == before


def test_a_slot_is_closed_or_changed_but_not_below_what_is_taken(officer):
    with scoped(BOOKS):
        slot = queries.free(ASHBY, "bulky-waste", at=now())[0]
        from uuid import uuid4

        actions.hold(slot_id=slot.id, case_id=uuid4(), units=2, at=now(), by=Actor("contact"))
    page = f"/diaries/slots/{slot.id}/"
    assert "2 of 12 places are taken" in officer.get(page).text
    assert "More places are booked" in officer.post(page, {"capacity": "1", "closed": ""}).text

    officer.post(page, {"capacity": "2", "closed": "yes"})

    with scoped(BOOKS):
        changed = Slot.objects.get(id=slot.id)
        assert (changed.capacity, changed.closed) == (2, True)


def test_the_times_of_a_diary_are_changed_and_nonsense_is_refused(officer):
    page = "/diaries/bulky-waste/times/"
    assert page in officer.get("/diaries/bulky-waste/").text
    told = {"hold_hours": "48", "notice_hours": "12", "remind_days": "3", "offer_hours": "6"}
    assert "less than or equal to 10" in officer.post(page, told | {"remind_days": "11"}).text
    assert officer.post(page, told).url == "/diaries/bulky-waste/"
    with scoped(BOOKS):
        (kept,) = (d for d in queries.diaries(ASHBY) if d.kind == "bulky-waste")
    assert (kept.name, kept.hold_hours, kept.notice_hours) == ("Collections of large items", 48, 12)
    assert (kept.remind_days, kept.offer_hours) == (3, 6)


def test_another_body_and_other_roles_see_none_of_it(client):
    with scoped(BOOKS):
        slot = queries.free(ASHBY, "bulky-waste", at=now())[0]
    other = as_staff(client, EASTWOLD, "officer")
    assert other.get("/diaries/bulky-waste/").status_code == 404
    assert other.get("/diaries/bulky-waste/times/").status_code == 404
    assert other.get(f"/diaries/slots/{slot.id}/").status_code == 404
    assert as_staff(client, ASHBY, "finance").get("/diaries/").status_code == 403


def test_a_body_that_adopts_a_service_with_days_gets_a_diary(db):
    from moothall.booking.handlers import begin_diary
    from moothall.catalogue import queries as catalogue
    from moothall.sharing.events import ServiceAdopted

    by = Actor("staff", "1", EASTWOLD)
    with scoped(Scope(bodies=(EASTWOLD,), purpose="test", actor=by)):
        for service in ("report-pothole", "bulky-waste"):
            told = ServiceAdopted(EASTWOLD, service, catalogue.current(service).id, EASTWOLD)
            begin_diary(told, at=now(), by=by)
        assert [diary.kind for diary in queries.diaries(EASTWOLD)] == ["bulky-waste"]
