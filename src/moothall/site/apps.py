"""Site as Django sees it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring."""

    name = "moothall.site"
    label = "site"

    def ready(self):
        from moothall.site import accounts, rehearsing  # noqa: F401  (hears of sign-ins; gives copies to try things on)
