"""
Every page a link leads to: somebody wanders from where their day begins, and opens each page they have not seen.

A link that leads nowhere, or to a page they may not open, is a fault. What no link leads to (a refusal, an empty
list, a page that follows a form) is in `scenes`.
"""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error
from tests import world
from tests.journeys.looking import Eyes

STARTS = {
    "anybody": (
        *("/", "/demo/", "/styleguide/", "/sign-in/login/", "/api/v1/docs"),
        *("/where/?q=Mill+Lane", "/bins/?q=14+Mill+Lane"),
    ),
    "resident": ("/account/", "/"),
    (world.ASHBY, "adviser"): ("/desk/?q=Ann+Example", "/desk/?q=asker2@post.example", "/staff/people/?q=Ann+Example"),
    (world.MARCHSHIRE, "officer"): ("/staff/", "/highways/streets/?q=Mill+Lane"),
    (world.MARCHSHIRE, "crew"): ("/crew/",),
    (world.MARCHSHIRE, "finance"): ("/contracts/",),
    (world.ASHBY, "manager"): ("/staff/", "/diaries/", "/waste/"),
    (world.ASHBY, "crew"): ("/crew/waste/",),
    (world.ASHBY, "finance"): ("/ledger/reconciliation/", "/ledger/accounts/1050/", "/ledger/charges/"),
    (world.ASHBY, "information-governance"): ("/staff/privacy/?q=Ann+Example", "/staff/audit/"),
    (world.BORLEY, "operator"): ("/links/", "/staff/body/", "/staff/letters/"),
    (world.MARCHSHIRE, "councillor"): ("/performance/",),
}
"""Who wanders, and where each begins."""

NOT_A_STEP = {"ui:language", "home"}
"""Views a wanderer does not follow links to: they change the language, or are where everybody begins."""


def wander(eyes: Eyes, width: int, account, starts: tuple[str, ...], seen: set[str]) -> None:
    """Open each page that links lead to, one address for each view, and look at it."""
    page = eyes.window(width=width, account=account)
    todo, first = deque(starts), set(starts)
    while todo:
        path = todo.popleft()
        try:
            view = resolve(urlsplit(path).path).view_name or path
        except Resolver404:
            eyes.found.append(f"a link leads to {path}, where nothing is")
            continue
        if path not in first and (view in seen or view in NOT_A_STEP):
            continue
        first.discard(path)
        seen.add(view)
        try:
            answer = page.goto(eyes.site + path)
        except Error as download:
            if "Download is starting" not in str(download):
                raise
            continue
        if answer.status != 200:
            eyes.found.append(f"a link leads to {path}, which answers {answer.status}")
        elif answer.headers["content-type"].startswith("text/html"):
            eyes.look(page)
            todo.extend(_links(page, eyes.site))
        eyes.wrongs[page].clear()


def _links(page, site: str) -> Iterator[str]:
    for href in page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)"):
        if href.startswith(site + "/") and not href.startswith(site + "/static/"):
            yield href[len(site) :].partition("#")[0]
