from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "moothall.sharing"
    label = "sharing"
    verbose_name = "Sharing"

    def ready(self):
        from moothall.sharing import handlers, tasks  # noqa: F401  they register themselves
