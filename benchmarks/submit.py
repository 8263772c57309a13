"""
Measure a submission by the API over the one-file floor: CPU of web server and database together, taken in turn.

The reports come from some hundred homes, one after the other.

    python -m benchmarks.submit [--rounds 15] [--posts 40]

At most 3 times the floor's CPU and at most 12 statements; exits 1 beyond. Prints one JSON object.
"""

import argparse
import json
import sys
import uuid

from benchmarks.ground import compare, in_turn, memory_mb, statements, world
from benchmarks.served import both, submission, submissions

LIMIT, MOST_STATEMENTS = 3, 12


def main() -> int:
    """Measure; 1 when a submission costs more than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--posts", type=int, default=40)
    given = parser.parse_args()
    with world(durable=True) as place:
        from django.test import Client

        said = {name: submissions() for name in ("ours", "floor")}
        one = json.dumps(submission())
        with both(place) as pair:

            def post(name: str):
                headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
                return pair.ask(name, "POST", "/api/v1/cases", next(said[name]), **headers)

            ask = {name: lambda name=name: post(name) for name in pair.clients}
            taken = in_turn(ask, pair.used_by, rounds=given.rounds, each=given.posts, warm=60)
            memory = memory_mb(pair.used_by["ours"][0])
        count = statements(lambda: Client().post("/api/v1/cases", one, content_type="application/json"))
        kept = compare("submit", taken["ours"], taken["floor"], limit=LIMIT, statements=count, memory_mb=memory)
        return 0 if kept and count <= MOST_STATEMENTS else 1


if __name__ == "__main__":
    sys.exit(main())
