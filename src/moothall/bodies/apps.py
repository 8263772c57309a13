from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Public bodies, their areas, teams and staff."""

    name = "moothall.bodies"
    verbose_name = "Bodies"

    def ready(self):
        from moothall.bodies import handlers  # noqa: F401  (registers answers)
