"""Scrutiny as Django sees it."""

from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    """The public page."""

    name = "moothall.scrutiny"
    label = "scrutiny"

    def ready(self):
        from moothall.scrutiny import handlers, tasks  # noqa: F401  registered once the apps are there
