"""Speaks the GOV.UK Pay protocol with whoever stands at the other end: the real provider or the local stand-in.

Source: the GOV.UK Pay API description (github.com/alphagov/pay-publicapi) and its documentation of webhooks.
Card numbers never pass through here: the payer is sent to the provider's own page.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import httpx
from django.conf import settings

PAGE = 500


class Unanswered(Exception):
    """The provider did not answer, or answered that it failed: what we asked may or may not have happened."""


class Rejected(Exception):
    """The provider refused what we asked; `code` is its own (P0102 ...), `status` the HTTP status."""

    def __init__(self, status: int, code: str, description: str):
        self.status, self.code = status, code
        super().__init__(f"{code} {description}".strip())


@dataclass(frozen=True)
class Told:
    """What the provider says of one payment. Amounts in pence; `next_url` is where the payer gives the card."""

    provider_id: str
    reference: str
    pence: int
    status: str
    code: str | None
    next_url: str | None
    refundable: int
    refunded: int
    created: str


@dataclass(frozen=True)
class ToldRefund:
    """What the provider says of one refund; status is submitted, success or error."""

    refund_id: str
    pence: int
    status: str


class Provider:
    """One account with the provider. Every call raises Unanswered or Rejected when it does not succeed."""

    def __init__(self, *, url: str, key: str, transport: httpx.BaseTransport | None = None, seconds: float = 10):
        self._http = httpx.Client(
            base_url=url.rstrip("/"),
            headers={"Authorization": f"Bearer {key}", "Accept": "application/json"},
            transport=transport,
            timeout=seconds,
        )

    def create(self, *, reference: str, pence: int, description: str, return_url: str, language: str = "en") -> Told:
        """Ask for a payment. Look for the reference with `find` first: two requests would make two payments."""
        body = {
            "amount": pence,
            "reference": reference,
            "description": description[:255],
            "return_url": return_url,
            "language": language,
        }
        return _payment(self._ask("POST", "/v1/payments", json=body))

    def get(self, provider_id: str) -> Told:
        """Return what the provider says of a payment now (strongly consistent)."""
        return _payment(self._ask("GET", f"/v1/payments/{provider_id}"))

    def find(self, reference: str) -> list[Told]:
        """Return the payments made under our reference, newest last (the search may lag behind by seconds)."""
        found = self._ask("GET", "/v1/payments", params={"reference": reference})["results"]
        return sorted(map(_payment, found), key=lambda told: told.created)

    def payments(self, *, from_date: str, to_date: str) -> Iterator[Told]:
        """Yield every payment created in [from_date, to_date), UTC like 2026-11-22T00:00:00Z, page after page."""
        page = 1
        while True:
            params = {"from_date": from_date, "to_date": to_date, "page": page, "display_size": PAGE}
            answer = self._ask("GET", "/v1/payments", params=params)
            yield from map(_payment, answer["results"])
            if page * PAGE >= answer["total"]:
                return
            page += 1

    def cancel(self, provider_id: str) -> None:
        """Withdraw a payment that is not finished."""
        self._ask("POST", f"/v1/payments/{provider_id}/cancel")

    def refund(self, provider_id: str, *, pence: int, available: int) -> ToldRefund:
        """Give back `pence` of a payment.

        `available` is what we believe may still be given back; the provider refuses (412, P0604) when an earlier
        request of ours arrived after all, so that a resend never pays twice.
        """
        body = {"amount": pence, "refund_amount_available": available}
        return _refund(self._ask("POST", f"/v1/payments/{provider_id}/refunds", json=body))

    def refunds(self, provider_id: str) -> list[ToldRefund]:
        """Return the refunds of a payment, oldest first."""
        found = self._ask("GET", f"/v1/payments/{provider_id}/refunds")["_embedded"]["refunds"]
        return [_refund(refund) for refund in sorted(found, key=lambda r: r.get("created_date", ""))]

    def _ask(self, method: str, path: str, **more) -> dict:
        try:
            answer = self._http.request(method, path, **more)
        except httpx.HTTPError as error:
            raise Unanswered(f"{method} {path}: {type(error).__name__}") from error
        if answer.status_code >= 500 or answer.status_code == 429:
            raise Unanswered(f"{method} {path}: {answer.status_code}")
        if answer.status_code >= 400:
            said = answer.json() if "json" in answer.headers.get("content-type", "") else {}
            raise Rejected(answer.status_code, said.get("code", ""), said.get("description", ""))
        return answer.json() if answer.content else {}


def _payment(said: dict) -> Told:
    links, refunds = said.get("_links") or {}, said.get("refund_summary") or {}
    return Told(
        provider_id=said["payment_id"],
        reference=said["reference"],
        pence=said["amount"],
        status=said["state"]["status"],
        code=said["state"].get("code"),
        next_url=(links.get("next_url") or {}).get("href"),
        refundable=refunds.get("amount_available") or 0,
        refunded=refunds.get("amount_submitted") or 0,
        created=said.get("created_date", ""),
    )


def _refund(said: dict) -> ToldRefund:
    return ToldRefund(said["refund_id"], said["amount"], said["status"])


def signature(secret: str, body: bytes) -> str:
    """Return the Pay-Signature of a webhook message: HMAC with SHA-256 of the raw body, lower-case hexadecimal."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def signed(secret: str, body: bytes, given: str) -> bool:
    """Return whether a webhook message was signed with our secret; an empty secret signs nothing."""
    return bool(secret) and hmac.compare_digest(signature(secret, body), given)


def of_body(body_id: int) -> Provider:
    """Return a body's own account with the provider: its key if one is set, else the one key for all.

    Without a provider's address it is the stand-in, spoken to within this process, an account for each body.
    """
    pay = settings.PAY
    key = pay["keys"].get(str(body_id)) or pay["keys"].get("") or f"practice-{body_id}"
    return _account(pay["url"], key, pay.get("transport") or (None if pay["url"] else "standin"))


@lru_cache(maxsize=256)
def _account(url: str, key: str, transport) -> Provider:
    if transport == "standin":
        return Provider(url="http://pay.stand-in", key=key, transport=httpx.WSGITransport(the_standin()))
    return Provider(url=url, key=key, transport=transport)


@lru_cache(maxsize=1)
def the_standin():
    """Return this installation's stand-in: it keeps its payments in the data folder and posts to our own address."""
    from moothall.ledger.standin.post import Post
    from moothall.ledger.standin.server import StandIn
    from moothall.ui.templatetags.gds import asset

    post = Post(settings.PAY["webhook"], settings.PAY["secret"])
    return StandIn(settings.MOOTHALL_DATA / "stand-ins" / "pay.db", post=post, stylesheets=(asset("moothall.css"),))
