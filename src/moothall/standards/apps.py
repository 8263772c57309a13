"""Standards as Django sees it."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """Open standards in and out."""

    name = "moothall.standards"
    label = "standards"
    verbose_name = "Standards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.standards import handlers, tasks  # noqa: F401  registered once the apps are there
