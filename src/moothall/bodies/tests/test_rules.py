"""Who is responsible, by the law's table and its exceptions, on land that can be drawn on a napkin."""

from datetime import date

import pytest

from moothall.bodies.rules.duties import DUTIES, FIND_A_COUNCIL, kinds_of_work
from moothall.bodies.rules.index import PlaceIndex
from moothall.bodies.rules.kinds import Kind, Role
from moothall.bodies.rules.projection import to_grid, to_lat_lon
from moothall.bodies.rules.shapes import AreaFact, BodyFact, ExceptionFact, StreetFact

COUNTY, ASHBY, BORLEY, UNITARY, OPERATOR, LANDLORD = range(1, 7)


def square(west, south, size):
    return [[[(west, south), (west, south + size), (west + size, south + size), (west + size, south)]]]


def body(id, name, kind, partner=True, **more):
    return BodyFact(id, name[:3].upper(), name.lower(), name, kind, partner, **more)


@pytest.fixture
def land():
    """Two districts side by side in one county, a unitary council to the east, nothing beyond."""
    bodies = [
        body(COUNTY, "Marchshire", Kind.COUNTY),
        body(ASHBY, "Ashby", Kind.DISTRICT),
        body(BORLEY, "Borley", Kind.DISTRICT),
        body(UNITARY, "Fenmouth", Kind.UNITARY, partner=False, signpost_url="https://fenmouth.example"),
        body(OPERATOR, "Trunk", Kind.ROAD_OPERATOR, partner=False, signpost_phone="08081 570100"),
        body(LANDLORD, "Homes", Kind.LANDLORD, partner=False),
    ]
    county = [[[(0, 0), (0, 1000), (2000, 1000), (2000, 0)]]]
    areas = [
        AreaFact(1, "body", "Marchshire", COUNTY, county),
        AreaFact(2, "body", "Ashby", ASHBY, square(0, 0, 1000)),
        AreaFact(3, "body", "Borley", BORLEY, square(1000, 0, 1000)),
        AreaFact(4, "body", "Fenmouth", UNITARY, square(2000, 0, 1000)),
        AreaFact(5, "ward", "Ashby Castle", ASHBY, square(0, 0, 500)),
    ]
    streets = [
        StreetFact("99000001", "Mill Lane", "Ashby", [(100, 100), (400, 100)]),
        StreetFact("99000002", "Wold Way", "", [(100, 300), (900, 300)], "trunk"),
    ]
    exceptions = [
        ExceptionFact(OPERATOR, ("highways",), "Infrastructure Act 2015 s.1", usrn="99000002"),
        ExceptionFact(LANDLORD, ("home-repairs",), "Landlord and Tenant Act 1985 s.11", uprn="990000000101"),
    ]
    return PlaceIndex(bodies, areas, streets, exceptions)


def test_in_a_two_tier_area_roads_are_the_county_s_and_bins_the_district_s(land):
    assert land.responsible("highways", 200, 110).body_id == COUNTY
    assert land.responsible("waste-collection", 200, 110).body_id == ASHBY
    assert land.responsible("waste-collection", 1500, 110).body_id == BORLEY


def test_in_a_unitary_area_one_council_does_both_and_the_person_is_sent_there(land):
    roads, bins = land.responsible("highways", 2500, 500), land.responsible("waste-collection", 2500, 500)
    assert roads.body_id == bins.body_id == UNITARY
    assert not roads.partner
    assert roads.url == "https://fenmouth.example"


def test_every_kind_of_work_a_council_does_has_one_answer_in_each_tier(land):
    for row in DUTIES:
        if row.kinds[0] in (Kind.POLICE, Kind.FIRE):
            continue
        assert land.responsible(row.work, 1500, 900).body_id in (COUNTY, BORLEY), row.work
        assert land.responsible(row.work, 2500, 900).body_id == UNITARY, row.work


