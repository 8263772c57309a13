"""A payment provider to practise with: it speaks the GOV.UK Pay protocol and takes no money.

It is a plain WSGI application that knows nothing of the rest of the house. It keeps what it is told in one small file
of its own, so several web processes can share it and it survives a restart. Instead of asking for a card, its page asks
how the payment should go; there is no field for a card number, so none can be kept.

Source of the protocol: the GOV.UK Pay API description and reference (payment statuses, error codes, 90 minutes to pay).
"""

import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from urllib.parse import parse_qs, urlsplit

from moothall.ledger.standin.page import card_page
from moothall.ledger.standin.post import Post

EXPIRES = 90 * 60
MOST = 10_000_000
REASONS = {
    "P0010": "Payment method rejected",
    "P0020": "Payment expired",
    "P0030": "Payment cancelled by user",
    "P0040": "Payment was cancelled by the service",
}
FINISHED = ("success", "failed", "cancelled", "error")
# What the payer may choose on the page: status, reason, is the answer late?, how many webhooks, does the payer return?
OUTCOMES = {
    "success": ("success", None, False, 1, True),
    "declined": ("failed", "P0010", False, 1, True),
    "cancel": ("failed", "P0030", False, 0, True),
    "late": ("success", None, True, 1, True),
    "closed": ("success", None, False, 1, False),
    "twice": ("success", None, False, 2, True),
    "expired": ("failed", "P0020", False, 1, False),
}
EVENTS = {
    ("success", None): "card_payment_succeeded",
    ("failed", "P0020"): "card_payment_expired",
    ("failed", "P0010"): "card_payment_failed",
}


class Answer(Exception):
    """An answer that ends the request: status, body (dict, str or None), headers."""

    def __init__(self, status: int, body=None, headers=()):
        self.status, self.body, self.headers = status, body, list(headers)


def refuse(status: int, code: str, description: str, field: str | None = None) -> Answer:
    """Return the provider's way of saying no."""
    return Answer(status, {"code": code, "description": description} | ({"field": field} if field else {}))


