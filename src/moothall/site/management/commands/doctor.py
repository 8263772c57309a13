"""moothall doctor"""

from django.core.management.base import BaseCommand, CommandError

from moothall.core import doctor
from moothall.core.clock import now
from moothall.site import database


class Command(BaseCommand):
    """Says what is well, what is not, and how to mend it."""

    help = (
        "Check database, tables, roles, queue, settings, clock, assets, disk, audit and backup; say how to mend each."
    )

    def handle(self, **options):
        """Print one line a check; fail when anything is not well."""
        try:
            database.ensure()
        except RuntimeError as error:
            self.stdout.write(f"The database could not be started: {error}")
        found = doctor.examine(now())
        for one in found:
            mark = self.style.SUCCESS("well") if one.well else self.style.ERROR("MEND")
            self.stdout.write(f"{mark}  {one.name:<10} {one.says}")
            if not one.well:
                self.stdout.write(f"      {'':<10} {one.mend}")
        wrong = sum(not one.well for one in found)
        if wrong:
            raise CommandError(f"{wrong} of {len(found)} need mending.")
        self.stdout.write("All is well.")
