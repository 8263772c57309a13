"""How two systems talk without losing or doubling anything: signatures, waits and what may follow what."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

#: A message older or newer than this is refused, so that a recorded one cannot be played again later.
FRESH_SECONDS = 300

#: Seconds to wait before the second, third, ... attempt; after the last one a person must decide.
WAITS = (2, 10, 60, 300, 900, 3600, 3600 * 4, 3600 * 12)

#: Answers that mean "ask again later"; other refusals of the far end are final and shown to a person.
AGAIN = (408, 425, 429, 500, 502, 503, 504)


def canonical(body: Mapping) -> bytes:
    """Return the one way of writing a message as bytes: sorted keys, no spaces, UTF-8.

    >>> canonical({"b": 1, "a": "Tŷ"})
    b'{"a":"T\\xc5\\xb7","b":1}'
    """
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign(key: str, *, message_id: str, sent_at: int, body: bytes) -> str:
    """Return the signature of a message: HMAC-SHA256 over "id.seconds.body", as "v1=" and 64 hexadecimal digits.

    Source: HMAC, RFC 2104. The id and the time are signed with the body, so neither can be exchanged.
    """
    signed = f"{message_id}.{sent_at}.".encode() + body
    return "v1=" + hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()


def headers(key: str, *, message_id: str, sent_at: int, body: bytes) -> dict[str, str]:
    """Return the HTTP headers that carry a signed message's id, time and signature."""
    signature = sign(key, message_id=message_id, sent_at=sent_at, body=body)
    return {
        "Moothall-Message-Id": message_id,
        "Moothall-Timestamp": str(sent_at),
        "Moothall-Signature": signature,
        "Idempotency-Key": message_id,
        "Content-Type": "application/json",
    }


@dataclass(frozen=True)
class Checked:
    """Whether a received message is genuine and fresh; if not, `why` is a sentence for the sender's log."""

    good: bool
    why: str = ""


def check(keys: list[str], received: Mapping[str, str], body: bytes, *, now: int) -> Checked:
    """Check a received message against one or more shared keys (two while a key is being changed).

    `received` are its HTTP headers (any case), `now` is in seconds since 1970.
    """
    found = {name.lower(): value for name, value in received.items()}
    message_id, stamp = (
        found.get("moothall-message-id", ""),
        found.get("moothall-timestamp", ""),
    )
    signature = found.get("moothall-signature", "")
    if not (message_id and stamp and signature):
        return Checked(
            False,
            "Send Moothall-Message-Id, Moothall-Timestamp and Moothall-Signature.",
        )
    if not (stamp.isascii() and stamp.isdigit()):
        return Checked(False, "Moothall-Timestamp must be whole seconds since 1970.")
    if abs(now - int(stamp)) > FRESH_SECONDS:
        return Checked(
            False,
            f"Moothall-Timestamp is more than {FRESH_SECONDS} seconds away from our clock.",
        )
    wanted = [sign(key, message_id=message_id, sent_at=int(stamp), body=body) for key in keys]
    if not any(hmac.compare_digest(one.encode(), signature.encode()) for one in wanted):
        return Checked(
            False,
            "Moothall-Signature does not match the body, the id, the time and your key.",
        )
    return Checked(True)


def next_attempt(attempts: int, at: datetime) -> datetime | None:
    """Return when to try again after `attempts` failed tries, or None when a person must look.

    >>> from datetime import UTC
    >>> next_attempt(1, datetime(2026, 6, 1, 9, 0, 0, tzinfo=UTC)).second
    2
    """
    if attempts < 1 or attempts > len(WAITS):
        return None
    return at + timedelta(seconds=WAITS[attempts - 1])


#: What may follow what for a call to another system; anything else is refused.
#: `waiting` is not yet taken by the far end; `accepted` means it has it and will call back.
FOLLOWS = {
    "waiting": {"accepted", "done", "refused", "failed"},
    "accepted": {"done", "refused", "failed"},
    "failed": {"waiting", "accepted", "done", "refused"},
    "done": set(),
    "refused": set(),
}


def may_follow(state: str, new: str) -> bool:
    """Say whether a call may pass from one state to another."""
    return new in FOLLOWS.get(state, ())


@dataclass(frozen=True)
class Answer:
    """What the far end said: `state` accepted, done, refused, again (ask later) or broken (a person must look)."""

    state: str
    outputs: Mapping
    reason: str = ""
    reference: str = ""


def read_answer(status: int, text: bytes) -> Answer:
    """Turn an HTTP answer into what it means; an answer that makes no sense is `again`, never lost work.

    >>> read_answer(202, b'{"state": "accepted", "reference": "W-1"}').reference
    'W-1'
    >>> read_answer(503, b'').state
    'again'
    """
    if status in AGAIN:
        return Answer("again", {}, f"The other system answered {status}.")
    if status == 404:
        return Answer("unknown", {}, "The other system does not know this reference.")
    if not 200 <= status < 300:
        return Answer(
            "broken",
            {},
            f"The other system refused the message with {status}: {_start(text)}",
        )
    try:
        said = json.loads(text)
        return read_said(said)
    except (ValueError, TypeError, AttributeError):
        return Answer("again", {}, "The other system's answer could not be read.")


def read_said(said: Mapping) -> Answer:
    """Turn a message's content into an answer; raises ValueError when it is none of the three known states."""
    state = said.get("state")
    outputs, reason = said.get("outputs") or {}, said.get("reason") or ""
    if state not in ("accepted", "done", "refused"):
        raise ValueError("state must be accepted, done or refused")
    if not (isinstance(outputs, dict) and isinstance(reason, str)):
        raise TypeError("outputs must be an object and reason a sentence")
    if state == "refused" and not reason:
        raise ValueError("a refusal must give the resident a reason")
    return Answer(state, outputs, reason, str(said.get("reference") or ""))


def _start(text):
    return text[:200].decode("utf-8", "replace")
