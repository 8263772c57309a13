"""`moothall simulate --days N --scale S`: play more days of the county's life, up to now."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError

from moothall.bodies import queries as bodies
from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.simulation import actions


class Command(BaseCommand):
    """Plays more days, ending today."""

    help = "Play the last N days again on top of what is there: more requests, more work, by the same people."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=7)
        parser.add_argument("--scale", type=float, default=1.0, help="1 is about 2,000 requests a year")
        parser.add_argument("--seed", type=int, help="another seed brings other requests")

    def handle(self, **options):
        if not bodies.bodies():
            raise CommandError("There is no county yet: run `moothall demo` first.")
        at = now()
        first = at.date() - dt.timedelta(days=options["days"])
        seed = {"seed": options["seed"]} if options["seed"] is not None else {}
        opened = actions.play(
            first=first, days=options["days"], scale=options["scale"], at=at, by=Actor.system("simulate"), **seed
        )
        self.stdout.write(f"{opened} cases in {options['days']} days")
