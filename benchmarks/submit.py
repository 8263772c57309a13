"""
Measure a submission by the API over the one-file floor: CPU of web server and database together, taken in turn.

    python -m benchmarks.submit [--rounds 8] [--posts 60]

At most 3 times the floor's CPU and at most 12 statements; exits 1 beyond. Prints one JSON object.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import time
import uuid

import psutil
import psycopg

from benchmarks.ground import ROOT, cpu, say, server_process, spread, world

OURS, FLOOR = 8461, 8462
GUNICORN = "--worker-class gthread --workers 1 --threads 4 --preload --no-control-socket --keep-alive 75"


def serve(application: str, port: int, **more: str) -> psutil.Process:
    """Start gunicorn with an application and wait until it answers."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **more}
    env.pop("MOOTHALL_AS_OWNER", None)
    words = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *GUNICORN.split()]
    child = psutil.Process(subprocess.Popen(words, env=env, cwd=ROOT).pid)
    for _ in range(150):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=2).connect()
            return child
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{application} does not answer")


def lay_floor(place) -> str:
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


def submission() -> dict:
    """Return a report as an integrator would send it."""
    from tests.world import MILL_LANE_14

    from moothall.bodies import queries as bodies

    home = bodies.dwelling(MILL_LANE_14)
    return {
        "service": "report-pothole",
        "answers": {"surface": "road", "width": "dinner-plate", "depth": "fist"},
        "place": {"lat": home.lat, "lon": home.lon},
        "contact": {"name": "Ann Example", "email": "ann@example.org"},
    }


def post(client: http.client.HTTPConnection, said: dict, times: list[float]) -> None:
    """Send one submission and keep how long its answer took."""
    began = time.perf_counter()
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    client.request("POST", "/api/v1/cases", json.dumps(said), headers)
    answer = client.getresponse()
    body = answer.read()
    if answer.status != 201:
        raise SystemExit(f"{answer.status}: {body[:300]!r}")
    times.append(1000 * (time.perf_counter() - began))


def statements(said: dict) -> int:
    """Return how many statements one submission takes, BEGIN and COMMIT counted."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            Client().post("/api/v1/cases", said, content_type="application/json")
    return len(asked)


def main() -> int:
    """Measure; 1 when a submission costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--posts", type=int, default=60)
    given = parser.parse_args()
    with world(durable=True) as place:
        role, said, database = lay_floor(place), submission(), server_process(place)
        webs = {
            "ours": serve("moothall.site.wsgi:application", OURS, MOOTHALL_API_PER_MINUTE="1000000"),
            "floor": serve("benchmarks.floor:application", FLOOR, FLOOR_USER=role, FLOOR_HOST=str(place.sock)),
        }
        ports = {"ours": OURS, "floor": FLOOR}
        clients = {name: http.client.HTTPConnection("127.0.0.1", port, timeout=60) for name, port in ports.items()}
        times, used = {"ours": [], "floor": []}, {"ours": [], "floor": []}
        try:
            for client in clients.values():
                for _ in range(30):
                    post(client, said, [])
            for _ in range(given.rounds):
                for name, client in clients.items():
                    before = cpu(webs[name], database)
                    for _ in range(given.posts):
                        post(client, said, times[name])
                    used[name].append(1000 * (cpu(webs[name], database) - before) / given.posts)
            memory = round(webs["ours"].children()[0].memory_info().rss / 2**20)
        finally:
            for web in webs.values():
                web.terminate()
        count = statements(said)
        ms = {name: statistics.median(values) for name, values in used.items()}
        ratio = ms["ours"] / ms["floor"]
        say("submit", ratio=round(ratio, 2), limit=3, cpu_ms=round(ms["ours"], 2), floor_cpu_ms=round(ms["floor"], 2),
            **spread(times["ours"]), floor=spread(times["floor"]), statements=count, memory_mb=memory)  # fmt: skip
        return 0 if ratio <= 3 and count <= 12 else 1


if __name__ == "__main__":
    sys.exit(main())
