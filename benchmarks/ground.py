"""What the measurements of cases stand on: a throwaway server with the tests' world, and the machine's word on CPU."""

import contextlib
import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]


@contextlib.contextmanager
def world(*, durable: bool = False) -> Iterator:
    """Start a server of our own below /var/tmp, lay the tests' county out in it, and yield where it is.

    A durable one writes to disk before it answers, as a live one does.
    """
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="moothall-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ |= {"MOOTHALL_DATA": str(folder), "MOOTHALL_AS_OWNER": "1", "MOOTHALL_TESTING": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.site.settings")
        import django

        from moothall.site import database, postgres

        place = postgres.start(folder / "pg", throwaway=not durable)
        try:
            database.ensure()
            django.setup()
            from django.core.management import call_command

            call_command("migrate", database="owner", verbosity=0)
            from tests import world as county

            county.build()
            yield place
        finally:
            postgres.stop(place, force=True)


def cpu(*processes: psutil.Process) -> float:
    """Return the CPU seconds that processes and all below them have used."""
    used = 0.0
    for process in processes:
        for one in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                times = one.cpu_times()
                used += times.user + times.system
    return used


def server_process(place) -> psutil.Process:
    """Return PostgreSQL's own process."""
    return psutil.Process(int((place.data / "postmaster.pid").read_text().split()[0]))


def spread(times: list[float]) -> dict[str, float]:
    """Return median and 95th percentile of times in milliseconds."""
    ordered = sorted(times)
    return {
        "median_ms": round(statistics.median(ordered), 2),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2),
    }


def say(name: str, **figures) -> None:
    """Print one figure as a line of JSON."""
    print(json.dumps({"name": name} | figures), flush=True)