class StandIn:
    """The provider. `mount` is where its pages are on the payer's site, unless `base` names a site of its own."""

    def __init__(
        self,
        state: Path,
        *,
        post: Post,
        base: str | None = None,
        mount: str = "/stand-ins/pay",
        late_seconds: float = 20,
        clock: Callable[[], float] = time.time,
        stylesheets: tuple[str, ...] = (),
    ):
        self.state, self.post, self.base, self.mount = Path(state), post, base, mount
        self.late_seconds, self.clock, self.stylesheets = late_seconds, clock, stylesheets
        self._lock = threading.Lock()

    # --- the door ---------------------------------------------------------------------------------------------

    def __call__(self, environ, start_response):
        """Answer one WSGI request."""
        try:
            with self._lock, self._open() as self._db:
                answer = self._route(environ)
        except Answer as early:
            answer = early
        html = isinstance(answer.body, str)
        body = answer.body.encode() if html else json.dumps(answer.body).encode() if answer.body is not None else b""
        kind = "text/html; charset=utf-8" if html else "application/json"
        reason = {200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 303: "See Other"}.get(
            answer.status, "No"
        )
        headers = [*answer.headers, ("Content-Length", str(len(body)))] + ([("Content-Type", kind)] if body else [])
        start_response(f"{answer.status} {reason}", headers)
        return [body]

    def _open(self):
        self.state.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.state, timeout=20)
        db.execute("pragma journal_mode = wal")
        db.execute(
            "create table if not exists payment(id text primary key, token text unique, account text,"
            " reference text, created real, data text)"
        )
        db.execute("create index if not exists payment_reference on payment(account, reference)")
        db.execute("begin immediate")
        return _Closing(db)

    def _route(self, environ) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/").rstrip("/")
        if card := re.fullmatch(r"/card/([0-9a-f]+)", path):
            return self._card(method, card[1], environ)
        key = re.fullmatch(r"Bearer (\S+)", environ.get("HTTP_AUTHORIZATION", ""))
        if not key:
            raise Answer(401, {"code": "P0920", "description": "Credentials are required to access this resource"})
        query = {name: values[-1] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
        for verb, pattern, handle in self._api():
            if verb == method and (found := re.fullmatch(pattern, path)):
                return handle(*found.groups(), account=key[1], query=query, environ=environ)
        raise Answer(404, {"code": "P0200", "description": "Not found"})

    def _api(self):
        one = r"/v1/payments/([0-9a-z]+)"
        return (
            ("POST", r"/v1/payments", self._create),
            ("GET", r"/v1/payments", self._search),
            ("GET", one, self._get),
            ("GET", one + "/events", self._events),
            ("POST", one + "/cancel", self._cancel),
            ("POST", one + "/refunds", self._refund),
            ("GET", one + "/refunds", self._refunds),
            ("GET", one + "/refunds/([0-9a-z]+)", self._one_refund),
        )

    # --- the protocol -----------------------------------------------------------------------------------------

    def _create(self, *, account, query, environ) -> Answer:
        asked = _json(environ, "P0197")
        for field in ("amount", "reference", "description", "return_url"):
            if asked.get(field) in (None, ""):
                raise refuse(400, "P0101", f"Missing mandatory attribute: {field}", field)
        for field, longest in (("reference", 255), ("description", 255), ("return_url", 2000)):
            if not isinstance(asked[field], str) or len(asked[field]) > longest:
                raise refuse(422, "P0102", f"Invalid attribute value: {field}", field)
        amount = asked["amount"]
        if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount <= MOST:
            raise refuse(422, "P0102", f"Invalid attribute value: amount. Must be between 1 and {MOST}", "amount")
        if asked.get("language", "en") not in ("en", "cy"):
            raise refuse(422, "P0102", "Invalid attribute value: language", "language")
        kept = ("amount", "reference", "description", "return_url", "language", "metadata", "email")
        payment = {field: asked[field] for field in kept if field in asked} | {
            "id": token_hex(13),
            "token": token_hex(16),
            "account": account,
            "created": self.clock(),
            "status": "created",
            "code": None,
            "late": None,
            "refunds": [],
            "events": [["created", self.clock()]],
        }
        self._db.execute(
            "insert into payment values (?, ?, ?, ?, ?, ?)",
            [payment[k] for k in ("id", "token", "account", "reference", "created")] + [json.dumps(payment)],
        )
        return Answer(201, self._shown(payment))

    def _get(self, payment_id, *, account, query, environ) -> Answer:
        return Answer(200, self._shown(self._load(payment_id, account)))

    def _search(self, *, account, query, environ) -> Answer:
        where, values = ["account = ?"], [account]
        if "reference" in query:
            where, values = [*where, "reference = ?"], [*values, query["reference"]]
        for name, test in (("from_date", "created >= ?"), ("to_date", "created < ?")):
            if name in query:
                where, values = [*where, test], [*values, _seconds(query[name])]
        rows = self._db.execute(
            f"select data from payment where {' and '.join(where)} order by created desc, id", values
        ).fetchall()
        found = [self._tick(json.loads(data)) for (data,) in rows]
        found = [p for p in found if query.get("state", p["status"]) == p["status"]]
        page, size = int(query.get("page", 1)), min(int(query.get("display_size", 500)), 500)
        shown = found[(page - 1) * size : page * size]
        if page > 1 and not shown:
            raise refuse(404, "P0402", "the requested page not found")
        results = [self._shown(payment) for payment in shown]
        return Answer(200, {"total": len(found), "count": len(results), "page": page, "results": results, "_links": {}})

    def _events(self, payment_id, *, account, query, environ) -> Answer:
        payment = self._load(payment_id, account)
        events = [
            {
                "payment_id": payment["id"],
                "state": {"status": status, "finished": status in FINISHED},
                "updated": _iso(at),
            }
            for status, at in payment["events"]
        ]
        return Answer(200, {"payment_id": payment["id"], "events": events, "_links": {}})

    def _cancel(self, payment_id, *, account, query, environ) -> Answer:
        payment = self._load(payment_id, account, missing="P0500")
        if payment["status"] in FINISHED:
            raise refuse(400, "P0501", "Cancellation of payment failed")
        self._become(payment, "cancelled", "P0040")
        return Answer(204)

    def _refund(self, payment_id, *, account, query, environ) -> Answer:
        payment, asked = self._load(payment_id, account, missing="P0600"), _json(environ, "P0697")
        amount, left = asked.get("amount"), _left(payment)
        if amount is None:
            raise refuse(400, "P0601", "Missing mandatory attribute: amount", "amount")
        if not isinstance(amount, int) or isinstance(amount, bool) or amount < 1:
            raise refuse(422, "P0602", "Invalid attribute value: amount", "amount")
        if "refund_amount_available" in asked and asked["refund_amount_available"] != left:
            raise refuse(412, "P0604", "Refund amount available mismatch.")
        if amount > left:
            raise refuse(400, "P0603", "The payment is not available for refund.")
        refund = {"refund_id": token_hex(13), "amount": amount, "status": "success", "created": self.clock()}
        payment["refunds"].append(refund)
        self._save(payment)
        self.post.send(self._message(payment, "card_payment_refunded", "refund", refund["refund_id"]))
        return Answer(202, self._shown_refund(payment, refund))

    def _refunds(self, payment_id, *, account, query, environ) -> Answer:
        payment = self._load(payment_id, account, missing="P0800")
        refunds = [self._shown_refund(payment, refund) for refund in payment["refunds"]]
        return Answer(200, {"payment_id": payment["id"], "_embedded": {"refunds": refunds}, "_links": {}})

    def _one_refund(self, payment_id, refund_id, *, account, query, environ) -> Answer:
        payment = self._load(payment_id, account, missing="P0700")
        for refund in payment["refunds"]:
            if refund["refund_id"] == refund_id:
                return Answer(200, self._shown_refund(payment, refund))
        raise refuse(404, "P0700", "Not found")

    # --- the payer's page -------------------------------------------------------------------------------------

    def _card(self, method, token, environ) -> Answer:
        row = self._db.execute("select data from payment where token = ?", [token]).fetchone()
        if not row:
            raise Answer(404, "<!doctype html><title>Not found</title><h1>There is no such payment</h1>")
        payment = self._tick(json.loads(row[0]))
        if payment["status"] in FINISHED or payment["late"]:
            return Answer(303, None, [("Location", payment["return_url"])])
        if method != "POST":
            if payment["status"] == "created":
                self._become(payment, "started", None)
            return Answer(200, card_page(payment, stylesheets=self.stylesheets))
        chosen = parse_qs(_body(environ).decode()).get("outcome", [""])[-1]
        if chosen not in OUTCOMES:
            return Answer(400, card_page(payment, stylesheets=self.stylesheets, wrong=True))
        return self._choose(payment, chosen)

    def _choose(self, payment, chosen) -> Answer:
        status, code, late, messages, returns = OUTCOMES[chosen]
        if late:
            payment["late"] = self.clock() + self.late_seconds
            self._become(payment, "submitted", None)
        else:
            self._become(payment, status, code)
        after = payment | {"status": status, "code": code}
        for _ in range(messages):
            message = self._message(after, EVENTS[status, code], "payment", payment["id"])
            self.post.send(message, after=self.late_seconds if late else 0)
        if returns:
            return Answer(303, None, [("Location", payment["return_url"])])
        return Answer(200, card_page(payment, stylesheets=self.stylesheets, gone=True))

    # --- what it keeps ----------------------------------------------------------------------------------------

    def _load(self, payment_id, account, *, missing="P0200") -> dict:
        row = self._db.execute(
            "select data from payment where id = ? and account = ?", [payment_id, account]
        ).fetchone()
        if not row:
            raise refuse(404, missing, "Not found")
        return self._tick(json.loads(row[0]))

    def _tick(self, payment) -> dict:
        """Let time pass for a payment: a late answer arrives, an unused page expires."""
        if payment["late"] and self.clock() >= payment["late"]:
            payment["late"] = None
            self._become(payment, "success", None)
        elif payment["status"] in ("created", "started") and self.clock() > payment["created"] + EXPIRES:
            self._become(payment, "failed", "P0020")
        return payment

    def _become(self, payment, status, code):
        payment |= {"status": status, "code": code, "events": [*payment["events"], [status, self.clock()]]}
        self._save(payment)

    def _save(self, payment):
        self._db.execute("update payment set data = ? where id = ?", [json.dumps(payment), payment["id"]])

    def _shown(self, payment) -> dict:
        state = {"status": payment["status"], "finished": payment["status"] in FINISHED}
        if payment["code"]:
            state |= {"code": payment["code"], "message": REASONS[payment["code"]]}
        given = sum(refund["amount"] for refund in payment["refunds"])
        taken = payment["status"] == "success"
        where = self.base or "{0.scheme}://{0.netloc}".format(urlsplit(payment["return_url"])) + self.mount
        own = f"{where}/v1/payments/{payment['id']}"
        links = {"self": _link(own), "events": _link(own + "/events"), "refunds": _link(own + "/refunds")}
        if not state["finished"]:
            links |= {"next_url": _link(f"{where}/card/{payment['token']}"), "cancel": _link(own + "/cancel", "POST")}
        shown = {
            k: payment[k]
            for k in ("amount", "reference", "description", "return_url", "metadata", "email")
            if k in payment
        }
        return shown | {
            "payment_id": payment["id"],
            "payment_provider": "sandbox",
            "created_date": _iso(payment["created"]),
            "language": payment.get("language", "en"),
            "delayed_capture": False,
            "moto": False,
            "state": state,
            "refund_summary": {
                "status": ("available" if _left(payment) else "full") if taken else "pending",
                "amount_available": _left(payment) if taken else payment["amount"],
                "amount_submitted": given,
            },
            "settlement_summary": {},
            "_links": links,
        }

    def _shown_refund(self, payment, refund) -> dict:
        shown = {k: refund[k] for k in ("refund_id", "amount", "status")}
        return shown | {"payment_id": payment["id"], "created_date": _iso(refund["created"]), "_links": {}}

    def _message(self, payment, event, kind, resource_id) -> dict:
        return {
            "webhook_message_id": token_hex(13),
            "api_version": 1,
            "created_date": _iso(self.clock()),
            "resource_id": resource_id,
            "resource_type": kind,
            "event_type": event,
            "resource": self._shown(payment),
        }


class _Closing:
    """A database file that commits and closes when its block ends."""

    def __init__(self, db):
        self.db = db

    def __enter__(self):
        return self.db

    def __exit__(self, kind, *_):
        if kind is None or issubclass(kind, Answer):
            self.db.commit()
        self.db.close()


def _left(payment) -> int:
    if payment["status"] != "success":
        return 0
    return payment["amount"] - sum(r["amount"] for r in payment["refunds"] if r["status"] != "error")


def _body(environ) -> bytes:
    return environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), 100_000))


def _json(environ, code) -> dict:
    try:
        asked = json.loads(_body(environ))
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise refuse(400, code, "Unable to parse JSON")
    return asked


def _seconds(text) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        raise refuse(422, "P0401", "Invalid parameters: from_date, to_date") from None


def _iso(seconds) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _link(href, method="GET") -> dict:
    return {"href": href, "method": method}
