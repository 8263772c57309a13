"""Core as Django sees it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground floor."""

    name = "moothall.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register core's own jobs."""
        from moothall.core import handlers, messages, sealing

        assert all((handlers, messages, sealing))
