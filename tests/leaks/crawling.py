"""Reads every page that somebody can reach: by links, by addresses without arguments, and by arguments read before."""

import datetime as dt
import re
from dataclasses import dataclass, field
from itertools import islice, product
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve
from tests.house.test_guards import everything
from tests.leaks import reading
from tests.leaks.walkers import GUARDS, Walker
from tests.leaks.words import met

from moothall.core.clock import now

LEFT_OUT = {
    "sign-out/": "would end the walk",
    "demo/": "demo only: would make the walker somebody else",
    "outbox/": "demo only, where all people are invented",
    "desk/inbox/drop/": "demo only, where all letters are invented",
    "language/": "would make the walker Welsh",
    "sign-in/": "allauth's own, and knows no case",
    "staff/body/": "would make the walker act for another body; site/tests try that",
    "styleguide/": "shows components, reads nothing",
}
CONSTANT = {
    "service_id": "complaint", "code": "1300", "month": "2026-11", "kind": "bulky-waste", "slug": "ashby",
    "colour": "0b0c0c", "accent": "ffdd00", "usrn": "99011507", "uprn": "990000069488", "function": "waste",
    "token": "none", "form": "json",
}  # fmt: skip
"""Arguments that name no row of a body's or a resident's."""

NAMES = {
    "services/topics/<slug:name>/": "bins", "theme/<str:colour>-<str:accent>.css": "",
    "visit/<slug:slug>/<slug:place>/": "town-hall", "visit/<slug:slug>/<slug:place>/wall/": "town-hall",
    "life/<slug:event_id>/": "moved-home", "leaving/<slug:which>/": "borley", "your-council/<slug:plan>/": "westmarch",
}  # fmt: skip
"""What else stands in an address without naming a row."""

MOST = 2
"""How many addresses of one route with a row in it are read by one walker."""

MORE = {
    "staff/cases/<uuid:case_id>/": 20,
    "staff/people/compare/": 3,
    "staff/offers/<uuid:offer_id>/": 4,
    "staff/editor/drafts/<uuid:draft_id>/": 3,
    "staff/editor/drafts/<uuid:draft_id>/parts/<slug:section>/": 10,
    "staff/draw-downs/<uuid:draw_id>/": 3,
    "cases/<str:reference>/": 8,
    "ledger/charges/<uuid:charge_id>/": 6,
    "files/<uuid:file_id>/": 4,
    **{
        f"recharges/{rest}": 6
        for rest in (
            "<uuid:statement_id>/",
            "<uuid:statement_id>/check/",
            "<uuid:statement_id>.csv",
            "<uuid:statement_id>.json",
            "<uuid:statement_id>.pdf",
            "lines/<uuid:line_id>/",
        )
    },
    "files/<uuid:file_id>/picture": 6,
    "staff/partnerships/drafts/<uuid:draft_id>/<slug:key>/": 14,
    "staff/ideas/<str:reference>/<slug:verb>/": 6,
    "staff/savings/<str:reference>/": 6,
    "staff/savings/<str:reference>/<slug:verb>/": 60,
}
"""Routes of which more are read: each case, charge and statement is in another state; not every file is a picture."""

SLOW = ("staff/letters/<uuid:outgoing_id>.pdf",)
"""Routes that only those who also read the public pages read: a letter takes a second to set."""

VIEWS = dict(everything())
GAP = re.compile(r"<(?:(\w+):)?(\w+)>")
NOWHERE = {"uuid": lambda: str(uuid4()), "int": lambda: "987654321"}


@dataclass
class Sight:
    """What a walker has read: statuses by route and address, the forms found, what was wrong, of what kinds."""

    urls: dict[str, dict[str, int]] = field(default_factory=dict)
    forms: dict[tuple[str, str, str], reading.Form] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    @property
    def addresses(self) -> set[str]:
        """Return the addresses that were really shown."""
        return {url for found in self.urls.values() for url, status in found.items() if status == 200}


def route_of(url: str) -> str | None:
    """Return the route that an address takes, or None where there is none of ours to read."""
    try:
        route = resolve(urlsplit(url).path).route
    except Resolver404:
        return None
    return None if route.startswith(tuple(LEFT_OUT)) else route


def routes() -> set[str]:
    """Return every route that is walked."""
    return {address for address, _ in everything() if not address.startswith(tuple(LEFT_OUT))}


