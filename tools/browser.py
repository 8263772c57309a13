"""Make sure there is a Chromium for the browser tests: found, installed by the package manager, or plainly missing."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "Browser tests need Chromium: install your system's `chromium` package, then run `make test` again."


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    given = os.environ.get("CHROMIUM")
    return given or next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Ask Debian's package manager, if it is there and we may."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests ...", flush=True)
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=env)


def main() -> None:
    """Find or install; without a browser say how to get one, and fail where skipping is not allowed."""
    if not find():
        install()
    if not find():
        print(HOW + " Until then the browser tests are skipped.", file=sys.stderr)
        if os.environ.get("CI"):
            raise SystemExit("CI may not skip the browser tests.")


if __name__ == "__main__":
    main()
