"""Contracts as Django sees it."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Bought-in work."""

    name = "moothall.contracts"
    label = "contracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.contracts import handlers  # noqa: F401  registered once the apps are there
