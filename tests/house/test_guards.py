"""Every address says who may open it; a new one without a guard fails here."""

import pytest
from django.urls import get_resolver

from moothall.bodies.rules.kinds import Role

BY_OTHERS = ("allauth.", "django.views.generic", "ninja.")  # these guard their own


def routes(resolver=None, prefix=""):
    """Return every (address, view) of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from routes(entry, prefix + str(entry.pattern))
        elif (prefix + str(entry.pattern)).startswith("api/v1/"):
            continue  # its operations take no session: keys and rate limits guard them, and its own tests say how
        elif not entry.callback.__module__.startswith(BY_OTHERS) and not prefix.startswith("sign-in/"):
            yield prefix + str(entry.pattern), entry.callback


ROUTES = sorted(routes(), key=lambda route: route[0])
NAMES = [name for name, _ in ROUTES]


@pytest.mark.parametrize(("address", "view"), ROUTES, ids=NAMES)
def test_an_address_says_who_may_open_it(address, view):
    guard = getattr(view, "guard", None)
    assert guard, f"decorate {view.__module__}.{view.__name__} with core.guard: anyone(why), signed_in or staff(*roles)"
    assert guard.kind in ("anyone", "signed-in", "staff", "api")
    assert guard.kind != "anyone" or len(guard.why.split()) >= 2, "say why anyone may open it"
    assert guard.roles <= {role.value for role in Role}, "there is no such role"


@pytest.mark.parametrize(("address", "view"), ROUTES, ids=NAMES)
def test_a_staff_address_is_for_staff(address, view):
    guard = getattr(view, "guard", None)
    if address.startswith(("staff/", "crew/", "desk/", "links/")) and address != "staff/body/":
        assert guard.kind == "staff"
