from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """A request from first contact to outcome."""

    name = "moothall.casework"
    label = "casework"
    verbose_name = "Casework"

    def ready(self):
        from moothall.casework import handlers, steps, tasks  # noqa: F401  they register themselves
