"""Reorganisation as Django sees it."""

from django.apps import AppConfig


class ReorganisationConfig(AppConfig):
    """Bodies that become one, or are divided."""

    name = "moothall.reorganisation"
    label = "reorganisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.reorganisation import handlers  # noqa: F401  registered once the apps are there
