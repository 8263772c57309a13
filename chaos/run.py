"""One run: open the house, submit, break, heal, let the queue drain, check."""

import contextlib
import json
import os
import random
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path
from queue import Queue

import psycopg

DUE = "select id from ledger_charge where state = 'due' order by raised_at limit 20"
OPEN_JOBS = """
select count(*) from procrastinate_jobs where status = 'doing'
  or status = 'todo' and (scheduled_at is null or scheduled_at <= now() or attempts > 0)"""
OPEN_CALLS = "select count(*) from links_call where state in ('waiting', 'accepted')"
BRING_FORWARD = """
update procrastinate_jobs set scheduled_at = now() where status = 'todo' and attempts > 0 and scheduled_at > now()"""


def run(*, seed: int, submissions: int, faults: int, clients: int, deadline: float, only: str | None, like: str | None):
    """Return (figures, what does not hold) of one run. `deadline` in seconds; the rest as the command line says."""
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="moothall-chaos-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        os.environ |= {"MOOTHALL_DATA": name, "MOOTHALL_AS_OWNER": "1", "MOOTHALL_TESTING": "1"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "moothall.site.settings"
        for unwanted in ("DATABASE_URL", "DATABASE_OWNER_URL", "MOOTHALL_DEMO"):
            os.environ.pop(unwanted, None)
        import django

        from chaos.faults import draw_faults
        from chaos.house import MOST_CONNECTIONS
        from moothall.site import postgres

        at = postgres.start(folder / "pg", settings=MOST_CONNECTIONS)
        try:
            django.setup()
            drawn = draw_faults(faults, submissions, random.Random(f"faults {seed}"), only or "")
            return Run(folder, seed, submissions, drawn, clients, deadline).play(like)
        finally:
            postgres.stop(at, mode="immediate", force=True)


def tell(said: str) -> None:
    """Say on standard error how it goes."""
    print(f"{time.strftime('%H:%M:%S')} {said}", file=sys.stderr, flush=True)


