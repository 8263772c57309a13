"""Marchshire: the same for the same seed, whole, and without a gap in its borders."""

from collections import Counter

import pytest
import shapely

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.simulation import actions
from moothall.simulation.rules.county import marchshire
from moothall.simulation.rules.land import DISTRICTS


@pytest.fixture(scope="module")
def county():
    return marchshire()


def shape(county, name, kind="body"):
    area = next(a for a in county.areas if a["kind"] == kind and a["name"] == name)
    return shapely.MultiPolygon([(p[0], p[1:]) for p in area["polygons"]])


def test_the_same_seed_gives_the_same_county_and_another_seed_another(county):
    assert marchshire() == county
    assert marchshire(7).streets != county.streets


def test_it_has_about_twenty_thousand_homes_and_nobody_shares_an_identifier(county):
    assert 19_000 < len(county.dwellings) < 26_000
    assert len({home["uprn"] for home in county.dwellings}) == len(county.dwellings)
    assert len({street["usrn"] for street in county.streets}) == len(county.streets)
    assert all(len(street["usrn"]) == 8 for street in county.streets)


def test_no_two_homes_share_an_address(county):
    addresses = Counter((home["usrn"], home["number"], home["name"]) for home in county.dwellings)
    assert [address for address, times in addresses.items() if times > 1] == []


def test_the_four_districts_make_up_the_county_exactly(county):
    whole = shape(county, "Marchshire")
    parts = [shape(county, name) for name in DISTRICTS]
    assert shapely.union_all(parts).symmetric_difference(whole).area == 0
    assert sum(part.area for part in parts) == pytest.approx(whole.area)


def test_wards_make_up_their_district_exactly(county):
    for body, name in ((2, "Ashby"), (9, "Eastwold"), (11, "Fenmouth")):
        wards = [shape(county, a["name"], "ward") for a in county.areas if a["kind"] == "ward" and a["body_id"] == body]
        assert len(wards) >= 5
        assert shapely.union_all(wards).symmetric_difference(shape(county, name)).area == 0
        assert sum(ward.area for ward in wards) == pytest.approx(shape(county, name).area)


def test_every_area_is_a_valid_shape(county):
    for area in county.areas:
        assert shape(county, area["name"], area["kind"]).is_valid, area["name"]


def test_homes_stand_beside_their_own_street_and_not_on_any(county):
    lines = {street["usrn"]: shapely.LineString(street["line"]) for street in county.streets}
    tree = shapely.STRtree(list(lines.values()))
    for home in county.dwellings[::97]:
        point = shapely.Point(home["easting"], home["northing"])
        assert lines[home["usrn"]].distance(point) < 40
        assert tree.query_nearest(point, return_distance=True)[1][0] > 6


def test_postcodes_are_of_an_area_that_does_not_exist_and_hold_some_sixteen_homes(county):
    sizes = Counter(home["postcode"] for home in county.dwellings)
    assert all(code.startswith("ZM") for code in sizes)
    assert max(sizes.values()) < 30
    assert 6 < sum(sizes.values()) / len(sizes) < 20


def test_nobody_in_it_can_be_reached(county):
    assert all(post["email"].endswith(".example") for post in county.staff)
    assert len({post["email"] for post in county.staff}) == len(county.staff)
    assert all(body["signpost_phone"].startswith(("01632 96", "08081 570")) for body in county.bodies)


def test_a_county_that_was_stopped_half_way_is_not_taken_for_a_whole_one(db, settings, tmp_path):
    settings.MOOTHALL_DATA = tmp_path
    (tmp_path / actions.HALF).touch()

    with pytest.raises(actions.HalfLaidOut, match="--afresh"):
        actions.fill(at=now(), by=Actor.system("test"))

    (tmp_path / actions.HALF).unlink()
    assert actions.fill(at=now(), by=Actor.system("test")) == "there already"
