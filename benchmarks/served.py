"""Two web servers side by side, ours and the floor: what the measurements of whole requests stand on."""

import contextlib
import http.client
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import psycopg

from benchmarks.ground import ROOT, server_process

PORTS = {"ours": 8461, "floor": 8462}
GUNICORN = "--worker-class gthread --workers 1 --threads 4 --preload --no-control-socket --keep-alive 75"


@dataclass
class Pair:
    """Both servers' processes with the database, and a connection to each."""

    used_by: dict[str, tuple]
    clients: dict[str, http.client.HTTPConnection]

    def ask(self, name: str, method: str, path: str, body: str | None = None, **headers: str) -> bytes:
        """Send one request and return what was answered; stops at anything but success."""
        client = self.clients[name]
        client.request(method, path, body, headers)
        answer = client.getresponse()
        said = answer.read()
        if answer.status not in (200, 201):
            raise SystemExit(f"{name} {path}: {answer.status}: {said[:300]!r}")
        return said


@contextlib.contextmanager
def both(place) -> Iterator[Pair]:
    """Serve ours and the floor from one database server until the block ends."""
    role, database = _lay_floor(place), server_process(place)
    webs = {
        "ours": _serve("moothall.site.wsgi:application", PORTS["ours"], MOOTHALL_API_PER_MINUTE="1000000"),
        "floor": _serve("benchmarks.floor:application", PORTS["floor"], FLOOR_USER=role, FLOOR_HOST=str(place.sock)),
    }
    clients = {name: http.client.HTTPConnection("127.0.0.1", port, timeout=60) for name, port in PORTS.items()}
    try:
        yield Pair({name: (web, database) for name, web in webs.items()}, clients)
    finally:
        for web in webs.values():
            web.terminate()
            web.wait(20)


def _serve(application: str, port: int, **more: str) -> psutil.Process:
    """Start gunicorn with an application and wait until it answers."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **more}
    env.pop("MOOTHALL_AS_OWNER", None)
    words = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *GUNICORN.split()]
    child = psutil.Process(subprocess.Popen([*words, "--log-level", "warning"], env=env, cwd=ROOT).pid)
    for _ in range(150):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=2).connect()
            return child
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{application} does not answer")


def _lay_floor(place) -> str:
    """Make the floor's database; return the role that uses it."""
    from benchmarks import floor  # once Django has our settings, it brings none of its own
    from moothall.site import database

    with psycopg.connect(place.conninfo(), autocommit=True) as admin:
        admin.execute("create database floor")
    with psycopg.connect(place.conninfo("floor"), autocommit=True) as inside:
        inside.execute(floor.TABLES)
        for table in floor.SECURED:
            inside.execute(floor.POLICY.format(t=table, role=database.APP))
        inside.execute(f"grant usage on all sequences in schema public to {database.APP}")
    return database.APP


def submission(uprn: str = "") -> dict:
    """Return a report as an integrator would send it, outside a home: 14 Mill Lane where none is named."""
    from tests.world import MILL_LANE_14

    from moothall.bodies import queries as bodies

    home = bodies.dwelling(uprn or MILL_LANE_14)
    return {
        "service": "report-pothole",
        "answers": {"surface": "road", "width": "dinner-plate", "depth": "fist"},
        "place": {"lat": home.lat, "lon": home.lon},
        "contact": {"name": "Ann Example", "email": "ann@example.org"},
    }


def submissions() -> Iterator[str]:
    """Return reports as JSON without end, from the homes of two districts one after the other."""
    from tests.world import ASHBY, BORLEY, MARCHSHIRE

    from moothall.bodies import queries as bodies

    homes = [submission(uprn) for district in (ASHBY, BORLEY) for uprn in bodies.homes_in(district, 400)]
    places = [bodies.place(**said["place"]) for said in homes]
    county = [bodies.responsible("highways", place).body_id == MARCHSHIRE for place in places]
    return itertools.cycle([json.dumps(said) for said in itertools.compress(homes, county)])
