from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "moothall.booking"
    verbose_name = "Booking"

    def ready(self):
        from moothall.booking import handlers, steps, tasks  # noqa: F401
