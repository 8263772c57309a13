"""Our end of a conformance test: takes call-backs as awkwardly as the world does, and keeps what came."""

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LONGEST = 100_000


@dataclass(frozen=True)
class Heard:
    """A call-back as it came: of which request, with which headers and body, when, and what we answered."""

    id: str
    headers: dict[str, str]
    body: bytes
    at: float
    answered: str


@dataclass
class Listener:
    """Listens until it is closed. `manners` says of a request how its first call-back is met: ok, 500, silence, slow.

    Every later one is answered 200.
    """

    host: str
    port: int
    slow: float
    manners: dict[str, str] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)

    def __post_init__(self):
        self._lock = threading.Lock()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            """Takes one call-back."""

            def do_POST(self):
                listener._take(self)

            def log_message(self, *args):
                """Say nothing."""

        self.server = ThreadingHTTPServer((self.host, self.port), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, request_id: str) -> list[Heard]:
        """Return the call-backs of a request, in the order in which they came."""
        with self._lock:
            return [one for one in self.heard if one.id == request_id]

    def close(self) -> None:
        """Listen no longer."""
        self.server.shutdown()
        self.server.server_close()

    def _take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(min(int(handler.headers.get("Content-Length") or 0), LONGEST))
        try:
            request_id = str(json.loads(body)["id"])
        except (ValueError, TypeError, KeyError):
            request_id = ""
        with self._lock:
            manner = self.manners.pop(request_id, "ok")
            self.heard.append(Heard(request_id, dict(handler.headers), body, time.time(), manner))
        if manner == "silence":
            handler.connection.close()
            return
        if manner == "slow":
            time.sleep(self.slow)
        _answer(handler, 500 if manner == "500" else 200)


def _answer(handler: BaseHTTPRequestHandler, status: int) -> None:
    said = json.dumps({"state": "accepted"} if status == 200 else {"title": "Broken, for this test"}).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(said)))
    handler.end_headers()
    handler.wfile.write(said)
