"""Site as Django sees it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring."""

    name = "moothall.site"
    label = "site"
