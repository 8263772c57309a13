"""The page kit as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, template tags and translations that every page uses."""

    name = "moothall.ui"
    label = "ui"
    verbose_name = "Page kit"
