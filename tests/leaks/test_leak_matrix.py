"""The leak matrix: every address read by every role of four bodies, three residents and nobody.

Who has all the roles of a body reads all that its staff can reach, and then asks for what the others reached. Each
single role asks for what it is not let in to. That is enough, since the body alone fills a page: a test below shows it.
"""

import ast
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from tests.leaks import crawling, reading
from tests.leaks.walkers import EVERY, NOBODY, RESIDENTS, STAFF, Walker, least_tried, one_for_each_guard
from tests.leaks.words import ROLES, met

pytestmark = pytest.mark.timeout(400)
SOURCE = Path(__file__).parents[2] / "src" / "moothall"

BY_ITS_KEY = ("pay/",)
"""A payment link: the charge's random id is the key, as its guard says; whoever holds it may pay that charge."""

PUBLISHED = ("appraisals/", "deductions/", "partnerships/", "savings/", "plans/", "ideas/")
"""Rows that are published, and so the same for all."""

NEVER_SHOWN = {
    "api/external/<slug:slug>/<str:function>/answers/": "takes signed answers; links/tests try its signature",
    "api/external/<slug:slug>/<str:function>/servicerequestupdates.<form:form>": "takes what comes with a link's key",
    "pay/webhook/": "takes signed messages; ledger/tests try its signature",
    "api/notify/<slug:slug>/received/": "takes what comes with a token; inbox/tests try it",
    "api/notify/<slug:slug>/delivered/": "takes what comes with a token; inbox/tests try it",
    "stand-ins/pay/card/<str:token>": "the practice provider's page, by its own random token",
    **dict.fromkeys(
        (
            f"open311/v2/{one}.<form:form>"
            for one in (
                *("services/<slug:code>", "requests", "requests/<str:number>", "tokens/<str:token>"),
                "servicerequestupdates",
            )
        ),
        "asked with a council's name: published reports, the same for all; standards/tests read them for words",
    ),
    **dict.fromkeys(
        (
            f"open-referral/v3/{one}/<uuid:entry_id>"
            for one in ("services", "taxonomies", "taxonomy_terms", "service_at_locations")
        ),
        "an entry of a public directory, the same for all; standards/tests read each",
    ),
    **dict.fromkeys(
        (
            f"together/<uuid:bundle_id>/{one}"
            for one in ("", "ask/<slug:name>/", "contact/", "needs/", "check/", "done/")
        ),
        "only the session that began them holds them; casework/tests try another",
    ),
    "places/at": "answers to a point on the map, of open tables",
    "places/reported.geojson": "answers to a piece of the map, of published places",
    "places/streets.geojson": "answers to a piece of the map, of open tables",
    "api/v1/cases": "asked with a reference in test_leak_carriers",
    "api/v1/cases/<reference>": "asked with a reference in test_leak_carriers",
    "api/v1/cases/<reference>/events": "asked with a reference in test_leak_carriers",
    "api/v1/cases/<reference>/days": "asked with a reference in test_leak_carriers",
    "api/v1/cases/<reference>/day": "takes PUT only; asked with a reference in test_leak_carriers",
    "appraisals/worked-out/<str:secret>/": "its address is in no list; tried in appraisal/tests/test_forks",
    "appraisals/worked-out/<str:secret>/change/": "as above",
    "appraisals/worked-out/<str:secret>/tables/<str:name>.csv": "as above",
    "appraisals/<slug:slug>/<int:number>/evidence/<str:digest>/": "leads to a public file; see test_figures",
    "staff/appraisals/at/<slug:slug>/evidence/<uuid:evidence_id>/": "leads to a file, which is tried itself",
    "api/v1/": "an empty page of ninja's",
}
"""Addresses at which no walker sees a page, and why."""

READS_ROLES = {
    "core/guard.py": "lets in",
    "site/middleware.py": "fills it",
    "site/navigation.py": "leaves out what the guard would refuse",
    "bodies/views/colleagues.py": "leaves out buttons",
    "functions/links/views.py": "leaves out buttons",
    "people/views/looking.py": "leaves out links to what the guard would refuse",
    "ledger/views/books.py": "leaves out buttons",
    "ledger/views/charging.py": "leaves out buttons",
    "sharing/views/drawing.py": "leaves out buttons, and refuses who would sign for another's post",
    "sharing/views/offers.py": "leaves out buttons",
    "sharing/views/own.py": "leaves out buttons",
    "sharing/views/telling.py": "leaves out the form, and refuses who may not send it",
}
"""The only files that look at a visitor's roles, and what for; none of them chooses rows by it."""

WALKERS = [*EVERY, *RESIDENTS, NOBODY]
named = pytest.mark.parametrize("walker", WALKERS, ids=[walker.name for walker in WALKERS])


def others_addresses(sights, walker) -> list[tuple[str, str]]:
    """Return (route, address) of rows that others were shown and this walker was not: of each route one of each owner.

    Of the routes that a guard closes to the walker, one for each guard.
    """
    own, found = sights[walker].addresses, {}
    for other, sight in sights.items():
        for route, urls in sight.urls.items() if other != walker else ():
            shown = [url for url, status in urls.items() if status == 200 and url not in own]
            if shown and crawling.names_a_row(route) and not route.startswith((*BY_ITS_KEY, *PUBLISHED)):
                found[route, other.name] = shown[0]
    closed = {route for route, _ in found if not walker.is_let_in(route)}
    left_out = closed - set(one_for_each_guard(closed, 0))
    return sorted({(route, url) for (route, _), url in found.items() if route not in left_out})


