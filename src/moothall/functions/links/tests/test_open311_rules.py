"""What is said to a system that speaks Open311, and what its statuses mean."""

import datetime as dt
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from moothall.core import spark
from moothall.functions.links.rules import open311

TERMS = YAML(typ="safe").load((Path(__file__).parents[5] / "examples" / "open311_terms.yaml").read_text())
ASKED = {
    "step": "waste.clear", "service": "fly-tipping", "reference": "DUN-0001-234X",
    "place": {"lat": 52.4, "lon": -2.1, "label": "Mill Lane, Dunmere", "note": "behind the bins"},
    "answers": {"what": ["bags", "tyres"], "amount": "van", "saw": True, "seen_what": "Mr Brown did it"},
}  # fmt: skip
TODAY = dt.date(2026, 6, 1)


def means(status, terms=TERMS, notes=""):
    told = {"status": status, "status_notes": notes}
    return open311.meaning(terms, "waste.clear", told, reference="DS-1", today=TODAY)


def test_a_request_holds_the_place_our_reference_and_what_the_terms_name_and_nothing_more():
    assert open311.request(TERMS, ASKED) == {
        "jurisdiction_id": "dunmere.example",
        "service_code": "FLY",
        "lat": "52.4",
        "long": "-2.1",
        "address_string": "Mill Lane, Dunmere",
        "description": "bags, tyres behind the bins Our reference: DUN-0001-234X.",
        "attribute[SIZE]": "van",
    }


def test_codes_may_differ_by_service_and_several_values_are_sent_as_several():
    step = {"code": {"fly-tipping": "F1"}, "attributes": {"KIND": "what", "SEEN": "saw", "NONE": "nothing"}}
    form = open311.request({"steps": {"waste.clear": step}}, ASKED)
    assert form["service_code"] == "F1"
    assert (form["attribute[KIND][]"], form["attribute[SEEN]"]) == (["bags", "tyres"], "yes")
    assert "attribute[NONE]" not in form
    assert form["description"] == "Our reference: DUN-0001-234X."


@pytest.mark.parametrize(
    ("status", "state"),
    [("open", "accepted"), ("In progress", "accepted"), ("CLOSED", "done"), ("fixed", "done"),
     ("no_further_action", "refused"), ("", "accepted")],
)  # fmt: skip
def test_a_status_means_what_the_terms_say(status, state):
    assert means(status).state == state


def test_what_is_put_out_and_the_reason_for_a_refusal_come_from_their_words():
    step = {"code": "H", "outputs": {"risk": "low", "reason": "$notes, $reference on $today", "cost": 5}}
    answer = means("closed", {"steps": {"waste.clear": step}}, "All right $5")
    assert answer.outputs == {"risk": "low", "reason": "All right $5, DS-1 on 2026-06-01", "cost": 5}
    assert means("duplicate", notes="We know of it").reason == "We know of it"
    assert means("duplicate").reason.endswith("without doing it.")


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        (None, "under `steps`"),
        ({"steps": {}}, "under `steps`"),
        ({"steps": {"waste.clear": {}}}, "give `code`"),
        ({"steps": {"highways.repair": {"code": "H"}}}, "no step of waste"),
        ({"steps": {"waste.clear": {"code": "F", "status": []}}}, "`status` is not known"),
        ({"steps": {"waste.clear": {"code": "F", "done": "closed"}}}, "`done` as a list"),
        ({"steps": {"waste.clear": {"code": "F"}}, "format": "csv"}, "json or xml"),
        ({"steps": {"waste.clear": {"code": "F"}}, "url": "x"}, "`url` is not known"),
    ],
)
def test_terms_that_will_not_do_say_what_to_write(terms, says):
    assert says in " ".join(open311.check_terms(terms, "waste"))


def test_the_terms_of_the_example_will_do():
    assert open311.check_terms(TERMS, "waste") == []


@pytest.mark.parametrize("status", [429, 503])
def test_a_system_that_is_busy_is_asked_again_and_one_that_refuses_is_shown_to_somebody(status):
    assert open311.refusal(status, []).state == "again"
    broken = open311.refusal(400, [{"description": "lat is missing"}])
    assert (broken.state, broken.reason) == ("broken", "The other system refused the request with 400: lat is missing")
    assert open311.refusal(404, []).state == "unknown"


@pytest.mark.parametrize("wrong", [b"", b"oops", b"<a", b"[1]", b'"x"', b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"])
def test_what_is_no_list_of_theirs_is_refused(wrong):
    with pytest.raises(ValueError):
        spark.read(wrong)


def test_a_list_is_read_whichever_way_it_is_written():
    said = [{"service_request_id": "7", "status_notes": ""}]
    assert spark.read(spark.write("xml", "service_requests", said)) == said
    assert spark.read(b'{"requests": [{"service_request_id": 7, "status_notes": null}]}') == said
