"""The inbox as Django sees it."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """What comes in writing."""

    name = "moothall.inbox"
    label = "inbox"
    verbose_name = "Inbox"

    def ready(self):
        from moothall.inbox import handlers, tasks  # noqa: F401  registered once the apps are there