class Run:
    """The state of one run."""

    def __init__(self, folder: Path, seed: int, submissions: int, faults: list, clients: int, deadline: float):
        from chaos.faults import Striker
        from chaos.house import House
        from chaos.integrator import Told

        self.folder, self.seed, self.submissions, self.clients = folder, seed, submissions, clients
        self.house = House(folder, deadline)
        self.faults = faults
        self.striker, self.told = Striker(self.house), Told()
        self.wrong: list[str] = []
        self.times: dict[str, float] = {}
        self.over = threading.Event()

    def play(self, like: str | None) -> tuple[dict, list[str]]:
        """Play it from beginning to end, and stop what was started however it ends."""
        try:
            work, before = self.set_up(like)
            self.work_under_faults(work)
            with self.timed("checking"):
                self.check(before)
            return self.figures(), self.wrong
        finally:
            self.over.set()
            if self.wrong:
                self.keep_log()
            self.house.close()

    def set_up(self, like: str | None) -> tuple[list[dict], set[str]]:
        """Open the house; return the submissions to come and the references of the cases that are there."""
        from chaos.house import free_port, lay_out

        with self.timed("setting up"):
            lay_out(self.house.at, like)
            self.house.neighbours.waste.connect(free_port())
            work = self.draw()
            with self.house.look() as conn:
                before = {row[0] for row in conn.execute("select reference from casework_case")}
            self.house.open()
        return work, before

    def work_under_faults(self, work: list[dict]) -> None:
        """Submit, pay and break; then heal and let the queue drain."""
        watch = threading.Thread(target=self.watch, daemon=True)
        watch.start()
        payer = self.payer()
        with self.timed("submitting under faults"):
            self.submit(work)
        with self.timed("draining"):
            self.in_vain = self.house.proxy.waiting
            self.striker.mend_all()
            self.drain()
        payer.stopped.set()
        payer.join(30)
        self.over.set()
        watch.join(10)

    @contextlib.contextmanager
    def timed(self, what: str):
        """Measure how long a part takes."""
        began = time.monotonic()
        tell(f"{what} ...")
        yield
        self.times[what] = round(time.monotonic() - began, 1)

    def draw(self) -> list[dict]:
        """Draw the submissions, from homes whose streets are the county's."""
        from chaos.integrator import ASHBY, BORLEY, COUNTY, COVEHAM, DUNMERE, draw_submissions
        from moothall.bodies import queries as bodies

        def answerable(uprn: str) -> bool:
            place = bodies.place_of_dwelling(uprn)
            return all(bodies.responsible(work, place).body_id == COUNTY for work in ("highways", "street-lights"))

        districts = (ASHBY, BORLEY, COVEHAM, DUNMERE)
        homes = {one: [uprn for uprn in bodies.homes_in(one, 200) if answerable(uprn)] for one in districts}
        return draw_submissions(self.submissions, homes, random.Random(f"submissions {self.seed}"))

    def payer(self):
        """Start the residents who pay."""
        from chaos.integrator import Payer

        def due():
            with self.house.look() as conn:
                return [row[0] for row in conn.execute(DUE)]

        payer = Payer(self.house.address, due, self.seed)
        payer.start()
        return payer

    def submit(self, work: list[dict]) -> None:
        """Let the integrators submit everything, and strike each fault when its number of answers has come."""
        from chaos.integrator import TWICE_AT_ONCE, Integrator

        queue, twice = Queue(), random.Random(f"twice {self.seed}")
        for one in work:
            for _ in range(2 if twice.random() < TWICE_AT_ONCE else 1):
                queue.put(one)
        senders = [Integrator(self.house.port, queue, self.told, self.gate) for _ in range(self.clients)]
        for sender in senders:
            sender.start()
        while any(sender.is_alive() for sender in senders):
            self.striker.mend_due()
            if self.faults and self.told.count >= self.faults[0].after:
                self.strike()
            else:
                time.sleep(0.05)
        while self.faults:
            self.strike()
        self.striker.settle(6 * self.house.deadline)

    def strike(self) -> None:
        """Let the next fault happen."""
        fault = self.faults.pop(0)
        tell(f"after {self.told.count} submissions: {fault.kind}")
        self.striker.strike(fault)

    def gate(self) -> None:
        """Hold the integrators back while faults that are due have not been struck, so that none comes too late."""
        while self.faults and self.told.count >= self.faults[0].after + 5:
            time.sleep(0.02)

    def watch(self) -> None:
        """Look every few seconds for jobs that are under way for too long."""
        from chaos import checks

        while not self.over.wait(5):
            with contextlib.suppress(psycopg.Error), self.house.look() as conn:
                self.wrong += checks.stuck(conn, self.house.deadline)

    def drain(self) -> None:
        """Wait until no job is due and no other system owes an answer; give up when nothing moves for a minute."""
        last, moved = None, time.monotonic()
        while True:
            time.sleep(1)
            with self.house.look() as conn:
                conn.execute(BRING_FORWARD)
                left = [conn.execute(one).fetchone()[0] for one in (OPEN_JOBS, OPEN_CALLS)]
                left.append(len(conn.execute(DUE).fetchall()))
            if not any(left):
                return
            if left != last:
                last, moved = left, time.monotonic()
            elif time.monotonic() - moved > self.house.deadline + 60:
                self.wrong.append(f"stuck: {left[0]} jobs, {left[1]} calls and {left[2]} charges do not move")
                return

    def check(self, before: set[str]) -> None:
        """Check everything that must hold."""
        from chaos import checks

        near = self.house.neighbours
        with sqlite3.connect(self.folder / "pay.db") as pay:
            paid = [json.loads(row[0]) for row in pay.execute("select data from payment")]
        book = json.loads(near.waste.book.read_text()) if near.waste.book.exists() else {}
        taken = [one["reference"] for one in near.notify.kept]
        self.paid, self.letters, self.calls = len([p for p in paid if p["status"] == "success"]), len(taken), len(book)
        self.wrong += [f"refused: {one}" for one in self.told.refused]
        with psycopg.connect(self.house.at.conninfo("moothall")) as conn:
            found = [
                checks.cases(conn, self.told.references, before), checks.steps(conn), checks.letters(conn, taken),
                checks.payments(conn, paid), checks.books(conn), checks.calls(conn, book), checks.jobs(conn),
                checks.trail(conn, self.folder),
            ]  # fmt: skip
            self.counts = dict(conn.execute("select state, count(*) from casework_step group by 1").fetchall())
        self.wrong = checks.shortened(self.wrong + [one for wrong in found for one in wrong])

    def figures(self) -> dict:
        """Return what was done, in numbers."""
        return {
            "submissions": self.submissions,
            "acknowledged": self.told.count,
            "asked_again": self.told.again,
            "faults": sum(self.striker.struck.values()),
            "kinds": dict(sorted(self.striker.struck.items())),
            "tricks_played": dict(self.house.proxy.played),
            "tricks_in_vain": self.in_vain,
            "steps": self.counts,
            "letters": self.letters,
            "payments": self.paid,
            "calls": self.calls,
            "seconds": self.times,
        }

    def keep_log(self) -> None:
        """Keep what the processes said of a run that failed."""
        kept = Path(tempfile.gettempdir()) / f"moothall-chaos-{self.seed}.log"
        kept.write_bytes((self.folder / "house.log").read_bytes())
        tell(f"what the processes said is kept in {kept}")
