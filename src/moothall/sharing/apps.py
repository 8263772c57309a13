from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "moothall.sharing"
    label = "sharing"
    verbose_name = "Sharing"

    def ready(self):
        from moothall.sharing import handlers  # noqa: F401  it registers itself
