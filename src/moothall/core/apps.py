"""Core as Django sees it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Ground floor."""

    name = "moothall.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register core's own jobs, and look at every table after each `migrate`."""
        from moothall.core import handlers, lint, messages, operations, sealing

        assert all((handlers, messages, operations, sealing))
        post_migrate.connect(lint.after_migrate, sender=self)
