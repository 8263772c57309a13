"""What the tests of links share: Borley's own waste system, really running, and a Moothall it can call back."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import httpx
import pytest
from django.db import connections
from tests.world import BORLEY

from moothall.core import queue
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.scope import Scope, scoped
from moothall.functions.links import actions, queries, rules

EXAMPLE = Path(__file__).parents[5] / "examples" / "external_waste.py"
OPERATOR = Actor("staff", "301", BORLEY)
DISTRICT = Scope(bodies=(BORLEY,), purpose="test", actor=OPERATOR)
NOBODY = Scope(purpose="front door", actor=Actor("contact"))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


class Home:
    """This Moothall, answering over HTTP in a thread of the test."""

    def __init__(self):
        from django.core.wsgi import get_wsgi_application

        self.server = WSGIServer(("127.0.0.1", free_port()), Quiet)
        application = get_wsgi_application()

        def answer(environ, start_response):
            try:
                return list(application(environ, start_response))
            finally:
                connections.close_all()

        self.server.set_app(answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Elsewhere:
    """Borley's waste system: a process that can be stopped, killed and started again."""

    def __init__(self, system, folder, delay=0.3):
        self.system, self.folder, self.delay = system, folder, delay
        self.port = int(system.address.rsplit(":", 1)[1])
        self.process = None

    def start(self):
        command = [sys.executable, str(EXAMPLE), str(self.port), str(self.folder / "book.json"), str(self.delay)]
        self.process = subprocess.Popen(command, env=os.environ | {"EXTERNAL_KEY": queries.key(self.system)})
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise RuntimeError("Borley's waste system did not start")

    def kill(self):
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def mode(self, mode):
        with scoped(DISTRICT):
            actions.set_mode(system=self.system, mode=mode, at=now(), by=OPERATOR)


@pytest.fixture
def home(real_db, settings):
    """Serve this Moothall over HTTP."""
    served = Home()
    settings.MOOTHALL_ADDRESS = served.address
    yield served
    served.close()


@pytest.fixture
def system(real_db):
    """Connect Borley's waste to another system."""
    with scoped(DISTRICT):
        address = f"http://127.0.0.1:{free_port()}"
        return actions.connect(
            body_id=BORLEY, function="waste", name="Borley Clean Streets", address=address, at=now(), by=OPERATOR
        )


@pytest.fixture
def elsewhere(home, system, tmp_path):
    """Start Borley's waste system."""
    running = Elsewhere(system, tmp_path).start()
    yield running
    running.kill()


def home_in_borley() -> dict:
    """Return the place of a home in Borley."""
    from moothall.bodies import queries as bodies

    for street in bodies.streets_within(-(10**9), -(10**9), 10**9, 10**9):
        place = bodies.place_of_street(street.usrn)
        if bodies.responsible("waste-collection", place).body_id == BORLEY:
            return place
    raise LookupError("no street in Borley")


def dump_reported(at=None):
    """Report dumped rubbish in Borley as a resident does."""
    from moothall.casework import actions as casework

    place = home_in_borley()
    answers = {"where": place, "what": ["bags"], "amount": "bag", "land": "public", "blocks": False, "saw": False}
    with scoped(NOBODY):
        return casework.open_case(
            service_id="fly-tipping", answers=answers, place=place, contact={"email": "ann@example.org"},
            channel="web", at=at or now(), by=NOBODY.actor,
        )  # fmt: skip


def work(until, seconds=15):
    """Let the queue work, as a worker does, until something is true."""
    for _ in range(seconds * 10):
        queue.run_pending(at=now())
        if until():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come true")


def step(opened):
    """Return the clearing step of a case."""
    from moothall.casework import queries as casework

    with scoped(DISTRICT):
        return casework.case_file(opened.case_id).steps["clear"]


def calls():
    from moothall.functions.links.models import Call

    with scoped(DISTRICT):
        return list(Call.objects.order_by("opened_at"))


def post_back(home, system, said, *, number="m-1", key=None, at=None):
    """Post a signed answer to this Moothall."""
    body = rules.canonical(said)
    headers = rules.headers(
        key or queries.key(system), message_id=number, sent_at=int((at or now()).timestamp()), body=body
    )
    return httpx.post(f"{home.address}/api/external/borley/waste/answers/", content=body, headers=headers)


HOUR = dt.timedelta(hours=1)
