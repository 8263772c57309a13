"""Highways as Django sees it."""

from django.apps import AppConfig


class HighwaysConfig(AppConfig):
    """Roads, holes and crews."""

    name = "moothall.functions.highways"
    label = "highways"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.functions.highways import handlers, steps  # noqa: F401  registered once the apps are there
