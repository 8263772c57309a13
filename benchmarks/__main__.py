"""Run every measurement in turn; `python -m benchmarks submit queues` runs some. Exits 1 beyond a limit."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NO_MEASUREMENT = {"__init__", "__main__", "ground", "served", "floor"}


def main() -> int:
    """Return 0 when every measurement kept its limits."""
    names = sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NO_MEASUREMENT)
    results = [subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent) for name in names]
    return 1 if any(result.returncode for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
