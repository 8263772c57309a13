"""Every address says who may open it; a new one without a guard fails here."""

import inspect

import pytest
from django.urls import get_resolver
from django.views.generic import RedirectView

from moothall.bodies.rules.kinds import Role
from moothall.casework.api.cases import api

PUBLIC_OPERATIONS = {
    "list_services": "services are public",
    "get_service": "services are public",
    "open_case": "whoever needs a service may ask for it; the rate is limited",
    "get_case": "a contact that the case was opened with is shown in a header, and tries are limited",
    "list_events": "a contact that the case was opened with is shown in a header, and tries are limited",
}
OF_THE_API = {"api/v1/openapi.json": "the API's document is public", "api/v1/": "says that the document is next door"}


def of_the_sign_in(address, view) -> bool:
    """Tell whether a view is allauth's own, or sends on to one: allauth asks who is there itself."""
    kind = getattr(view, "view_class", None) or inspect.unwrap(view)
    return address.startswith("sign-in/") and (kind is RedirectView or kind.__module__.startswith("allauth."))


def of_the_api(address, view) -> bool:
    """Tell whether a view is ninja's: its operations are looked at one by one below."""
    return address in OF_THE_API or view.__module__.startswith("ninja.")


def everything(resolver=None, prefix=""):
    """Return every (address, view) that the resolver knows."""
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from everything(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry.callback


def routes():
    """Return every (address, view) of ours."""
    for address, view in everything():
        if not of_the_sign_in(address, view) and not of_the_api(address, view):
            yield address, view


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


def operations():
    """Return every operation of the API."""
    for _, router in api._routers:
        for view in router.path_operations.values():
            yield from view.operations


def test_an_operation_of_the_api_asks_for_a_key_or_is_listed_as_public():
    found = list(operations())
    open_to_all = {operation.operation_id for operation in found if not operation.auth_callbacks}
    assert open_to_all == set(PUBLIC_OPERATIONS), "give the operation auth=..., or list it with the reason it is public"
    assert len(found) == sum(view.__module__.startswith("ninja.operation") for _, view in everything()), (
        "another NinjaAPI: look at its operations here too"
    )
