"""How often something may be tried, by address and by what is tried."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from moothall.core.refusal import Refusal

WINDOW = 600
#: What is limited -> (tries from one address, tries at one target) in ten minutes.
MOST = {"track": (20, 10), "draft-code": (10, 4), "draft-try": (20, 10)}


class TooOften(Refusal):
    """You have tried too many times. Wait ten minutes, then try again. Nothing you sent before is lost."""

    status = 429


def limited(request: HttpRequest, what: str, target: str) -> None:
    """Count one try; refuse TooOften when there were too many from this address or at this target."""
    by_address, by_target = MOST[what]
    for key, most in ((request.META.get("REMOTE_ADDR", ""), by_address), (target.strip().lower(), by_target)):
        name = f"limit:{what}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
        cache.add(name, 0, WINDOW)
        if cache.incr(name) > most:
            raise TooOften()
