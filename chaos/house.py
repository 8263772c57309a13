"""A whole Moothall to break: a durable database, two web processes, two workers, and the proxy in front of the data."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import psycopg

from chaos.neighbours import Neighbours
from chaos.proxy import Proxy
from moothall.site import database, postgres

ROOT = Path(__file__).parents[1]
KINDS = ("web", "worker")
WORKERS = 2
MOST_CONNECTIONS = {"max_connections": "120"}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def lay_out(at: postgres.Place, like: str | None) -> None:
    """Fill the database with the tests' county: built afresh, or copied from a database that holds it."""
    database.ensure()
    if like:
        dump = Path(os.environ["MOOTHALL_DATA"]) / "county.dump"
        dump.touch(0o666)
        dump.chmod(0o666)
        postgres.program("pg_dump", "--format=custom", "--compress=0", f"--file={dump}", like, at=at)
        restored = ("--clean", "--if-exists", "--dbname", at.conninfo(database.NAME), dump)
        postgres.program("pg_restore", "--jobs=2", *restored, at=at)
        return
    from django.core.management import call_command
    from tests import world

    call_command("migrate", database="owner", verbosity=0)
    world.build()


class House:
    """The processes of one Moothall. `deadline`: seconds after which a job is late."""

    def __init__(self, folder: Path, deadline: float):
        self.folder, self.deadline = folder, deadline
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.at = postgres.place(folder / "pg")
        self.proxy = Proxy(str(self.at.sock / ".s.PGSQL.5432"), KINDS)
        self.neighbours = Neighbours(folder, self.address)
        self.web: subprocess.Popen | None = None
        self.workers: list[subprocess.Popen | None] = [None] * WORKERS
        self.frozen: set[int] = set()
        self.logs = open(folder / "house.log", "ab")  # noqa: SIM115 - closed with the house
        self._door = threading.Lock()

    def open(self) -> None:
        """Start all of it; returns once the web answers."""
        self.proxy.start()
        self.neighbours.start()
        self.start_web()
        for number in range(WORKERS):
            self.start_worker(number)
        self.wait_for_web()

    def close(self) -> None:
        """Stop every process that was started here."""
        self.wake_all()
        for process in [self.web, *self.workers]:
            if process:
                _kill_tree(process.pid)
                process.wait()
        self.neighbours.stop()
        self.proxy.stop()
        self.logs.close()

    def start_web(self) -> None:
        """Start the web, unless it runs."""
        if self.web is None or self.web.poll() is not None:
            words = ["-m", "django", "web", "--processes", "2", "--threads", "4", "--bind", f"127.0.0.1:{self.port}"]
            self.web = self._run(words, "web")

    def start_worker(self, number: int) -> None:
        """Start one of the workers with its watcher, unless it runs."""
        running = self.workers[number]
        if running is None or running.poll() is not None:
            words = ["-m", "chaos.worker", "--deadline", str(self.deadline)]
            self.workers[number] = self._run(words, "worker")

    def kill_worker(self, number: int) -> None:
        """End a worker and its watcher at once, as a loss of power does."""
        if process := self.workers[number]:
            _kill_tree(process.pid)
            process.wait()

    def _run(self, words: list[str], kind: str) -> subprocess.Popen:
        address = "postgresql://{}@127.0.0.1:{}/{}?sslmode=disable&gssencmode=disable"
        port = self.proxy.ports[kind]
        env = {**os.environ, **self.neighbours.settings(), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
               "DATABASE_URL": address.format(database.APP, port, database.NAME),
               "DATABASE_OWNER_URL": address.format(database.OWNER, port, database.NAME),
               "MOOTHALL_PORT": str(self.port), "MOOTHALL_ADDRESS": self.address,
               "MOOTHALL_API_PER_MINUTE": "10000000"}  # fmt: skip
        if kind == "worker":
            env["PGOPTIONS"] = f"-c idle_in_transaction_session_timeout={round(2 * self.deadline)}s"
        for name in ("MOOTHALL_AS_OWNER", "MOOTHALL_TESTING", "MOOTHALL_DEMO"):
            env.pop(name, None)
        return subprocess.Popen(
            [sys.executable, *words], env=env, cwd=ROOT, stdout=self.logs, stderr=self.logs, start_new_session=True
        )

    def wait_for_web(self, seconds: float = 60) -> None:
        """Wait until the web takes connections."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"the web did not start: see {self.folder / 'house.log'}")

    def owner_of(self, kind: str, port: int) -> int | None:
        """Return the process of the web or a worker that talks from a local port; never a watcher or a master."""
        for process in [self.web] if kind == "web" else self.workers:
            for one in _children(process.pid) if process else []:
                with contextlib.suppress(psutil.Error):
                    if any(c.laddr and c.laddr.port == port for c in one.net_connections("tcp")):
                        return one.pid
        return None

    def signal(self, kind: str, port: int, what: signal.Signals) -> int | None:
        """Send a signal to the process that talks from a port; return its number, or None if it is gone."""
        pid = self.owner_of(kind, port)
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, what)
                if what == signal.SIGSTOP:
                    self.frozen.add(pid)
        return pid

    def wake(self, pid: int) -> None:
        """Let a frozen process go on."""
        self.frozen.discard(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)

    def wake_all(self) -> None:
        """Let every frozen process go on."""
        for pid in list(self.frozen):
            self.wake(pid)

    def restart_database(self, mode: str) -> None:
        """Stop the database (fast: in order; immediate: as if it crashed) and start it again."""
        with self._door:
            postgres.stop(self.at, mode=mode, force=True)
            postgres.start(self.folder / "pg", settings=MOST_CONNECTIONS)

    def heal(self) -> None:
        """End every fault: all processes run, nothing is stalled, nobody lies."""
        self.proxy.forget()
        self.wake_all()
        self.neighbours.heal()
        postgres.start(self.folder / "pg", settings=MOST_CONNECTIONS)
        self.start_web()
        for number in range(WORKERS):
            self.start_worker(number)
        self.wait_for_web()

    def look(self) -> psycopg.Connection:
        """Return a connection that sees every row and does not pass through the proxy."""
        return psycopg.connect(self.at.conninfo(database.NAME), autocommit=True)


def _children(pid: int) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


def _kill_tree(pid: int) -> None:
    """Kill a process we started and all below it."""
    below = _children(pid)
    with contextlib.suppress(psutil.NoSuchProcess):
        below.insert(0, psutil.Process(pid))
    for one in below:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
