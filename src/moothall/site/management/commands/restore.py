"""moothall restore [BACKUP] [--until MOMENT]"""

import datetime as dt
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from moothall.core import audit, privacy
from moothall.core.actor import Actor
from moothall.core.clock import LONDON, now
from moothall.core.scope import Scope, scoped
from moothall.core.verify import report, verify
from moothall.site import backup, database, restore


class Command(BaseCommand):
    """Brings a backup back, does erasures again, and checks the audit trail."""

    help = "Bring everything back from a backup, do erasures again, and check the audit trail."

    def add_arguments(self, parser):
        """Take which backup, where backups are, and until when to replay the log."""
        parser.add_argument("name", nargs="?", help="name of the backup (default: the newest)")
        parser.add_argument(
            "--from", dest="folder", type=Path, help="folder of backups (default: MOOTHALL_DATA/backups)"
        )
        parser.add_argument("--until", help="moment to bring back, such as 2026-11-24T09:30 (London time)")

    def handle(self, *, name, folder, until, **options):
        """Restore, replay, check, and say what was done."""
        data, at = Path(settings.MOOTHALL_DATA), now()
        moment = _moment(until) if until else None
        chosen = _choose((folder or data / "backups").absolute(), name, moment)
        self.stdout.write(f"Bringing back {chosen.folder} ...")
        try:
            done = restore.bring_back(chosen, data=data, at=at, until=moment)
            database.ensure()
        except RuntimeError as error:
            raise CommandError(str(error)) from error
        self._tell(done)
        self._settle(data, at, done)
        self._check(data)

    def _tell(self, done: restore.Restored) -> None:
        self.stdout.write(f"The database is back; {len(done.files):,} missing files were brought back beside it.")
        for path in done.moved_aside:
            self.stdout.write(f"What was there is kept at {path}; remove it when you are content.")

    def _settle(self, data: Path, at: dt.datetime, done: restore.Restored) -> None:
        for connection in connections.all():
            connection.close()
        again = privacy.replay(at=at)
        swept = restore.sweep_erased(done.files)
        self.stdout.write(f"{again:,} erasures were done again; {swept:,} files of people who are erased were removed.")
        for body_id, heads in restore.set_lost_seals_apart(data=data, at=at).items():
            by = Actor.system("restore", body_id)
            said = {"backup": done.backup, "lost_seals": len(heads), "last_size": heads[-1]["size"]}
            said |= {"last_root": heads[-1]["root"]}
            with scoped(Scope(bodies=(body_id,), purpose="restore", actor=by)):
                audit.record(
                    action="system.restored", object=f"body:{body_id}", data=said, body_id=body_id, at=at, by=by
                )
            self.stdout.write(
                f"Body {body_id}: {len(heads):,} seals up to entry {heads[-1]['size']:,} were handed out and are not "
                "in what was restored. They are kept in the folder seals, and the trail says so."
            )

    def _check(self, data: Path) -> None:
        with psycopg.connect(database.conninfo(database.connection_settings("owner"))) as conn:
            verdict = verify(conn, data)
        self.stdout.write(report(verdict))
        if not verdict.sound:
            raise CommandError("The restored audit trail is not sound: keep everything as it is and tell the auditor.")


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise CommandError("Write the moment as 2026-11-24T09:30.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _choose(folder: Path, name: str | None, moment: dt.datetime | None) -> backup.Backup:
    found = backup.all_in(folder)
    if name:
        found = [one for one in found if one.name == name]
    if moment:
        found = [one for one in found if dt.datetime.fromisoformat(one.manifest["made"]) <= moment]
    if not found:
        before = f" from before {moment:%d %B %Y %H:%M}" if moment else ""
        raise CommandError(f"There is no such backup{before} in {folder}. `ls` shows their names.")
    return found[0]
