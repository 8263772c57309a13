"""Anybody works a published case out with figures and weights of their own, without signing in."""

import datetime as dt

import pytest

from moothall.appraisal import actions
from moothall.appraisal.models import Fork
from moothall.appraisal.rules import forking
from moothall.appraisal.rules.reading import fingerprint_of_data
from moothall.appraisal.tests.test_workbench import AT, BY, SECRET, SHORT, published

pytestmark = pytest.mark.django_db


def judged():
    """Return criteria under which the option that costs less is the worse one, sealed and scored."""
    scale = {"what": "Reach", "nought": "None", "hundred": "All"}
    weights = {"who": "The council", "on": "2026-10-01", "swings": {"reach": 100, "speed": 0}}
    score = {"why": "Plan", "source": "Sheet", "author": "Panel", "on": "2026-11-01"}
    criteria = {
        "scales": {"reach": scale, "speed": scale | {"what": "Speed"}}, "weights": {"council": weights},
        "scores": {
            "now": {"reach": score | {"figure": 80}, "speed": score | {"figure": 10}},
            "in-house": {"reach": score | {"figure": 40}, "speed": score | {"figure": 90}},
        },
    }  # fmt: skip
    return criteria | {
        "seal": {"on": "2026-10-02", "who": "Scrutiny", "hash": fingerprint_of_data({"criteria": criteria})}
    }


def sent(document, **changes):
    given = {f"figure-{name}": one.get("value", "") for name, one in document["inputs"].items()}
    return given | changes


def test_somebody_s_own_figures_and_weights_stand_beside_the_official_ones(client):
    edition = published(criteria=judged())
    url = f"/appraisals/{edition.slug}/1/yours/"
    page = client.get(url).content.decode()
    assert "Reach" in page
    assert "Cost after redesign" in page
    own = sent(edition.document, **{"figure-cost_then": "1,200", "weight-reach": 10, "weight-speed": 50})
    answer = client.post(url, own)
    assert answer.status_code == 302
    said = client.get(answer["Location"]).content.decode()
    assert "With these figures “now” costs society least; in the official result it is “in-house”." in said
    assert "Cost after redesign: £1,200 (official: £900)" in said
    assert "The council: now" in said
    assert "Yours: in-house" in said
    official = client.get(f"/appraisals/{edition.slug}/1/").content.decode()
    assert "1,200" not in official
    again = client.post(f"{answer['Location']}change/", own | {"figure-cost_then": "930"}, follow=True)
    assert "“in-house” costs society least, as in the official result." in again.content.decode()
    assert client.get(f"{answer['Location']}tables/gains.csv").status_code == 200


def test_a_fork_holds_numbers_only_and_its_address_is_kept_nowhere():
    edition = published()
    secret = actions.fork(edition_id=edition.pk, figures={"cost_then": 800.0, "none": 1.0}, swings={}, **SHORT)
    row = Fork.objects.get()
    assert row.figures == {"cost_then": 800.0}
    assert secret not in str(vars(row))
    assert row.expires == dt.date(2027, 2, 20)


def test_a_fork_is_gone_after_its_day(client):
    edition = published()
    secret = actions.fork(edition_id=edition.pk, figures={}, swings={}, at=AT - dt.timedelta(days=91), by=BY)
    assert client.get(f"/appraisals/worked-out/{secret}/").status_code == 404
    assert client.get("/appraisals/worked-out/guessed/").status_code == 404
    assert actions.forget_forks(**SHORT) == 1
    assert Fork.objects.count() == 0


def test_a_withheld_figure_has_to_be_assumed(client):
    edition = published([SECRET])
    url = f"/appraisals/{edition.slug}/1/yours/"
    assert "assume a figure yourself" in client.get(url).content.decode()
    assert client.post(url, sent(edition.document)).status_code == 422
    answer = client.post(url, sent(edition.document, **{"figure-cost_then": "700"}), follow=True)
    said = answer.content.decode()
    assert "700 (official: withheld)" in said
    assert "£900" not in said


def test_what_is_no_number_is_refused_beside_its_field(client):
    edition = published(criteria=judged())
    url = f"/appraisals/{edition.slug}/1/yours/"
    weights = {"weight-reach": 10, "weight-speed": 0}
    for wrong in ({"figure-cost_then": "lots"}, {"figure-cost_then": "1e300"}, {"weight-reach": 0}):
        assert client.post(url, sent(edition.document, **weights) | wrong).status_code == 422
    assert Fork.objects.count() == 0


def test_nobody_works_out_more_than_the_server_can_bear(client):
    edition = published()
    url, given = f"/appraisals/{edition.slug}/1/yours/", sent(edition.document)
    answers = [client.post(url, given).status_code for _time in range(31)]
    assert answers[:30] == [302] * 30
    assert answers[30] == 422


def test_a_figure_outside_its_range_counts_as_certain_and_no_class_stands_in_for_it():
    given = {"value": 900, "unit": "£", "reference_class": "sharing-back-offices",
             "spread": {"shape": "triangular", "low": 800, "high": 1000, "source": "Guess"}}  # fmt: skip
    document = {"inputs": {"cost": given}, "points": 1 << 20}
    inside = forking.forked(document, {"cost": 850.0}, {})
    outside = forking.forked(document, {"cost": 1200.0}, {})
    assert "spread" in inside["inputs"]["cost"]
    assert "spread" not in outside["inputs"]["cost"]
    assert "reference_class" not in inside["inputs"]["cost"]
    assert inside["points"] == 65536
    assert document["inputs"]["cost"]["value"] == 900
