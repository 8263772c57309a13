from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """One identity per person, and what each body holds about them."""

    name = "moothall.people"
    verbose_name = "People"

    def ready(self):
        from moothall.people import handlers, tasks  # noqa: F401  (they register themselves)
