"""The pages that staff are led to: those of their role, and of what their body does."""

from types import SimpleNamespace

import pytest

from moothall.site import navigation


def titles(kind, *roles, path="/"):
    request = SimpleNamespace(acting_body=SimpleNamespace(kind=kind), roles=frozenset(roles), path=path)
    return navigation.pages(request)


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("county", ["Jobs", "Ideas"]),
        ("district", ["Rounds", "Visits", "Ideas"]),
        ("unitary", ["Jobs", "Rounds", "Visits", "Ideas"]),
    ],
)
def test_a_crew_is_led_only_to_what_its_body_does(kind, seen):
    assert [page["title"] for page in titles(kind, "crew")] == seen


def test_one_page_at_most_is_the_open_one():
    pages = titles("unitary", "crew", path="/crew/waste/")
    assert [page["title"] for page in pages if page["active"]] == ["Visits"]


def test_whoever_has_no_role_is_led_nowhere():
    assert navigation.pages(SimpleNamespace(acting_body=None, roles=frozenset(), path="/")) == []
