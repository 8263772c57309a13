"""What Python cannot bring: Debian packages, installed where we may, and plainly named where we may not."""

import os
import shutil
import subprocess


def install(what: str, *packages: str) -> None:
    """Ask Debian's package manager for packages, if it is there and we are root; otherwise do nothing."""
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        return
    print(f"Installing {what} ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL, env=env)
