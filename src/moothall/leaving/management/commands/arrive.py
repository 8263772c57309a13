"""moothall arrive ARCHIVE"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.leaving import actions


class Command(BaseCommand):
    """Takes a body's archive into a fresh Moothall, whole or not at all."""

    help = "Bring a body's archive into a fresh Moothall (after `moothall migrate`)."

    def add_arguments(self, parser):
        """Take where the archive is."""
        parser.add_argument("archive", type=Path, help="the folder that `moothall leave` wrote, or the downloaded file")

    def handle(self, *, archive, **options):
        """Bring it in and say what came."""
        try:
            manifest = actions.bring_in(
                archive=archive.absolute(),
                data=Path(settings.MOOTHALL_DATA),
                at=now(),
                by=Actor.system("leaving.arrive"),
            )
        except (RuntimeError, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(one["rows"] for one in manifest["tables"])
        self.stdout.write(f"{manifest['body']['name']} is here: {rows:,} rows, {manifest['files']['count']:,} files.")
        self.stdout.write(
            "Staff choose a new password or passkey by their address. Now: moothall audit verify, moothall web, worker."
        )
