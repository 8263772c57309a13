"""
Measure the page on which a resident follows a case, over the floor's page: CPU of web and database, taken in turn.

    python -m benchmarks.track [--rounds 15] [--gets 30]

Ours is the GET of /cases/REFERENCE/ by a browser that has shown the reference and a contact: promise, timeline with all
messages, answers, what comes next, in the full page. The floor reads one row by its key under row security and shows it
in a page of four lines: the least that Django can do, so the ratio says what the page itself costs. Without a limit.
Prints one JSON object.
"""

import argparse
import json
import sys

from benchmarks.ground import compare, in_turn, memory_mb, statements, world
from benchmarks.served import both, submission


def opened() -> tuple[str, object]:
    """Open a case, let its first jobs run, show reference and contact; return its address and the client that did."""
    from django.test import Client

    from moothall.core.clock import now
    from moothall.core.queue import run_pending

    client, said = Client(), submission()
    case = client.post("/api/v1/cases", json.dumps(said), content_type="application/json").json()
    run_pending(at=now())
    shown = client.post("/track/", {"reference": case["reference"], "contact": said["contact"]["email"]})
    if shown.status_code != 302:
        raise SystemExit(f"/track/ answered {shown.status_code}")
    return f"/cases/{case['reference']}/", client


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--gets", type=int, default=30)
    given = parser.parse_args()
    with world(durable=True) as place:
        address, client = opened()
        cookies = client.cookies.output(attrs=[], header="", sep=";").strip()
        with both(place) as pair:
            kase = json.loads(pair.ask("floor", "POST", "/api/v1/cases", json.dumps(submission())))["id"]
            if b"Mill Lane" not in pair.ask("ours", "GET", address, Cookie=cookies):
                raise SystemExit("this is not the case's page")
            ask = {
                "ours": lambda: pair.ask("ours", "GET", address, Cookie=cookies),
                "floor": lambda: pair.ask("floor", "GET", f"/cases/{kase}/"),
            }
            taken = in_turn(ask, pair.used_by, rounds=given.rounds, each=given.gets)
            memory = memory_mb(pair.used_by["ours"][0])
        count = statements(lambda: client.get(address))
        compare("track", taken["ours"], taken["floor"], statements=count, memory_mb=memory)
    return 0


if __name__ == "__main__":
    sys.exit(main())
