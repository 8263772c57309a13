"""What the measurements of cases stand on: a throwaway server with the tests' world, and the machine's word on CPU."""

import contextlib
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
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


def seconds(*processes: psutil.Process) -> dict[int, float]:
    """Return the CPU seconds that processes and all below them have used so far, by process id."""
    used = {}
    for process in processes:
        for one in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess, OSError):
                used[one.pid] = _of_threads(one.pid) or sum(one.cpu_times()[:2])
    return used


def _of_threads(pid: int) -> float:
    """Return what the kernel's scheduler says of a process's threads, to the nanosecond; 0 where it says nothing."""
    told = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return sum(int(words[0]) for words in told) / 1e9


def spent(before: dict[int, float], after: dict[int, float]) -> float:
    """Return the milliseconds of CPU between two looks; what ended meanwhile is left out."""
    return 1000 * sum(used - before.get(pid, 0) for pid, used in after.items())


@dataclass
class Taken:
    """What asking took: each time in milliseconds, and the CPU of one asking in each round."""

    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def in_turn(ask: dict[str, Callable], used_by: dict[str, tuple], *, rounds: int, each: int, warm: int = 30) -> dict:
    """Ask each in turn, `each` times a round; return {name: Taken}. `used_by` names the processes that serve it."""
    taken = {name: Taken() for name in ask}
    for one in ask.values():
        for _ in range(warm):
            one()
    for _ in range(rounds):
        for name, one in ask.items():
            before = seconds(*used_by[name])
            for _ in range(each):
                began = time.perf_counter()
                one()
                taken[name].times.append(1000 * (time.perf_counter() - began))
            taken[name].cpu.append(spent(before, seconds(*used_by[name])) / each)
    return taken


def ratio(ours: Taken, baseline: Taken) -> float:
    """Return the CPU of ours over the baseline's: the median of the rounds, each against its own neighbour."""
    return statistics.median(one / other for one, other in zip(ours.cpu, baseline.cpu, strict=True))


def compare(name: str, ours: Taken, baseline: Taken, *, limit: float | None = None, **more) -> bool:
    """Print one figure; return whether it keeps its limit."""
    found = ratio(ours, baseline)
    told = {"cpu_ms": round(statistics.median(ours.cpu), 2)} | spread(ours.times)
    other = {"cpu_ms": round(statistics.median(baseline.cpu), 2)} | spread(baseline.times)
    say(name, ratio=round(found, 2), limit=limit, **told, baseline=other, **more)
    return limit is None or found <= limit


def memory_mb(process: psutil.Process) -> int:
    """Return the memory that a process, or the greatest of those below it, holds."""
    return round(max(one.memory_info().rss for one in [process, *process.children()]) / 2**20)


def statements(ask: Callable) -> int:
    """Return how many statements an asking in this process takes: BEGIN, COMMIT and the connection's check counted.

    The median of five: now and then what the process keeps for seconds is read anew.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(5):
        with CaptureQueriesContext(connection) as asked:
            ask()
        counts.append(len(asked) + 1)
    return int(statistics.median(counts))


def server_process(place) -> psutil.Process:
    """Return PostgreSQL's own process."""
    return psutil.Process(int((place.data / "postmaster.pid").read_text().split()[0]))


def spread(times: list[float]) -> dict[str, float]:
    """Return median and 95th percentile of times in milliseconds."""
    ordered = sorted(times)
    return {
        "median_ms": round(statistics.median(ordered), 3),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 3),
    }


def say(name: str, **figures) -> None:
    """Print one figure as a line of JSON, with how busy the machine was."""
    busy = round(os.getloadavg()[0] / os.cpu_count(), 1)
    print(json.dumps({"name": name} | figures | {"load_per_core": busy}), flush=True)
