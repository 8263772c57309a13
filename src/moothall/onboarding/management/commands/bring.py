"""moothall bring KIND FILE --body BODY --system NAME [--take] [--leave-out]"""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from moothall.bodies import queries as bodies
from moothall.core import operations
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.onboarding import actions, queries
from moothall.onboarding.models import KINDS

LOOK = 1.0
"""Seconds between two looks at a file that another process is at."""


class Command(BaseCommand):
    """Reads a file of another system and says what is wrong with it; with --take, takes it in."""

    help = "Read cases or customers of another system, say line by line what is wrong, and take them in with --take."

    def add_arguments(self, parser):
        """Take what is in the file, the file, whose it is, and where it comes from."""
        parser.add_argument("kind", choices=list(KINDS), help="what is in the file")
        parser.add_argument("file", type=Path, help="CSV or JSON lines; of papers a zip file")
        parser.add_argument("--body", required=True, help="the body's short name or code: ashby, ASH")
        parser.add_argument("--system", required=True, help="the system that it comes from, always by the same name")
        parser.add_argument("--take", action="store_true", help="take it in; without this it is read alone")
        parser.add_argument("--leave-out", action="store_true", help="leave wrong lines out, and take in the others")

    def handle(self, *, kind, file, body, system, take, leave_out, **options):
        """Read the file, tell what is in it, and take it in where that was asked for; the same words again go on."""
        try:
            content = file.read_bytes()
            body_id = bodies.body(body).id
            told = {"at": now(), "by": Actor.system("onboarding.bring", body_id)}
            self.scope = Scope(bodies=(body_id,), purpose="taking in a file", actor=told["by"])
            with scoped(self.scope):
                text = content if kind == "papers" else content.decode("utf-8-sig")
                row = actions.bring_file(
                    body_id=body_id, kind=kind, system=system, title=file.name, content=text, **told
                )
            row = self._read(row, told)
            self._tell_read(row)
            if take:
                self._take(row, leave_out, told)
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not UTF-8 text. Save it as UTF-8 and send it again.") from None
        except (Refusal, OSError) as error:
            raise CommandError(str(error)) from error

    def _read(self, row, told: dict):
        return self._worked(row, told) if row.state == "reading" else row

    def _take(self, row, leave_out: bool, told: dict) -> None:
        if row.state == "checked":
            with scoped(self.scope):
                actions.begin_taking(import_id=row.pk, leave_out=leave_out, **told)
                row = queries.one_import(row.pk)
        if row.state == "loading":
            row = self._worked(row, told)
        here, wrong = row.counts.get(actions.HERE, 0), row.counts.get("wrong", 0)
        self.stdout.write(f"{row.taken:,} taken in, {here:,} here already, {wrong:,} left out. The copy is erased.")

    def _worked(self, row, told: dict):
        """Do what is asked for with a file in this process, or wait for the process that is at it; return the file."""
        with scoped(self.scope):
            if operations.get(row.operation_id).state == "failed":
                operations.again(row.operation_id, **told)
        while not operations.run(row.operation_id):
            with scoped(self.scope):
                if operations.get(row.operation_id).ended:
                    break
            time.sleep(LOOK)
        with scoped(self.scope):
            found = operations.get(row.operation_id)
            if found.state == "failed":
                raise CommandError(found.error)
            return queries.one_import(row.pk)

    def _tell_read(self, row) -> None:
        if row.state != "checked":
            return
        wrong = row.counts.get("wrong", 0)
        self.stdout.write(f"{row.lines:,} lines: {row.good:,} would be taken in, {wrong:,} are wrong.")
        if alike := row.counts.get(actions.ALIKE):
            self.stdout.write(f"{alike:,} look like somebody who is here already; who is the same is decided later.")
        for number, words in row.problems:
            self.stdout.write(f"line {number}: {words}")
        if wrong > len(row.problems):
            self.stdout.write(f"The first {len(row.problems)} are shown.")
