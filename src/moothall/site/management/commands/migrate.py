"""`moothall migrate`: as the owner of the database, by default."""

from django.conf import settings
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Makes or changes the tables, as the owner."""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner" if "owner" in settings.DATABASES else "default")
