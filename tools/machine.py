"""What Python cannot bring: Debian packages, installed where we may, and plainly named where we may not."""

import os
import shutil
import subprocess

PATIENCE = ("-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::https::Timeout=20")


def install(what: str, *packages: str) -> None:
    """Ask Debian's package manager for packages, if it is there and we are root; otherwise do nothing.

    Where nothing answers it gives up soon: who calls has something else to fall back on, or says what is missing.
    """
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    print(f"Installing {what} ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *PATIENCE, *command], check=False, stdout=subprocess.DEVNULL, env=env)
