"""Every page of the style guide, in a real browser: readable by everyone, at both widths, with and without scripts."""

import pytest

from moothall.ui.views.styleguide import _contexts

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.mark.parametrize(("width", "scripts"), [(320, False), (1280, True)])
def test_the_style_guide_is_accessible(visit, width, scripts):
    page, found = visit.window(width=width, scripts=scripts), {}
    for name in _contexts():
        page.goto(f"{visit.site}/styleguide/{name}/")
        if wrong := visit.wrong_with(page):
            found[name] = wrong
    assert not found, "\n".join(f"{name}: {line}" for name, lines in found.items() for line in lines)
