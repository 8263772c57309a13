"""
Rate limits: so many times a window for one key, counted in the cache.

A fixed window is enough against guessing and flooding, and costs one cache call. Each web process counts for itself
unless the cache is shared, so a limit is the most that one process lets through.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from moothall.core.refusal import Refusal


class TooOften(Refusal):
    """You have done that too often just now. Wait a few minutes, then try again. If it is urgent, call us."""

    status = 429


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds`, for each key."""

    name: str
    times: int
    seconds: int


SIGN_IN = Limit("sign-in", 10, 300)
SUBMIT = Limit("submit", 20, 600)
TRACK = Limit("track", 10, 300)
UPLOAD = Limit("upload", 40, 600)
API = Limit("api", 600, 60)
WORK_OUT = Limit("work-out", 30, 600)


def limit(what: Limit, key: str, *, at) -> int:
    """
    Count one more and return how many are left in this window. `key` is whom to count, such as an address or a
    reference; only its hash is kept. Raises TooOften, with `retry_after` in seconds among its details.
    """
    moment = int(at.timestamp())
    window, gone = divmod(moment, what.seconds)
    hashed = hashlib.blake2b(f"{settings.SECRET_KEY}:{key}".encode(), digest_size=12).hexdigest()
    name = f"rate:{what.name}:{window}:{hashed}"
    cache.add(name, 0, timeout=what.seconds + 60)
    try:
        count = cache.incr(name)
    except ValueError:  # fell out of the cache between the two calls
        count = 1
    if count > what.times:
        raise TooOften(retry_after=what.seconds - gone)
    return what.times - count


def address(request) -> str:
    """Return the network address to count a visitor by: the last one a proxy of ours added, else the connection's."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    found = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    groups = found.split(":")
    return ":".join(groups[:4]) if len(groups) > 4 else found  # one household's IPv6 network counts as one
