"""Marchshire as laid out by the world: answers, finds and who may see whom."""

import time
from datetime import date
from random import Random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import world

from moothall.bodies import actions, queries
from moothall.core.scope import Scope, scoped

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
AT_HOME = {"uprn": world.MILL_LANE_14}


@pytest.fixture
def home():
    return queries.place_of_dwelling(world.MILL_LANE_14)


def test_a_home_is_a_place_with_everything_a_report_needs(home):
    assert home["label"].startswith("14 Mill Lane, Ashby, ZM1 ")
    assert home["ward"].startswith("Ashby ")
    assert set(home) == {
        "lat", "lon", "easting", "northing", "street", "usrn", "uprn", "postcode", "ward", "label", "note",
    }  # fmt: skip


def test_in_ashby_the_county_mends_the_road_and_the_district_empties_the_bin(home):
    assert queries.responsible("highways", home).code == "MAR"
    assert queries.responsible("waste-collection", home).code == "ASH"


def test_a_pin_outside_the_house_says_so(home):
    spot = queries.place(home["lat"], home["lon"])
    assert spot["label"].startswith("outside ")
    assert "Mill Lane, Ashby" in spot["label"]


def test_eastwold_and_fenmouth_are_signposted(home):
    for name, roads in (("Eastwold", "WOL"), ("Fenmouth", "FEN")):
        town = next(find for find in queries.find_places(name) if find["kind"] == "settlement")
        answer = queries.responsible("highways", town)
        assert answer.code == roads
        assert not answer.partner
        assert answer.url.startswith("https://")


def test_the_trunk_road_belongs_to_the_national_operator():
    road = next(s for s in queries.streets_within(0, 0, 10**6, 10**6) if s.road_class == "trunk")
    middle = queries.place_of_street(road.usrn)
    assert queries.responsible("highways", middle).code == "NTR"
    assert queries.responsible("highways", {**middle, "usrn": None}).code == "NTR"


def test_answers_take_less_than_a_millisecond_anywhere_and_ask_nothing_of_the_database(home):
    random = Random(1)
    queries.responsible("highways", home)
    points = [
        {"easting": random.randint(365_000, 440_000), "northing": random.randint(255_000, 305_000)} for _ in range(500)
    ]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        took = []
        for point in points:
            for work in ("highways", "fly-tipping"):
                start = time.perf_counter()
                queries.responsible(work, point)
                took.append(time.perf_counter() - start)
    assert sorted(took)[int(len(took) * 0.95)] < 0.001
    assert len(asked) <= 1 + sum(took)  # at most a look a second at the edition


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("14 Mill Lane, Ashby", "14 Mill Lane, Ashby"),
        ("14 mill ln ashby", "14 Mill Lane, Ashby"),
        ("14 Mil Lane Ashby", "14 Mill Lane, Ashby"),
        ("mill lane ashby", "Mill Lane, Ashby"),
        ("Mil lne, Ashbey", "Mill Lane, Ashby"),
        ("Ashby", "Ashby"),
        ("Hihg Street, Borley", "High Street, Borley"),
        ("church st coveham", "Church Street, Coveham"),
    ],
)
def test_it_finds_a_place_as_people_type_it(typed, label):
    assert queries.find_places(typed)[0]["label"].startswith(label)


def test_a_postcode_gives_its_middle_and_then_its_homes(home):
    found = queries.find_places(home["postcode"].lower().replace(" ", ""), limit=50)
    assert found[0]["kind"] == "postcode"
    assert found[0]["label"].startswith(home["postcode"])
    assert home["label"] in [find["label"] for find in found[1:]]


def test_house_number_and_postcode_give_the_one_home(home):
    assert [f["uprn"] for f in queries.find_places(f"14 {home['postcode']}")] == [world.MILL_LANE_14]


def test_nonsense_finds_nothing():
    assert queries.find_places("xqzzv wpkkj") == []
    assert queries.find_places("") == []
    assert queries.find_places("14") == []


def test_a_search_asks_at_most_four_things(home, django_assert_max_num_queries):
    queries.index()
    for text in ("mill lane", "14 mill lane ashby", home["postcode"], "rose cottage"):
        with django_assert_max_num_queries(4):
            queries.find_places(text)


def test_each_partner_s_staff_cover_all_fourteen_roles():
    for body in queries.bodies(partner=True):
        with scoped(Scope(bodies=(body.id,))):
            roles = {role for person in queries.staff(body.id, TODAY) for role in person.roles}
        assert len(roles) == 14, body.name


def test_a_body_sees_its_own_staff_only_and_nobody_sees_none():
    with scoped(Scope(bodies=(world.ASHBY,))):
        assert queries.staff(world.ASHBY, TODAY).exists()
        assert not queries.staff(world.EASTWOLD, TODAY).exists()
    with scoped(Scope()):
        assert not queries.staff(world.ASHBY, TODAY).exists()


def test_an_account_finds_its_own_appointments_before_any_body_is_in_scope():
    with scoped(Scope(bodies=(world.ASHBY,))):
        person = queries.staff(world.ASHBY, TODAY, role="adviser").get()
    with scoped(Scope(account=person.account_id)):
        assert [(a.body_id, a.roles) for a in queries.staff_of(person.account_id, TODAY)] == [(2, ["adviser"])]
        assert queries.staff_of(person.account_id, date(2020, 1, 1)) == []


def test_an_appointment_ends_once_and_says_nothing_of_the_day_after():
    with scoped(Scope(bodies=(world.ASHBY,))):
        person = queries.staff(world.ASHBY, TODAY, role="crew").first()
        actions.end_appointment(staff_id=person.pk, ends=TODAY, at=world.BUILT, by=world.BY)
        assert person.pk not in queries.staff(world.ASHBY, TODAY).values_list("pk", flat=True)
        with pytest.raises(actions.AlreadyEnded):
            actions.end_appointment(staff_id=person.pk, ends=TODAY, at=world.BUILT, by=world.BY)


def test_a_pale_colour_and_a_taken_code_are_refused():
    new = {
        "id": 99, "code": "NEW", "slug": "new", "name": "New Council", "kind": "unitary", "partner": True,
        "colour": "#ffe08a", "accent": "#000000", "at": world.BUILT, "by": world.BY,
    }  # fmt: skip
    with pytest.raises(actions.TooPale):
        actions.found_body(**new)
    with pytest.raises(actions.NameTaken):
        actions.found_body(**new | {"colour": "#000000", "code": "ASH"})


def test_a_body_founded_here_is_known_at_once_and_forgotten_when_undone():
    new = {"id": 99, "code": "NEW", "slug": "new", "name": "New Council", "kind": "unitary", "partner": True}
    with pytest.raises(queries.UnknownBody):
        queries.body("NEW")
    with transaction.atomic():
        actions.found_body(**new, colour="#000000", accent="#ffffff", at=world.BUILT, by=world.BY)
        assert queries.body("NEW").name == "New Council"
        transaction.set_rollback(True)
    with pytest.raises(queries.UnknownBody):
        queries.body("NEW")
