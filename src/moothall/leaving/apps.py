"""Leaving as Django sees it."""

from django.apps import AppConfig


class LeavingConfig(AppConfig):
    """A body takes what is its own, and goes."""

    name = "moothall.leaving"
    label = "leaving"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.leaving import handlers, tasks  # noqa: F401  registered once the apps are there
