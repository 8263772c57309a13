"""What tests of paying share: a provider that keeps its messages, and a body with books."""

import datetime as dt
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from tests.world import ASHBY

from moothall.core.actor import Actor
from moothall.core.scope import Scope
from moothall.ledger import actions
from moothall.ledger.standin.server import StandIn

AT = dt.datetime(2026, 11, 20, 10, 0, tzinfo=dt.UTC)
BY = Actor("resident", "7")
SCOPE = Scope(bodies=(ASHBY,), purpose="test")
BACK = "https://council.test/pay/back/"


class Kept:
    """Keeps the stand-in's messages instead of posting them."""

    def __init__(self):
        self.messages = []

    def send(self, message, *, after=0):
        self.messages.append((message, after))


class Flaky(httpx.BaseTransport):
    """Carries requests to the provider, and loses the answers (or the requests) it is told to lose."""

    def __init__(self, standin):
        self.inner, self.lose_answer, self.lose_request, self.calls = httpx.WSGITransport(standin), 0, 0, []

    def handle_request(self, request):
        self.calls.append((request.method, request.url.path))
        if self.lose_request:
            self.lose_request -= 1
            raise httpx.ConnectError("lost on the way", request=request)
        answer = self.inner.handle_request(request)
        if self.lose_answer and request.method == "POST":
            self.lose_answer -= 1
            raise httpx.ReadTimeout("answer lost", request=request)
        return answer

    def posts(self, path="/v1/payments"):
        return [call for call in self.calls if call == ("POST", path)]


class Practice:
    """The stand-in, its transport, and a payer at its page."""

    def __init__(self, folder):
        self.kept = Kept()
        self.time = 1_795_000_000.0
        self.standin = StandIn(folder / "pay.db", post=self.kept, base="https://pay.test", clock=lambda: self.time)
        self.transport = Flaky(self.standin)

    def settings(self):
        return {
            "url": "https://pay.test",
            "keys": {"": "one-key"},
            "secret": "our-secret",
            "pages": "https://pay.test",
            "webhook": "",
            "transport": self.transport,
        }

    def choose(self, next_url, outcome):
        page = httpx.Client(base_url="https://pay.test", transport=httpx.WSGITransport(self.standin))
        path = urlsplit(next_url).path
        page.get(path)
        return page.post(path, data={"outcome": outcome})


def raise_charge(case_id=None, pence=4200, body_id=ASHBY):
    """Charge a case for a collection of large items."""
    return actions.charge(
        body_id=body_id,
        pence=pence,
        description="Bulky waste collection",
        what="pay",
        case_id=case_id or uuid4(),
        step_id=uuid4(),
        cost_centre="bulky-waste",
        at=AT,
        by=BY,
    )