def test_a_point_on_the_border_goes_to_the_same_body_every_time(land):
    answers = {land.responsible("fly-tipping", 1000, y).body_id for y in range(0, 1001, 50)}
    assert answers == {ASHBY}
    assert land.responsible("fly-tipping", 2000, 500).body_id == BORLEY


def test_the_corner_where_two_districts_meet_the_open_sea_still_has_an_answer(land):
    assert land.responsible("fly-tipping", 1000, 1000).body_id == ASHBY


def test_a_trunk_road_is_the_national_operator_s_and_the_lane_beside_it_is_not(land):
    trunk = land.responsible("highways", 200, 310)
    assert (trunk.body_id, trunk.by_exception, trunk.partner) == (OPERATOR, True, False)
    assert trunk.phone == "08081 570100"
    assert land.responsible("highways", 200, 120).body_id == COUNTY


def test_bins_beside_a_trunk_road_stay_with_the_district(land):
    assert land.responsible("waste-collection", 200, 310).body_id == ASHBY


def test_the_street_that_was_chosen_counts_more_than_the_nearest_one(land):
    assert land.responsible("highways", 200, 110, usrn="99000002").body_id == OPERATOR
    assert land.responsible("highways", 200, 310, usrn="99000001").body_id == COUNTY


def test_a_landlord_mends_its_own_homes_and_no_others(land):
    assert land.responsible("home-repairs", 200, 110, uprn="990000000101").body_id == LANDLORD
    assert land.responsible("home-repairs", 200, 110, uprn="990000000202").body_id == ASHBY


def test_outside_every_area_nobody_is_named_and_the_person_is_told_where_to_look(land):
    nobody = land.responsible("highways", 9000, 9000)
    assert nobody.body_id is None
    assert nobody.url == FIND_A_COUNCIL


def test_unknown_work_is_an_error_and_not_a_guess(land):
    with pytest.raises(KeyError):
        land.responsible("dragons", 200, 110)


def test_a_body_that_has_ended_is_followed_by_its_successor_from_that_day():
    new = body(UNITARY, "Newland", Kind.UNITARY)
    old = body(ASHBY, "Ashby", Kind.DISTRICT, ends=date(2028, 4, 1), successor=UNITARY)
    index = PlaceIndex([new, old], [], [], [])
    assert index.current(ASHBY, date(2028, 3, 31)) is old
    assert index.current(ASHBY, date(2028, 4, 1)) is new
    assert index.current(ASHBY) is new


def test_areas_hold_from_their_first_day_until_the_day_before_their_end():
    bodies = [body(ASHBY, "Ashby", Kind.DISTRICT), body(UNITARY, "Newland", Kind.UNITARY)]
    merger = date(2028, 4, 1)
    areas = [
        AreaFact(1, "body", "Ashby", ASHBY, square(0, 0, 10), ends=merger),
        AreaFact(2, "body", "Newland", UNITARY, square(0, 0, 10), starts=merger),
    ]
    index = PlaceIndex(bodies, areas, [], [])
    assert index.responsible("planning", 5, 5, on=date(2028, 3, 31)).body_id == ASHBY
    assert index.responsible("planning", 5, 5, on=merger).body_id == UNITARY


def test_every_duty_names_its_law_and_its_date():
    assert all(row.source and row.starts and row.kinds for row in DUTIES)
    assert len({row.work for row in DUTIES if row.until is None}) == len(kinds_of_work())


def test_there_are_twelve_kinds_of_body_and_fourteen_roles():
    assert (len(Kind), len(Role)) == (12, 14)


@pytest.mark.parametrize("point", [(52.4, -2.0), (52.55, -1.7), (52.2, -2.4)])
def test_the_projection_comes_back_to_where_it_started_within_a_metre(point):
    lat, lon = to_lat_lon(*to_grid(*point))
    assert lat == pytest.approx(point[0], abs=0.00001)
    assert lon == pytest.approx(point[1], abs=0.00001)
