"""moothall operate ID: run one long piece of work, as its job does."""

from uuid import UUID

from django.core.management.base import BaseCommand

from moothall.core import operations


class Command(BaseCommand):
    """Runs an operation that was asked for from a page, as the owner of the tables."""

    help = "Run one long piece of work that was asked for (its job does this by itself)."

    def add_arguments(self, parser):
        parser.add_argument("id", type=UUID)

    def handle(self, *, id, **options):
        if not operations.run(id):
            self.stdout.write("There is nothing to do: it has ended, or another process is at it.")
