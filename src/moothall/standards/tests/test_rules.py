"""Open311 as it is written and read, worked by hand from the specification."""

import datetime as dt
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from moothall.catalogue import queries as catalogue
from moothall.core import spark
from moothall.standards.rules import attributes, parameters

SERVICES = Path(__file__).parents[4] / "services"
AT = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def service(name):
    return catalogue.from_folder(SERVICES / name)


def test_every_question_of_a_pothole_but_its_place_and_photo_is_an_attribute():
    found = attributes.attributes(service("report-pothole"))
    assert [(a["code"], a["datatype"], a["required"]) for a in found] == [
        ("surface", "singlevaluelist", True),
        ("width", "singlevaluelist", True),
        ("depth", "singlevaluelist", True),
        ("avoiding", "singlevaluelist", False),
        ("more", "text", False),
    ]
    assert [a["order"] for a in found] == [1, 2, 3, 4, 5]
    assert found[0]["values"][0] == {"key": "road", "name": "A road"}
    assert found[3]["description"].endswith("(asked only where other answers lead to it)")
    assert attributes.attributes(service("report-pothole"), "cy")[0]["values"][0]["name"] == "Ffordd"


@pytest.mark.parametrize(
    ("name", "can"),
    [("report-pothole", True), ("street-light", True), ("fly-tipping", True),
     ("bulky-waste", False), ("garden-waste", False), ("missed-bin", False), ("complaint", False)],
)  # fmt: skip
def test_only_what_can_be_reported_whole_is_listed(name, can):
    assert attributes.can_be_asked(service(name)) is can


def test_a_needed_question_without_an_attribute_keeps_a_service_off_the_list():
    pothole = service("report-pothole")
    photo = pothole.ask["photo"].model_copy(update={"optional": False})
    assert not attributes.can_be_asked(pothole.model_copy(update={"ask": pothole.ask | {"photo": photo}}))


def test_attributes_become_answers_and_what_is_no_attribute_is_named():
    given = {"what": ["bags", "tyres"], "amount": ["bag"], "vehicle_make": ["Ford"], "fixmystreet_id": ["12"],
             "colour": ["red"], "where": ["here"], "saw": [""]}  # fmt: skip
    found, unknown = attributes.answers(service("fly-tipping"), given)
    assert found == {"what": ["bags", "tyres"], "amount": "bag", "vehicle": {"make": "Ford"}}
    assert unknown == ["colour", "where"]


def test_xml_declares_utf_8_and_json_leaves_the_root_out():
    content = [{"service_code": "x", "service_name": "Tŷ & gardd", "metadata": True, "media_url": None}]
    xml = spark.write("xml", "services", content)
    assert xml.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    (one,) = ElementTree.fromstring(xml)
    assert (one.tag, one[1].text, one[2].text, one[3].text) == ("service", "Tŷ & gardd", "true", None)
    assert json.loads(spark.write("json", "services", content)) == content
    assert ElementTree.fromstring(spark.write("xml", "errors", [{"code": 400, "description": "a\x00b"}]))


def test_a_span_is_the_last_ninety_days_unless_said_and_never_longer():
    days = dt.timedelta(days=90)
    assert parameters.span("", "", AT) == (AT - days, AT)
    assert parameters.span("2026-01-01T00:00:00Z", "", AT)[1] == dt.datetime(2026, 4, 1, tzinfo=dt.UTC)
    assert parameters.span("", "2026-05-01T00:00:00+01:00", AT)[1] == dt.datetime(2026, 4, 30, 23, tzinfo=dt.UTC)
    with pytest.raises(parameters.Unclear, match="at most 90 days"):
        parameters.span("2026-01-01T00:00:00Z", "2026-05-01T00:00:00Z", AT)


@pytest.mark.parametrize("said", ["2026-01-01", "2026-01-01T00:00:00", "yesterday", "0001-01-01T00:00:00Z"])
def test_a_moment_without_its_zone_is_refused_with_what_to_send(said):
    with pytest.raises(parameters.Unclear, match="2026-03-31T09:00:00Z"):
        parameters.span("", said, AT)


def test_lists_ids_and_states_are_read_between_commas():
    assert parameters.several(" a, b,,") == ["a", "b"]
    assert parameters.ids("x,0192f000-0000-7000-8000-000000000000")[0].version == 7
    assert (parameters.ids(""), parameters.ids("x")) == (None, [])
    assert (parameters.opened("open"), parameters.opened("closed"), parameters.opened("open,closed")) == (
        True, False, None,
    )  # fmt: skip
    with pytest.raises(parameters.Unclear):
        parameters.opened("fixed")


def test_attributes_are_read_once_or_many_times_under_one_code():
    sent = {"attribute[a]": ["1"], "attribute[b][]": ["2", "3"], "attribute[c][0]": ["\x004"], "lat": ["5"]}
    assert parameters.attributes(sent) == {"a": ["1"], "b": ["2", "3"], "c": ["4"]}
    assert parameters.point("52.4", "-2.1") == (52.4, -2.1)
    for wrong in [("52.4", ""), ("nan", "1"), ("152", "1")]:
        with pytest.raises(parameters.Unclear):
            parameters.point(*wrong)
