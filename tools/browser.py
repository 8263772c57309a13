"""Make sure there is a Chromium for the browser tests: found, installed by the package manager, or plainly missing."""

import os
import shutil
import sys

from tools import machine

LEAN = "chromium-headless-shell"
NAMES = (LEAN, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The lean one first: it draws the same pages with half the CPU."""
HOW = "Browser tests need Chromium: install your system's `chromium` package, then run `make test` again."


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    given = os.environ.get("CHROMIUM")
    return given or next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Find or install; without a browser say how to get one, and fail where skipping is not allowed."""
    if not (os.environ.get("CHROMIUM") or shutil.which(LEAN)):
        machine.install("a lean Chromium for the browser tests", LEAN)
    if not find():
        machine.install("Chromium for the browser tests", "chromium")
    if not find():
        print(HOW + " Until then the browser tests are skipped.", file=sys.stderr)
        if os.environ.get("CI"):
            raise SystemExit("CI may not skip the browser tests.")


if __name__ == "__main__":
    main()
