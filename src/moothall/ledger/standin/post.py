"""How the stand-in delivers its signed messages: from a thread of its own, again and again until someone answers."""

import json
import threading
import time

import httpx

from moothall.ledger.provider import signature

WAITS = (0, 2, 10, 60)


class Post:
    """Sends webhook messages to one address, signed as the provider signs them."""

    def __init__(self, url: str, secret: str):
        self.url, self.secret = url, secret

    def send(self, message: dict, *, after: float = 0) -> None:
        """Deliver a message in the background, `after` seconds from now."""
        threading.Thread(target=self._deliver, args=(json.dumps(message).encode(), after), daemon=True).start()

    def _deliver(self, body: bytes, after: float) -> None:
        headers = {"Content-Type": "application/json", "Pay-Signature": signature(self.secret, body)}
        for wait in WAITS:
            time.sleep(after + wait)
            after = 0
            try:
                if httpx.post(self.url, content=body, headers=headers, timeout=15).is_success:
                    return
            except httpx.HTTPError:
                continue
