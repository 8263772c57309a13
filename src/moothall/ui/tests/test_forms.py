"""Fields of our own, as people fill them in."""

from datetime import date

import pytest
from django import forms

from moothall.ui import charts
from moothall.ui.forms import DayField, PlaceField
from moothall.ui.templatetags.gds import gds_field, nested


class Form(forms.Form):
    when = DayField(label="When?")
    place = PlaceField(label="Where?", required=False)


def form(**typed):
    return Form(data={name.replace("_", "-"): value for name, value in typed.items()})


def test_a_day_typed_in_three_boxes_becomes_a_date():
    found = form(when_day="24", when_month="11", when_year="2026")
    assert found.is_valid()
    assert found.cleaned_data["when"] == date(2026, 11, 24)


@pytest.mark.parametrize(("day", "month", "year"), [("31", "2", "2026"), ("x", "1", "2026"), ("1", "", "2026")])
def test_a_day_that_is_none_is_refused_and_what_was_typed_is_kept(day, month, year):
    found = form(when_day=day, when_month=month, when_year=year)
    assert found.errors["when"] == ["Enter a real date, such as 24 11 2026."]
    assert f'value="{day}"' in gds_field(found["when"])


def test_a_place_from_the_map_has_numbers():
    found = form(when_day="1", when_month="1", when_year="2026", place_lat="52.4", place_lon="-2.0", place_label="Ford")
    assert found.is_valid()
    assert (found.cleaned_data["place"]["lat"], found.cleaned_data["place"]["label"]) == (52.4, "Ford")


@pytest.mark.parametrize(("lat", "lon"), [("91", "0"), ("nan", "1"), ("52", ""), ("<script>", "1")])
def test_half_a_place_or_one_off_the_earth_is_only_what_was_typed(lat, lon):
    found = form(when_day="1", when_month="1", when_year="2026", place_lat=lat, place_lon=lon, place_search="Mill Lane")
    assert found.is_valid()
    assert found.cleaned_data["place"]["lat"] is None
    assert found.cleaned_data["place"]["search"] == "Mill Lane"


def test_a_place_offered_again_shows_what_was_found_and_what_was_typed():
    found = form(place_search='Mill "Lane"')
    found.fields["place"].found = [("usrn:1", "Mill Lane, Ashby"), ("usrn:2", "Mill Lane, Borley")]
    html = gds_field(found["place"])
    assert "Mill &quot;Lane&quot;" in html
    assert html.count('name="place-choice"') == 2


def test_what_people_type_is_never_markup():
    found = form(when_day="<b>", when_month="1", when_year="2026")
    assert "<b>" not in gds_field(found["when"])


def test_two_underscores_lead_inside_and_one_begins_a_new_word():
    assert nested({"label__text": "Name", "prevent_double_click": True, "classes": None}) == {
        "label": {"text": "Name"},
        "preventDoubleClick": True,
    }


def test_a_chart_says_what_it_shows_and_escapes_it():
    svg = charts.bars([("<i>", 3), ("Ford", 0)], title="Paid & owed", description="All of it")
    assert "<title" in svg
    assert "Paid &amp; owed" in svg
    assert "<i>" not in svg


def drawn(*months):
    words = {"title": "t", "description": "d", "kept": "Kept", "missed": "Missed", "unsaid": "Not shown"}
    return charts.kept_and_missed(list(months), **words)


def test_what_is_known_of_a_month_is_drawn_where_not_all_may_be_said():
    svg = drawn(("Jan", 44, 0, 4))
    assert "Not shown" in svg
    assert svg.count('class="mh-chart__unsaid"') == 2  # the key's and the month's
    assert "Not shown" not in drawn(("Jan", 44, 5, 0))


def test_a_month_too_small_to_publish_is_a_dash_and_no_bar():
    svg = drawn(("Jan", None, None, 0))
    assert "–" in svg
    assert svg.count("<rect") == 3  # the key's two and the hatch's one


def test_a_line_of_one_value_can_be_drawn():
    assert "<circle" in charts.sparkline([5], title="Steady")
