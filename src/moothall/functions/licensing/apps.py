"""Licensing as Django sees it."""

from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Licences, what they rest on and what becomes of them."""

    name = "moothall.functions.licensing"
    label = "licensing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.functions.licensing import handlers, steps, tasks  # noqa: F401  registered with the apps
