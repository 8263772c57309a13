"""Public pages of bodies and places, looked at in a browser."""

import pytest

pytestmark = pytest.mark.browser
PAGES = (
    "/where/",
    "/where/?q=mill+lane",
    "/where/?q=14+mill+lane+ashby",
    "/where/?q=nowhere+at+all+xqz",
    "/where/?place=point:51.0,3.0",
    "/bodies/",
    "/bodies/marchshire/",
    "/bodies/national-trunk-roads/",
)


@pytest.mark.parametrize(("width", "scripts"), [(320, True), (1280, True), (320, False)])
def test_the_public_pages_are_accessible(visit, width, scripts):
    found = {}
    for path in PAGES:
        page = visit(path, width=width, scripts=scripts)
        if wrong := visit.wrong_with(page):
            found[path] = wrong
        page.context.close()
    assert not found, "\n".join(f"{path}: {line}" for path, lines in found.items() for line in lines)


def test_somebody_learns_who_does_what_from_a_street_name(visit):
    page = visit("/where/", width=320)
    page.get_by_label("Postcode, street or town").fill("mill lane")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Mill Lane, Ashby").click()
    assert "Marchshire County Council" in page.get_by_role("row", name="Roads, pavements and potholes").inner_text()