@named
def test_nobody_meets_a_word_that_is_not_theirs_on_any_page_they_can_reach(sights, walker):
    assert sights[walker].wrong == [], "\n" + "\n".join(sights[walker].wrong)


@named
def test_the_address_of_a_row_of_somebody_else_says_what_that_of_a_missing_one_says(sights, walker):
    client, wrong = walker.browser(), []
    addresses = others_addresses(sights, walker)
    assert len(addresses) > 30
    nowhere = {}
    for route, url in addresses:
        cache.clear()
        answer = client.get(url)
        if route not in nowhere:
            nowhere[route] = client.get(crawling.missing(route, url)).status_code
        wrong += [f"{url} tells of {code}" for code in met(reading.said(answer), walker.may_meet)]
        if answer.status_code not in (302, 401, 403, 404, 405) or answer.status_code != nowhere[route]:
            wrong.append(f"{url} answers {answer.status_code}, a missing one {nowhere[route]}")
        if answer.status_code == 302 and not answer["Location"].startswith(("/sign-in/", "/track/")):
            wrong.append(f"{url} leads to {answer['Location']}")
    assert wrong == [], "\n" + "\n".join(wrong)


def test_a_role_is_turned_away_from_every_page_that_is_not_for_it(sights):
    shown = {route: url for sight in sights.values() for route, urls in sight.urls.items() for url in urls}
    wrong, tried = [], {}
    for walker in STAFF:
        client = walker.browser()
        for route in least_tried((route for route in shown if not walker.is_let_in(route)), tried):
            answer = client.get(shown[route])
            tried[route] = tried.get(route, 0) + 1
            if answer.status_code not in (403, 405) or met(reading.said(answer), walker.may_meet):
                wrong.append(f"{walker.name}: {shown[route]} answers {answer.status_code}")
    assert wrong == [], "\n" + "\n".join(wrong)
    closed = {route for route in shown if any(not walker.is_let_in(route) for walker in STAFF)}
    assert set(tried) == closed, "not every page had its turn"


def test_every_address_is_shown_to_somebody(sights):
    shown = {
        route for sight in sights.values() for route, urls in sight.urls.items() if {200, 302} & set(urls.values())
    }
    pages = {route for route in crawling.routes() if "GET" in crawling.methods(route)}
    assert pages - shown == {route for route in NEVER_SHOWN if "GET" in crawling.methods(route)}


def test_the_role_opens_pages_and_the_body_fills_them(planted, monkeypatch):
    """Staff of one body see by one scope, whatever their role; only the files above look at roles at all."""
    from moothall.site.middleware import ScopeMiddleware

    seen, recognise = {}, ScopeMiddleware._recognise
    monkeypatch.setattr(ScopeMiddleware, "_recognise", lambda *told: _kept(recognise, seen, *told))
    for walker in (*STAFF, *EVERY):
        walker.browser().get("/privacy/")
        assert seen.pop("scope") == ((walker.body_id,), None, None, "staff"), walker.name
        assert seen.pop("roles") == (frozenset(ROLES) if walker.role == "every" else {walker.role})
    looking = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if _looks_at_roles(path)}
    assert looking == set(READS_ROLES)


def _kept(recognise, seen, middleware, request, account):
    """Let the middleware say who somebody is, and keep what it said."""
    recognise(middleware, request, account)
    scope = request.scope
    seen.update(scope=(scope.bodies, scope.person, scope.case, scope.purpose), roles=request.roles)


def _looks_at_roles(path) -> bool:
    """Tell whether a file reads the roles of a request."""
    text = path.read_text()
    if "tests" in path.parts or "roles" not in text:
        return False
    return any(
        isinstance(node, ast.Attribute) and node.attr == "roles" and isinstance(node.value, ast.Name)
        and node.value.id == "request" for node in ast.walk(ast.parse(text))
    ) or bool(re.search(r'getattr\(request, "roles"', text))  # fmt: skip


@pytest.mark.parametrize(
    ("table", "start"),
    [("core_file", "files/"), ("highways_defect", "highways/defects/"), ("people_sourcerecord", "staff/people/"),
     ("waste_visit", "crew/waste/"), ("ledger_charge", "ledger/charges/"), ("casework_case", "staff/cases/")],
)  # fmt: skip
def test_a_page_tells_of_others_as_soon_as_one_policy_is_open(sights, admin, table, start):
    """A policy that a page also filters by itself is noticed in test_row_isolation."""
    outsider = Walker("every", EVERY[-1].body_id)
    client = outsider.browser()
    addresses = [url for route, url in others_addresses(sights, outsider) if route.startswith(start)]

    def told():
        return {code for url in addresses for code in met(reading.said(client.get(url)), outsider.may_meet)}

    assert told() == set()
    (policy,) = admin.execute("select pg_get_expr(polqual, polrelid) from pg_policy where polname = 'scope' "
                              "and polrelid = %s::regclass", [table]).fetchone()  # fmt: skip
    admin.execute(f"alter policy scope on {table} using (true)")
    try:
        shown = [url for url in addresses if client.get(url).status_code == 200]
        assert told() or shown, f"{table} lies open and no page tells"
    finally:
        admin.execute(f"alter policy scope on {table} using ({policy})")
    assert told() == set()
