"""moothall leave BODY [--to FOLDER]"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from moothall.bodies import queries as bodies
from moothall.core import audit
from moothall.core.actor import Actor
from moothall.core.clock import local, now
from moothall.core.refusal import Refusal
from moothall.core.scope import Scope, scoped
from moothall.core.sealing import seal_body
from moothall.leaving import actions, queries


class Command(BaseCommand):
    """Writes everything that a body owns as files that anybody can read, and that a fresh Moothall takes in."""

    help = "Write a body's archive: everything it owns, and nothing of others. Nothing is removed."

    def add_arguments(self, parser):
        """Take which body, and where to."""
        parser.add_argument("body", help="the body's short name or code: ashby, ASH")
        parser.add_argument("--to", type=Path, help="the folder to make (default: MOOTHALL_DATA/archives/BODY-DAY)")

    def handle(self, *, body, to, **options):
        """Seal the trail, write the archive, and note in the trail that it was made."""
        data, at = Path(settings.MOOTHALL_DATA), now()
        try:
            body = bodies.body(body)
            to = (to or data / "archives" / f"{body.slug}-{local(at):%Y-%m-%d-%H%M}").absolute()
            by = Actor.system("leaving.leave", body.id)
            seal_body(body=body.id, at=at, by=by)
            with scoped(Scope(bodies=(body.id,), purpose="leave", actor=by)):
                found = queries.departure(body.id)
            final = bool(found and found.state == "gone")
            made = actions.make_archive(body=body, data=data, to=to, at=at, by=by, final=final)
            said = {"sums": queries.digest(to / queries.SUMS)}
            with scoped(Scope(bodies=(body.id,), purpose="leave", actor=by)):
                audit.record(action="body.archived", object=f"body:{body.id}", body_id=body.id, at=at, by=by, data=said)
        except (Refusal, RuntimeError, OSError) as error:
            raise CommandError(str(error)) from error
        self._tell(body.name, made)

    def _tell(self, name, made):
        rows = sum(one["rows"] for one in made.manifest["tables"])
        files = made.manifest["files"]
        last = " It has left: this is the final one." if made.manifest["final"] else ""
        said = f"{made.folder}: everything that {name} owns, {rows:,} rows and {files['count']:,} files.{last}"
        self.stdout.write(said)
        for one in files["missing"]:
            self.stdout.write(f"The bytes of file {one} are missing here too: see `moothall doctor`.")
        self.stdout.write(
            "Open index.html to see what is in it. Bring it into a fresh Moothall: moothall arrive FOLDER"
        )
