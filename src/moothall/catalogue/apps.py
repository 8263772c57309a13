"""Catalogue as Django sees it."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Services as data."""

    name = "moothall.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Register what the catalogue answers."""
        from moothall.catalogue import handlers  # noqa: F401
