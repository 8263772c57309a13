"""Waste as Django sees it."""

from django.apps import AppConfig


class WasteConfig(AppConfig):
    """Bins, rounds and rubbish."""

    name = "moothall.functions.waste"
    label = "waste"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.functions.waste import handlers, steps, tasks  # noqa: F401  registered once the apps are there
