"""`moothall demo`: fill an empty database with Marchshire and a year of its life."""

from django.core.management.base import BaseCommand

from moothall.core.actor import Actor
from moothall.core.clock import now
from moothall.simulation import actions


class Command(BaseCommand):
    """Fills an empty database with the invented county."""

    help = "Fill an empty database with the invented county of Marchshire and a year of its life."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=365, help="how much of its life to play")
        parser.add_argument("--scale", type=float, default=1.0, help="1 is about 2,000 requests a year")

    def handle(self, **options):
        told = actions.fill(
            days=options["days"], scale=options["scale"], tell=self.tell, at=now(), by=Actor.system("demo")
        )
        self.stdout.write(told)

    def tell(self, done: float, total: float, note: str) -> None:
        """Print a line now and then."""
        if done % 30 == 0:
            self.stderr.write(f"{done / total:4.0%}  {note}")
