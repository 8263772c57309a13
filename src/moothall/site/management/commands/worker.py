"""`moothall worker`: runs jobs, starts again when it dies, and settles what got stuck."""

import os
import signal
import subprocess
import sys
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from procrastinate.contrib.django import app

from moothall.core import queue
from moothall.core.clock import now
from moothall.site import database


class Command(BaseCommand):
    """Watches over a worker process; the reconciler runs here, outside the queue."""

    help = "Run queued jobs until stopped; a worker that dies is started again, a stuck job is settled."

    def add_arguments(self, parser):
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--every", type=float, default=5.0, help="seconds between two rounds of the reconciler")
        parser.add_argument("--alone", action="store_true", help="run jobs in this process, unwatched")

    def handle(self, **options):
        os.environ.pop("MOOTHALL_AS_OWNER", None)
        database.leave_nothing_open()
        if options["alone"]:
            return self.work(options["concurrency"])
        return self.watch(options)

    def work(self, concurrency: int) -> None:
        """Run jobs in this process until a signal comes."""
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker(concurrency=concurrency, delete_jobs="successful", fetch_job_polling_interval=2.0)

    def words(self, concurrency: int) -> list[str]:
        """Return the command line of the process that runs the jobs."""
        return [sys.executable, "-m", "django", "worker", "--alone", "--concurrency", str(concurrency)]

    def watch(self, options: dict) -> None:
        """Keep one worker process alive and reconcile every few seconds."""
        words = self.words(options["concurrency"])
        env = {**os.environ, "MOOTHALL_CHILD": "1"}
        child, stopping = None, []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopping.append(True))
        while not stopping:
            if child is None or child.poll() is not None:
                child = subprocess.Popen(words, env=env, start_new_session=True)
            try:
                queue.reconcile(at=now())
            except DatabaseError as error:
                self.stderr.write(f"reconciler: {type(error).__name__}; trying again")
                connection.close()
            time.sleep(options["every"])
        if child and child.poll() is None:
            child.terminate()
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
