"""`moothall up`: everything at once, for a demonstration or a first look."""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.simulation import actions as simulation
from moothall.site import database, postgres

CHILDREN = ("web", "worker", "stand_ins", "elsewhere", "elsewhere_open311")
DEMO_ONLY = {"elsewhere", "elsewhere_open311"}


class Command(BaseCommand):
    """Starts database, tables, demo county, web, worker and stand-ins; stops them together."""

    help = "Start everything: database, tables, demo county, web and worker."

    def add_arguments(self, parser):
        parser.add_argument("--empty", action="store_true", help="without the invented county")
        parser.add_argument(
            "--afresh", action="store_true", help="throw our own database away first, and lay the county out again"
        )
        parser.add_argument("--once", action="store_true", help="prepare everything, start nothing")

    def handle(self, **options):
        self.console = Console()
        os.environ["MOOTHALL_DEMO"] = "0" if options["empty"] else "1"
        if options["afresh"]:
            self.throw_away()
        self.prepare(options)
        if not options["once"]:
            self.run()

    def prepare(self, options: dict) -> None:
        """Bring the database to where the web can start, telling each stage as it ends."""
        stages = [("Database", database.ensure), ("Tables", self.tables), ("Static files", self.statics)]
        if not options["empty"]:
            stages.append(("Marchshire and its year", self.county))
        columns = (TextColumn("{task.description:<26}"), BarColumn(), TextColumn("{task.fields[note]}"))
        with Progress(*columns, TimeElapsedColumn(), console=self.console) as self.progress:
            for title, stage in stages:
                self.stage = self.progress.add_task(title, total=1, note="")
                try:
                    note = stage()
                except (RuntimeError, Refusal) as error:
                    raise CommandError(str(error)) from error
                total = self.progress.tasks[self.stage].total
                self.progress.update(self.stage, completed=total, note=note or "ready")

    def throw_away(self) -> None:
        """Remove the database that `moothall up` made for itself, and nothing else."""
        if os.environ.get("DATABASE_URL"):
            raise CommandError("The database in DATABASE_URL is yours: empty it yourself, then run this again.")
        database.drop()
        (settings.MOOTHALL_DATA / simulation.HALF).unlink(missing_ok=True)

    def tell(self, done: float, total: float, note: str) -> None:
        """Move the bar of the present stage."""
        self.progress.update(self.stage, completed=done, total=total, note=note)

    def tables(self) -> str:
        """Migrate as the owner."""
        call_command("migrate", verbosity=0, interactive=False)
        connections["default"].close()
        return "migrated"

    def statics(self) -> str:
        """Gather static files where the web server finds them."""
        call_command("collectstatic", verbosity=0, interactive=False)
        return "gathered"

    def county(self) -> str:
        """Fill the invented county if the database is empty."""
        return simulation.fill(tell=self.tell, at=now(), by=Actor.system("demo"))

    def run(self) -> None:
        """Start the processes, print the address, and wait; Ctrl-C stops all."""
        env = {**os.environ, "MOOTHALL_CHILD": "1"}
        env.pop("MOOTHALL_AS_OWNER", None)
        words = [sys.executable, "-m", "moothall.site"]
        demo = os.environ["MOOTHALL_DEMO"] == "1"
        names = [name for name in CHILDREN if name in get_commands() and (demo or name not in DEMO_ONLY)]
        children = [subprocess.Popen([*words, name], env=env, start_new_session=True) for name in names]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            self.wait_for_web(children)
            first = "/" if os.environ["MOOTHALL_DEMO"] == "0" else "/demo/"
            self.console.print(f"\nOpen [bold]{settings.MOOTHALL_ADDRESS}{first}[/bold]   (Ctrl-C stops everything)\n")
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
            raise CommandError("A process ended by itself: see the lines above, then run `moothall doctor`.")
        except (KeyboardInterrupt, SystemExit):
            self.console.print("Stopping ...")
        finally:
            self.stop(children)

    def wait_for_web(self, children: list) -> None:
        """Return when the web answers; say so when it does not."""
        address = f"http://127.0.0.1:{settings.MOOTHALL_PORT}/health/live"
        for _ in range(300):
            if any(child.poll() is not None for child in children):
                raise CommandError(f"The web did not start. Is port {settings.MOOTHALL_PORT} taken? Set MOOTHALL_PORT.")
            try:
                urllib.request.urlopen(address, timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise CommandError("The web did not answer within 30 seconds. Run `moothall doctor`.")

    def stop(self, children: list) -> None:
        """End the children and our own database server."""
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
        for connection in connections.all():
            connection.close()
        if not os.environ.get("DATABASE_URL"):
            postgres.stop(postgres.place(settings.MOOTHALL_DATA / "pg"))
        shutil.rmtree(settings.MOOTHALL_DATA / "run", ignore_errors=True)
