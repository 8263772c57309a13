"""The ledger as Django sees it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "moothall.ledger"
    verbose_name = "Ledger"

    def ready(self):
        from moothall.ledger import handlers, steps, tasks  # noqa: F401
