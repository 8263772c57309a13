"""Returns as Django sees them."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Periodic filings: when each is due, whether it came."""

    name = "moothall.functions.returns"
    label = "returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.functions.returns import handlers, steps  # noqa: F401  registered with the apps
