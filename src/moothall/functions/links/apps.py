"""Links as Django sees it."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    """Functions that run elsewhere."""

    name = "moothall.functions.links"
    label = "links"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.functions.links import handlers, steps, tasks  # noqa: F401  registered once the apps are there
