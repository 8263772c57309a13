"""The place picker in a real browser: box first, map second, where I am third; by keyboard; without scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAGE = "/styleguide/place/"


def posted(page):
    """Return what the form would send."""
    return page.evaluate("Object.fromEntries(new FormData(document.querySelector('main form')))")


def test_a_street_is_found_chosen_and_sent_by_keyboard_alone(visit):
    page = visit(PAGE, width=320)
    page.focus("#id_place")
    page.keyboard.type("Mill Lane")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-place=results] input[type=radio]")
    assert "places found" in page.inner_text("[data-place=status]")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    label = page.inner_text("[data-place=results] label >> nth=0")
    assert label in page.inner_text("[data-place=status]")
    sent = posted(page)
    assert float(sent["place-lat"])
    assert sent["place-label"] == label
    assert sent["place-choice"]
    visit.check(page)


def test_another_word_forgets_the_place_that_was_chosen(visit):
    page = visit(PAGE)
    page.fill("#id_place", "Mill Lane")
    page.click("[data-place=find]")
    page.check("[data-place=results] input >> nth=0")
    page.type("#id_place", "x")
    assert posted(page)["place-lat"] == ""


def test_nothing_found_says_what_to_try(visit):
    page = visit(PAGE)
    page.fill("#id_place", "qqqqzzzz")
    page.click("[data-place=find]")
    expect(page.locator("[data-place=status]")).to_contain_text("only the street")


def test_the_middle_of_the_map_is_a_place_for_those_who_cannot_point(visit):
    page = visit(PAGE)
    page.click("text=Choose on a map")
    page.wait_for_selector("path.mh-map__district")
    page.focus(".mh-map")
    page.keyboard.press("ArrowRight")
    page.click("[data-place=middle]")
    expect(page.locator("[data-place=label]")).not_to_have_value("")
    assert float(posted(page)["place-lat"])
    visit.check(page)


def test_a_press_on_the_map_chooses_that_spot(visit):
    page = visit(PAGE)
    page.click("text=Choose on a map")
    page.wait_for_selector("path.mh-map__district")
    page.locator(".mh-map").click(position={"x": 300, "y": 150})
    expect(page.locator("[data-place=label]")).not_to_have_value("")
    assert page.locator("path.mh-map__here").count() == 1


def test_the_map_is_sent_for_when_there_is_a_place_to_show_and_room_for_it(visit):
    for width, opens in ((1280, True), (320, False)):
        page = visit(PAGE, width=width)
        assert not page.evaluate("'moothallMap' in window")
        page.fill("#id_place", "14 Mill Lane, Ashby")
        page.click("[data-place=find]")
        page.check("[data-place=results] input >> nth=0")
        if opens:
            expect(page.locator("path.mh-map__here")).to_have_count(1)
            visit.check(page)
        assert page.is_visible(".mh-map") == opens


def test_where_i_am_outside_the_area_says_what_to_do(visit):
    page = visit(PAGE)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 48.0, "longitude": 2.0})
    page.click("[data-place=here]")
    expect(page.locator("[data-place=status]")).to_contain_text("outside our area")
    assert posted(page)["place-lat"] == ""


def test_without_scripts_there_is_a_box_and_a_button_and_no_map(visit):
    page = visit(PAGE, width=320, scripts=False)
    assert page.is_visible("#id_place")
    assert page.is_visible("[data-place=find]")
    assert not page.is_visible(".mh-map")
    assert not page.is_visible("[data-place=here]")
