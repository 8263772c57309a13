"""What authors change: only what is theirs to write, in a form a person can use, and what it does to the result."""

import pytest
from tests.world import ASHBY, BORLEY, as_staff

from moothall.appraisal import actions
from moothall.appraisal.models import Case, Change
from moothall.appraisal.tests.small import given, small
from moothall.appraisal.tests.test_workbench import SHORT, as_body, begun, changed

pytestmark = pytest.mark.django_db


def test_a_stop_names_its_partner_by_body_and_stays_its_own_whatever_the_body_is_called():
    stop = {"partner": "Borley", "stage": "decision", "on": "2026-11-01", "why": "Too dear for us"}
    row = begun(stops=[stop | {"partner": "The borough", "body": BORLEY}])
    with as_body():
        actions.let_in(case_id=row.pk, body_id=BORLEY, **SHORT)
    with pytest.raises(actions.NotYourStop, match="Only staff of Borley"):
        changed(row, ("stops", 0, "withdrawn_on"), "2026-11-20")

    changed(row, ("stops", 1), stop | {"body": ASHBY}, body_id=BORLEY)
    changed(row, ("stops", 2), stop | {"partner": "Friends of the library"})
    changed(row, ("stops", 0, "why"), "Still too dear", body_id=BORLEY)

    with as_body():
        assert [one.get("body") for one in Case.objects.get().document["stops"]] == [BORLEY, BORLEY, None]
        assert Change.objects.get(path=["stops", 1, "body"]).before == ASHBY


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("state",), "closed"),
        ((), {"title": "Another"}),
        (("nowhere",), "Something"),
        (("criteria", "seal"), {"on": "2026-11-22", "who": "Nobody", "hash": "abc"}),
        (("criteria",), {"seal": {"on": "2026-11-22", "who": "Nobody", "hash": "abc"}}),
        (("inputs", "cost_now", "read"), {"what": "cost"}),
        (("inputs", "cost_now"), given(7, read={"what": "cost"})),
        (("options", "now", "basis"), {}),
    ],
)
def test_what_is_done_by_an_act_of_its_own_is_never_written(path, value):
    row = begun()

    with pytest.raises(actions.NotWritten, match="not written but done"):
        changed(row, path, value)


def test_a_figure_that_was_read_is_read_no_more_once_somebody_writes_over_it():
    data = small()
    data["inputs"]["cost_now"]["read"] = {"what": "cost", "body": "Ashby", "service": "billing"}
    row = begun(inputs=data["inputs"])

    changed(row, ("inputs", "cost_now", "spread"), {"shape": "normal", "sd": 4, "source": "Guess"})
    with as_body():
        assert "read" in Case.objects.get().document["inputs"]["cost_now"]
    changed(row, ("inputs", "cost_now", "value"), 1001)

    with as_body():
        assert "read" not in Case.objects.get().document["inputs"]["cost_now"]
        assert list(Change.objects.filter(version=3).values_list("path", flat=True)) == [
            ["inputs", "cost_now", "value"], ["inputs", "cost_now", "read"],
        ]  # fmt: skip


def test_the_result_says_what_the_last_change_did_to_each_option(client):
    row = begun()
    as_staff(client, ASHBY, "manager")
    url = f"/staff/appraisals/at/{row.slug}/result/"
    assert "What the last change did" not in client.get(url).content.decode()

    changed(row, ("inputs", "cost_then", "value"), 990, why="Quoted anew")
    page = client.get(url).content.decode()
    assert "Quoted anew" in page
    assert "“now” costs society least now; before it was “in-house”<" in page
    assert (page.count('data-label="Place before">1</td>'), page.count('data-label="Place before">2</td>')) == (1, 1)
    assert 'data-label="Gain before">£140</td>' in page
    changed(row, ("title",), "Bills")
    assert "no option moved" in client.get(url).content.decode()


def test_the_result_says_what_leaving_costs_at_the_end_of_each_year(client):
    data = small()
    data["options"]["in-house"]["exit"]["leaving"] = {"times": ["training"], "by_year": [3, 2, 1]}
    row = begun(options=data["options"])
    as_staff(client, ASHBY, "manager")
    url = f"/staff/appraisals/at/{row.slug}/result/"

    page = client.get(url).content.decode()
    assert [f'data-label="in-house">£{cost}</td>' in page for cost in (450, 300, 150)] == [True] * 3
    sheet = client.get(f"{url}leaving.csv").content.decode().splitlines()
    assert sheet == ["Left at the end of,in-house", "2027-28,450.0", "2028-29,300.0", "2029-30,150.0"]


def test_the_figures_of_a_line_are_chosen_in_a_few_boxes_and_not_ticked_in_a_long_list(client):
    row = begun(inputs=small()["inputs"] | {f"f{number}": given(number, f"Figure {number}") for number in range(9)})
    as_staff(client, ASHBY, "manager")
    url = f"/staff/appraisals/at/{row.slug}/in/options/in-house/lines/running/"

    page = client.get(url).content.decode()
    assert page.count('name="times_') == 3
    assert 'type="checkbox"' not in page
    assert "Figure 4 (4 £)" in page or "Figure 4 (£4)" in page
    sent = {"what": "Running it", "kind": "operating", "times_0": "f4", "times_1": "", "times_2": "cost_then",
            "profile": "every", "prices": "real", "why": "Split", "seen": row.version}  # fmt: skip
    assert client.post(url, sent).status_code == 302

    with as_body():
        assert Case.objects.get().document["options"]["in-house"]["lines"]["running"]["times"] == ["f4", "cost_then"]
    assert 'name="times_2"' in client.get(url).content.decode(), "there is a box for one more"
