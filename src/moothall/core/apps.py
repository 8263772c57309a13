"""Core as Django sees it."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground floor."""

    name = "moothall.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
