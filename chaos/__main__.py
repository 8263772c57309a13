"""
Break a whole Moothall on purpose and check that nothing was lost or doubled.

    python -m chaos [--seed 1] [--submissions 20000] [--faults 200]

Prints one JSON line of figures. Exits 1 when something does not hold: the line names it, and the seed.
"""

import argparse
import json
import signal
import sys

from chaos.run import run


def main() -> int:
    """Run; 1 when something does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--submissions", type=int, default=20_000)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--clients", type=int, default=3, help="integrators that submit at the same time")
    parser.add_argument(
        "--deadline", type=float, default=10, help="seconds after which a job is late (60 in real life)"
    )
    parser.add_argument("--only", metavar="WORDS", help="only the faults whose name holds these words")
    parser.add_argument("--like", help="libpq address of a database that holds the tests' county, to copy")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # what was started is stopped on the way
    figures, wrong = run(**vars(given))
    print(json.dumps({"name": "chaos", "seed": given.seed} | figures | {"violations": wrong}), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
