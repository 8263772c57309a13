"""Run every measurement in turn; `python -m benchmarks submit queues` runs some. Exits 1 beyond a limit."""

import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
NO_MEASUREMENT = {"__init__", "__main__", "ground", "served", "floor"}
REST = 30
"""Seconds to wait before a figure that a busy machine may have spoilt is measured once more."""


def measured(name: str) -> bool:
    """Return whether a measurement kept its limits; one that did not on a busy machine is given a second chance."""
    words = [sys.executable, "-m", f"benchmarks.{name}"]
    kept = subprocess.run(words, cwd=HERE.parent).returncode == 0
    if kept or os.getloadavg()[0] <= os.cpu_count():
        return kept
    print(f"{name}: beyond its limit, but the machine is busy with other work; measuring again", file=sys.stderr)
    time.sleep(REST)
    return subprocess.run(words, cwd=HERE.parent).returncode == 0


def main() -> int:
    """Return 0 when every measurement kept its limits."""
    names = sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NO_MEASUREMENT)
    return 0 if all([measured(name) for name in names]) else 1


if __name__ == "__main__":
    sys.exit(main())
