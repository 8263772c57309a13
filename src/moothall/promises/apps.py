"""Promises as Django sees it."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Fit and health of partnerships."""

    name = "moothall.promises"
    label = "promises"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.promises import handlers, tasks  # noqa: F401  they register themselves
