"""
Bring in what stands at an address that a stranger gave us, without being led into our own network.

Only https, only hosts whose every address is a public one, and the connection goes to the very address that was
checked, so that a name cannot point elsewhere the next moment; no redirects, bounded in size and time.
Source: OWASP, Server-Side Request Forgery Prevention Cheat Sheet.
"""

import ipaddress
import socket
from time import monotonic
from urllib.parse import urlsplit

import httpx

TIMEOUT = httpx.Timeout(10, connect=3)
LARGEST = 10_000_000
LONGEST = 60
"""Seconds in which all of it must be here: who sends a byte now and then does not hold a worker."""


class Unreachable(Exception):
    """What was asked for cannot be brought in; the text says why, in a few words."""


def checked(address: str) -> tuple[str, str, str]:
    """Return (public address, host, path with query) of an https address; raises Unreachable."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Unreachable("it is no address") from None
    if parts.scheme != "https" or not parts.hostname or port not in (None, 443) or "@" in parts.netloc:
        raise Unreachable("it is not a plain https address")
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(parts.hostname, 443, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise Unreachable("there is no such host") from None
    if not all(ipaddress.ip_address(one).is_global for one in found):
        raise Unreachable("it does not lead to a public place")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return sorted(found)[0], parts.hostname, path


def bring(address: str) -> bytes:
    """Return what stands at a public https address, at most 10 MB within a minute; raises Unreachable."""
    public, host, path = checked(address)
    until = monotonic() + LONGEST
    numeric = f"[{public}]" if ":" in public else public
    try:
        with (
            httpx.Client(timeout=TIMEOUT, trust_env=False) as client,
            client.stream(
                "GET", f"https://{numeric}{path}", headers={"Host": host}, extensions={"sni_hostname": host}
            ) as answer,
        ):
            if answer.status_code != 200:
                raise Unreachable(f"it answered {answer.status_code}")
            content = bytearray()
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > LARGEST:
                    raise Unreachable("it is larger than 10 MB")
                if monotonic() > until:
                    raise Unreachable("it took longer than a minute")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unreachable(f"it did not answer ({type(error).__name__})") from None
    return bytes(content)
