"""Every address says who may open it; a new one without a guard fails here."""

import inspect

import pytest
from django.urls import URLResolver, get_resolver, include, path
from django.urls.resolvers import RegexPattern
from django.views.generic import RedirectView, View
from ninja import NinjaAPI

from moothall.bodies.rules.kinds import Role
from moothall.casework.api.tracking import api
from moothall.core.guard import anyone, staff

PUBLIC_OPERATIONS = {
    "list_services": "services are public",
    "get_service": "services are public",
    "open_case": "whoever needs a service may ask for it; the rate is limited",
    "get_case": "a contact that the case was opened with is shown in a header, and tries are limited",
    **dict.fromkeys(
        ("list_events", "list_days", "choose_day"),
        "a contact that the case was opened with is shown in a header, and tries are limited",
    ),
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


def routes(resolver=None):
    """Return every (address, view) of ours."""
    for address, view in everything(resolver):
        if not of_the_sign_in(address, view) and not of_the_api(address, view):
            yield address, view


ROUTES = sorted(routes(), key=lambda route: route[0])
NAMES = [name for name, _ in ROUTES]


def faults(address, view) -> list[str]:
    """Return what is wrong with the guard of an address."""
    guard = getattr(view, "guard", None)
    if not guard:
        name = f"{view.__module__}.{view.__name__}"
        return [f"decorate {name} with core.guard: anyone(why), signed_in or staff(*roles)"]
    said = []
    if guard.kind not in ("anyone", "signed-in", "staff", "api"):
        said.append("there is no such guard")
    if guard.kind == "anyone" and len(guard.why.split()) < 2:
        said.append("say why anyone may open it")
    if not guard.roles <= {role.value for role in Role}:
        said.append("there is no such role")
    if (
        address.startswith(("staff/", "crew/", "desk/", "links/"))
        and address != "staff/body/"
        and guard.kind != "staff"
    ):
        said.append("this address is for staff: guard it with staff(*roles)")
    return said


@pytest.mark.parametrize(("address", "view"), ROUTES, ids=NAMES)
def test_an_address_says_who_may_open_it_and_a_staff_address_is_for_staff(address, view):
    assert faults(address, view) == []


def planted(address, view):
    """Return the routes of a resolver that knows one address more."""
    resolver = URLResolver(
        RegexPattern(r"^/"), [path("", include([path(address, view)])), *get_resolver().url_patterns]
    )
    return {address: view for address, view in routes(resolver)}


def bare(request):
    """Stand for a page whose author forgot who may open it."""


@pytest.mark.parametrize(
    ("address", "view", "says"),
    [
        ("planted/", bare, "decorate tests.house.test_guards.bare"),
        ("staff/planted/", bare, "decorate"),
        ("staff/planted/", anyone("row security decides")(bare), "for staff"),
        ("planted/", anyone("")(bare), "say why"),
        ("planted/", staff("offcier")(bare), "no such role"),
        ("sign-in/planted/", bare, "decorate"),
        ("api/v1/planted", bare, "decorate"),
        ("planted/", View.as_view(), "decorate"),
    ],
)
def test_a_planted_address_without_a_proper_guard_is_found(address, view, says):
    found = planted(address, view)
    assert len(found) == len(ROUTES) + 1, "the planted address was not looked at"
    assert any(says in fault for fault in faults(address, found[address]))


def operations(of=api):
    """Return every operation of an API."""
    for _, router in of._routers:
        for view in router.path_operations.values():
            yield from view.operations


def open_to_all(of=api) -> set[str]:
    """Return the operations of an API that ask for no key."""
    return {operation.operation_id for operation in operations(of) if not operation.auth_callbacks}


def test_an_operation_of_the_api_asks_for_a_key_or_is_listed_as_public():
    assert open_to_all() == set(PUBLIC_OPERATIONS), "give the operation auth=..., or list it with the reason"
    ninjas = sum(view.__module__.startswith("ninja.operation") for _, view in everything())
    assert len({operation.path for operation in operations()}) == ninjas, "another NinjaAPI: look at it here too"


def test_a_planted_operation_without_a_key_is_found():
    planted = NinjaAPI(urls_namespace="planted")
    planted.get("/all-cases", operation_id="all_cases")(bare)
    planted.get("/mine", operation_id="mine", auth=lambda request: None)(bare)
    assert open_to_all(planted) == {"all_cases"}
