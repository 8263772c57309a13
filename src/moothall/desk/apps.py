"""The desk as Django sees it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The advisers' workplace."""

    name = "moothall.desk"
    label = "desk"
    verbose_name = "Desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moothall.desk import handlers, tasks  # noqa: F401  registered once the apps are there
