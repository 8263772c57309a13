"""Settlement as Django sees it."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    """What bodies owe each other."""

    name = "moothall.settlement"
    label = "settlement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.settlement import handlers  # noqa: F401  registered once the apps are there
