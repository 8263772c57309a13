from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The advisers' workplace."""

    name = "moothall.desk"
    label = "desk"
    verbose_name = "Desk"
