"""moothall backup [--to FOLDER] [--keep N]"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from moothall.core.clock import now
from moothall.site import backup


class Command(BaseCommand):
    """Keeps the database and everything beside it."""

    help = "Keep the database, files, keys, seals and the erasure ledger; from the first time on, the log in between."

    def add_arguments(self, parser):
        """Take where to and how many to keep."""
        parser.add_argument("--to", type=Path, default=None, help="folder (default: MOOTHALL_DATA/backups)")
        parser.add_argument("--keep", type=int, default=7, help="how many of the newest to keep (default 7)")

    def handle(self, *, to, keep, **options):
        """Make one backup and say where it is."""
        data = Path(settings.MOOTHALL_DATA)
        try:
            made = backup.take(data=data, to=(to or data / "backups").absolute(), at=now(), keep=max(1, keep))
        except backup.BackupFailed as error:
            raise CommandError(str(error)) from error
        files = sum(made.manifest["beside"].values())
        sealed = sum(head["size"] for head in made.manifest["heads"].values())
        self.stdout.write(f"Kept {made.folder}: the database, {sealed:,} sealed audit entries, {files:,} files.")
        if not to:
            self.stdout.write("Copy this folder to another machine: a backup on the same disk dies with it.")