def methods(route: str) -> set[str]:
    """Return the methods that a view takes, as its decorators say; both where they say nothing."""
    view = VIEWS[route]
    while view is not None:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        cells = dict(zip(names, getattr(view, "__closure__", None) or (), strict=False))
        if "request_method_list" in cells:
            return set(cells["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}


def names_a_row(route: str) -> bool:
    """Tell whether an argument of a route names a row that is somebody's."""
    return route not in NAMES and any(name not in CONSTANT for _, name in GAP.findall(route))


def missing(route: str, url: str) -> str:
    """Return an address of a route whose rows are not there."""
    known = resolve(urlsplit(url).path).captured_kwargs

    def value(gap):
        if gap[2] in CONSTANT or gap[2] in ("verb", "what", "name", "day"):
            return str(known[gap[2]])
        return NOWHERE.get(gap[1], lambda: "MAR-9999-999X")()

    return "/" + GAP.sub(value, route)


def seeds(walker: Walker) -> list[str]:
    """Return the addresses that a walker can ask for without knowing any row."""
    plain = [route for route in routes() if not names_a_row(route) and (walker.reads_public or not is_public(route))]
    friday = now().date() - dt.timedelta(days=(now().weekday() + 3) % 7 or 7)
    urls = ["/" + GAP.sub(lambda gap, route=route: CONSTANT.get(gap[2]) or NAMES[route], route) for route in plain]
    return [f"/waste/?day={friday}", *sorted(urls)]


def is_public(route: str) -> bool:
    """Tell whether a route is open to everybody and names no row."""
    return getattr(GUARDS[route], "kind", "anyone") == "anyone" and not names_a_row(route)


def crawl(walker: Walker, client: Client, also: list[str]) -> Sight:
    """Read all that can be reached, and `also` these, and note errors and words that the walker may not meet."""
    sight, pool = Sight(), {}
    _read(walker, client, sight, pool, [*seeds(walker), *also])
    _read(walker, client, sight, pool, _guessed(sight, pool))
    return sight


def _read(walker, client, sight, pool, waiting):
    known = {url for found in sight.urls.values() for url in found}
    while waiting:
        url = waiting.pop(0)
        route = route_of(url)
        if route is None or url in known or ((is_public(route) or route in SLOW) and not walker.reads_public):
            continue
        if len(sight.urls.get(route, ())) >= _most(route):
            continue
        known.add(url)
        for name, value in resolve(urlsplit(url).path).captured_kwargs.items():
            pool.setdefault(name, {})[str(value)] = None
        cache.clear()
        answer = client.get(url)
        sight.urls.setdefault(route, {})[url] = answer.status_code
        sight.kinds.add(answer.get("Content-Type", "").split(";")[0])
        if answer.status_code >= 500 and answer.status_code != 503:
            sight.wrong.append(f"{walker.name}: {url} answers {answer.status_code}")
        sight.wrong += [f"{walker.name}: {url} tells of {code}" for code in met(reading.said(answer), walker.may_meet)]
        waiting += _onward(url, answer, sight)


def _onward(url, answer, sight) -> list[str]:
    """Note the forms of an answer, and return where it leads."""
    links, forms = reading.page(answer)
    if answer.status_code in (301, 302):
        links = [answer["Location"]]
    for form in forms:
        target = _inside(url, form.action or url)
        if form.method == "post" and target and route_of(target):
            sight.forms.setdefault((route_of(target), target, ",".join(sorted(form.kinds))), form)
    return [found for link in links if (found := _inside(url, link))]


def _guessed(sight, pool) -> list[str]:
    """Return addresses of the routes that nothing led to, made of arguments that stood in other addresses."""
    found = []
    for route in sorted(route for route in routes() - set(sight.urls) if names_a_row(route)):
        values = [list(pool.get(name, ())) or [CONSTANT.get(name)] for _, name in GAP.findall(route)]
        for some in islice(product(*values), _most(route)):
            if None not in some:
                rest = iter(some)
                found.append("/" + GAP.sub(lambda _, rest=rest: next(rest), route))
    return found


def _most(route) -> int:
    return MORE.get(route, MOST if "<" in route else 1)


def _inside(url: str, link: str) -> str | None:
    """Return where a link leads, if it leads to a page of ours; the part after # is dropped."""
    parts = urlsplit(urljoin(f"http://testserver{url}", link))
    if parts.netloc != "testserver" or parts.path.startswith(("/static/", "/theme/")):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")
