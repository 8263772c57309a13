"""Make sure letters can be made as PDF (WeasyPrint draws with Pango): `python -m tools.letters`."""

import subprocess
import sys

from tools import machine

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
HOW = f"Letters as PDF need Pango: install {', '.join(PACKAGES)} (Debian's names). Everything else works without."


def ready() -> bool:
    """Return whether WeasyPrint finds what it draws with; asked in a process of its own, so that it may be mended."""
    asked = [sys.executable, "-c", "import weasyprint"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def main() -> None:
    """Find or install; without Pango say what is missing, and go on."""
    if not ready():
        machine.install("what letters are drawn with", *PACKAGES)
        if not ready():
            print(HOW, file=sys.stderr)


if __name__ == "__main__":
    main()
