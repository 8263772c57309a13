"""The directory of services by Open Referral UK 3.0, held against its fields as the standard lists them."""

import datetime as dt
from uuid import UUID

import pytest
from django.core.cache import cache
from tests.world import ASHBY

from moothall.core.ports import Answer, access_points

pytestmark = pytest.mark.django_db
ROOT = "/open-referral/v3/"

#: Fields by object: "!" after a name means required. Restated from the schemas of Open Referral UK 3.0
#: (https://docs.openreferraluk.org/). A list or an object names its own table.
FIELDS = {
    "service": "id! organization_id name! description url email status! fees accreditations minimum_age maximum_age "
    "assured_date assurer_email alert last_modified schedules service_areas:area service_at_locations:at_location "
    "languages organization:organization funding cost_options:cost contacts attributes:attribute",
    "organization": "id! name! description! email website logo uri parent_organization_id organization_identifiers "
    "attributes:attribute",
    "area": "id! service_id name extent extent_type uri service_area",
    "at_location": "id! service_id location_id location:location service:service",
    "location": "id! location_type! name description latitude longitude external_identifier "
    "external_identifier_type addresses accessibility:access attributes:attribute",
    "access": "id! location_id description details url",
    "cost": "id! service_id valid_from valid_to option amount amount_description",
    "attribute": "id! link_id taxonomy_term_id link_type taxonomy_term:term",
    "term": "id! name! description! parent_id taxonomy taxonomy_id term_uri term",
    "taxonomy": "id! name! description! uri version",
}
IDS = ("id", "organization_id", "service_id", "location_id", "link_id", "taxonomy_term_id", "taxonomy_id")
URIS = ("url", "website", "uri", "term_uri")
OF = {"status": {"active", "inactive", "defunct", "temporarily closed"},
      "location_type": {"physical", "postal", "virtual"}}  # fmt: skip


def faults(item: dict, kind: str, where: str = "") -> list[str]:
    """Return what in an object is not as the standard says."""
    known = dict(part.replace("!", "").partition(":")[::2] for part in FIELDS[kind].split())
    needed = {part.rstrip("!") for part in FIELDS[kind].split() if part.endswith("!")}
    found = [f"{where}{name} is missing" for name in needed - item.keys()]
    found += [f"{where}{name} is not known" for name in item.keys() - known.keys()]
    for name, value in item.items():
        if known.get(name):
            for one in value if isinstance(value, list) else [value]:
                found += faults(one, known[name], f"{where}{name}.")
        elif name in ("amount", "latitude", "longitude"):
            found += [] if isinstance(value, int | float) else [f"{where}{name} is no number"]
        else:
            found += [f"{where}{name}: {value!r}"] if not _good(name, value) else []
    return found


def _good(name: str, value) -> bool:
    if not isinstance(value, str) or not value:
        return False
    if name in IDS:
        return str(UUID(value)) == value
    if name in URIS:
        return value.startswith("http")
    if name == "last_modified":
        return dt.datetime.fromisoformat(value).tzinfo is not None and value[-5] == "."
    return name not in OF or value in OF[name]


@pytest.fixture
def get(client, db):
    cache.clear()

    def read(path="", **params):
        answer = client.get(ROOT + path, params)
        assert answer["Access-Control-Allow-Origin"] == "*"
        return answer

    return read


def everything(get, path, **params):
    """Return all items of a list, page by page."""
    items, said = [], {"last_page": False}
    while not said["last_page"]:
        said = get(path, per_page="100", page=str(said.get("page_number", 0) + 1), **params).json()
        assert len(said["contents"]) == said["size"]
        items += said["contents"]
    assert len(items) == said["total_items"]
    return items


def test_it_says_which_standard_it_is(get):
    assert get().json()["version"] == "HSDS-UK-3.0"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("services", "service"), ("taxonomies", "taxonomy"), ("taxonomy_terms", "term"),
     ("service_at_locations", "at_location")],
)  # fmt: skip
def test_each_list_and_each_of_its_items_is_as_the_standard_says(get, path, kind):
    items = everything(get, path)
    assert items
    assert [fault for item in items for fault in faults(item, kind)] == []
    assert len({item["id"] for item in items}) == len(items)
    whole = get(f"{path}/{items[0]['id']}").json()
    assert (faults(whole, kind), whole["id"]) == ([], items[0]["id"])
    assert get(f"{path}/{UUID(int=0)}").status_code == 404


def test_every_service_is_whole_by_itself(get):
    seen = set()
    for item in everything(get, "services"):
        whole = get(f"services/{item['id']}").json()
        assert faults(whole, "service") == []
        seen |= whole.keys()
    assert {"cost_options", "attributes", "service_areas", "service_at_locations"} <= seen


def test_a_service_is_at_the_counters_where_one_can_ask_for_it(get, monkeypatch):
    hall = {
        "id": UUID(int=7), "body_id": ASHBY, "name": "Town hall", "address": "14 Mill Lane, Ashby",
        "postcode": "ZM1 1EF", "hours": "Mo-Fr 09:00-17:00", "services": ["missed-bin"],
        "lat": 52.4, "lon": -2.0, "access": ["step-free"],
    }  # fmt: skip
    answer = Answer("tests", frozenset(), lambda body_id, service_id: [hall])
    monkeypatch.setattr(access_points, "_answers", {"tests": answer})
    there = [one for one in everything(get, "service_at_locations") if one["location"]["location_type"] == "physical"]
    (one,) = there
    assert faults(one, "at_location") == []
    assert one["service"]["name"] == "Report a missed bin"
    assert one["location"]["description"] == "14 Mill Lane, Ashby, ZM1 1EF. Open Monday to Friday, 9am to 5pm."
    assert one["location"]["accessibility"][0]["description"] == "step free"


def test_a_fault_is_found():
    good = {"id": str(UUID(int=1)), "name": "x", "status": "active"}
    assert faults(good, "service") == []
    for wrong in ({"status": "on"}, {"url": "x"}, {"nmae": "x"}, {"name": ""}, {"organization": {"id": good["id"]}}):
        assert faults(good | wrong, "service")


def test_services_are_found_by_words_term_and_organisation(get):
    names = {item["name"] for item in everything(get, "services", search="hole in the road")}
    assert "Report a pothole" in names
    (lgsl,) = [term for term in everything(get, "taxonomy_terms") if term.get("term") == "587"]
    dumped = everything(get, "services", taxonomy_term_id=lgsl["id"])
    assert {item["name"] for item in dumped} == {"Report dumped rubbish"}
    mine = everything(get, "services", organization_id=dumped[0]["organization_id"])
    assert {item["organization"]["name"] for item in mine} == {dumped[0]["organization"]["name"]}
    assert everything(get, "services", modified_after="2050-01-01T00:00:00Z") == []
    assert "Eastwold" not in str(everything(get, "services"))


def test_a_list_comes_in_pages(get):
    first, second = get("services", per_page="2").json(), get("services", page="2", per_page="2").json()
    assert (first["first_page"], first["last_page"], first["size"]) == (True, False, 2)
    assert not {one["id"] for one in first["contents"]} & {one["id"] for one in second["contents"]}
    beyond = get("services", page="999").json()
    assert (beyond["empty"], beyond["contents"]) == (True, [])
    assert set(get("services", minimal="true").json()["contents"][0]) == {"id", "name", "status"}


@pytest.mark.parametrize("wrong", [{"page": "0"}, {"page": "x"}, {"per_page": "-1"}, {"modified_after": "today"}])
def test_what_cannot_be_answered_says_what_to_send(get, wrong):
    answer = get("services", **wrong)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "such as" in answer.json()["title"]
