"""Forms as their own pages show them, filled in with what they take, and sent: by whom they are for, or by others."""

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.leaks import reading
from tests.leaks.crawling import Sight

from moothall.core.clock import now

WORDS = {
    "email": "matrix@example.org", "phone": "01632 960 002", "address": "14 Mill Lane, Ashby", "amount": "1.00",
    "capacity": "7", "start": "09:00", "end": "10:00", "depth_mm": "40", "value": "01632 960 003",
    "postcode": "ZM1 2AB", "because": "The person asked for it", "residents": "41000", "who": "canary", "figure": "38",
    "minutes": "38", "pence": "1.00", "gross": "1.00", "cost": "0.50", "percent": "5", "baseline_pence": "",
    "spent": "0.50", "most": "0.50",
    "per_hour": "60", "ended_as": "3", "counter": "1", "other_times": "",
    "where": "14 Mill Lane, Ashby",
    "website": "https://www.matrix.example",
    "post": "14 Mill Lane\nAshby\nZM1 2AB",
}  # fmt: skip
"""What is written into boxes of these names; other boxes get a sentence."""

SENTENCE = "Matrix wrote this"


@dataclass(frozen=True)
class Filled:
    """A form that is ready to be sent: where to, on which route, and with what."""

    route: str
    url: str
    content: tuple[tuple[str, tuple[str, ...]], ...]
    files: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Return what tells this form from others of its route: for a case, what is done to it."""
        return f"{self.route} {self.url.split('/')[4]}" if self.route.endswith("<slug:verb>/") else self.route

    def send(self, client: Client):
        """Send it, as a browser without scripts does."""
        cache.clear()
        content = {name: list(values) for name, values in self.content}
        papers = {name: SimpleUploadedFile("note.txt", b"Matrix sent this\n", "text/plain") for name in self.files}
        return client.post(self.url, content | papers)


def filled(sight: Sight) -> list[Filled]:
    """Return the forms that a walker has seen, filled in."""
    return [fill(route, url, form) for (route, url, _), form in sight.forms.items()]


def fill(route: str, url: str, form: reading.Form) -> Filled:
    """Fill a form in: what stands in it stays, the first of what can be chosen is chosen, boxes are written into."""
    content, papers = {}, []
    for name, kind in form.kinds.items():
        if name == "csrfmiddlewaretoken" or name.endswith("-find"):
            continue
        if kind == "file":
            papers += [name] if name.endswith("files") else []
        elif form.given.get(name):
            content[name] = form.given[name]
        elif form.choices.get(name) and not (name == "none" and kind == "checkbox"):
            content[name] = form.choices[name] if name == "row" else form.choices[name][:1]
        elif kind not in ("hidden", "submit", "checkbox", "radio"):
            content[name] = [_written(name, form)]
    if "where-lat" in form.kinds:
        content["where-search"] = ["14 Mill Lane, Ashby"]
    return Filled(route, url, tuple((name, tuple(values)) for name, values in sorted(content.items())), tuple(papers))


def _written(name: str, form) -> str:
    base, _, part = name.rpartition("-")
    if part in ("day", "month", "year") and base:
        day = now().date() + dt.timedelta(days=31 if base == "last" else 8)
        return str(getattr(day, part))
    if name == "agent":
        return form.given.get("agent", ["CANARY"])[0]
    return WORDS.get(name, WORDS.get(part, SENTENCE))
