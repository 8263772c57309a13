"""Those Moothall talks to, really running: who sends letters, who takes payments, a district's own waste system."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import httpx
from tests import notify_standin

from moothall.ledger.standin.post import Post
from moothall.ledger.standin.server import StandIn

EXAMPLE = Path(__file__).parents[1] / "examples" / "external_waste.py"
SECRET = "between the provider and us"
KEYS = {2: "ashby-pays", 3: "borley-pays"}
LATE = 2.0


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


class Provider:
    """The payment provider's stand-in behind a door that can be shut, or through which no answer comes back."""

    def __init__(self, folder: Path, webhook: str):
        self.mode = "ok"
        self.server = _Server(("127.0.0.1", 0), _Quiet)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        post = Post(webhook, SECRET)
        self.standin = StandIn(folder / "pay.db", post=post, base=self.address, late_seconds=LATE)
        self.server.set_app(self.answer)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def answer(self, environ, start_response):
        """Answer as the mode says: "ok"; "down" does nothing; "deaf" does it, and its answer is lost."""
        ours = "HTTP_AUTHORIZATION" in environ
        if ours and self.mode == "down":
            return _broken(start_response)
        said = self.standin(environ, start_response if self.mode != "deaf" or not ours else lambda *_: None)
        return _broken(start_response) if ours and self.mode == "deaf" else said

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _broken(start_response):
    start_response("502 Bad Gateway", [("Content-Length", "0")])
    return [b""]


class Waste:
    """Borley's own waste system: the example, as a process."""

    def __init__(self, folder: Path):
        self.folder, self.port, self.key, self.process = folder, 0, "", None

    @property
    def book(self) -> Path:
        return self.folder / "external_waste.json"

    def connect(self, port: int) -> None:
        """Let it do Borley's waste from now on."""
        from moothall.bodies import queries as bodies
        from moothall.core.actor import Actor
        from moothall.core.clock import now
        from moothall.core.scope import Scope, scoped
        from moothall.functions.links import actions, queries

        body, self.port = bodies.body("borley"), port
        by = Actor.system("chaos", body.id)
        with scoped(Scope(bodies=(body.id,), purpose="chaos", actor=by)):
            said = {"body_id": body.id, "function": "waste", "name": "Borley's own waste system"}
            self.key = queries.key(actions.connect(**said, address=f"http://127.0.0.1:{port}", at=now(), by=by))

    def start(self) -> None:
        """Start it, unless it runs."""
        if self.process is None or self.process.poll() is not None:
            command = [sys.executable, str(EXAMPLE), str(self.port), str(self.book), "0.5"]
            self.process = subprocess.Popen(command, env={**os.environ, "EXTERNAL_KEY": self.key})

    def kill(self) -> None:
        """End it at once."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def be(self, mode: str) -> None:
        """Tell it how to behave: ok, stop, twice or break."""
        from moothall.functions.links import rules

        body = rules.canonical({"mode": mode})
        headers = rules.headers(self.key, message_id=f"mode:{time.time()}", sent_at=int(time.time()), body=body)
        self.start()
        for _ in range(100):
            with contextlib.suppress(httpx.HTTPError):
                httpx.post(f"http://127.0.0.1:{self.port}/mode", content=body, headers=headers).raise_for_status()
                return
            time.sleep(0.1)
        raise RuntimeError("Borley's waste system does not listen")


class Neighbours:
    """All three; `settings` is what Moothall must know of them."""

    def __init__(self, folder: Path, home: str):
        self.provider = Provider(folder, f"{home}/pay/webhook/")
        self.waste = Waste(folder)
        self._notify = notify_standin.running()
        self.notify = None

    def start(self) -> None:
        self.notify = self._notify.__enter__()
        self.waste.start()

    def stop(self) -> None:
        if self.notify:
            self._notify.__exit__(None, None, None)
        self.provider.stop()
        self.waste.kill()

    def heal(self) -> None:
        """Let all three work as they should."""
        self.provider.mode = "ok"
        self.notify.lose, self.notify.refuse = 0, None
        self.waste.start()
        self.waste.be("ok")

    def settings(self) -> dict[str, str]:
        """Return the environment in which Moothall finds them."""
        return {
            "MOOTHALL_MESSAGES": "notify",
            "NOTIFY_API_KEY": notify_standin.KEY,
            "NOTIFY_ADDRESS": self.notify.address,
            "NOTIFY_EMAIL_TEMPLATE": notify_standin.TEMPLATES["email"],
            "NOTIFY_SMS_TEMPLATE": notify_standin.TEMPLATES["sms"],
            "MOOTHALL_PAY_URL": self.provider.address,
            "MOOTHALL_PAY_PAGES": self.provider.address,
            "MOOTHALL_PAY_SECRET": SECRET,
            "MOOTHALL_PAY_KEYS": ",".join(f"{body}={key}" for body, key in KEYS.items()) + ",all-others-pay",
        }
