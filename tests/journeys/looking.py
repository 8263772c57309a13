"""
Looking at every page on the way: the quick checks each time, the slow one once for each state of a page.

A state is what the page is made of: its view, whether it shows a mistake, the width, and the kinds of components on
it. axe takes about a second a page; a state that was looked at before in this run is not looked at again.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.test.signals import template_rendered
from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from tests.browser import Visitor

KINDS = """() => [document.documentElement.lang,
  [...new Set([...document.querySelectorAll('main [class], .mh-acting [class], form')]
  .flatMap(e => [e.tagName == 'FORM' ? 'form' : '', ...e.classList])
  .map(name => name.split(/__|--/)[0])
  .filter(name => /^(govuk|mh|leaflet|form)/.test(name)))].sort().join(' ')]"""


BLOCKED = "net::ERR_BLOCKED_BY_CLIENT"  # our scripts, in a window without scripts


def in_language(language: str, site: str) -> dict:
    """Return the cookie of somebody who reads in a language."""
    return {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}


@dataclass
class Eyes(Visitor):
    """A visitor who remembers which states of which pages were looked at, and which templates the server used.

    `found` is what was wrong, `told` which questions were left empty once, `walked` which journeys came to their end.
    """

    looked: dict[tuple, str] = field(default_factory=dict)
    templates: set[str] = field(default_factory=set)
    found: list[str] = field(default_factory=list)
    told: set[tuple] = field(default_factory=set)
    walked: set[str] = field(default_factory=set)

    windows: dict[tuple, Page] = field(default_factory=dict)
    language: str = "en"

    def listen(self) -> None:
        """Begin to note the templates the server uses; it runs in this process."""
        template_rendered.connect(self._note)

    def stop(self) -> None:
        """Stop noting, and close what is open."""
        template_rendered.disconnect(self._note)
        for context in self.contexts:
            context.close()

    def window(self, *, width: int = 1280, scripts: bool = True, account=None) -> Page:
        """Return the window of this width, with or without our scripts, as a browser of this account would be.

        It is the same window each time, so that styles and fonts come from the browser's cache; only its cookies go.
        """
        page = self.windows.get((width, scripts))
        if page is None:
            page = self.windows[width, scripts] = super().window(width=width)
            if not scripts:
                chromium = page.context.new_cdp_session(page)
                chromium.send("Network.enable")
                chromium.send("Network.setBlockedURLs", {"urls": ["*.js"]})
        page.context.clear_cookies()
        if self.language != "en":
            page.context.add_cookies([in_language(self.language, self.site)])
        if account is not None:
            page.context.add_cookies([self._session(account)])
        return page

    def _note(self, template, **_more) -> None:
        if template.name:
            self.templates.add(template.name)

    def look(self, page: Page) -> None:
        """Note everything wrong with a page as it is now; with axe where this state of it is new."""
        page.wait_for_load_state()
        width = page.viewport_size["width"]
        language, kinds = page.evaluate(KINDS)
        failed = page.title().startswith(("Error:", "Gwall:"))
        state = (self._view(page), failed, width, language, kinds)
        if state in self.looked:
            wrong = self.quickly_wrong_with(page)
        else:
            wrong = self.wrong_with(page)
            self._picture(page, state)
        self.looked.setdefault(state, page.url)
        self.wrongs[page].clear()
        self.found += [f"{urlsplit(page.url).path} at {width} px: {line}" for line in wrong if BLOCKED not in line]

    def refused(self, path: str, status: int, width: int, account=None) -> None:
        """Open a page that must answer with a status of an error, and look at what it says."""
        page = self(path, width=width, account=account, status=status)
        page.wait_for_load_state()
        self.wrongs[page].clear()  # the browser notes the status in its console
        self.look(page)

    def address_of(self, view: str) -> str:
        """Return the path of a page of a view that was looked at before."""
        found = [urlsplit(url).path for (seen, *_), url in self.looked.items() if seen == view]
        assert found, f"no page of {view} was looked at; is there a link to one?"
        return found[-1]

    def _view(self, page: Page) -> str:
        try:
            return resolve(urlsplit(page.url).path).view_name
        except Resolver404:
            return "not found"

    def _picture(self, page: Page, state: tuple) -> None:
        """Keep a picture of each new state where MOOTHALL_SHOTS names a folder."""
        if folder := os.environ.get("MOOTHALL_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            view, failed, width, language, _kinds = state
            name = f"{len(self.looked):03}-{view.replace(':', '.')}{'-error' if failed else ''}-{width}-{language}"
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    def afresh(self) -> None:
        """Forget what was wrong before, so that one fault is told once."""
        self.found.clear()
        for wrongs in self.wrongs.values():
            wrongs.clear()

    def all_was_well(self) -> None:
        """Fail with everything that was wrong since the last call."""
        found, self.found = self.found, []
        assert not found, "\n".join(found)
